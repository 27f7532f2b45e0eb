import type { Hash } from "../../ports";

/**
 * An index file is frames one after another: 4 bytes of magic, 1 byte of kind, 4 bytes of length (little-endian), 8 bytes of the
 * SHA-256 of kind, length and payload, then the payload. Frames are only ever appended; one that a kill cut, or that the disk
 * changed, and all behind it count as not there.
 */
const magic = [0x4b, 0x55, 0x49, 0x31];
const headLength = 17;
const sumLength = 8;

export type FrameKind = "facts" | "diffs";
const kinds: readonly FrameKind[] = ["facts", "diffs"];

export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Uint8Array;
}

/** First bytes of the SHA-256 of kind and length, and of the payload: a length that is wrong can't pass. */
function checksum(hash: Hash, head: Uint8Array, payload: Uint8Array): string {
  return hash.sha256(`${[...head].join(",")} ${hash.sha256(payload)}`).slice(0, 2 * sumLength);
}

export function frameBytes(kind: FrameKind, payload: Uint8Array, hash: Hash): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headLength + payload.length);
  const view = new DataView(bytes.buffer);
  bytes.set(magic);
  bytes[4] = kinds.indexOf(kind);
  view.setUint32(5, payload.length, true);
  const sum = checksum(hash, bytes.subarray(4, 9), payload);
  for (let i = 0; i < sumLength; i++) bytes[9 + i] = parseInt(sum.slice(2 * i, 2 * i + 2), 16);
  bytes.set(payload, headLength);
  return bytes;
}

export interface Frames {
  readonly frames: readonly Frame[];
  /** Bytes that are whole frames; what follows is damage. */
  readonly valid: number;
}

/** Reads as many whole frames as there are from the start. Payloads are views of `bytes`. */
export function readFrames(bytes: Uint8Array, hash: Hash): Frames {
  const frames: Frame[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at + headLength <= bytes.length) {
    const kind = kinds[bytes[at + 4] ?? 255];
    const end = at + headLength + view.getUint32(at + 5, true);
    if (magic.some((byte, i) => bytes[at + i] !== byte) || kind === undefined || end > bytes.length) break;
    const payload = bytes.subarray(at + headLength, end);
    const sum = checksum(hash, bytes.subarray(at + 4, at + 9), payload);
    if ([...bytes.subarray(at + 9, at + headLength)].some((byte, i) => byte !== parseInt(sum.slice(2 * i, 2 * i + 2), 16))) break;
    frames.push({ kind, payload });
    at = end;
  }
  return { frames, valid: at };
}
