import type { MessageLine, Patch } from "../../../patch/types";
import { deleteLines, inMessage, insertBefore, spanInLine } from "../../message/spans";
import { projectOf } from "../../message/project";
import { hasCommitMessage, isCore, readTag, type Tag } from "../../message/tags";
import type { Draft, TextCheck, TextInput } from "../../types";
import { trailerSpacingMessages } from "./messages";

type TailLine =
  | { readonly kind: "tag"; readonly line: MessageLine; readonly tag: Tag }
  /** What keepers write between tags: brackets, `(cherry picked from …)`, the rest of a folded tag, `# remarks`. */
  | { readonly kind: "note"; readonly line: MessageLine }
  | { readonly kind: "blank"; readonly line: MessageLine };

interface Tail {
  readonly lines: readonly TailLine[];
  /** The line above, when no empty line separates it. */
  readonly above: MessageLine | undefined;
}

export const trailerSpacing: TextCheck = {
  id: "trailer-spacing",
  severity: "information",
  needs: "text",
  messages: trailerSpacingMessages,
  run(input) {
    if (!hasCommitMessage(input.patch)) return [];
    const tail = readTail(input.patch);
    return [...split(input, tail), ...glued(input, tail)];
  },
};

/** The end of the message that consists of tags, notes and empty lines. */
function readTail(patch: Patch): Tail {
  const { body } = patch.message;
  let end = body.length;
  while (end > 0 && body[end - 1]?.text.trim() === "") end--;
  const lines: TailLine[] = [];
  let at = end - 1;
  for (; at >= 0; at--) {
    const line = body[at];
    if (line === undefined) break;
    const read = readTailLine(line, body[at - 1]);
    if (read === undefined) break;
    lines.unshift(read);
  }
  const above = lines[0]?.kind === "blank" ? undefined : body[at];
  while (lines[0]?.kind === "blank") lines.shift();
  return { lines, above };
}

function readTailLine(line: MessageLine, before: MessageLine | undefined): TailLine | undefined {
  if (line.text.trim() === "") return { kind: "blank", line };
  const tag = readTag(line);
  if (tag !== undefined) return { kind: "tag", line, tag };
  if (/^\s*(?:[[(].*|.*[\])]|#.*|-{2,}.*)$/u.test(line.text)) return { kind: "note", line };
  const continues = /^\s/u.test(line.text) && before !== undefined && (readTag(before) !== undefined || /^\s/u.test(before.text));
  return continues ? { kind: "note", line } : undefined;
}

function split(input: TextInput, tail: Tail): readonly Draft[] {
  const drafts: Draft[] = [];
  const { lines } = tail;
  for (let i = 0; i < lines.length; i++) {
    if (lines[i]?.kind !== "blank") continue;
    const first = i;
    while (lines[i + 1]?.kind === "blank") i++;
    const [above, below] = [groupEndingAt(lines, first - 1), groupStartingAt(lines, i + 1)];
    const next = lines[i + 1];
    if (next?.kind !== "tag" || !isSplit(above, below) || isDpdkHabit(input, above)) continue;
    const [from, to] = [lines[first]?.line.line, lines[i]?.line.line];
    const edits = from === undefined || to === undefined ? [] : [deleteLines(from, to)];
    const fix = edits.length === 0 ? {} : { fix: { title: { id: "trailer-spacing.split.fix" }, edits, safe: true } };
    drafts.push({ message: { id: "trailer-spacing.split" }, ...inMessage(spanInLine(input, next.line.line, next.tag.text)), ...fix });
  }
  return drafts;
}

function groupEndingAt(lines: readonly TailLine[], last: number): readonly TailLine[] {
  let first = last;
  while (first > 0 && lines[first - 1]?.kind !== "blank") first--;
  return lines.slice(Math.max(first, 0), last + 1);
}

function groupStartingAt(lines: readonly TailLine[], first: number): readonly TailLine[] {
  let end = first;
  while (end < lines.length && lines[end]?.kind !== "blank") end++;
  return lines.slice(first, end);
}

/**
 * Both halves hold tags that a maintainer's scripts collect. A keeper's own paragraph below a picked commit (its
 * sign-offs kept as they were) is a habit of several distributions and no mistake, nor is a paragraph of links.
 */
function isSplit(above: readonly TailLine[], below: readonly TailLine[]): boolean {
  const tagsAbove = above.filter((line) => line.kind === "tag");
  const tagsBelow = below.filter((line) => line.kind === "tag");
  const last = above.at(-1);
  if (last === undefined || last.kind === "blank") return false;
  const keeperBelow = below[0]?.kind !== "tag" || /^(?:bug|buglink|change-id|git-commit|patch-mainline|conflicts|cve)$/iu.test(below[0].tag.key);
  const onlyNotes = !tagsAbove.some((line) => isCore(line.tag));
  return !onlyNotes && !keeperBelow && !isForwarded(tagsAbove, tagsBelow) && tagsBelow.some((line) => isCore(line.tag));
}

/** Whoever took the signed patch added people and a sign-off as a paragraph of their own, as the -mm tree did. */
function isForwarded(above: readonly (TailLine & { readonly kind: "tag" })[], below: readonly (TailLine & { readonly kind: "tag" })[]): boolean {
  const [first, last] = [below[0]?.tag, below.at(-1)?.tag];
  const signed = above.some((line) => line.tag.key.toLowerCase() === "signed-off-by");
  return signed && first?.key === "Cc" && !/stable/iu.test(first.value) && last?.key === "Signed-off-by";
}

/** DPDK writes `Fixes:` and `Cc: stable@dpdk.org` as a paragraph of their own above the sign-offs. */
function isDpdkHabit(input: TextInput, above: readonly TailLine[]): boolean {
  const culpritOnly = above.every((line) => line.kind !== "tag" || /^(?:fixes|cc|link|bugzilla.*|coverity.*|reported-by)$/iu.test(line.tag.key));
  return culpritOnly && projectOf(input) === "dpdk";
}

function glued(input: TextInput, tail: Tail): readonly Draft[] {
  const first = tail.lines[0];
  const group = groupStartingAt(tail.lines, 0);
  if (tail.above === undefined || first?.kind !== "tag" || !isCore(first.tag) || !group.every((line) => line.kind !== "blank")) return [];
  if (!isProse(tail.above.text)) return [];
  const fix = { title: { id: "trailer-spacing.glued.fix" }, edits: [insertBefore(input, first.line.line, [""])], safe: true };
  return [{ message: { id: "trailer-spacing.glued" }, ...inMessage(spanInLine(input, first.line.line, first.tag.text)), fix }];
}

/** A sentence, or the end of one: not an unknown tag, a footnote, a list of names. */
function isProse(text: string): boolean {
  if (/^\s*[\w -]{1,40}\s*[:=]/u.test(text) || /^\s*(?:\[\d+\]|https?:|[-*] )/u.test(text)) return false;
  const ends = /[\p{Ll}\p{Lo}](?:[.)"']*)\s*$/u.test(text);
  return ends && (text.trim().split(/\s+/u).length >= 3 || /\.\s*$/u.test(text));
}
