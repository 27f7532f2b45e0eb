import type { Decode } from "../../ports";
import type { ChangeGroup, CommitDiff, DiffState, FileChanges } from "../types";

/**
 * A diff as one run of bytes, for indexes and for handing over between threads:
 * length, offset of the hashes, id, number of deleted and of added lines, number of words (seven 32-bit numbers, little-endian), state
 * (one byte), files (number; each: status, old path, new path, groups as differences), then the hashes of all deleted lines, of
 * all added lines, and of the words. Numbers inside are LEB128.
 */
const states: readonly DiffState[] = ["known", "missing-blob", "too-large", "unreadable"];
const statuses: readonly FileChanges["status"][] = ["modified", "added", "deleted", "renamed", "copied", "binary", "mode"];
const headWords = 7;
const headBytes = 4 * headWords + 1;

/** A buffer that grows. */
export interface ByteSink {
  bytes: Uint8Array<ArrayBuffer>;
  length: number;
}

export function byteSink(room = 1024): ByteSink {
  return { bytes: new Uint8Array(room), length: 0 };
}

function room(sink: ByteSink, more: number): void {
  if (sink.length + more <= sink.bytes.length) return;
  const larger = new Uint8Array(Math.max(sink.bytes.length * 2, sink.length + more));
  larger.set(sink.bytes.subarray(0, sink.length));
  sink.bytes = larger;
}

export function putByte(sink: ByteSink, value: number): void {
  room(sink, 1);
  sink.bytes[sink.length++] = value;
}

export function putNumber(sink: ByteSink, value: number): void {
  room(sink, 8);
  let rest = value;
  while (rest >= 0x80) {
    sink.bytes[sink.length++] = (rest % 0x80) | 0x80;
    rest = Math.floor(rest / 0x80);
  }
  sink.bytes[sink.length++] = rest;
}

export function putBytes(sink: ByteSink, bytes: Uint8Array): void {
  room(sink, bytes.length);
  sink.bytes.set(bytes, sink.length);
  sink.length += bytes.length;
}

export function putText(sink: ByteSink, text: string, decode: Decode): void {
  const bytes = decode.bytes(text);
  putNumber(sink, bytes.length);
  putBytes(sink, bytes);
}

export function putWord(sink: ByteSink, value: number): void {
  room(sink, 4);
  for (let i = 0; i < 4; i++) sink.bytes[sink.length++] = (value >>> (8 * i)) & 0xff;
}

/** Reads what the functions above wrote; throws `RangeError` past the end, which a caller takes for damage. */
export interface ByteSource {
  readonly bytes: Uint8Array;
  at: number;
}

export function takeByte(source: ByteSource): number {
  const value = source.bytes[source.at];
  if (value === undefined) throw new RangeError("a record ends early");
  source.at++;
  return value;
}

export function takeNumber(source: ByteSource): number {
  let value = 0;
  for (let scale = 1; scale <= 0x80 ** 7; scale *= 0x80) {
    const byte = takeByte(source);
    value += (byte & 0x7f) * scale;
    if (byte < 0x80) return value;
  }
  throw new RangeError("a number is too long");
}

export function takeText(source: ByteSource, decode: Decode): string {
  const length = takeNumber(source);
  const end = source.at + length;
  if (end > source.bytes.length) throw new RangeError("a text ends early");
  const text = decode.text(source.bytes.subarray(source.at, end));
  source.at = end;
  return text;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16) | ((bytes[at + 3] ?? 0) << 24)) >>> 0;
}

/** What a parser collects of one file before it is written. */
export interface OpenFile {
  status: FileChanges["status"];
  oldPath: string;
  newPath: string;
  /** oldStart, oldCount, newStart, newCount of each group. */
  readonly groups: number[];
}

export interface OpenDiff {
  readonly state: DiffState;
  readonly id: readonly [number, number];
  readonly files: readonly OpenFile[];
  readonly deleted: { readonly words: Uint32Array; readonly length: number };
  readonly added: { readonly words: Uint32Array; readonly length: number };
  /** Hashes of the names in the changed lines, for a diff too small to be known by whole lines. */
  readonly words: readonly number[];
}

/** Bytes of one diff. */
export function packDiff(diff: OpenDiff, decode: Decode): Uint8Array<ArrayBuffer> {
  const sink = byteSink(256 + 4 * (diff.deleted.length + diff.added.length));
  for (let i = 0; i < headWords; i++) putWord(sink, 0);
  putByte(sink, states.indexOf(diff.state));
  putNumber(sink, diff.files.length);
  for (const file of diff.files) {
    putByte(sink, statuses.indexOf(file.status));
    putText(sink, file.oldPath, decode);
    putText(sink, file.newPath === file.oldPath ? "" : file.newPath, decode);
    putNumber(sink, file.groups.length / 4);
    let oldAt = 0;
    let newAt = 0;
    for (let i = 0; i < file.groups.length; i += 4) {
      const [oldStart = 0, oldCount = 0, newStart = 0, newCount = 0] = file.groups.slice(i, i + 4);
      putNumber(sink, Math.max(0, oldStart - oldAt));
      putNumber(sink, oldCount);
      putNumber(sink, Math.max(0, newStart - newAt));
      putNumber(sink, newCount);
      oldAt = Math.max(oldAt, oldStart);
      newAt = Math.max(newAt, newStart);
    }
  }
  const hashes = sink.length;
  for (const side of [diff.deleted, diff.added]) for (let i = 0; i < side.length; i++) putWord(sink, side.words[i] ?? 0);
  for (const word of diff.words) putWord(sink, word);
  const bytes = sink.bytes.slice(0, sink.length);
  const view = new DataView(bytes.buffer);
  for (const [i, word] of [sink.length, hashes, diff.id[0], diff.id[1], diff.deleted.length, diff.added.length, diff.words.length].entries()) view.setUint32(4 * i, word, true);
  return bytes;
}

