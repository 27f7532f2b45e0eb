import type { Decode } from "../../ports";
import { diffHead, putByte, putBytes, byteSink } from "../diff/record";
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

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Calls `each` with every sha and its record, a view of `payload`. Throws `RangeError` when lengths disagree. */
export function eachDiff(payload: Uint8Array, each: (sha: string, record: Uint8Array) => void): void {
  const length = payload[0] ?? 0;
  for (let at = 1; at < payload.length; ) {
    let sha = "";
    for (let i = 0; i < length; i++) sha += hex[payload[at + i] ?? 0] ?? "";
    at += length;
    const end = at + diffHead(payload, at).length;
    each(sha, payload.subarray(at, end));
    at = end;
  }
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
