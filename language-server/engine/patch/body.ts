import { checkCancel, type Cancel, type Decode } from "../ports";
import { byte, documentLine, hasAt, isBlankLine, isUtf8Name, lineEnd, lineHas, lineStart, textOf } from "./bytes";
import { scanDiffs } from "./diff";
import { decodeEncodedWords } from "./encoded-word";
import type { Problems } from "./problems";
import type { Content, FileDiff, HeaderField, MessageLine, Patch } from "./types";

/** Content lines, 0-based, end exclusive. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** A patch below its mail header. */
export interface BodyInput {
  readonly content: Content;
  /** Content lines, end exclusive. */
  readonly from: number;
  readonly to: number;
  readonly crlf: boolean;
  /** Blanks before each message line. */
  readonly indent: number;
  /** `From:`, `Subject:` and `Date:` at the top of the message speak for the commit. */
  readonly inBodyHeaders: boolean;
  /** No mail: what only begins a diff by itself ends the message too, e.g. a hunk. */
  readonly bare: boolean;
  /** `>From ` at a line's start was written by a mailbox, not by the author. */
  readonly unquote: boolean;
  readonly decode: Decode;
  readonly problems: Problems;
  readonly cancel: Cancel | undefined;
}

/** Where everything stands. The text itself is read by `messageOf` and `remarksOf`: who only wants the diffs doesn't pay for it. */
export interface Body {
  readonly input: BodyInput;
  readonly inBody: readonly HeaderField[];
  readonly message: Span;
  readonly separatorLine: number | undefined;
  /** Content lines under the separator, the diffstat's among them. */
  readonly remarks: readonly number[];
  readonly files: readonly FileDiff[];
  readonly baseCommit: Patch["baseCommit"];
  readonly prerequisites: readonly string[];
  /** A mailbox had quoted a line of the message. */
  readonly unquoted: boolean;
}

/** mailinfo.c, patchbreak: where the message ends. */
function isPatchBreak(input: BodyInput, i: number): boolean {
  const { content } = input;
  const start = lineStart(content, i);
  switch (content.bytes[start]) {
    case 100: // d
      return hasAt(content.bytes, start, "diff -");
    case 73: // I
      return hasAt(content.bytes, start, "Index: ");
    case byte.minus:
      return hasAt(content.bytes, start, "---") && isDashes(input, i, start);
    default:
      return false;
  }
}

/** `---` alone, or `--- name`. */
function isDashes(input: BodyInput, i: number, start: number): boolean {
  const end = lineEnd(input.content, i, true);
  const after = input.content.bytes[start + 4] ?? byte.lf;
  if (input.content.bytes[start + 3] === byte.space && start + 4 < end && after !== byte.space && after !== byte.tab) return true;
  for (let at = start + 3; at < end; at++) {
    const c = input.content.bytes[at];
    if (c !== byte.space && c !== byte.tab && c !== byte.cr) return false;
  }
  return true;
}

function isSeparator(input: BodyInput, i: number): boolean {
  return lineHas(input.content, i, "---") && !lineHas(input.content, i, "--- ") ? isDashes(input, i, lineStart(input.content, i)) : lineHas(input.content, i, "--- ") && lineEnd(input.content, i, true) === lineStart(input.content, i) + 4;
}

function textAt(input: BodyInput, i: number): string {
  return textOf(input.content.bytes, lineStart(input.content, i), lineEnd(input.content, i, input.crlf), input.content.charset, input.decode);
}

const inBodyField = /^(From|Subject|Date)\s*:\s*(.*)$/i;

/** First bytes of `From`, `Subject`, `Date` and `>From`, in either case: most messages begin with none of them, and needn't be decoded to be told. */
const mayOpenInBody: ReadonlySet<number> = new Set(["F", "f", "S", "s", "D", "d", ">"].map((c) => c.charCodeAt(0)));

interface InBody {
  readonly fields: readonly HeaderField[];
  readonly next: number;
}

