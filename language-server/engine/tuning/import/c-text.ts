/** Small, tolerant readers of C: no preprocessor, no types, positions as offsets into the text. */

/** The text with comments as spaces, so that offsets and lines stay; strings are left whole. */
export function withoutComments(text: string): string {
  const pieces: string[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const char = text.charCodeAt(at);
    if (char === 34 || char === 39) at = stringEnd(text, at);
    else if (char === 47 && (text.charCodeAt(at + 1) === 42 || text.charCodeAt(at + 1) === 47)) {
      const block = text.charCodeAt(at + 1) === 42;
      const found = text.indexOf(block ? "*/" : "\n", at + 2);
      const end = found < 0 ? text.length : found + (block ? 2 : 0);
      pieces.push(text.slice(from, at), text.slice(at, end).replace(/[^\n]/gu, " "));
      from = end;
      at = end;
    } else at++;
  }
  pieces.push(text.slice(from));
  return pieces.join("");
}

/** Behind the closing quote of the string that opens at `at`; a string ends with its line at the latest. */
function stringEnd(text: string, at: number): number {
  const quote = text.charCodeAt(at);
  for (let index = at + 1; index < text.length; index++) {
    const char = text.charCodeAt(index);
    if (char === 92) index++;
    else if (char === quote) return index + 1;
    else if (char === 10) return index;
  }
  return text.length;
}

/** Longest bracket that is followed to its end. */
const longestBracket = 100_000;

/** Offset of the bracket that closes the one at `at`; -1 when there is none within bounds. */
export function closing(text: string, at: number, limit = longestBracket): number {
  let depth = 0;
  const end = Math.min(text.length, at + limit);
  for (let index = at; index < end; index++) {
    const char = text.charCodeAt(index);
    if (char === 34 || char === 39) index = stringEnd(text, index) - 1;
    else if (char === 40 || char === 123 || char === 91) depth++;
    else if (char === 41 || char === 125 || char === 93) {
      depth--;
      if (depth === 0) return index;
    }
  }
  return -1;
}

export interface Piece {
  readonly text: string;
  /** Offset of its first character that is not white space. */
  readonly at: number;
}

/** What stands between commas that are in no bracket and no string of text[start, end). */
export function splitCommas(text: string, start: number, end: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let depth = 0;
  let from = start;
  const take = (to: number): void => {
    const raw = text.slice(from, to);
    const lead = raw.length - raw.trimStart().length;
    pieces.push({ text: raw.trim(), at: from + lead });
    from = to + 1;
  };
  for (let index = start; index < end; index++) {
    const char = text.charCodeAt(index);
    if (char === 34 || char === 39) index = stringEnd(text, index) - 1;
    else if (char === 40 || char === 123 || char === 91) depth++;
    else if (char === 41 || char === 125 || char === 93) depth--;
    else if (char === 44 && depth <= 0) take(index);
  }
  take(end);
  return pieces;
}

/** Text of adjacent string literals; what stands between them (a macro) is left out. Undefined when there is no literal. */
export function literalOf(text: string): string | undefined {
  let found = "";
  let any = false;
  for (let index = 0; index < text.length; index++) {
    if (text.charCodeAt(index) !== 34) continue;
    const end = stringEnd(text, index);
    const closed = text.charCodeAt(end - 1) === 34 && end - 1 > index;
    found += text.slice(index + 1, closed ? end - 1 : end).replace(/\\(.)/gsu, (_all, char: string) => (char === "n" || char === "t" ? " " : char === "\n" ? "" : char));
    any = true;
    index = end - 1;
  }
  return any ? found : undefined;
}

/** Gives the 1-based line of an offset; offsets may come in any order. */
export function lineIndex(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (low + 1 < high) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  };
}

/** True when the offset is in a `#define`, continued lines included; looks back a few lines' length each, not to the beginning. */
export function inDefine(text: string, offset: number): boolean {
  let start = lineStart(text, offset);
  for (let count = 0; count < 200 && start >= 2 && text.charCodeAt(start - 2) === 92; count++) start = lineStart(text, start - 1);
  return /^\s*#\s*define\b/u.test(text.slice(start, start + 40));
}

function lineStart(text: string, offset: number): number {
  const from = Math.max(0, offset - 500);
  const found = text.slice(from, offset).lastIndexOf("\n");
  return found < 0 ? from : from + found + 1;
}
