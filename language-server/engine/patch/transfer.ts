import { byte } from "./bytes";

const base64Values: Int8Array = (() => {
  const values = new Int8Array(256).fill(-1);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  for (let i = 0; i < alphabet.length; i++) values[alphabet.charCodeAt(i)] = i;
  return values;
})();

export interface Base64Result {
  readonly bytes: Uint8Array;
  /** Characters that are no base64, other than white space. */
  readonly bad: number;
}

/** Bits that a line left over for the next one. */
export interface Base64Rest {
  bits: number;
  count: number;
}

/** Decodes as RFC 2045 says: what is not in the alphabet is skipped; `=` ends a group. */
export function decodeBase64(source: Uint8Array, start: number, end: number, rest: Base64Rest = { bits: 0, count: 0 }): Base64Result {
  const out = new Uint8Array(((end - start) * 3) / 4 + 3);
  let length = 0;
  let { bits, count } = rest;
  let bad = 0;
  for (let i = start; i < end; i++) {
    const c = source[i] ?? 0;
    const value = base64Values[c] ?? -1;
    if (value >= 0) {
      bits = ((bits << 6) | value) & 0xffff;
      count += 6;
      if (count >= 8) {
        count -= 8;
        out[length++] = (bits >>> count) & 0xff;
      }
    } else if (c === byte.equals) {
      bits = 0;
      count = 0;
    } else if (c > byte.space) {
      bad++;
    }
  }
  rest.bits = bits;
  rest.count = count;
  return { bytes: out.slice(0, length), bad };
}

function hexValue(c: number | undefined): number {
  if (c === undefined) return -1;
  if (c >= byte.zero && c <= byte.nine) return c - byte.zero;
  const upper = c & ~0x20;
  return upper >= 65 && upper <= 70 ? upper - 55 : -1;
}

/** The Q encoding of RFC 2047: `_` is a space. */
export function decodeQ(source: Uint8Array): Uint8Array {
  const out = new Uint8Array(source.length);
  let length = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source[i] ?? 0;
    const high = c === byte.equals ? hexValue(source[i + 1]) : -1;
    const low = high >= 0 ? hexValue(source[i + 2]) : -1;
    if (low >= 0) {
      out[length++] = high * 16 + low;
      i += 2;
    } else {
      out[length++] = c === 95 ? byte.space : c;
    }
  }
  return out.slice(0, length);
}

/**
 * One line (without its line end) of quoted-printable, appended to `out` at `at`; the caller gives room for the whole line.
 * `soft` tells that the line goes on in the next one.
 */
export function decodeQuotedPrintableLine(source: Uint8Array, start: number, end: number, out: Uint8Array, at: number): { readonly at: number; readonly soft: boolean } {
  let stop = end;
  while (stop > start && (source[stop - 1] === byte.space || source[stop - 1] === byte.tab)) stop--;
  const soft = stop > start && source[stop - 1] === byte.equals;
  if (soft) stop--;
  let length = at;
  for (let i = start; i < stop; i++) {
    const c = source[i] ?? 0;
    const high = c === byte.equals ? hexValue(source[i + 1]) : -1;
    const low = high >= 0 && i + 2 < stop ? hexValue(source[i + 2]) : -1;
    if (low >= 0) {
      out[length++] = high * 16 + low;
      i += 2;
    } else {
      out[length++] = c;
    }
  }
  return { at: length, soft };
}
