import type { Content, FileDiff, Hunk, Patch } from "../../patch/types";

/** One line of a file or of a hunk, its line end included; `hash` makes unequal lines cheap to tell apart. */
export interface ByteLine {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly hash: number;
}

const newline = 10;
const carriageReturn = 13;

function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return hash;
}

export function byteLine(bytes: Uint8Array, start: number, end: number): ByteLine {
  return { bytes, start, end, hash: hashOf(bytes, start, end) };
}

export function sameLine(a: ByteLine, b: ByteLine): boolean {
  if (a.hash !== b.hash || a.end - a.start !== b.end - b.start) return false;
  for (let i = a.start, j = b.start; i < a.end; i++, j++) if (a.bytes[i] !== b.bytes[j]) return false;
  return true;
}

/** The lines of a file; the last one may have no line end. */
export function splitLines(bytes: Uint8Array): ByteLine[] {
  const lines: ByteLine[] = [];
  let start = 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(newline, start);
    const end = found < 0 ? bytes.length : found + 1;
    lines.push(byteLine(bytes, start, end));
    start = end;
  }
  return lines;
}

/** 0-based content line of a 1-based document line. */
export function contentLineOf(content: Content, documentLine: number): number {
  const map = content.sourceLines;
  if (map === undefined) return documentLine - 1;
  let low = 0;
  let high = content.lineCount;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((map[middle] ?? Infinity) < documentLine) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joinWithoutCarriageReturns(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let size = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === carriageReturn && bytes[i + 1] === newline) continue;
    out[size] = bytes[i] ?? 0;
    size += 1;
  }
  return out.subarray(0, size);
}

/** A diff cut out of its document, as git gets it on its input. */
export interface DiffText {
  readonly bytes: Uint8Array;
  /** Components that git strips from the names in the diff. */
  readonly strip: number;
  /** True when a mail's CRLF line ends were taken out, as `git am` does. */
  readonly unixLines: boolean;
}

function lineText(content: Content, line: number): string {
  const start = content.lineStarts[line] ?? 0;
  const end = content.lineStarts[line + 1] ?? content.bytes.length;
  let text = "";
  for (let i = start; i < end; i++) text += String.fromCharCode(content.bytes[i] ?? 0);
  return text.replace(/\r?\n$/u, "");
}

/** How many leading components the names in this diff have beyond the tree's own paths. */
function stripOf(content: Content, file: FileDiff): number {
  const first = contentLineOf(content, file.lines.first);
  const last = Math.min(contentLineOf(content, file.lines.last), first + 20);
  for (let line = first; line <= last; line++) {
    const text = lineText(content, line);
    const name = /^(?:---|\+\+\+) "?([^\t"]+)/u.exec(text)?.[1];
    if (name === undefined || name === "/dev/null") continue;
    const path = text.startsWith("---") ? file.oldPath : file.newPath;
    return Math.max(0, name.split("/").length - path.split("/").length);
  }
  return 1;
}

/** Everything from the first file's header to the last file's end; undefined when there is no diff. */
export function diffText(patch: Patch): DiffText | undefined {
  const files = patch.files.filter((file) => file.status !== "combined");
  const first = files[0];
  const last = files.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { content } = patch;
  const start = content.lineStarts[contentLineOf(content, first.lines.first)] ?? 0;
  const end = content.lineStarts[contentLineOf(content, last.lines.last) + 1] ?? content.bytes.length;
  const bytes = content.bytes.subarray(start, end);
  const firstEnd = bytes.indexOf(newline);
  const unixLines = firstEnd > 0 && bytes[firstEnd - 1] === carriageReturn;
  return { bytes: unixLines ? joinWithoutCarriageReturns(bytes) : bytes, strip: stripOf(content, first), unixLines };
}

/** What a hunk takes and what it leaves, as git sees it. */
export interface HunkBody {
  readonly before: readonly ByteLine[];
  readonly after: readonly ByteLine[];
  /** Context lines before the first and after the last change. */
  readonly leading: number;
  readonly trailing: number;
}

const space = 32;
const plus = 43;
const minus = 45;
const backslash = 92;

function withoutEnd(line: ByteLine | undefined): ByteLine | undefined {
  return line === undefined ? undefined : byteLine(line.bytes, line.start, line.end - (line.bytes[line.end - 1] === newline ? 1 : 0));
}

/** Reads a hunk's lines as bytes. */
export function hunkBody(patch: Patch, hunk: Hunk, unixLines: boolean): HunkBody {
  const { content } = patch;
  const before: ByteLine[] = [];
  const after: ByteLine[] = [];
  let leading = 0;
  let trailing = 0;
  let changed = false;
  let previous = space;
  for (let i = hunk.start; i < hunk.end; i++) {
    const start = content.lineStarts[i] ?? 0;
    const end = content.lineStarts[i + 1] ?? content.bytes.length;
    const sign = content.bytes[start] ?? space;
    if (sign === backslash) {
      if (previous !== plus) replaceLast(before, withoutEnd(before.at(-1)));
      if (previous !== minus) replaceLast(after, withoutEnd(after.at(-1)));
      continue;
    }
    previous = sign === plus || sign === minus ? sign : space;
    // A context line whose only space was cut off is an empty line.
    const bodyStart = sign === newline || sign === carriageReturn ? start : start + 1;
    const line = bodyLine(content.bytes, bodyStart, end, unixLines);
    if (previous !== plus) before.push(line);
    if (previous !== minus) after.push(line);
    if (previous === space) {
      trailing += 1;
      if (!changed) leading += 1;
    } else {
      changed = true;
      trailing = 0;
    }
  }
  return { before, after, leading, trailing };
}

function replaceLast(lines: ByteLine[], line: ByteLine | undefined): void {
  if (line !== undefined) lines[lines.length - 1] = line;
}

function bodyLine(bytes: Uint8Array, start: number, end: number, unixLines: boolean): ByteLine {
  if (!unixLines || bytes[end - 2] !== carriageReturn || bytes[end - 1] !== newline) return byteLine(bytes, start, end);
  const copy = new Uint8Array(end - start - 1);
  copy.set(bytes.subarray(start, end - 2));
  copy[copy.length - 1] = newline;
  return byteLine(copy, 0, copy.length);
}
