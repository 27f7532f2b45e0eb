import type { Patch, PatchSet } from "../../patch/types";
import { checkCancel, type Cancel, type Decode, type Disposable, type GitRepository } from "../../ports";
import type { ApplyResult } from "../types";
import { commitIndex, type TrialIndex } from "./index-state";
import { tryPatch } from "./ladder";

/** Patches in the order in which they are meant to be applied: by [n/m] where the whole set says so, else as they lie. */
export function seriesOrder(set: PatchSet): readonly Patch[] {
  const patches = set.patches.filter((patch) => patch.files.length > 0);
  const totals = new Set(patches.map((patch) => `${patch.total ?? ""} ${patch.version}`));
  const indexes = new Set(patches.map((patch) => patch.index));
  const numbered = totals.size === 1 && indexes.size === patches.length && !indexes.has(undefined);
  return numbered ? [...patches].sort((a, b) => (a.index ?? 0) - (b.index ?? 0)) : patches;
}

/** Patches tried one after the other in one private index. */
export interface SeriesTrial extends Disposable {
  /** Tries the next patch; one that does not go in leaves the index as it was. */
  next(patch: Patch, cancel?: Cancel): Promise<ApplyResult>;
}

export function openTrial(index: TrialIndex, base: string, decode: Decode): SeriesTrial {
  return {
    next: (patch, cancel) => tryPatch(index, base, patch, decode, cancel),
    dispose() {
      index.scratch.dispose();
    },
  };
}

/**
 * Tries every patch of a set on `base` (a full commit name), each after the earlier ones of its series, in a private index.
 * The results are in the order of the set; a cover letter or reply has state `no-tree` and no steps.
 */
export async function applySeries(repo: GitRepository, base: string, set: PatchSet, decode: Decode, cancel?: Cancel): Promise<readonly ApplyResult[]> {
  const trial = openTrial(await commitIndex(repo, base, decode), base, decode);
  try {
    const results = new Map<number, ApplyResult>();
    for (const patch of seriesOrder(set)) {
      checkCancel(cancel);
      results.set(patch.ordinal, await trial.next(patch, cancel));
    }
    return set.patches.map((patch) => results.get(patch.ordinal) ?? { state: "no-tree", base, steps: [], hunks: [] });
  } finally {
    trial.dispose();
  }
}
