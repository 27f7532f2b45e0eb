import { byte, documentLine, hasAt, isBlankLine, lineEnd, lineHas, lineStart, textOf } from "./bytes";
import { roleAt } from "./lines";
import { report, type Problems } from "./problems";
import type { Decode } from "../ports";
import type { Content, Hunk, LineRange } from "./types";

/** What the parts of the diff parser share. */
export interface DiffContext {
  readonly content: Content;
  /** First content line after the patch. */
  readonly to: number;
  readonly crlf: boolean;
  readonly decode: Decode;
  readonly problems: Problems;
}

/** What an @@ line says; read as numbers, for there are many. */
interface HunkHeader {
  oldStart: number;
  oldLines: number;
  newStart: number;
  newLines: number;
  /** Byte after the second @@. */
  at: number;
}

function isDigit(c: number | undefined): c is number {
  return c !== undefined && c >= byte.zero && c <= byte.nine;
}

/** A decimal at `header.at`, which moves on; -1 when there is none. */
function takeNumber(bytes: Uint8Array, header: HunkHeader): number {
  let c = bytes[header.at];
  if (!isDigit(c)) return -1;
  let value = 0;
  for (; isDigit(c); c = bytes[++header.at]) value = Math.min(value * 10 + c - byte.zero, 0xffffffff);
  return value;
}

/** The count after a comma; one when there is none. */
function takeCount(bytes: Uint8Array, header: HunkHeader): number {
  if (bytes[header.at] !== 44) return 1;
  header.at++;
  return takeNumber(bytes, header);
}

/** `@@ -a,b +c,d @@ section` */
function readHunkHeader(context: DiffContext, i: number): HunkHeader | undefined {
  const { bytes } = context.content;
  const header: HunkHeader = { oldStart: 0, oldLines: 0, newStart: 0, newLines: 0, at: lineStart(context.content, i) };
  if (!hasAt(bytes, header.at, "@@ -")) return undefined;
  header.at += 4;
  header.oldStart = takeNumber(bytes, header);
  header.oldLines = takeCount(bytes, header);
  if (header.oldStart < 0 || header.oldLines < 0 || !hasAt(bytes, header.at, " +")) return undefined;
  header.at += 2;
  header.newStart = takeNumber(bytes, header);
  header.newLines = takeCount(bytes, header);
  if (header.newStart < 0 || header.newLines < 0 || !hasAt(bytes, header.at, " @@")) return undefined;
  header.at += 3;
  return header;
}

/** `--- old` with `+++ new` below it. */
export function isPlainFileStart(context: DiffContext, i: number): boolean {
  return lineHas(context.content, i, "--- ") && i + 1 < context.to && lineHas(context.content, i + 1, "+++ ");
}

/** `-- `, which ends a mail; some list servers take the blank. */
export function isSignature(context: DiffContext, i: number): boolean {
  const start = lineStart(context.content, i);
  if (!hasAt(context.content.bytes, start, "--")) return false;
  const length = lineEnd(context.content, i, true) - start;
  return length === 2 || (length === 3 && context.content.bytes[start + 2] === byte.space);
}

function isSigned(content: Content, i: number): boolean {
  const first = content.bytes[lineStart(content, i)];
  return first === byte.space || first === byte.plus || first === byte.minus || first === byte.backslash;
}

/** A line without sign among hunk lines: a mailer wrapped the one above. */
function isWrapped(context: DiffContext, i: number): boolean {
  const { content } = context;
  if (lineHas(content, i, "@@") || lineHas(content, i, "diff ") || lineHas(content, i, "Index: ") || lineHas(content, i, "From ")) return false;
  if (i > 0 && isSignature(context, i - 1)) return false;
  return i + 1 < context.to && isSigned(content, i + 1) && !isPlainFileStart(context, i + 1);
}

interface Counts {
  context: number;
  deleted: number;
  added: number;
}

function lacks(counts: Counts, header: HunkHeader): boolean {
  return counts.context + counts.deleted < header.oldLines || counts.context + counts.added < header.newLines;
}

function countBody(content: Content, from: number, to: number): Counts {
  const counts: Counts = { context: 0, deleted: 0, added: 0 };
  for (let i = from; i < to; i++) {
    const role = roleAt(content, i);
    if (role !== undefined && role !== "eof") counts[role]++;
  }
  return counts;
}

/** Follows the header's counts, as git does; stops early at what can be no line of a hunk. */
function followCounts(context: DiffContext, header: HunkHeader, start: number, counts: Counts): number {
  const { bytes, lineStarts } = context.content;
  const { oldLines, newLines } = header;
  let both = 0;
  let deleted = 0;
  let added = 0;
  let i = start;
  for (; i < context.to && (both + deleted < oldLines || both + added < newLines); i++) {
    const first = bytes[lineStarts[i] ?? 0];
    if (first === byte.space || first === byte.lf) both++;
    else if (first === byte.plus) added++;
    else if (first === byte.minus) deleted++;
    else if (first === byte.backslash) continue;
    else if (roleAt(context.content, i) === "context") both++;
    else if (isWrapped(context, i)) report(context.problems, documentLine(context.content, i), "wrapped-line");
    else break;
  }
  counts.context = both;
  counts.deleted = deleted;
  counts.added = added;
  return i;
}

