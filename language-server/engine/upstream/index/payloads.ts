import { z } from "zod";
import type { Decode } from "../../ports";
import { diffHead, putByte, putBytes, byteSink } from "../diff/record";
import type { CommitFacts } from "../types";

/** Part of an index file's name: a file of another version is left alone and a new one is made. */
export const indexVersion = 1;

/** Diffs: length of a sha in bytes, then for each the sha and its record (diff/record.ts). */
export function packDiffs(records: readonly { readonly sha: string; readonly record: Uint8Array }[]): Uint8Array {
  const sink = byteSink(4096);
  putByte(sink, (records[0]?.sha.length ?? 40) / 2);
  for (const { sha, record } of records) {
    for (let i = 0; i < sha.length; i += 2) putByte(sink, parseInt(sha.slice(i, i + 2), 16));
    putBytes(sink, record);
  }
  return sink.bytes.subarray(0, sink.length);
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

const reference = z.tuple([z.string(), z.string()]);
const sha = z.string().regex(/^[0-9a-f]{40,64}$/);
const row = z.tuple([
  sha,
  z.array(sha),
  z.string(),
  z.string(),
  z.number(),
  z.number(),
  z.string(),
  z.array(z.tuple([z.string(), z.string(), z.enum(["mainline", "stable", "other"])])),
  z.array(reference),
  z.array(reference),
  z.boolean(),
  z.array(z.string()),
  z.array(z.number()),
]);
const page = z.object({ paths: z.array(z.string()), rows: z.array(row) });

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
  const parsed = page.safeParse(readJson(decode.text(payload)));
  if (!parsed.success) return undefined;
  const { paths, rows } = parsed.data;
  return rows.map(([name, parents, authorName, email, authorTime, commitTime, subject, claims, fixes, reverts, ccStable, marks, touched]) => ({
    sha: name,
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