/** mailinfo.c, check_inbody_header: each name once, folded lines follow, the first other line ends it. */
function readInBody(input: BodyInput, from: number, end: number): InBody {
  let first = from;
  while (first < end && isBlankLine(input.content, first)) first++;
  return first === end || isUtf8Name(input.content.charset) && !mayOpenInBody.has(input.content.bytes[lineStart(input.content, first)] ?? 0) ? { fields: none, next: first } : readInBodyFields(input, first, end);
}

function readInBodyFields(input: BodyInput, from: number, end: number): InBody {
  const fields: { name: string; value: string; lines: { first: number; last: number } }[] = [];
  let i = from;
  for (; i < end; i++) {
    if (isBlankLine(input.content, i)) {
      if (fields.length > 0) break;
      continue;
    }
    const text = textAt(input, i);
    const last = fields.at(-1);
    if (last !== undefined && /^[ \t]/.test(text)) {
      last.value += ` ${text.trim()}`;
      last.lines.last = documentLine(input.content, i);
      continue;
    }
    if (/^>?From [0-9a-f]{40} Mon Sep 17 00:00:00 2001$/.test(text)) continue;
    const match = inBodyField.exec(text);
    const name = match?.[1] ?? "";
    if (match === null || fields.some((field) => field.name.toLowerCase() === name.toLowerCase())) break;
    const line = documentLine(input.content, i);
    fields.push({ name, value: match[2] ?? "", lines: { first: line, last: line } });
  }
  return { fields: fields.map((field) => ({ ...field, value: decodeEncodedWords(field.value.trim(), input.decode) })), next: i };
}

function cleaned(text: string, input: BodyInput): string {
  if (input.indent > 0) return text.startsWith(" ".repeat(input.indent)) ? text.slice(input.indent) : text.trimStart();
  return input.unquote && text.startsWith(">") && /^>+From /.test(text) ? text.slice(1) : text;
}

/** Lines between two others, the blank ones at both ends left out. */
function trimmed(input: BodyInput, from: number, end: number): Span {
  let first = from;
  let last = end;
  while (first < last && isBlankLine(input.content, first)) first++;
  while (last > first && isBlankLine(input.content, last - 1)) last--;
  return { from: first, to: last };
}

function rawLines(input: BodyInput, span: Span): readonly string[] {
  if (span.from >= span.to) return [];
  const { content } = input;
  const whole = textOf(content.bytes, lineStart(content, span.from), lineEnd(content, span.to - 1, input.crlf), content.charset, input.decode);
  return whole.split(input.crlf ? /\r?\n/ : "\n");
}

/** The message's lines, decoded. */
export function messageOf(body: Body): readonly MessageLine[] {
  const { input, message } = body;
  return rawLines(input, message).map((raw, i) => ({ text: cleaned(raw, input), line: documentLine(input.content, message.from + i) }));
}

/** Whether the line is `From ` behind one or more `>`. */
function isQuotedFrom(input: BodyInput, i: number): boolean {
  const { bytes } = input.content;
  let at = lineStart(input.content, i);
  if (bytes[at] !== byte.greater) return false;
  while (bytes[at] === byte.greater) at++;
  return hasAt(bytes, at, "From ");
}

function holdsQuotedFrom(input: BodyInput, span: Span): boolean {
  if (!input.unquote) return false;
  // In other charsets the bytes of a line may not be what they look like.
  if (!isUtf8Name(input.content.charset)) return rawLines(input, span).some((raw) => cleaned(raw, input) !== raw);
  for (let i = span.from; i < span.to; i++) if (isQuotedFrom(input, i)) return true;
  return false;
}

const diffstat = /^ \S.*\s\|\s+(?:\d+(?:\s[+-]+)?|Bin\b.*)\s*$|^ \d+ files? changed\b|^ (?:create|delete) mode \d{6} |^ (?:rename|copy|rewrite|mode change) \S/;

