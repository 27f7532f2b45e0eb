import type { Position, Range } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { LineRange } from "../engine/patch/types";
import type { Finding, TextEdit } from "../engine/review/types";

/** Text of a 1-based line without its end. */
export function lineText(text: TextDocument, line: number): string {
  return text.getText({ start: { line: line - 1, character: 0 }, end: { line, character: 0 } }).replace(/\r?\n$|\r$/u, "");
}

export function position(line: number, column = 0): Position {
  return { line: Math.max(0, line - 1), character: column };
}

/** A whole 1-based line. */
export function wholeLine(text: TextDocument, line: number): Range {
  return { start: position(line), end: position(line, lineText(text, line).length) };
}

/** From the start of the first line to the end of the last. */
export function linesRange(text: TextDocument, lines: LineRange): Range {
  return { start: position(lines.first), end: position(lines.last, lineText(text, lines.last).length) };
}

/** Where a finding is underlined: its columns, else its line without surrounding blanks. */
export function findingRange(text: TextDocument, finding: Pick<Finding, "line" | "startColumn" | "endColumn">): Range {
  const line = lineText(text, finding.line);
  const indent = line.length - line.trimStart().length;
  const start = Math.min(finding.startColumn ?? (indent === line.length ? 0 : indent), line.length);
  const end = Math.min(finding.endColumn ?? (line.trimEnd().length || line.length), line.length);
  return { start: position(finding.line, start), end: position(finding.line, Math.max(start, end)) };
}

export function editRange(edit: TextEdit): Range {
  return { start: position(edit.startLine, edit.startColumn), end: position(edit.endLine, edit.endColumn) };
}
