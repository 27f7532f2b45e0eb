import type { Query } from "./query";

/** How far a search looks before it ranks: what it costs grows with the records that its terms find. */
export interface Breadth {
  /** Terms in more than this part of the records, and in more than a few hundred, find too much; they still count in ranking. */
  readonly commonPart: number;
  /** Records that the terms of one query may find together. */
  readonly mostFound: number;
}

/** Where few records are looked through: those of what is set while the system runs, which an engine can take by themselves. */
export const broad: Breadth = { commonPart: 0.12, mostFound: 20_000 };
const narrow: Breadth = { commonPart: 0.06, mostFound: 5000 };
const commonCount = 300;

/** Terms that must all be in a record. */
export interface MatchGroup {
  readonly terms: readonly string[];
  /** Records that have the rarest of them. */
  readonly count: number;
}

/** What to look for: the rarest groups, for they say the most. Empty when nothing of the query is in the store. */
export function matchGroups(query: Query, documents: number, frequency: (term: string) => number, { commonPart, mostFound }: Breadth = narrow): readonly MatchGroup[] {
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
