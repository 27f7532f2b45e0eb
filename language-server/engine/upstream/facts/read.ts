import { checkCancel, type Cancel, type Decode, type GitRepository, type ProcessResult } from "../../ports";
import { unquoteName } from "../../patch/paths";
import type { ClaimFacts, CommitFacts } from "../types";
import { messageFacts } from "./message";

/**
 * Every record opens with a NUL and a 1 behind a line's end. No message holds a NUL, and the NUL that ends a message is followed
 * by a line's end: no text of a commit can look like the opening of a record.
 */
const format = "--format=tformat:%x00%x01%m%H%x00%P%x00%an%x00%ae%x00%at%x00%ct%x00%s%x00%b%x00";
const plain = ["--no-show-signature", "--no-notes", "--no-mailmap", "--no-color", "--no-decorate", "--encoding=UTF-8"] as const;

/** Facts handed over together. */
const pageSize = 4096;

export class HistoryError extends Error {
  readonly code = "history";
  constructor(readonly detail: string) {
    super(detail);
    this.name = "HistoryError";
  }
}

/** What git says of why it gave up, without its warnings; who was killed says nothing. */
export function lastWords({ status, stderr }: Pick<ProcessResult, "status" | "stderr">): string {
  const lines = stderr.split("\n").filter((line) => line !== "");
  const told = lines.find((line) => /^(?:fatal|error): /u.test(line)) ?? lines.find((line) => !line.startsWith("warning: "));
  return told ?? (status > 128 ? `git was ended by signal ${status - 128}` : `git ended with status ${status}`);
}

/**
 * Takes facts as they come. `raw` names the blobs before and after: commits with equal ones have equal diffs. `left` is told of
 * {@link readSides}: only the first side has the commit.
 */
export type FactsSink = (facts: CommitFacts, raw: string, left: boolean) => void;

export interface FactsRange {
  /** Full shas whose ancestors are wanted. */
  readonly include: readonly string[];
  /** Full shas whose ancestors are not. */
  readonly exclude: readonly string[];
}

/**
 * Facts of all commits of a range that are no merges, newest first as `git log` gives them. One git call; blobs are not needed.
 * Throws {@link HistoryError} when git cannot walk the range.
 */
export async function readFacts(repository: GitRepository, decode: Decode, range: FactsRange, cancel?: Cancel, each?: FactsSink): Promise<readonly CommitFacts[]> {
  const input = [...range.include, ...range.exclude.map((sha) => `^${sha}`)].join("\n");
  return readLog(repository, decode, ["--no-merges", "--stdin"], `${input}\n`, cancel, each);
}

/** Facts of all commits without merges that only one of two has, in one walk. Throws {@link HistoryError}. */
export async function readSides(repository: GitRepository, decode: Decode, one: string, other: string, cancel?: Cancel, each?: FactsSink): Promise<{ readonly left: readonly CommitFacts[]; readonly right: readonly CommitFacts[] }> {
  const left: CommitFacts[] = [];
  const right: CommitFacts[] = [];
  await readLog(repository, decode, ["--no-merges", "--left-right", "--stdin"], `${one}...${other}\n`, cancel, (facts, raw, isLeft) => {
    (isLeft ? left : right).push(facts);
    each?.(facts, raw, isLeft);
  });
  return { left, right };
}

/** Facts of just these commits, in their order; merges too, whose paths are not told. */
export async function factsOf(repository: GitRepository, decode: Decode, commits: readonly string[], cancel?: Cancel): Promise<readonly CommitFacts[]> {
  return commits.length === 0 ? [] : readLog(repository, decode, ["--no-walk=unsorted", "--stdin"], `${commits.join("\n")}\n`, cancel);
}

/** Claims of just these commits: git compares no trees for them, which takes five times as long. */
export async function claimsOf(repository: GitRepository, decode: Decode, commits: readonly string[], cancel?: Cancel): Promise<readonly ClaimFacts[]> {
  const claims: ClaimFacts[] = [];
  if (commits.length === 0) return claims;
  await readEach(repository, decode, ["--no-patch", "--no-walk=unsorted", "--stdin"], `${commits.join("\n")}\n`, cancel, (entry) => claims.push({ sha: entry.sha, claims: entry.claims }));
  return claims;
}

