import { byte, documentLine, hasAt, isBlankLine, lineEnd, lineHas, lineStart, textOf } from "./bytes";
import { roleAt } from "./lines";
import { report, type Problems } from "./problems";
import type { Decode } from "../ports";
import type { Content, Hunk } from "./types";

/** What the parts of the diff parser share. */
export interface DiffContext {
  readonly content: Content;
  /** First content line after the patch. */
  readonly to: number;
  readonly crlf: boolean;
  readonly decode: Decode;
  readonly problems: Problems;
}

interface HunkHeader {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly section: string;
}

interface Scanned {
  readonly value: number;
  readonly at: number;
}

function readNumber(bytes: Uint8Array, from: number): Scanned | undefined {
  let at = from;
  let value = 0;
  for (let c = bytes[at]; c !== undefined && c >= byte.zero && c <= byte.nine; c = bytes[++at]) value = Math.min(value * 10 + c - byte.zero, 0xffffffff);
  return at === from ? undefined : { value, at };
}

interface Range {
  readonly start: number;
  readonly count: number;
  readonly at: number;
}

function readRange(bytes: Uint8Array, from: number): Range | undefined {
  const start = readNumber(bytes, from);
  if (start === undefined) return undefined;
  if (bytes[start.at] !== 44) return { start: start.value, count: 1, at: start.at };
  const count = readNumber(bytes, start.at + 1);
  return count === undefined ? undefined : { start: start.value, count: count.value, at: count.at };
}

/** `@@ -a,b +c,d @@ section` */
function readHunkHeader(context: DiffContext, i: number): HunkHeader | undefined {
  const { bytes } = context.content;
  const start = lineStart(context.content, i);
  const before = readRange(bytes, start + 4);
  if (before === undefined || !hasAt(bytes, before.at, " +")) return undefined;
  const after = readRange(bytes, before.at + 2);
  if (after === undefined || !hasAt(bytes, after.at, " @@")) return undefined;
  const end = lineEnd(context.content, i, true);
  const sectionStart = bytes[after.at + 3] === byte.space ? after.at + 4 : after.at + 3;
  const section = textOf(bytes, sectionStart, end, context.content.charset, context.decode);
  return { oldStart: before.start, oldLines: before.count, newStart: after.start, newLines: after.count, section };
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
  for (let i = from; i < to; i++) addRole(content, i, counts);
  return counts;
}

function addRole(content: Content, i: number, counts: Counts): boolean {
  switch (roleAt(content, i)) {
    case "context":
      counts.context++;
      return true;
    case "deleted":
      counts.deleted++;
      return true;
    case "added":
      counts.added++;
      return true;
    case "eof":
      return true;
    case undefined:
      return false;
  }
}

/** Follows the header's counts, as git does; stops early at what can be no line of a hunk. */
function followCounts(context: DiffContext, header: HunkHeader, start: number, counts: Counts): number {
  const { content } = context;
  let i = start;
  while (i < context.to && lacks(counts, header)) {
    if (!addRole(content, i, counts)) {
      if (!isWrapped(context, i)) break;
      report(context.problems, documentLine(content, i), "wrapped-line");
    }
    i++;
  }
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

export interface ReadHunk {
  readonly hunk: Hunk;
  readonly added: number;
  readonly deleted: number;
}

/** Reads the hunk whose `@@ -` is content line `i`; undefined when the header makes no sense. */
export function readHunk(context: DiffContext, i: number): ReadHunk | undefined {
  const { content } = context;
  const line = documentLine(content, i);
  const header = readHunkHeader(context, i);
  if (header === undefined) {
    report(context.problems, line, "bad-hunk-header");
    return undefined;
  }
  const start = i + 1;
  const body = readBody(context, header, start);
  reportCounts(context, header, body, line);
  const { counts, end } = body;
  const actual = { actualOld: counts.context + counts.deleted, actualNew: counts.context + counts.added };
  const lines = { first: line, last: documentLine(content, end - 1) };
  return { hunk: { ...header, ...actual, line, lines, start, end }, added: counts.added, deleted: counts.deleted };
}
