import { checkCancel, type Cancel, type Decode, type GitScratch, type Hash, type ProcessResult } from "../../ports";
import type { Message } from "../../text/message";
import { CommitPack } from "./commit-pack";
import { RecordReader } from "./records";
import type { TreeMerge, TreePick } from "./types";

export interface MergePorts {
  /** Takes every object that is made. */
  readonly scratch: GitScratch;
  readonly decode: Decode;
  readonly hash: Hash;
}

export interface MergeWork {
  readonly cancel: Cancel | undefined;
  readonly onMerge: (index: number, merge: TreeMerge) => void;
}

/**
 * `git merge-tree --stdin` takes two commits and finds their base itself (`--merge-base` came with 2.40, and not for --stdin
 * in 2.39), so each pick becomes three commits of our own: the base without parents and one on it for either side. git then
 * looks at no history at all, and shallow clones do not matter.
 */
async function writeCommits(picks: readonly TreePick[], { scratch, decode, hash }: MergePorts, cancel: Cancel | undefined): Promise<readonly string[]> {
  const pack = new CommitPack(picks[0]?.base.length ?? 40, hash, decode);
  const lines = picks.map(({ base, onto, pick }) => {
    const parents = [pack.add({ tree: base, parents: [], role: "base" })];
    return `${pack.add({ tree: onto, parents, role: "onto" })} ${pack.add({ tree: pick, parents, role: "pick" })}\n`;
  });
  const { status, stderr } = await scratch.run(["index-pack", "--stdin"], { input: pack.bytes(), ...(cancel === undefined ? {} : { cancel }) });
  if (status !== 0) throw new Error(`git index-pack: ${stderr.trim()}`);
  return lines;
}

/** git's own die() ends with this status; a signal's is larger. */
const died = 128;
/** Failures one after the other, with nothing merged in between, after which git itself is taken to be broken. */
const patience = 25;

function failure({ stderr, status }: ProcessResult): Message {
  const lines = stderr.trim().split("\n");
  const detail = (lines.find((line) => /unable to (read|parse)|could not read|not a valid object|bad object|missing/iu.test(line)) ?? lines.at(-1) ?? "").slice(0, 300);
  const missing = /unable to read|could not read|bad object|missing|unable to parse/iu.test(detail);
  return { id: missing ? "upstream.conflict.missingObject" : "upstream.conflict.gitFailed", args: { detail: detail === "" ? `status ${status}` : detail } };
}

async function mergeLines(lines: readonly string[], first: number, ports: MergePorts, work: MergeWork): Promise<void> {
  const { cancel } = work;
  let at = 0;
  let failures = 0;
  let retried = -1;
  while (at < lines.length) {
    checkCancel(cancel);
    const from = at;
    const reader = new RecordReader(ports.decode, (record) => {
      work.onMerge(first + at, { merged: true, ...record });
      at += 1;
    });
    const result = await ports.scratch.stream(["merge-tree", "--write-tree", "--stdin", "--name-only"], (chunk) => { reader.take(chunk); }, { input: lines.slice(from).join(""), ...(cancel === undefined ? {} : { cancel }) });
    if (at >= lines.length) return;
    failures = at > from ? 1 : failures + 1;
    // A signal may have come from outside, and not because of this pair.
    if (result.status > died && retried !== at) {
      retried = at;
      continue;
    }
    const reason = failure(result);
    const end = failures >= patience && result.status !== died ? lines.length : at + 1;
    for (; at < end; at++) work.onMerge(first + at, { merged: false, reason });
  }
}

/**
 * Merges each pick as `git cherry-pick` would, in one git process for all of them; a pair that ends it (a missing blob) is
 * told as such and the rest goes on in the next. `jobs` splits the work over that many processes. Results come in any order.
 */
export async function mergeTrees(picks: readonly TreePick[], ports: MergePorts, work: MergeWork, jobs = 1): Promise<void> {
  if (picks.length === 0) return;
  const lines = await writeCommits(picks, ports, work.cancel);
  const size = Math.max(1, Math.ceil(lines.length / Math.max(1, jobs)));
  const parts: Promise<void>[] = [];
  for (let from = 0; from < lines.length; from += size) parts.push(mergeLines(lines.slice(from, from + size), from, ports, work));
  // All of them, so that nobody takes the scratch away under a process that still ends.
  const failed = (await Promise.allSettled(parts)).find((part) => part.status === "rejected");
  if (failed !== undefined) throw failed.reason;
}
