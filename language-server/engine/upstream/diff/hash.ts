/** Spaces, tabs, carriage returns and form feeds: what an editor or a mailer may change in a line. */
function isSpace(byte: number): boolean {
  return byte === 32 || (byte >= 9 && byte <= 13);
}

/** Final mix of MurmurHash3 (public domain, Austin Appleby): every input bit reaches every output bit. */
export function mix(hash: number): number {
  let h = hash;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/**
 * 32-bit hash of a line's bytes `[start, end)` without its white space; 0 for a line that has nothing else. FNV-1a with a
 * final mix: lines that differ by one character land far apart.
 */
export function lineHash(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  let seen = false;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] ?? 0;
    if (isSpace(byte)) continue;
    seen = true;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  return seen ? mix(hash) || 1 : 0;
}

/** The hash of all bytes, white space included; never 0. */
export function byteHash(bytes: Uint8Array, start: number, end: number, seed = 0x811c9dc5): number {
  let hash = seed;
  for (let i = start; i < end; i++) hash = Math.imul(hash ^ (bytes[i] ?? 0), 0x01000193);
  return mix(hash) || 1;
}