/** Like {@link readFacts}, but hands over some thousand at a time and keeps none. */
export async function streamFacts(repository: GitRepository, decode: Decode, range: FactsRange, page: (facts: readonly CommitFacts[]) => void, cancel?: Cancel): Promise<void> {
  let facts: CommitFacts[] = [];
  const input = [...range.include, ...range.exclude.map((sha) => `^${sha}`)].join("\n");
  await readEach(repository, decode, ["--no-merges", "--stdin"], `${input}\n`, cancel, (entry) => {
    facts.push(entry);
    if (facts.length < pageSize) return;
    page(facts);
    facts = [];
  });
  page(facts);
}

async function readLog(repository: GitRepository, decode: Decode, args: readonly string[], input: string, cancel?: Cancel, each?: FactsSink): Promise<readonly CommitFacts[]> {
  const facts: CommitFacts[] = [];
  await readEach(repository, decode, args, input, cancel, (entry, raw, left) => {
    facts.push(entry);
    each?.(entry, raw, left);
  });
  return facts;
}

const paths = ["--raw", "--no-abbrev", "--no-renames"] as const;

async function readEach(repository: GitRepository, decode: Decode, args: readonly string[], input: string, cancel: Cancel | undefined, each: FactsSink): Promise<void> {
  checkCancel(cancel);
  const interned = new Map<string, string>();
  const parser = logParser(decode, (record) => {
    const { entry, raw, left } = parseRecord(record, decode, interned);
    each(entry, raw, left);
  });
  const result = await repository.stream(["log", ...plain, ...paths, format, ...args], (chunk) => {
    parser.push(chunk);
  }, { input, ...(cancel === undefined ? {} : { cancel }) });
  // The last record of a git that gave up may be half of one.
  if (result.status !== 0) throw new HistoryError(lastWords(result));
  parser.end();
}

/** Cuts git's output at the openings of records, whatever way it comes in pieces. */
function logParser(decode: Decode, each: (record: string) => void): { push(chunk: Uint8Array): void; end(): void } {
  const parts: Uint8Array[] = [];
  const flush = (): void => {
    const size = parts.reduce((sum, part) => sum + part.length, 0);
    const all = new Uint8Array(size);
    let offset = 0;
    for (const part of parts) {
      all.set(part, offset);
      offset += part.length;
    }
    parts.length = 0;
    for (const record of decode.text(all).split(/(?:^|\n)\u0000\u0001/u)) if (record !== "") each(record);
  };
  return {
    push(chunk) {
      const cut = lastOpening(chunk);
      if (cut < 0) {
        parts.push(chunk);
        return;
      }
      parts.push(chunk.subarray(0, cut));
      flush();
      parts.push(chunk.subarray(cut));
    },
    end: flush,
  };
}

/** Index of the last line's end that an opening follows; openings cut by the chunk's edge are found with the next one. */
function lastOpening(chunk: Uint8Array): number {
  for (let i = chunk.length - 3; i >= 0; i--) if (chunk[i] === 10 && chunk[i + 1] === 0 && chunk[i + 2] === 1) return i;
  return -1;
}

/** Names that come again and again are kept once. */
function once(interned: Map<string, string>, text: string): string {
  const known = interned.get(text);
  if (known !== undefined) return known;
  const own = copied(text);
  interned.set(own, own);
  return own;
}

/** A text of its own: a slice would keep the whole chunk alive. */
function copied(text: string): string {
  return ` ${text}`.slice(1);
}

function parseRecord(record: string, decode: Decode, interned: Map<string, string>): { readonly entry: CommitFacts; readonly raw: string; readonly left: boolean } {
  const [marked = "", parents = "", name = "", email = "", authorTime = "", commitTime = "", subject = "", body = "", raw = ""] = record.split("\u0000");
  const entry = {
    sha: copied(marked.slice(1)),
    parents: parents === "" ? [] : parents.split(" ").map((parent) => copied(parent)),
    author: { name: once(interned, name), email: once(interned, email) },
    authorTime: Number(authorTime),
    commitTime: Number(commitTime),
    subject: copied(subject),
    ...messageFacts(subject, body),
    paths: rawPaths(raw, decode, interned),
  };
  return { entry, raw, left: marked.startsWith("<") };
}

/** Paths of `:100644 100644 <sha> <sha> M<tab>path` lines. */
function rawPaths(raw: string, decode: Decode, interned: Map<string, string>): readonly string[] {
  const paths: string[] = [];
  for (const line of raw.split("\n")) {
    if (!line.startsWith(":")) continue;
    const path = line.slice(line.indexOf("\t") + 1);
    paths.push(once(interned, path.startsWith('"') ? (unquoteName(path, 0, decode)?.name ?? path) : path));
  }
  return paths;
}
