import { checkCancel, type Cancel, type Decode, type GitRepository, type GitScratch } from "../../ports";
import type { TextChange } from "../presence/change-text";
import { readChanges } from "../presence/read-changes";
import { readCandidates } from "./candidates";
import { Chains, type Step } from "./chains";
import { pickTrees } from "./pick-trees";
import { changesBelow } from "./regions";
import type { ReplayPorts } from "./replay";
import { makeSlices, patchedTree, slicedFiles, type Slices } from "./slices";
import type { ReplayResult } from "./types";

export interface PrerequisiteBound {
  /** Earlier commits that are looked at. */
  readonly commits: number;
  /** Merges that are tried. */
  readonly merges: number;
  /** Prerequisites of one conflict; more than these are no help to a keeper. */
  readonly size: number;
}

export const defaultBound: PrerequisiteBound = { commits: 150, merges: 400, size: 8 };

export interface Prerequisites {
  readonly state: "found" | "none-within-bound";
  /**
   * `whole`: the commits pick clean one after the other, and then this one does. `files`: some of them conflict elsewhere; their
   * changes to the files that this one touches are what it needs.
   */
  readonly scope: "whole" | "files" | undefined;
  /** In the order in which they are to be picked. */
  readonly commits: readonly string[];
  /** Earlier commits that touch the files, and merges tried. */
  readonly looked: number;
  readonly tried: number;
  readonly bound: PrerequisiteBound;
  /** No smaller set was left untried. */
  readonly smallest: boolean;
}

export interface PrerequisiteOptions {
  readonly cancel?: Cancel;
  readonly bound?: PrerequisiteBound;
}

/** Pairs of these are all tried. */
const paired = 14;
/** Singles of these are all tried. */
const singles = 80;
/** How far prerequisites of prerequisites are followed. */
const rounds = 4;

interface Search {
  readonly chains: Chains;
  readonly onto: string;
  readonly target: Step;
  readonly bound: PrerequisiteBound;
}

/** The first of the chains, each picked onto the base, after which the commit picks clean. */
async function firstClean({ chains, onto, target, bound }: Search, sets: readonly (readonly Step[])[]): Promise<readonly Step[] | undefined> {
  const ends = await chains.walk(onto, sets);
  const ready = ends.filter(({ used, failed }) => used.length > 0 && used.length <= bound.size && failed.length === 0);
  const merged = await chains.merges(ready.map(({ tree }) => ({ onto: tree, step: target })));
  return ready.find((_, i) => {
    const merge = merged[i];
    return merge?.merged === true && merge.clean;
  })?.used;
}

/** Takes steps out as long as the rest still does, the oldest first. */
async function minimised(search: Search, set: readonly Step[]): Promise<readonly Step[]> {
  let best = set;
  while (best.length > 1 && !search.chains.exhausted) {
    const current = best;
    const smaller = await firstClean(search, current.map((step) => current.filter((other) => other !== step)));
    if (smaller === undefined) break;
    best = smaller;
  }
  return best;
}

/** All changes below the commit, then those below the ones that do not pick, until the commit picks or nothing is new. */
async function closure(search: Search, own: TextChange, earlier: readonly TextChange[], steps: ReadonlyMap<string, Step>, files: ReadonlySet<string>): Promise<readonly Step[] | undefined> {
  const { chains, onto, target } = search;
  const chosen = new Set(changesBelow(own, earlier, files));
  for (let round = 0; round < rounds && !chains.exhausted; round++) {
    const chain = [...earlier].reverse().filter((change) => chosen.has(change)).flatMap(({ sha }) => steps.get(sha) ?? []);
    const [end] = await chains.walk(onto, [chain]);
    if (end === undefined) return undefined;
    const [merge] = await chains.merges([{ onto: end.tree, step: target }]);
    if (merge?.merged === true && merge.clean) {
      const usable = await minimised({ ...search, bound: { ...search.bound, size: end.used.length } }, end.used);
      return usable.length <= search.bound.size ? usable : undefined;
    }
    const size = chosen.size;
    const stuck = new Set(end.failed.map(({ sha }) => sha));
    earlier.forEach((change, i) => {
      if (!stuck.has(change.sha)) return;
      const paths = new Set(change.files.map(({ newPath }) => newPath));
      for (const below of changesBelow(change, earlier.slice(i + 1), paths)) chosen.add(below);
    });
    if (chosen.size === size) return undefined;
  }
  return undefined;
}

async function search(run: Search, own: TextChange, earlier: readonly TextChange[], steps: ReadonlyMap<string, Step>, files: ReadonlySet<string>): Promise<{ readonly found: readonly Step[]; readonly smallest: boolean } | undefined> {
  const stepsOf = (changes: readonly TextChange[]): readonly Step[] => changes.flatMap(({ sha }) => steps.get(sha) ?? []);
  const below = changesBelow(own, earlier, files);
  const near = stepsOf(below);
  // The changes below come first: of several that would do, one that the commit stands on is meant.
  const one = await firstClean(run, [...near, ...stepsOf(earlier.filter((change) => !below.includes(change)))].slice(0, singles).map((step) => [step]));
  if (one !== undefined) return { found: one, smallest: true };
  const few = near.slice(0, paired);
  // Newest first in the list; a pair is picked oldest first.
  const two = await firstClean(run, few.flatMap((newer, i) => few.slice(i + 1).map((older) => [older, newer])));
  if (two !== undefined) return { found: two, smallest: false };
  const more = await closure(run, own, earlier, steps, files);
  return more === undefined ? undefined : { found: more, smallest: false };
}

