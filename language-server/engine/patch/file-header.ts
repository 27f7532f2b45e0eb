import { documentLine, hasAt, lineEnd, lineHas, lineStart, textOf } from "./bytes";
import type { DiffContext } from "./hunk";
import { readGitPair, readSide, stripPair, stripSingle, unquoteName, type NamedSide, type NamePair } from "./paths";
import { report } from "./problems";
import type { Content, FileDiff, FileStatus, Hunk, LineRange } from "./types";

/** A file's diff while it is read; done with, it is the {@link FileDiff} itself. */
export class FileDraft implements FileDiff {
  last: number;
  oldPath = "";
  newPath = "";
  status: FileStatus = "modified";
  oldMode: string | undefined = undefined;
  newMode: string | undefined = undefined;
  oldBlob: string | undefined = undefined;
  newBlob: string | undefined = undefined;
  similarity: number | undefined = undefined;
  binary = false;
  added = 0;
  deleted = 0;
  oldPathLine: number | undefined = undefined;
  newPathLine: number | undefined = undefined;
  readonly hunks: Hunk[] = [];
  /** Not said by the header: a single hunk from or to nothing tells (plain diffs). */
  guessExistence = false;

  /** `first` and `last` are content lines. */
  constructor(
    private readonly content: Content,
    readonly first: number,
  ) {
    this.last = first;
  }

  get lines(): LineRange {
    return { first: documentLine(this.content, this.first), last: documentLine(this.content, Math.max(this.first, this.last)) };
  }
}

/** Names as the header's lines give them, still with prefixes. */
interface Names {
  old: NamedSide | undefined;
  new: NamedSide | undefined;
  /** From rename and copy lines: no prefix. */
  from: string | undefined;
  to: string | undefined;
}

export function restOf(context: DiffContext, i: number, prefix: string): string {
  const { content } = context;
  return textOf(content.bytes, lineStart(content, i) + prefix.length, lineEnd(content, i, true), "utf-8", context.decode);
}

function bareName(context: DiffContext, i: number, prefix: string): string {
  const text = restOf(context, i, prefix);
  return unquoteName(text, 0, context.decode)?.name ?? text;
}

