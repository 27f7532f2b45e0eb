import { mix } from "./hash";

function isName(byte: number): boolean {
  return (byte >= 97 && byte <= 122) || (byte >= 65 && byte <= 90) || (byte >= 48 && byte <= 57) || byte === 95 || byte >= 128;
}

/** Calls `each` with a 32-bit hash of every identifier, number or word of two or more characters in `bytes[start, end)`. */
export function eachName(bytes: Uint8Array, start: number, end: number, each: (hash: number) => void): void {
  let hash = 0x811c9dc5;
  let length = 0;
  for (let i = start; i <= end; i++) {
    const byte = i < end ? (bytes[i] ?? 0) : 0;
    if (isName(byte)) {
      hash = Math.imul(hash ^ byte, 0x01000193);
      length++;
    } else if (length > 0) {
      if (length > 1) each(mix(hash ^ 0x5bd1e995));
      hash = 0x811c9dc5;
      length = 0;
    }
  }
}
