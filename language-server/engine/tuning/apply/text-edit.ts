import type { TextEdit } from "./types";

/** Offset of a 1-based line and a 0-based column. */
export function offsetOf(text: string, line: number, column: number): number {
  let offset = 0;
  for (let i = 1; i < line; i++) {
    const end = /\r\n|\n|\r/u.exec(text.slice(offset, offset + 100_000));
    if (end === null) return text.length;
    offset += end.index + end[0].length;
  }
  return Math.min(text.length, offset + column);
}

/** Undefined when an edit does not find what it is to replace. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  let now = text;
  for (const { at, old, new: becomes } of edits) {
    if (now.slice(at, at + old.length) !== old) return undefined;
    now = now.slice(0, at) + becomes + now.slice(at + old.length);
  }
  return now;
}

/** Takes edits back, the last one first; undefined when the text is not what they made. */
export function undoEdits(text: string, edits: readonly TextEdit[]): string | undefined {
  return applyEdits(text, edits.toReversed().map(({ at, old, new: becomes }) => ({ at, old: becomes, new: old })));
}
