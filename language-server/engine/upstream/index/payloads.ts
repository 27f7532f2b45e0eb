import type { Decode } from "../../ports";
import { diffHead, putByte, putBytes, putWord, byteSink } from "../diff/record";
import type { Claim, CommitFacts } from "../types";

/** Part of an index file's name: a file of another version is left alone and a new one is made. */
export const indexVersion = 2;

/** Diffs: length of a sha in bytes, then for each the sha and its record (diff/record.ts). */
export function packDiffs(records: readonly { readonly sha: string; readonly record: Uint8Array }[]): Uint8Array<ArrayBuffer> {
  const sink = byteSink(records.reduce((sum, { record }) => sum + record.length + 32, 1));
  putByte(sink, (records[0]?.sha.length ?? 40) / 2);
  for (const { sha, record } of records) {
    for (let i = 0; i < sha.length; i += 2) putByte(sink, parseInt(sha.slice(i, i + 2), 16));
    putBytes(sink, record);
  }
  return sink.bytes.slice(0, sink.length);
}

/** Names of commits: length of a sha in bytes, how many there are (32 bits, little-endian), then the shas. */
export function packNames(names: readonly string[]): Uint8Array {
  const sink = byteSink(8 + names.length * 32);
  putByte(sink, (names[0]?.length ?? 40) / 2);
  putWord(sink, names.length);
  for (const name of names) for (let i = 0; i < name.length; i += 2) putByte(sink, parseInt(name.slice(i, i + 2), 16));
  return sink.bytes.subarray(0, sink.length);
}

/** Throws `RangeError` when the payload ends early. */
export function unpackNames(payload: Uint8Array, decode: Decode): { readonly names: readonly string[]; readonly end: number } {
  const length = payload[0] ?? 0;
  const count = payload.length < 5 ? 0 : new DataView(payload.buffer, payload.byteOffset).getUint32(1, true);
  const end = 5 + count * length;
  if (length === 0 || end > payload.length) throw new RangeError("names end early");
  const text = hexText(payload.subarray(5, end), decode);
  return { names: Array.from({ length: count }, (_, i) => text.slice(2 * length * i, 2 * length * (i + 1))), end };
}

const digits = "0123456789abcdef";
const hexCodes = Uint8Array.from({ length: 512 }, (_, i) => digits.charCodeAt(i % 2 === 0 ? i >> 5 : (i >> 1) & 15));

/** Bytes as hexadecimal digits, made in one go: there are as many names as commits. */
function hexText(bytes: Uint8Array, decode: Decode): string {
  const codes = new Uint8Array(2 * bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    const at = 2 * (bytes[i] ?? 0);
    codes[2 * i] = hexCodes[at] ?? 0;
    codes[2 * i + 1] = hexCodes[at + 1] ?? 0;
  }
  return decode.text(codes);
}

/** Calls `each` with every sha and its record, a view of `payload`. Throws `RangeError` when lengths disagree. */
export function eachDiff(payload: Uint8Array, decode: Decode, each: (sha: string, record: Uint8Array) => void): void {
  const length = payload[0] ?? 0;
  const records: Uint8Array[] = [];
  const names: Uint8Array[] = [];
  for (let at = 1; at < payload.length; ) {
    names.push(payload.subarray(at, at + length));
    at += length;
    const end = at + diffHead(payload, at).length;
    records.push(payload.subarray(at, end));
    at = end;
  }
  const all = new Uint8Array(length * names.length);
  for (const [i, name] of names.entries()) all.set(name, i * length);
  const text = hexText(all, decode);
  for (const [i, record] of records.entries()) each(text.slice(2 * length * i, 2 * length * (i + 1)), record);
}

