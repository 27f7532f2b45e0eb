import type { PresenceState, SiteEvidence } from "./types";

/** No single change outweighs all the others, however long it is. */
const maxWeight = 10;

export interface Verdict {
  readonly state: PresenceState;
  readonly share: number;
}

/** Shares from which on a change is in, and up to which it is not. */
const inFrom = 0.7;
const outTo = 0.3;

/** One verdict of all places. Code that the tree does not have at all has no vote; if nothing else is there, nothing of the change is. */
export function vote(evidence: readonly SiteEvidence[]): Verdict {
  const sums = { present: 0, absent: 0, unclear: 0, inapplicable: 0, unreadable: 0 };
  for (const { state, weight } of evidence) sums[state] += Math.min(weight, maxWeight);
  const total = sums.present + sums.absent + sums.unclear;
  // What can't be read could turn the vote.
  if (sums.unreadable > total / 2) return { state: "unknown", share: 0 };
  if (total === 0) return { state: sums.inapplicable > 0 ? "absent" : "unknown", share: 0 };
  const share = (sums.present + sums.unclear / 2) / total;
  if (sums.present === 0 && sums.absent === 0) return { state: "unknown", share };
  return { state: share >= inFrom ? "present" : share <= outTo ? "absent" : "partial", share };
}
