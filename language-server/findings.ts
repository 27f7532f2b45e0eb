import type { PatchSet } from "./engine/patch/types";
import { Cancelled, type Cancel, type Decode } from "./engine/ports";
import { checks as allChecks } from "./engine/review/registry";
import { inOrder, reviewOne } from "./engine/review/run";
import type { Check, CheckSettings, Finding } from "./engine/review/types";

export interface TextReview {
  readonly decode: Decode;
  readonly settings: CheckSettings;
  readonly cancel: Cancel | undefined;
  /** Called about every 20 ms of work, so that a cancel can come in. */
  readonly breathe: () => Promise<void>;
  /** A check that failed; the others go on. */
  readonly onFailure: (check: string, error: unknown) => void;
  readonly checks?: readonly Check[];
}

/** Milliseconds of work between two breaths: well below the 200 ms in which a cancel must be obeyed. */
const stretch = 20;

/** Findings of every text check on every patch, in document order; a check that throws silences only itself. */
export async function textFindings(set: PatchSet, review: TextReview): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const failed = new Set<string>();
  let rested = performance.now();
  for (const patch of set.patches) {
    for (const check of review.checks ?? allChecks) {
      if (check.needs !== "text" || failed.has(check.id)) continue;
      try {
        found.push(...reviewOne(set, patch, check, review.decode, review.settings, review.cancel));
      } catch (error) {
        if (error instanceof Cancelled) throw error;
        failed.add(check.id);
        review.onFailure(check.id, error);
      }
      if (performance.now() - rested > stretch) {
        await review.breathe();
        rested = performance.now();
      }
    }
  }
  return inOrder(found);
}