/** A header that promises too many lines swallows what follows the hunk; this gives it back. */
function withoutSwallowed(context: DiffContext, start: number, end: number): number {
  const { content } = context;
  let last = end;
  if (last < context.to && lineHas(content, last, "@@") && last - 2 >= start && isPlainFileStart(context, last - 2)) return last - 2;
  while (last > start && lineEnd(content, last - 1, true) === lineStart(content, last - 1)) last--;
  return last > start && isSignature(context, last - 1) ? last - 1 : last;
}

/** A header that promises too few lines leaves some behind; they belong to the hunk all the same. */
function withLeftBehind(context: DiffContext, end: number): number {
  let last = end;
  while (last < context.to && isSigned(context.content, last) && !isSignature(context, last) && !isPlainFileStart(context, last)) last++;
  return last;
}

/** Counts that are one too many can be met by the signature itself; git's version below it gives it away. */
function endsInSignature(context: DiffContext, start: number, end: number): boolean {
  if (end - 1 <= start || end >= context.to || !isSignature(context, end - 1)) return false;
  const first = context.content.bytes[lineStart(context.content, end)] ?? 0;
  const version = first >= byte.zero && first <= byte.nine && textLength(context.content, end) < 24;
  return version && (end + 1 >= context.to || isBlankLine(context.content, end + 1));
}

function textLength(content: Content, i: number): number {
  return lineEnd(content, i, true) - lineStart(content, i);
}

interface Body {
  readonly end: number;
  readonly counts: Counts;
}

function readBody(context: DiffContext, header: HunkHeader, start: number): Body {
  const { content } = context;
  const counts: Counts = { context: 0, deleted: 0, added: 0 };
  let end = followCounts(context, header, start, counts);
  if (lacks(counts, header) || endsInSignature(context, start, end)) {
    end = lacks(counts, header) ? withoutSwallowed(context, start, end) : end - 1;
    return { end, counts: countBody(content, start, end) };
  }
  if (end < context.to && lineHas(content, end, "\\ ")) end++;
  const extended = withLeftBehind(context, end);
  return extended === end ? { end, counts } : { end: extended, counts: countBody(content, start, extended) };
}

function reportCounts(context: DiffContext, header: HunkHeader, body: Body, line: number): void {
  const actualOld = body.counts.context + body.counts.deleted;
  const actualNew = body.counts.context + body.counts.added;
  if (actualOld === header.oldLines && actualNew === header.newLines) return;
  const code = lacks(body.counts, header) && body.end >= context.to ? "truncated" : "hunk-count";
  report(context.problems, line, code, { oldLines: header.oldLines, newLines: header.newLines, actualOld, actualNew });
}

/** What is asked of few hunks is worked out when it is asked for: there are many of them. */
class ReadHunk implements Hunk {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly actualOld: number;
  readonly actualNew: number;
  readonly start: number;
  readonly end: number;
  private readonly sectionAt: number;

  constructor(
    private readonly context: DiffContext,
    header: HunkHeader,
    counts: Counts,
    i: number,
    end: number,
  ) {
    this.oldStart = header.oldStart;
    this.oldLines = header.oldLines;
    this.newStart = header.newStart;
    this.newLines = header.newLines;
    this.actualOld = counts.context + counts.deleted;
    this.actualNew = counts.context + counts.added;
    this.start = i + 1;
    this.end = end;
    this.sectionAt = header.at;
  }

  get section(): string {
    const { content, decode } = this.context;
    const start = content.bytes[this.sectionAt] === byte.space ? this.sectionAt + 1 : this.sectionAt;
    return textOf(content.bytes, start, lineEnd(content, this.start - 1, true), content.charset, decode);
  }

  get line(): number {
    return documentLine(this.context.content, this.start - 1);
  }

  get lines(): LineRange {
    return { first: this.line, last: documentLine(this.context.content, this.end - 1) };
  }
}

/** Where a hunk that was read goes. */
export interface HunkTarget {
  added: number;
  deleted: number;
  /** Last content line. */
  last: number;
  readonly hunks: Hunk[];
}

/** Reads the hunk whose `@@ ` is content line `i` into `target`; returns the line after it. */
export function readHunk(context: DiffContext, i: number, target: HunkTarget): number {
  const { content } = context;
  const line = documentLine(content, i);
  const header = readHunkHeader(context, i);
  if (header === undefined) {
    report(context.problems, line, "bad-hunk-header");
    return i + 1;
  }
  const start = i + 1;
  const body = readBody(context, header, start);
  reportCounts(context, header, body, line);
  const { counts, end } = body;
  target.hunks.push(new ReadHunk(context, header, counts, i, end));
  target.added += counts.added;
  target.deleted += counts.deleted;
  target.last = end - 1;
  return end;
}
