import type { MatchGroup } from "../matching";

export interface CoarseSearch {
  /** Numbers of the records that are looked through. */
  readonly first: number;
  readonly last: number;
  /** Of the whole store. */
  readonly documents: number;
  readonly limit: number;
  /** Numbers of the records that have a group's terms in these columns, with a blank between two. */
  readonly ids: (columns: string, group: MatchGroup) => string;
}

/** What a group in a name is worth beside one in the text: as in BM25 with k1 = 1.2 and a name that counts four times. */
const nameWorth = 0.77;

/**
 * The records that rank best when it only counts which groups they have, and where. FTS5's own bm25() looks at each place of
 * each term and costs ten times as much as the lists of records; the ranking that follows looks closely at what is taken here.
 */
export function bestOf(groups: readonly MatchGroup[], { first, last, documents, limit, ids }: CoarseSearch): readonly number[] {
  const scores = new Float64Array(Math.max(0, last - first + 1));
  for (const group of groups) {
    const worth = Math.log(1 + (documents - group.count + 0.5) / (group.count + 0.5)) * group.terms.length;
    add(scores, first, ids("{name alias body}", group), worth);
    add(scores, first, ids("{name alias}", group), worth * nameWorth);
  }
  const found: number[] = [];
  for (const [place, score] of scores.entries()) if (score > 0) found.push(place);
  return found
    .sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b)
    .slice(0, limit)
    .map((place) => first + place);
}

/** Adds to the score of each number in a text; one of thousands is not cut into pieces first. */
function add(scores: Float64Array, first: number, ids: string, worth: number): void {
  let id = 0;
  for (let at = 0; at <= ids.length; at++) {
    const digit = ids.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      id = id * 10 + digit;
      continue;
    }
    const place = id - first;
    if (id > 0 && place >= 0 && place < scores.length) scores[place] = (scores[place] ?? 0) + worth;
    id = 0;
  }
}