/** The numbers at the front of a record at `at`: cheap to read for every commit of an index. */
export interface DiffHead {
  readonly length: number;
  readonly state: DiffState;
  readonly id: readonly [number, number];
  /** Offset of the first hash, from the start of `bytes`. */
  readonly hashes: number;
  readonly deleted: number;
  readonly added: number;
  readonly words: number;
}

export function diffHead(bytes: Uint8Array, at: number): DiffHead {
  if (at + headBytes > bytes.length) throw new RangeError("a record ends early");
  const word = (i: number): number => wordAt(bytes, at + 4 * i);
  const head = { length: word(0), hashes: at + word(1), id: [word(2), word(3)] as const, deleted: word(4), added: word(5), words: word(6), state: states[bytes[at + 4 * headWords] ?? 0] ?? "unreadable" };
  const end = head.hashes + 4 * (head.deleted + head.added + head.words);
  if (head.length < headBytes || end !== at + head.length || end > bytes.length) throw new RangeError("a record's lengths disagree");
  return head;
}

/** Whether a record will be the same tomorrow: a blob that is missing now may have been fetched by then. */
export function isLasting(record: Uint8Array): boolean {
  return ["known", "too-large"].includes(diffHead(record, 0).state);
}

/** Calls `each` with every line's hash; blank lines (0) are left out. */
export function eachHash(bytes: Uint8Array, head: DiffHead, each: (hash: number, added: boolean) => void): void {
  const { hashes, deleted } = head;
  const total = deleted + head.added;
  for (let i = 0; i < total; i++) {
    const hash = wordAt(bytes, hashes + 4 * i);
    if (hash !== 0) each(hash, i >= deleted);
  }
}

/** Calls `each` with the hash of every name in the changed lines; a large diff has none. */
export function eachWord(bytes: Uint8Array, head: DiffHead, each: (hash: number) => void): void {
  const from = head.hashes + 4 * (head.deleted + head.added);
  for (let i = 0; i < head.words; i++) each(wordAt(bytes, from + 4 * i));
}

/** Calls `each` with the old and new path of every file. */
export function eachPath(bytes: Uint8Array, at: number, head: DiffHead, decode: Decode, each: (oldPath: string, newPath: string) => void): void {
  const source: ByteSource = { bytes: bytes.subarray(0, head.hashes), at: at + headBytes };
  for (let left = takeNumber(source); left > 0; left--) {
    takeByte(source);
    const oldPath = takeText(source, decode);
    each(oldPath, takeText(source, decode) || oldPath);
    for (let more = 4 * takeNumber(source); more > 0; more--) takeNumber(source);
  }
}

function words(bytes: Uint8Array, at: number, count: number): Uint32Array {
  const out = new Uint32Array(count);
  for (let i = 0; i < count; i++) out[i] = wordAt(bytes, at + 4 * i);
  return out;
}

/** The whole diff of the record at `at`. */
export function unpackDiff(sha: string, bytes: Uint8Array, at: number, decode: Decode): CommitDiff {
  const head = diffHead(bytes, at);
  const source: ByteSource = { bytes: bytes.subarray(0, head.hashes), at: at + headBytes };
  const deleted = words(bytes, head.hashes, head.deleted);
  const added = words(bytes, head.hashes + 4 * head.deleted, head.added);
  let del = 0;
  let add = 0;
  const files: FileChanges[] = [];
  for (let left = takeNumber(source); left > 0; left--) {
    const status = statuses[takeByte(source)] ?? "modified";
    const oldPath = takeText(source, decode);
    const newPath = takeText(source, decode) || oldPath;
    const groups: ChangeGroup[] = [];
    let oldStart = 0;
    let newStart = 0;
    for (let more = takeNumber(source); more > 0; more--) {
      oldStart += takeNumber(source);
      const oldCount = takeNumber(source);
      newStart += takeNumber(source);
      const newCount = takeNumber(source);
      groups.push({ oldStart, oldCount, newStart, newCount, deleted: deleted.subarray(del, del + oldCount), added: added.subarray(add, add + newCount) });
      del += oldCount;
      add += newCount;
    }
    files.push({ status, oldPath, newPath, groups });
  }
  return { sha, files, state: head.state, id: head.id };
}