async function fullName(repo: GitRepository, decode: Decode, name: string, cancel: Cancel | undefined): Promise<string> {
  const { stdout } = await repo.run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`], cancel === undefined ? {} : { cancel });
  return decode.text(stdout).trim();
}

interface Verify {
  readonly ports: ReplayPorts;
  readonly scratch: GitScratch;
  readonly slices: Slices;
  /** Full trees. */
  readonly target: Step;
  readonly onto: string;
  readonly cancel: Cancel | undefined;
}

async function picksClean(chains: Chains, onto: string, target: Step): Promise<boolean> {
  const [merge] = await chains.merges([{ onto, step: target }]);
  return merge?.merged === true && merge.clean;
}

/** Whether the commits as a whole, or else their changes to the files alone, make the commit pick clean on the full tree. */
async function scopeOf({ ports, scratch, slices, target, onto, cancel }: Verify, found: readonly Step[], sliced: Chains): Promise<"whole" | "files" | undefined> {
  const { repo, decode, hash } = ports;
  const full = new Chains({ scratch, decode, hash }, cancel, found.length + 3);
  const trees = await pickTrees(found.map(({ sha }) => ({ commit: sha, onto: sha })), repo, decode, cancel);
  const steps = trees.flatMap((one, i): Step[] => (one.found ? [{ sha: found[i]?.sha ?? "", base: one.trees.base, tree: one.trees.pick }] : []));
  const [end] = await full.walk(onto, [steps]);
  if (end !== undefined && steps.length === found.length && end.failed.length === 0 && (await picksClean(full, end.tree, target))) return "whole";
  const [part] = await sliced.walk(slices.onto, [found]);
  const blobs = await slices.blobs(part?.tree ?? "");
  const changed = blobs.flatMap((blob, i) => {
    const path = slices.paths[i];
    return blob === undefined || path === undefined ? [] : [{ path, blob }];
  });
  const tree = await patchedTree(scratch, decode, onto, changed, cancel);
  return tree !== undefined && (await picksClean(full, tree, target)) ? "files" : undefined;
}

/**
 * The smallest set of earlier mainline commits after which a conflicting commit picks clean onto its base, as far as the bound
 * lets it be searched: single commits that touch the conflicting files, pairs of those that touch the very lines, then the
 * commits below these lines with their own prerequisites, less the ones that prove needless. The search merges the files
 * that the commit touches and nothing else; what it finds is proven on the full tree. Undefined for a result that is no
 * conflict. Throws `Cancelled`.
 */
export async function prerequisites(result: ReplayResult, ports: ReplayPorts, options: PrerequisiteOptions = {}): Promise<Prerequisites | undefined> {
  if (result.class !== "conflict") return undefined;
  const { repo, decode, hash } = ports;
  const { cancel, bound = defaultBound } = options;
  checkCancel(cancel);
  const none = (looked: number, tried: number): Prerequisites => ({ state: "none-within-bound", scope: undefined, commits: [], looked, tried, bound, smallest: false });
  const [trees] = await pickTrees([result], repo, decode, cancel);
  const [commit, onto] = [await fullName(repo, decode, result.commit, cancel), await fullName(repo, decode, result.onto, cancel)];
  if (trees?.found !== true || commit === "" || onto === "") return none(0, 0);
  const change = (await readChanges(repo, decode, [commit], cancel)).get(commit);
  if (typeof change !== "object") return none(0, 0);
  const files = await slicedFiles(repo, decode, commit, onto, change.files.map(({ oldPath }) => oldPath), cancel);
  const earlier = await readCandidates(repo, decode, commit, onto, [...new Set([...result.files, ...files.filter((paths) => paths.some((path) => result.files.includes(path))).flat()])], bound.commits, cancel);
  if (earlier.length === 0) return none(0, 0);
  const scratch = await repo.scratch();
  try {
    const conflicting = files.filter((paths) => paths.some((path) => result.files.includes(path)));
    let tried = 0;
    // First in all files of the commit, so that its other files stay clean too; then where it conflicts: an earlier commit often
    // was picked without a file, or is in the rest in another form.
    for (const looked of conflicting.length > 0 && conflicting.length < files.length ? [files, conflicting] : [files]) {
      const slices = await makeSlices(repo, scratch, decode, onto, [commit, ...earlier.map(({ sha }) => sha)], looked, cancel);
      const target = slices?.steps.get(commit);
      if (slices === undefined || target === undefined) continue;
      const chains = new Chains({ scratch, decode, hash }, cancel, bound.merges - tried);
      const answer = await search({ chains, onto: slices.onto, target, bound }, change, earlier, slices.steps, new Set(looked.flat()));
      tried += chains.tried;
      if (answer === undefined) continue;
      const verify = { ports, scratch, slices, target: { sha: commit, base: trees.trees.base, tree: trees.trees.pick }, onto: trees.trees.onto, cancel };
      const scope = await scopeOf(verify, answer.found, new Chains({ scratch, decode, hash }, cancel, bound.merges));
      if (scope !== undefined) return { state: "found", scope, commits: answer.found.map(({ sha }) => sha), looked: earlier.length, tried, bound, smallest: answer.smallest };
    }
    return none(earlier.length, tried);
  } finally {
    scratch.dispose();
  }
}
