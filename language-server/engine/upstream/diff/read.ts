import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";
import type { CommitDiff, DiffState } from "../types";
import { diffParser } from "./parse";
import { packDiff, unpackDiff } from "./record";

const noWords = { words: new Uint32Array(0), length: 0 };
const sha = /^[0-9a-f]{40,64}$/u;

/** Deaths of git after which the commits that can't be read are looked for ahead of it. */
const patience = 3;

export type DiffSink = (commit: string, record: Uint8Array<ArrayBuffer>) => void;

/** A record that says only why there is none. */
export function emptyRecord(state: DiffState, decode: Decode): Uint8Array<ArrayBuffer> {
  return packDiff({ state, id: [0, 0], files: [], deleted: noWords, added: noWords, words: [] }, decode);
}

interface Attempt {
  /** Commits whose record came, in order. */
  readonly done: number;
  readonly ok: boolean;
  readonly stderr: string;
}

/**
 * Reads the diffs of commits without merges against their parent, in one git call as long as nothing is missing. A blob that
 * the repository lacks (a partial or damaged copy) ends git in mid-batch: that commit is told as `missing-blob`, and reading
 * goes on behind it. Each commit's record comes once, in no promised order.
 */
export async function readDiffs(repository: GitRepository, decode: Decode, commits: readonly string[], sink: DiffSink, cancel?: Cancel): Promise<void> {
  let rest = commits.filter((commit) => sha.test(commit));
  for (let deaths = 0; rest.length > 0; deaths++) {
    checkCancel(cancel);
    if (deaths === patience) rest = await withoutMissing(repository, decode, rest, sink, cancel);
    const { done, ok, stderr } = await attempt(repository, decode, rest, sink, cancel);
    if (ok) {
      for (const commit of rest.slice(done)) sink(commit, emptyRecord("unreadable", decode));
      return;
    }
    const culprit = rest[done];
    if (culprit === undefined) return;
    // What git had printed of this commit was dropped; it may have died of the next one only.
    const alone = await attempt(repository, decode, [culprit], sink, cancel);
    if (!alone.ok && alone.done === 0) sink(culprit, emptyRecord(/unable to read|missing|bad object|could not/iu.test(stderr) ? "missing-blob" : "unreadable", decode));
    rest = rest.slice(done + 1);
  }
}

async function attempt(repository: GitRepository, decode: Decode, commits: readonly string[], sink: DiffSink, cancel: Cancel | undefined): Promise<Attempt> {
  let done = 0;
  const parser = diffParser(decode, (commit, record) => {
    // git answers in the order it was asked; an answer out of turn would name the wrong commit.
    if (commit !== commits[done]) throw new Error(`git answered ${commit} when it was asked for ${commits[done] ?? "nothing"}`);
    done++;
    sink(commit, record);
  });
  const args = ["diff-tree", "--stdin", "--always", "--root", "-r", "-p", "-U0", "-M", "--full-index"];
  const result = await repository.stream(args, (chunk) => {
    parser.push(chunk);
  }, { input: `${commits.join("\n")}\n`, ...(cancel === undefined ? {} : { cancel }) });
  parser.end(result.status === 0);
  return { done, ok: result.status === 0, stderr: result.stderr };
}

/** Tells the commits with a blob that is not there, and returns the others. Reads trees, no blobs. */
async function withoutMissing(repository: GitRepository, decode: Decode, commits: readonly string[], sink: DiffSink, cancel: Cancel | undefined): Promise<string[]> {
  const options = cancel === undefined ? {} : { cancel };
  const raw = await repository.run(["diff-tree", "--stdin", "--always", "--root", "-r", "--raw", "--no-renames", "--no-abbrev"], { ...options, input: `${commits.join("\n")}\n` });
  if (raw.status !== 0) return [...commits];
  const blobs = new Map<string, string[]>();
  let commit = "";
  for (const line of decode.text(raw.stdout).split("\n")) {
    if (sha.test(line)) commit = line;
    const sides = /^:(\d+) (\d+) ([0-9a-f]+) ([0-9a-f]+) /u.exec(line);
    if (sides === null) continue;
    for (const [mode, blob] of [[sides[1], sides[3]], [sides[2], sides[4]]] as const) {
      if (blob === undefined || mode === "160000" || /^0+$/u.test(blob)) continue;
      const users = blobs.get(blob);
      if (users === undefined) blobs.set(blob, [commit]);
      else users.push(commit);
    }
  }
  const check = await repository.run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], { ...options, input: `${[...blobs.keys()].join("\n")}\n` });
  const missing = new Set<string>();
  for (const line of decode.text(check.stdout).split("\n")) {
    const [name = "", type = ""] = line.split(" ");
    if (type === "missing") for (const user of blobs.get(name) ?? []) missing.add(user);
  }
  for (const lost of missing) sink(lost, emptyRecord("missing-blob", decode));
  return commits.filter((one) => !missing.has(one));
}

/** Unpacked diffs by commit, for a handful of commits. */
export async function loadDiffs(repository: GitRepository, decode: Decode, commits: readonly string[], cancel?: Cancel): Promise<ReadonlyMap<string, CommitDiff>> {
  const found = new Map<string, CommitDiff>();
  await readDiffs(
    repository,
    decode,
    commits,
    (commit, record) => {
      found.set(commit, unpackDiff(commit, record, 0, decode));
    },
    cancel,
  );
  return found;
}
