import type { Cancel, Decode, GitRepository, Hash } from "../../ports";
import type { Message } from "../../text/message";
import { mergeTrees } from "./merge-trees";
import { pickTrees } from "./pick-trees";
import type { ReplayRequest, ReplayResult, TreeMerge, TreePick } from "./types";

export interface ReplayPorts {
  readonly repo: GitRepository;
  /** As `Git.version()` gives it. */
  readonly version: readonly number[] | undefined;
  readonly decode: Decode;
  readonly hash: Hash;
}

export interface ReplayOptions {
  readonly cancel?: Cancel;
  /** Processes of git at a time; 1 unless told. */
  readonly jobs?: number;
  readonly onProgress?: (done: number, total: number) => void;
}

const needed = [2, 39] as const;

/** Why this git can't be asked; undefined when it can. */
export function oldGit(version: readonly number[] | undefined): Message | undefined {
  if (version === undefined) return { id: "upstream.conflict.noGit" };
  const [major = 0, minor = 0] = version;
  const enough = major > needed[0] || (major === needed[0] && minor >= needed[1]);
  return enough ? undefined : { id: "upstream.conflict.oldGit", args: { version: version.join(".") } };
}

function unknown({ commit, onto }: ReplayRequest, reason: Message): ReplayResult {
  return { commit, onto, class: "unknown", files: [], conflicts: [], tree: undefined, reason };
}

/** What a merge says about the request that it was made for. */
export function replayResult({ commit, onto }: ReplayRequest, picked: TreePick, merge: TreeMerge): ReplayResult {
  if (!merge.merged) return unknown({ commit, onto }, merge.reason);
  const { clean, tree, files, conflicts } = merge;
  const kind = !clean ? "conflict" : tree === picked.onto ? "empty" : "clean";
  return { commit, onto, class: kind, files: clean ? [] : files, conflicts: clean ? [] : conflicts, tree, reason: undefined };
}

/**
 * Classifies what picking each commit onto its base would give, as `git cherry-pick` merges: one result a request, in order.
 * Nothing is written to the repository. What can't be told is `unknown` with its reason: merges, commits and parents that are
 * not here, missing blobs, a git older than 2.39. Throws `Cancelled`.
 */
export async function replays(requests: readonly ReplayRequest[], ports: ReplayPorts, options: ReplayOptions = {}): Promise<readonly ReplayResult[]> {
  const { repo, decode, hash } = ports;
  const old = oldGit(ports.version);
  if (old !== undefined) return requests.map((request) => unknown(request, old));
  const trees = await pickTrees(requests, repo, decode, options.cancel);
  const results = requests.map((request, i) => {
    const found = trees[i];
    return found === undefined || found.found ? undefined : unknown(request, found.reason);
  });
  const open = requests.flatMap((request, i) => {
    const found = trees[i];
    return found?.found === true ? [{ request, i, trees: found.trees }] : [];
  });
  let done = requests.length - open.length;
  const scratch = await repo.scratch();
  try {
    const onMerge = (index: number, merge: TreeMerge): void => {
      const own = open[index];
      if (own === undefined) return;
      results[own.i] = replayResult(own.request, own.trees, merge);
      done += 1;
      options.onProgress?.(done, requests.length);
    };
    await mergeTrees(open.map((own) => own.trees), { scratch, decode, hash }, { cancel: options.cancel, onMerge }, options.jobs);
  } finally {
    scratch.dispose();
  }
  return results.filter((result) => result !== undefined);
}
