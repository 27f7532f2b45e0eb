import { hunkLines } from "../../patch/lines";
import type { FileDiff, Hunk, Patch, PatchLine, PatchSet } from "../../patch/types";
import type { Decode } from "../../ports";
import type { ExplainTarget } from "./types";

/** A line of subject, body, trailers or remarks. `number` counts within the message, so that it is the same wherever the patch stands. */
export interface MessageRow {
  readonly number: number;
  readonly text: string;
  /** 1-based document line. */
  readonly line: number;
}

export interface ScopeHunk {
  readonly file: FileDiff;
  readonly hunk: Hunk;
  readonly lines: readonly PatchLine[];
}

/** What a model is shown and may quote. */
export interface Scope {
  readonly patch: Patch;
  readonly target: ExplainTarget;
  readonly hunks: readonly ScopeHunk[];
  readonly message: readonly MessageRow[];
  /** Document lines that findings must touch to belong here. */
  readonly first: number;
  readonly last: number;
}

/** The patch that a target is in; undefined when there is none. */
export function patchOf(set: PatchSet, target: ExplainTarget): Patch | undefined {
  if (target.kind !== "selection") return set.patches[target.patch];
  return set.patches.find((patch) => patch.lines.first <= target.lastLine && patch.lines.last >= target.firstLine);
}

function messageRows(patch: Patch): readonly MessageRow[] {
  const rows = new Map<number, string>();
  if (patch.subject !== "") rows.set(patch.subjectLine ?? patch.lines.first, patch.subject);
  const { body, trailers, notes, remarks } = patch.message;
  for (const { line, text } of body) rows.set(line, text);
  for (const { lines, text } of trailers) rows.set(lines.first, text);
  for (const { lines, text } of notes) if (!rows.has(lines.first)) rows.set(lines.first, text);
  for (const { line, text } of remarks) rows.set(line, text);
  return [...rows]
    .filter(([, text]) => text.trim() !== "")
    .sort(([a], [b]) => a - b)
    .map(([line, text], i) => ({ number: i + 1, text, line }));
}

/** The hunks of a target; undefined when it names a file or hunk that is not there. */
function targetHunks(patch: Patch, target: ExplainTarget): readonly { readonly file: FileDiff; readonly hunk: Hunk }[] | undefined {
  const all = patch.files.filter((file) => !file.binary && file.status !== "combined").flatMap((file) => file.hunks.map((hunk) => ({ file, hunk })));
  if (target.kind === "patch") return all;
  if (target.kind === "selection") return all.filter(({ hunk }) => hunk.lines.first <= target.lastLine && hunk.lines.last >= target.firstLine);
  const file = patch.files[target.file];
  if (file === undefined) return undefined;
  const own = all.filter((entry) => entry.file === file);
  if (target.kind === "file") return own;
  const hunk = file.hunks[target.hunk];
  return hunk === undefined ? undefined : own.filter((entry) => entry.hunk === hunk);
}

/** All that a target covers; undefined when there is no such target. */
export function scopeOf(set: PatchSet, target: ExplainTarget, decode: Decode): Scope | undefined {
  const patch = patchOf(set, target);
  if (patch === undefined) return undefined;
  const chosen = targetHunks(patch, target);
  if (chosen === undefined) return undefined;
  const hunks = chosen.map(({ file, hunk }) => ({ file, hunk, lines: hunkLines(patch, hunk, decode).filter((line) => line.role !== "eof") }));
  const whole = target.kind === "patch";
  const first = whole ? patch.lines.first : target.kind === "selection" ? target.firstLine : Math.min(...hunks.map(({ hunk }) => hunk.lines.first), target.kind === "file" ? (patch.files[target.file]?.lines.first ?? Infinity) : Infinity);
  const last = whole ? patch.lines.last : target.kind === "selection" ? target.lastLine : Math.max(...hunks.map(({ hunk }) => hunk.lines.last), 0);
  return { patch, target, hunks, message: messageRows(patch), first, last };
}
