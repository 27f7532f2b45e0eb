import { checkCancel, type Cancel } from "../../ports";
import { eachKey, type DiffKeys } from "./keys";
import { rarityOf, tableOf, type Rarity } from "./rarity";

/** Commits that share a line are kept up to this number; a line that more have tells little. */
const maxPostings = 96;
/** Commits that go on to be compared closely. */
const shortlist = 24;

export interface LineSearch {
  readonly rarity: Rarity;
  /** Numbers of candidates that share the rarest lines with the i-th commit, best first. */
  candidates(i: number): readonly number[];
}

/**
 * Looks for candidates by shared changed lines, names and paths. Only keys of `commits` are kept, so that memory grows with the downstream
 * side, not with mainline. `each` hands over every candidate's keys once, in the order of their numbers.
 */
export function searchLines(commits: readonly DiffKeys[], total: number, each: (visit: (candidate: number, keys: DiffKeys) => void) => void, cancel?: Cancel): LineSearch {
  const table = tableOf(commits);
  const seen = new Uint32Array(table.size);
  const postings: (number[] | undefined)[] = new Array<undefined>(table.size).fill(undefined);
  each((candidate, keys) => {
    if (candidate % 256 === 0) checkCancel(cancel);
    eachKey(keys, (key) => {
      const id = table.find(key);
      if (id < 0) return;
      const count = (seen[id] ?? 0) + 1;
      seen[id] = count;
      if (count === 1) postings[id] = [candidate];
      else if (count <= maxPostings) postings[id]?.push(candidate);
      else if (count === maxPostings + 1) postings[id] = undefined;
    });
  });
  const rarity = rarityOf(table, seen, total);
  return {
    rarity,
    candidates(i) {
      const scores = new Map<number, number>();
      const own = commits[i];
      if (own === undefined) return [];
      eachKey(own, (key) => {
        const id = table.find(key);
        const list = id < 0 ? undefined : postings[id];
        if (list === undefined) return;
        const weight = rarity.weight(key);
        for (const candidate of list) scores.set(candidate, (scores.get(candidate) ?? 0) + weight);
      });
      return [...scores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, shortlist).map(([candidate]) => candidate);
    },
  };
}