function readIndex(context: DiffContext, i: number, draft: FileDraft): void {
  const match = /^([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: (\d{6}))?/.exec(restOf(context, i, "index "));
  if (match === null) return;
  draft.oldBlob = match[1];
  draft.newBlob = match[2];
  if (match[3] !== undefined) {
    draft.oldMode ??= match[3];
    draft.newMode ??= match[3];
  }
}

function modeOf(context: DiffContext, i: number, prefix: string): string {
  return restOf(context, i, prefix).trim();
}

type Field = (context: DiffContext, i: number, draft: FileDraft, names: Names) => void;

function movedFrom(status: "renamed" | "copied", prefix: string): Field {
  return (context, i, draft, names) => {
    draft.status = status;
    names.from = bareName(context, i, prefix);
    draft.oldPathLine ??= documentLine(context.content, i);
  };
}

function movedTo(status: "renamed" | "copied", prefix: string): Field {
  return (context, i, draft, names) => {
    draft.status = status;
    names.to = bareName(context, i, prefix);
    draft.newPathLine ??= documentLine(context.content, i);
  };
}

function similarity(prefix: string): Field {
  return (context, i, draft) => {
    const percent = parseInt(restOf(context, i, prefix), 10);
    if (percent >= 0 && percent <= 100) draft.similarity = prefix.startsWith("dis") ? undefined : percent;
  };
}

/** Extended header lines of git, by how they begin (git-diff(1), "Generating patch text with -p"). */
const fields: readonly (readonly [string, Field])[] = [
  ["index ", (context, i, draft) => { readIndex(context, i, draft); }],
  ["old mode ", (context, i, draft) => {
    draft.oldMode = modeOf(context, i, "old mode ");
  }],
  ["new mode ", (context, i, draft) => {
    draft.newMode = modeOf(context, i, "new mode ");
  }],
  ["new file mode ", (context, i, draft) => {
    draft.status = "added";
    draft.newMode = modeOf(context, i, "new file mode ");
  }],
  ["deleted file mode ", (context, i, draft) => {
    draft.status = "deleted";
    draft.oldMode = modeOf(context, i, "deleted file mode ");
  }],
  ["similarity index ", similarity("similarity index ")],
  ["dissimilarity index ", similarity("dissimilarity index ")],
  ["rename from ", movedFrom("renamed", "rename from ")],
  ["rename to ", movedTo("renamed", "rename to ")],
  ["rename old ", movedFrom("renamed", "rename old ")],
  ["rename new ", movedTo("renamed", "rename new ")],
  ["copy from ", movedFrom("copied", "copy from ")],
  ["copy to ", movedTo("copied", "copy to ")],
];

const firstBytes: ReadonlySet<number> = new Set(fields.map(([prefix]) => prefix.charCodeAt(0)));

function fieldAt(context: DiffContext, i: number): Field | undefined {
  const { bytes } = context.content;
  const start = lineStart(context.content, i);
  if (!firstBytes.has(bytes[start] ?? 0)) return undefined;
  for (const [prefix, field] of fields) if (hasAt(bytes, start, prefix)) return field;
  return undefined;
}

/** The `---` and `+++` lines. */
export function readSides(context: DiffContext, i: number, draft: FileDraft): { readonly old: NamedSide; readonly new: NamedSide } {
  const sides = { old: readSide(restOf(context, i, "--- "), context.decode), new: readSide(restOf(context, i + 1, "+++ "), context.decode) };
  if (!sides.old.absent) draft.oldPathLine = documentLine(context.content, i);
  if (!sides.new.absent) draft.newPathLine = documentLine(context.content, i + 1);
  return sides;
}

function setPair(draft: FileDraft, pair: NamePair): void {
  draft.oldPath = pair.old;
  draft.newPath = pair.new;
}

/** Both names by what a header tells; a side that doesn't exist takes the other's. */
export function setNames(draft: FileDraft, oldSide: NamedSide, newSide: NamedSide): void {
  if (oldSide.absent !== newSide.absent) {
    const name = oldSide.absent ? newSide.name : oldSide.name;
    // With a time at the epoch the absent side is named too, and tells the prefix.
    const other = oldSide.absent ? oldSide.name : newSide.name;
    const single = other === "/dev/null" ? stripSingle(name) : stripPair({ old: other, new: name }).new;
    setPair(draft, { old: single, new: single });
    draft.status = oldSide.absent ? "added" : "deleted";
    return;
  }
  setPair(draft, stripPair({ old: oldSide.name, new: newSide.name }));
}

function settleNames(context: DiffContext, first: number, draft: FileDraft, names: Names): void {
  if (names.from !== undefined && names.to !== undefined) {
    setPair(draft, { old: names.from, new: names.to });
  } else if (names.old !== undefined && names.new !== undefined && names.old.absent === names.new.absent) {
    setNames(draft, names.old, names.new);
  } else {
    // One side is /dev/null, or there are no such lines: only `diff --git` shows which prefixes are used.
    const pair = readGitPair(restOf(context, first, "diff --git "), context.decode);
    if (names.old !== undefined && names.new !== undefined) setNames(draft, names.old, names.new);
    if (pair !== undefined) setPair(draft, stripPair(pair));
    else if (names.new === undefined) report(context.problems, documentLine(context.content, first), "no-name");
  }
}

/** Reads from `diff --git` at line `i` to the line before the first hunk; returns that line. */
export function readGitHeader(context: DiffContext, i: number, draft: FileDraft): number {
  const names: Names = { old: undefined, new: undefined, from: undefined, to: undefined };
  let at = i + 1;
  for (; at < context.to; at++) {
    if (lineHas(context.content, at, "--- ") && lineHas(context.content, at + 1, "+++ ") && at + 1 < context.to) {
      const sides = readSides(context, at, draft);
      names.old = sides.old;
      names.new = sides.new;
      at += 2;
      break;
    }
    const field = fieldAt(context, at);
    if (field === undefined) break;
    field(context, at, draft, names);
  }
  settleNames(context, i, draft, names);
  return at;
}
