import type { Span } from "../types";

/** One line without its end. */
export interface Line {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
}

/** Longer lines are no settings of a person, and a hostile one must not cost much. */
const longest = 20_000;

/** Lines of a text; a byte order mark does not count as text, any of the three line ends does. */
export function linesOf(text: string): readonly Line[] {
  const lines = text.split(/\r\n|\n|\r/u);
  return lines.map((line, i) => {
    // Columns are those of the document, so the mark becomes a blank rather than nothing.
    const shown = i === 0 && line.startsWith("\ufeff") ? ` ${line.slice(1)}` : line;
    return { number: i + 1, text: shown.length > longest ? "" : shown };
  });
}

export function span(line: number, start: number, end: number): Span {
  return { line, start, end };
}

/** The part of a line from `start` to `end` without the blanks around it. */
export function trimmed(line: Line, start: number, end: number = line.text.length): { readonly text: string; readonly at: Span } {
  const raw = line.text.slice(start, end);
  const from = start + (raw.length - raw.trimStart().length);
  const text = raw.trim();
  return { text, at: span(line.number, Math.min(from, end), Math.min(from, end) + text.length) };
}

/** A value without the quotes around it. */
export function unquoted(value: { readonly text: string; readonly at: Span }): { readonly text: string; readonly at: Span } {
  const { text, at } = value;
  const quote = text.charAt(0);
  if (text.length < 2 || (quote !== '"' && quote !== "'") || text.at(-1) !== quote) return value;
  return { text: text.slice(1, -1), at: span(at.line, at.start + 1, at.end - 1) };
}

/** The folders and the name of a path, lower case. */
export function pathParts(path: string): { readonly folders: readonly string[]; readonly name: string } {
  const parts = path.toLowerCase().replaceAll("\\", "/").split("/").filter((part) => part !== "");
  return { folders: parts.slice(0, -1), name: parts.at(-1) ?? "" };
}

/** What detection looks at: the start says what a file is. */
export function head(text: string): string {
  return text.slice(0, 200_000);
}