/** Remarks under the separator, decoded, the diffstat taken out. */
export function remarksOf(body: Body): readonly MessageLine[] {
  const { input, files } = body;
  const firstFileLine = files[0]?.lines.first ?? Infinity;
  const above = body.remarks.filter((i) => documentLine(input.content, i) < firstFileLine);
  const kept = above.map((i) => ({ text: textAt(input, i), line: documentLine(input.content, i) })).filter((line) => !diffstat.test(line.text));
  let first = 0;
  let last = kept.length;
  while (first < last && kept[first]?.text.trim() === "") first++;
  while (last > first && kept[last - 1]?.text.trim() === "") last--;
  return kept.slice(first, last);
}

const none: readonly never[] = [];

interface Tail {
  baseCommit: Patch["baseCommit"];
  prerequisites: readonly string[];
}

/** `base-commit:` and `prerequisite-patch-id:` stand wherever format-patch --base or b4 put them. */
function readBaseLine(input: BodyInput, i: number, tail: Tail): void {
  const { content } = input;
  const first = content.bytes[lineStart(content, i)];
  if (first !== 98 && first !== 112) return;
  const match = /^(base-commit|prerequisite-patch-id): ([0-9a-f]{40}|[0-9a-f]{64})$/.exec(textAt(input, i).trim());
  if (match === null) return;
  if (match[1] === "base-commit") tail.baseCommit = { sha: match[2] ?? "", line: documentLine(content, i) };
  else tail.prerequisites = [...tail.prerequisites, match[2] ?? ""];
}

/** Rejects, plain binaries, context diffs and lone hunks, which no mail begins its diff with. */
function isBareBreak(input: BodyInput, i: number): boolean {
  const { content } = input;
  return ["diff ", "Binary files ", "@@ -"].some((prefix) => lineHas(content, i, prefix)) || (lineHas(content, i, "*** ") && lineHas(content, i + 1, "--- "));
}

function findBreak(input: BodyInput, from: number): number {
  let i = from;
  while (i < input.to && !isPatchBreak(input, i) && !(input.bare && isBareBreak(input, i))) i++;
  return i;
}

/** A mail without diff may end in a signature, which is no part of its text. */
function withoutSignature(input: BodyInput, from: number, end: number): number {
  for (let i = end - 1; i >= from && i >= end - 12; i--) {
    if (lineHas(input.content, i, "-- ") && lineEnd(input.content, i, true) === lineStart(input.content, i) + 3) return i;
  }
  return end;
}

/** Splits a patch below its header into message, remarks and diffs, where git would. */
export function readBody(input: BodyInput): Body {
  checkCancel(input.cancel);
  const end = findBreak(input, input.from);
  const inBody = input.inBodyHeaders ? readInBody(input, input.from, end) : { fields: [], next: input.from };
  const separated = end < input.to && isSeparator(input, end);
  const texts: number[] = [];
  const tail: Tail = { baseCommit: undefined, prerequisites: none };
  let signed = false;
  const onText = (i: number): void => {
    signed ||= lineHas(input.content, i, "-- ") && lineEnd(input.content, i, true) === lineStart(input.content, i) + 3;
    readBaseLine(input, i, tail);
    if (separated && !signed) texts.push(i);
  };
  const { content, to, crlf, decode, problems, cancel } = input;
  const files = scanDiffs({ content, from: separated ? end + 1 : end, to, crlf, decode, problems, cancel, onText });
  const bodyEnd = files.length === 0 && !separated ? withoutSignature(input, inBody.next, end) : end;
  for (let i = inBody.next; i < bodyEnd; i++) readBaseLine(input, i, tail);
  const message = trimmed(input, inBody.next, bodyEnd);
  return {
    input,
    inBody: inBody.fields,
    message,
    separatorLine: separated ? documentLine(content, end) : undefined,
    remarks: texts,
    files,
    baseCommit: tail.baseCommit,
    prerequisites: tail.prerequisites,
    unquoted: holdsQuotedFrom(input, message),
  };
}
