import type { CommitDiff } from "../types";
import { alignGroups, pairFiles } from "./align";
import type { Weighed } from "./candidates";

/** Scores that close are one: which of the two it is, the scores do not know. */
const tie = 0.004;

/** Sum of how far apart the equal groups of two diffs lie; the twin that was picked lies nearer than the one that was relanded. */
export function distance(up: CommitDiff, down: CommitDiff): number {
  let sum = 0;
  for (const [i, j] of pairFiles(up.files, down.files)) {
    const [left, right] = [up.files[i]?.groups ?? [], down.files[j]?.groups ?? []];
    for (const match of alignGroups(left, right)) sum += Math.abs((left[match.up]?.oldStart ?? 0) - (right[match.down]?.oldStart ?? 0));
  }
  return sum;
}

/** Puts the nearest of equally good candidates first. */
export function settleTies(list: readonly Weighed[], far: (candidate: number) => number): readonly Weighed[] {
  const [first] = list;
  if (first === undefined) return list;
  const equal = list.filter((entry) => first.score - entry.score <= tie && (first.likeness?.likeness ?? 0) - (entry.likeness?.likeness ?? 0) <= tie && entry.header?.time === first.header?.time);
  if (equal.length < 2) return list;
  const sorted = equal.map((entry) => ({ entry, far: far(entry.candidate) })).sort((a, b) => a.far - b.far || b.entry.candidate - a.entry.candidate);
  return [...sorted.map(({ entry }) => entry), ...list.filter((entry) => !equal.includes(entry))];
}
