import { checkCancel, type Cancel, type Decode, type GitReads } from "../../ports";
import type { CommitDiff, DiffState } from "../types";
import { packDiff, unpackDiff } from "./record";
import { startTalk, type Attempt, type DiffSink, type Talk } from "./talk";

const noWords = { words: new Uint32Array(0), length: 0 };
const sha = /^[0-9a-f]{40,64}$/u;

/** Deaths of git after which the commits that can't be read are looked for ahead of it. */
const patience = 3;

/** A record that says only why there is none. */
export function emptyRecord(state: DiffState, decode: Decode): Uint8Array<ArrayBuffer> {
  return packDiff({ state, id: [0, 0], files: [], deleted: noWords, added: noWords, words: [] }, decode);
}

/** Reads diffs with one git that goes on living: it is slow for its first second, and what it unpacked it need not unpack again. */
export interface DiffReader {
  /**
   * Reads the diffs of commits without merges against their parent. A blob that the repository lacks (a partial or damaged copy)
   * ends git: that commit is told as `missing-blob`, and reading goes on behind it. Each commit's record comes once, in no
   * promised order. One call at a time. Throws `Cancelled`.
   */
  read(commits: readonly string[], sink: DiffSink): Promise<void>;
  /** Ends git. */
  close(): Promise<void>;
}

/** `paths`: only these files are compared; without, all are. */
export function openDiffReader(repository: GitReads, decode: Decode, cancel?: Cancel, paths: readonly string[] = []): DiffReader {
  let talk: Talk | undefined;
  const attempt = async (commits: readonly string[], sink: DiffSink): Promise<Attempt> => {
    talk ??= startTalk(repository, decode, paths, cancel);
    const result = await talk.ask(commits, sink);
    if (!result.ok) talk = undefined;
    return result;
  };
  return {
    async read(commits, sink) {
      let rest = commits.filter((commit) => sha.test(commit));
      for (let deaths = 0; rest.length > 0; deaths++) {
        checkCancel(cancel);
        if (deaths === patience) rest = await withoutMissing(repository, decode, rest, sink, cancel);
        const { done, ok, stderr } = await attempt(rest, sink);
        if (ok) {
          for (const commit of rest.slice(done)) sink(commit, emptyRecord("unreadable", decode));
          return;
        }
        const culprit = rest[done];
        if (culprit === undefined) return;
        // What git had printed of this commit was dropped; it may have died of the next one only.
        const alone = await attempt([culprit], sink);
        if (!alone.ok && alone.done === 0) sink(culprit, emptyRecord(/unable to read|missing|bad object|could not/iu.test(stderr) ? "missing-blob" : "unreadable", decode));
        rest = rest.slice(done + 1);
      }
    },
    close: async () => talk?.end(),
  };
}

/** {@link DiffReader.read} with a git of its own. */
export async function readDiffs(repository: GitReads, decode: Decode, commits: readonly string[], sink: DiffSink, cancel?: Cancel): Promise<void> {
  const reader = openDiffReader(repository, decode, cancel);
  try {
    await reader.read(commits, sink);
  } finally {
    await reader.close();
  }
}

/** Tells the commits with a blob that is not there, and returns the others. Reads trees, no blobs. */
async function withoutMissing(repository: GitReads, decode: Decode, commits: readonly string[], sink: DiffSink, cancel: Cancel | undefined): Promise<string[]> {
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
export async function loadDiffs(repository: GitReads, decode: Decode, commits: readonly string[], cancel?: Cancel): Promise<ReadonlyMap<string, CommitDiff>> {
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
