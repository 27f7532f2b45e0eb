import type { Decode } from "../../ports";
import { byteHash, mix } from "../diff/hash";
import { diffHead, eachHash, eachPath, eachWord } from "../diff/record";

/** Tells an added line from the same line deleted. */
const addedBit = 0x9e3779b9;
const pathSeed = 0x1b873593;
const nameSeed = 0xcc9e2d51 | 0;

/** What a commit's diff is known by. All are sorted; equal ones stand as often as they occur. */
export interface DiffKeys {
  /** Changed lines, blank ones left out. */
  readonly lines: Uint32Array;
  /** Names in the lines of a small diff; empty for a larger one. */
  readonly words: Uint32Array;
  /** Names that the change takes away or brings, those on both sides left out: what a small diff is about. */
  readonly delta: Uint32Array;
  /** Whole paths and file names. */
  readonly paths: Uint32Array;
}

export function lineKey(hash: number, added: boolean): number {
  return added ? (hash ^ addedBit) >>> 0 : hash;
}

export function keysOf(record: Uint8Array, at: number, decode: Decode): DiffKeys {
  const head = diffHead(record, at);
  const lines = new Uint32Array(head.deleted + head.added);
  let count = 0;
  eachHash(record, head, (hash, added) => {
    lines[count++] = lineKey(hash, added);
  });
  const words = new Uint32Array(head.words);
  let wordCount = 0;
  eachWord(record, head, (hash) => {
    words[wordCount++] = hash;
  });
  const paths: number[] = [];
  eachPath(record, at, head, decode, (_, path) => {
    const bytes = decode.bytes(path);
    paths.push(byteHash(bytes, 0, bytes.length, pathSeed), byteHash(bytes, bytes.lastIndexOf(47) + 1, bytes.length, nameSeed));
  });
  return { lines: lines.subarray(0, count).sort(), words: words.sort(), delta: delta(words), paths: Uint32Array.from(paths).sort() };
}

/** An added name is the mix of the same name deleted (parse.ts), so that one tells the other. */
function delta(words: Uint32Array): Uint32Array {
  const all = new Set(words);
  const both = new Set<number>();
  for (const word of all) {
    if (!all.has(mix(word))) continue;
    both.add(word);
    both.add(mix(word));
  }
  return Uint32Array.from([...all].filter((word) => !both.has(word))).sort();
}

/** The lines of a diff that takes back what `lines` does. */
export function inverted(lines: Uint32Array): Uint32Array {
  return lines.map((key) => key ^ addedBit).sort();
}

/** Calls `each` once for every different key, with how often it stands there. */
export function eachDistinct(keys: Uint32Array, each: (key: number, count: number) => void): void {
  for (let i = 0; i < keys.length; ) {
    const key = keys[i] ?? 0;
    let end = i + 1;
    while (end < keys.length && keys[end] === key) end++;
    each(key, end - i);
    i = end;
  }
}

/** Every different key of all three kinds. */
export function eachKey({ lines, words, paths }: DiffKeys, each: (key: number) => void): void {
  eachDistinct(lines, each);
  eachDistinct(words, each);
  eachDistinct(paths, each);
}

