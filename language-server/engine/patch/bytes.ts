import type { Decode } from "../ports";
import type { Content, Lines } from "./types";

/** ASCII codes that patches and mails are made of. */
export const byte = {
  tab: 9,
  lf: 10,
  cr: 13,
  space: 32,
  quote: 34,
  plus: 43,
  minus: 45,
  zero: 48,
  nine: 57,
  equals: 61,
  greater: 62,
  question: 63,
  at: 64,
  backslash: 92,
} as const;

function startOf(bytes: Uint8Array): number {
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return bom ? 3 : 0;
}

function grown(array: Uint32Array, room: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2 + room);
  larger.set(array);
  return larger;
}

/** A word of four newlines, and the masks that find a zero byte in a word (Hacker's Delight, 6-1). */
const newlines = 0x0a0a0a0a;
const lowBits = 0x01010101;
const highBits = 0x80808080;

/** Line starts while they are found. */
interface Starts {
  found: Uint32Array<ArrayBuffer>;
  count: number;
}

/** Bytes before the first that lies on a word boundary of the buffer. */
function unaligned(bytes: Uint8Array): number {
  return Math.min(bytes.length, (4 - (bytes.byteOffset & 3)) & 3);
}

/** Notes what follows each newline of a few bytes. */
function scanBytes(bytes: Uint8Array, from: number, to: number, starts: Starts): void {
  if (starts.count + to - from + 2 > starts.found.length) starts.found = grown(starts.found, to - from + 2);
  for (let i = from; i < to; i++) if (bytes[i] === byte.lf) starts.found[starts.count++] = i + 1;
}

/** Notes what follows each newline, four bytes at a time; bytes of a word are taken apart only when one of them is a newline. */
function scanWords(bytes: Uint8Array, from: number, count: number, starts: Starts): void {
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + from, count);
  let { found, count: at } = starts;
  for (let i = 0; i < count; i++) {
    const word = (words[i] ?? 0) ^ newlines;
    if (((word - lowBits) & ~word & highBits) === 0) continue;
    if (at + 6 > found.length) found = grown(found, 6);
    const next = from + i * 4 + 1;
    if (bytes[next - 1] === byte.lf) found[at++] = next;
    if (bytes[next] === byte.lf) found[at++] = next + 1;
    if (bytes[next + 1] === byte.lf) found[at++] = next + 2;
    if (bytes[next + 2] === byte.lf) found[at++] = next + 3;
  }
  starts.found = found;
  starts.count = at;
}

/** Finds the line starts. A byte order mark is left out of the first line, as editors do. */
export function toLines(given: Uint8Array): Lines {
  // A plain view: subclasses such as Buffer make every slice dear.
  const bytes = new Uint8Array(given.buffer, given.byteOffset, given.byteLength);
  const { length } = bytes;
  const start = startOf(bytes);
  const starts: Starts = { found: new Uint32Array(Math.max(16, length >>> 5)), count: 0 };
  if (start < length) starts.found[starts.count++] = start;
  const head = unaligned(bytes);
  const words = (length - head) >>> 2;
  scanBytes(bytes, 0, head, starts);
  scanWords(bytes, head, words, starts);
  scanBytes(bytes, head + words * 4, length, starts);
  // The end of the text closes the list; a newline there has noted it already.
  if (starts.count === 0 || starts.found[starts.count - 1] !== length) starts.found[starts.count++] = length;
  const { found, count } = starts;
  // A copy only where it gives a good part of the memory back.
  return { bytes, lineStarts: count > found.length * 0.75 ? found.subarray(0, count) : found.slice(0, count), lineCount: count - 1 };
}

export function lineStart(lines: Lines, i: number): number {
  return lines.lineStarts[i] ?? lines.bytes.length;
}

/** Where the text of line `i` ends: without LF, and without CR when the text's line end is CRLF. */
export function lineEnd(lines: Lines, i: number, crlf: boolean): number {
  const start = lineStart(lines, i);
  let end = lineStart(lines, i + 1);
  if (end > start && lines.bytes[end - 1] === byte.lf) {
    end--;
    if (crlf && end > start && lines.bytes[end - 1] === byte.cr) end--;
  }
  return end;
}

/** True when line `i` ends in CRLF. */
export function endsInCrlf(lines: Lines, i: number): boolean {
  const end = lineStart(lines, i + 1);
  return end >= lineStart(lines, i) + 2 && lines.bytes[end - 1] === byte.lf && lines.bytes[end - 2] === byte.cr;
}

/** True when the bytes at `at` are these ASCII characters. */
export function hasAt(bytes: Uint8Array, at: number, ascii: string): boolean {
  for (let i = 0; i < ascii.length; i++) if (bytes[at + i] !== ascii.charCodeAt(i)) return false;
  return true;
}

export function lineHas(lines: Lines, i: number, ascii: string): boolean {
  return i < lines.lineCount && hasAt(lines.bytes, lineStart(lines, i), ascii);
}

/** True when the line holds nothing but white space. */
export function isBlankLine(lines: Lines, i: number): boolean {
  const end = lineStart(lines, i + 1);
  for (let at = lineStart(lines, i); at < end; at++) {
    const c = lines.bytes[at];
    if (c !== byte.space && c !== byte.lf && c !== byte.cr && c !== byte.tab) return false;
  }
  return true;
}

/** The 1-based document line of a content line. */
export function documentLine(content: Content, i: number): number {
  if (content.sourceLines === undefined) return i + 1;
  return content.sourceLines[Math.min(i, content.sourceLines.length - 1)] ?? 1;
}

/** UTF-8 and what is a part of it: every byte below 128 is the character of that number. */
export function isUtf8Name(charset: string): boolean {
  return charset === "utf-8" || charset === "utf8" || charset === "us-ascii" || charset === "ascii";
}

/** Longest slice that is tried as ASCII before the decoder is asked: a call costs more than a short loop. */
const shortSlice = 96;

/** One array of character codes for each length, used again and again. */
const codesOf: readonly number[][] = Array.from({ length: shortSlice + 1 }, (_, length) => Array.from({ length }, () => 0));

function asciiOf(bytes: Uint8Array, start: number, end: number): string | undefined {
  const codes = codesOf[end - start] ?? [];
  let all = 0;
  for (let i = start; i < end; i++) {
    const c = bytes[i] ?? 0;
    codes[i - start] = c;
    all |= c;
  }
  return all >= 0x80 ? undefined : String.fromCharCode(...codes);
}

/** Text of bytes. What calls itself UTF-8 or ASCII and is not is read as Latin-1, as `git mailinfo` guesses. */
export function textOf(bytes: Uint8Array, start: number, end: number, charset: string, decode: Decode): string {
  if (start >= end) return "";
  if (!isUtf8Name(charset)) return decode.text(bytes.subarray(start, end), charset);
  const short = end - start <= shortSlice ? asciiOf(bytes, start, end) : undefined;
  if (short !== undefined) return short;
  const slice = bytes.subarray(start, end);
  return decode.isUtf8(slice) ? decode.text(slice) : decode.text(slice, "latin1");
}