/** One commit's facts as they stand in a page of JSON. */
type Row = readonly [
  sha: string,
  parents: readonly string[],
  author: string,
  email: string,
  authorTime: number,
  commitTime: number,
  subject: string,
  claims: readonly (readonly [sha: string, dialect: Claim["dialect"], origin: Claim["origin"]])[],
  fixes: readonly (readonly [sha: string, title: string])[],
  reverts: readonly (readonly [sha: string, title: string])[],
  ccStable: boolean,
  marks: readonly string[],
  paths: readonly number[],
];

const name = /^[0-9a-f]{40,64}$/u;
const origins: ReadonlySet<unknown> = new Set(["mainline", "stable", "other"]);

function allText(value: unknown, length?: number): boolean {
  return Array.isArray(value) && (length === undefined || value.length === length) && value.every((entry) => typeof entry === "string");
}

function isTexts(value: unknown): value is readonly string[] {
  return allText(value);
}

function isName(value: unknown): boolean {
  return typeof value === "string" && name.test(value);
}

/** By hand, since every command reads all of them: a schema library takes ten times as long. */
function isRow(value: unknown): value is Row {
  if (!Array.isArray(value) || value.length !== 13) return false;
  const [sha, parents, author, email, authorTime, commitTime, subject, claims, fixes, reverts, ccStable, marks, paths] = value as readonly unknown[];
  const pairs = (list: unknown): boolean => Array.isArray(list) && list.every((entry) => allText(entry, 2));
  return (
    isName(sha) &&
    Array.isArray(parents) &&
    parents.every(isName) &&
    allText([author, email, subject]) &&
    [authorTime, commitTime].every(Number.isFinite) &&
    Array.isArray(claims) &&
    claims.every((claim) => allText(claim, 3) && origins.has((claim as readonly unknown[])[2])) &&
    pairs(fixes) &&
    pairs(reverts) &&
    typeof ccStable === "boolean" &&
    allText(marks) &&
    Array.isArray(paths) &&
    paths.every(Number.isSafeInteger)
  );
}

/** Facts as JSON: paths once, rows with numbers of paths. */
export function packFacts(facts: readonly CommitFacts[], decode: Decode): Uint8Array {
  const numbers = new Map<string, number>();
  const number = (path: string): number => {
    const known = numbers.get(path);
    if (known !== undefined) return known;
    numbers.set(path, numbers.size);
    return numbers.size - 1;
  };
  const rows = facts.map(({ sha: name, parents, author, authorTime, commitTime, subject, claims, fixes, reverts, ccStable, marks, paths }) => [
    name,
    parents,
    author.name,
    author.email,
    authorTime,
    commitTime,
    subject,
    claims.map((claim) => [claim.sha, claim.dialect, claim.origin]),
    fixes.map((entry) => [entry.sha, entry.title]),
    reverts.map((entry) => [entry.sha, entry.title]),
    ccStable,
    marks,
    paths.map(number),
  ]);
  return decode.bytes(JSON.stringify({ paths: [...numbers.keys()], rows }));
}

/** Undefined when the payload is not what {@link packFacts} writes. */
export function unpackFacts(payload: Uint8Array, decode: Decode): readonly CommitFacts[] | undefined {
  const page = readJson(decode.text(payload));
  if (typeof page !== "object" || page === null || !("paths" in page) || !("rows" in page) || !Array.isArray(page.rows)) return undefined;
  const rows: readonly unknown[] = page.rows;
  const paths = page.paths;
  if (!isTexts(paths) || !rows.every(isRow)) return undefined;
  return rows.map(([sha, parents, authorName, email, authorTime, commitTime, subject, claims, fixes, reverts, ccStable, marks, touched]) => ({
    sha,
    parents,
    author: { name: authorName, email },
    authorTime,
    commitTime,
    subject,
    claims: claims.map(([claimed, dialect, origin]) => ({ sha: claimed, dialect, origin })),
    fixes: fixes.map(([named, title]) => ({ sha: named, title })),
    reverts: reverts.map(([named, title]) => ({ sha: named, title })),
    ccStable,
    marks,
    paths: touched.flatMap((i) => paths[i] ?? []),
  }));
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
