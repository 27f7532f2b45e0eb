import type { Decode } from "../../ports";
import { lineHash } from "../diff/hash";

/** A text as lines for comparison: white space is no difference, as `diff -w` sees it. */
export interface TextLines {
  readonly bytes: Uint8Array;
  /** Where lines begin; one entry more than there are lines, as if the last one had a line end. */
  readonly starts: Uint32Array;
  /** One for each line; 0 for an empty one. */
  readonly hashes: Uint32Array;
}

export const noLines: TextLines = { bytes: new Uint8Array(0), starts: new Uint32Array(1), hashes: new Uint32Array(0) };

const lf = 10;

function countLines(bytes: Uint8Array): number {
  let count = bytes.length === 0 || bytes[bytes.length - 1] === lf ? 0 : 1;
  for (let at = bytes.indexOf(lf); at >= 0; at = bytes.indexOf(lf, at + 1)) count += 1;
  return count;
}

export function textLines(bytes: Uint8Array): TextLines {
  const count = countLines(bytes);
  const starts = new Uint32Array(count + 1);
  const hashes = new Uint32Array(count);
  for (let i = 0, from = 0; i < count; i++) {
    const end = bytes.indexOf(lf, from);
    const to = end < 0 ? bytes.length : end;
    hashes[i] = lineHash(bytes, from, to);
    from = to + 1;
    starts[i + 1] = from;
  }
  return { bytes, starts, hashes };
}

/** Longer lines are data; their beginning tells enough. */
const maxWidth = 4000;

/** The 0-based line as text, without its line end. */
export function lineText({ bytes, starts }: TextLines, i: number, decode: Decode): string {
  const from = starts[i] ?? 0;
  return decode.text(bytes.subarray(from, Math.max(from, Math.min((starts[i + 1] ?? 0) - 1, from + maxWidth))));
}

/** Letters and digits from which on a line tells all that it can. */
const full = 12;

/**
 * How much a line tells, 0 to 1: nothing for an empty line, little for a brace or `break;`, all from a dozen letters and
 * digits on.
 */
export function lineWeight(bytes: Uint8Array, from: number, to: number): number {
  let letters = 0;
  let marks = 0;
  for (let i = from; i < to && letters < full; i++) {
    const code = bytes[i] ?? 0;
    if ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code > 127) letters += 1;
    else if (code > 32) marks += 1;
  }
  return letters === 0 && marks === 0 ? 0 : Math.max(0.05, letters / full);
}

/** The weight of a line of a text. */
export function weightAt({ bytes, starts }: TextLines, i: number): number {
  return lineWeight(bytes, starts[i] ?? 0, (starts[i + 1] ?? 0) - 1);
}

/** One changed line of a diff. */
export interface ChangedLine {
  readonly hash: number;
  /** See {@link lineWeight}. */
  readonly weight: number;
  readonly text: string;
}

/** Reads `[from, to)` of a diff's bytes, the sign taken off. */
export function changedLine(bytes: Uint8Array, from: number, to: number, decode: Decode): ChangedLine {
  return { hash: lineHash(bytes, from, to), weight: lineWeight(bytes, from, to), text: decode.text(bytes.subarray(from, Math.min(to, from + maxWidth))) };
}
