import type { FileDiff, Patch } from "../patch/types";
import type { Message } from "../text/message";
import type { HunkCode } from "./code/hunk-code";
import type { CodeLine } from "./code/tokens";
import type { Draft, Fix, Related } from "./types";

/** A quote is evidence to be found again, not a copy of a line that may be a megabyte long. */
const longestQuote = 200;

export interface DraftParts {
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

/** Columns of a document's hunk line, behind its sign. A mail's encoding hides them: then there are none. */
export function columns(patch: Patch, start: number, end: number): { readonly startColumn?: number; readonly endColumn?: number } {
  return patch.encoded ? {} : { startColumn: start + 1, endColumn: end + 1 };
}

/** A finding in a line of the new side; it covers the text without its indentation. */
export function draftOnLine(patch: Patch, file: FileDiff, line: Pick<CodeLine, "text" | "line">, message: Message, parts: DraftParts = {}): Draft {
  const quote = line.text.trim();
  const start = line.text.indexOf(quote);
  return { message, side: "new", file: file.newPath, line: line.line, ...columns(patch, start, start + quote.length), quote: quote.slice(0, longestQuote), ...parts };
}

/** A finding at a token of a hunk's code; undefined when the token is not there. */
export function draftAtToken(patch: Patch, hunk: HunkCode, at: number, message: Message, parts: DraftParts = {}): Draft | undefined {
  const row = hunk.code.tokens[at]?.row;
  const line = row === undefined ? undefined : hunk.code.lines[row];
  return line === undefined ? undefined : draftOnLine(patch, hunk.file, line, message, parts);
}
