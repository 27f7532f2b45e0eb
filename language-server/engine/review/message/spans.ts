import { sourceLineText } from "../../patch/lines";
import type { Draft, TextEdit, TextInput } from "../types";

/** A piece of a document line. Without columns it is the whole line: the words stand there in an encoded form. */
export interface Span {
  readonly line: number;
  readonly startColumn?: number;
  readonly endColumn?: number;
  readonly quote: string;
}

/** Where `quote` stands in a document line. In an encoded mail it may not be found: then the line is all that is known. */
export function spanInLine(input: TextInput, line: number, quote: string): Span {
  if (quote === "") return { line, quote };
  const start = sourceLineText(input.set, line, input.decode).indexOf(quote);
  return start < 0 ? { line, quote } : { line, startColumn: start, endColumn: start + quote.length, quote };
}

/** Where a piece of the subject stands; the subject may be folded over several lines. */
export function spanInSubject(input: TextInput, quote: string): Span | undefined {
  const { patch } = input;
  const first = patch.subjectLine;
  if (first === undefined) return undefined;
  const field = patch.header.find((header) => header.name.toLowerCase() === "subject");
  const last = field?.lines.last ?? first;
  for (let line = first; line <= last; line++) {
    const span = spanInLine(input, line, quote);
    if (span.startColumn !== undefined) return span;
  }
  return { line: first, quote };
}

/** The place of a finding in the commit message. */
export function inMessage(span: Span): Pick<Draft, "side" | "line" | "startColumn" | "endColumn" | "quote"> {
  return { side: "message", ...span };
}

/** The place of a finding in the mail header. */
export function inHeader(span: Span): Pick<Draft, "side" | "line" | "startColumn" | "endColumn" | "quote"> {
  return { side: "header", ...span };
}

/** Replaces what a span covers; nothing when its columns are unknown. */
export function replaceSpan(span: Span, newText: string): readonly TextEdit[] {
  if (span.startColumn === undefined || span.endColumn === undefined) return [];
  return [{ startLine: span.line, startColumn: span.startColumn, endLine: span.line, endColumn: span.endColumn, newText }];
}

/** Replaces the text of whole message lines by one line, its indentation and line end kept. */
export function replaceLines(input: TextInput, first: number, last: number, newText: string): TextEdit {
  const end = sourceLineText(input.set, last, input.decode).length;
  return { startLine: first, startColumn: indent(input).length, endLine: last, endColumn: end, newText };
}

/** New lines before a document line, indented as the message is and with the document's line end. */
export function insertBefore(input: TextInput, line: number, texts: readonly string[]): TextEdit {
  const end = lineEnd(input);
  const newText = texts.map((text) => `${text === "" ? "" : indent(input)}${text}${end}`).join("");
  return { startLine: line, startColumn: 0, endLine: line, endColumn: 0, newText };
}

/** Takes whole document lines out. */
export function deleteLines(first: number, last: number): TextEdit {
  return { startLine: first, startColumn: 0, endLine: last + 1, endColumn: 0, newText: "" };
}

/** `git log` and `git show` indent a message by four columns; a mail does not. */
function indent(input: TextInput): string {
  const first = input.patch.message.body.find((line) => line.text.trim() !== "");
  if (first === undefined) return "";
  const written = sourceLineText(input.set, first.line, input.decode);
  const at = written.indexOf(first.text);
  const before = at > 0 ? written.slice(0, at) : "";
  return before.trim() === "" ? before : "";
}

function lineEnd(input: TextInput): string {
  const { bytes, lineStarts } = input.set.source;
  const second = lineStarts[1] ?? 0;
  return second >= 2 && bytes[second - 2] === 0x0d ? "\r\n" : "\n";
}
