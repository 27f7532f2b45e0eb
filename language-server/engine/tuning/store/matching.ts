import type { Query } from "./query";

/** Terms in more than this part of the records, and in more than so many, find too much; they still count in ranking. */
const commonPart = 0.06;
const commonCount = 300;
/** Records that the terms of one query may find together: what a search costs grows with them. */
const mostFound = 5000;

/** Terms that must all be in a record. */
export interface MatchGroup {
  readonly terms: readonly string[];
  /** Records that have the rarest of them. */
  readonly count: number;
}

/** What to look for: the rarest groups, for they say the most. Empty when nothing of the query is in the store. */
export function matchGroups(query: Query, documents: number, frequency: (term: string) => number): readonly MatchGroup[] {
  const groups = new Map<string, MatchGroup>();
  for (const { alternatives } of query.concepts) {
    for (const { terms } of alternatives) {
      if (terms.length === 0 || terms.some((term) => frequency(term) === 0)) continue;
      groups.set(terms.join(" "), { terms, count: Math.min(...terms.map(frequency)) });
    }
  }
  const chosen: MatchGroup[] = [];
  let found = 0;
  for (const group of [...groups.values()].sort((a, b) => a.count - b.count)) {
    if (chosen.length >= 2 && (group.count > Math.max(commonCount, commonPart * documents) || found + group.count > mostFound)) break;
    chosen.push(group);
    found += group.count;
  }
  return chosen;
}
