import type { Query } from "./query";
import type { MeantNames } from "./rank";
import type { NameVocabulary, Vocabulary } from "./spelling";
import { lastPart } from "./terms";

/** What the store knows, for telling names and misspelt words. */
export interface KnownWords {
  /** Whether some record has the term. */
  known(term: string): boolean;
  names(): NameVocabulary;
  /** Terms that names are made of. */
  words(): Vocabulary;
}

export interface CorrectedQuery {
  readonly query: Query;
  readonly meant: MeantNames;
}

/** Words that no record has, and words that may be names. */
function doubtful(query: Query, known: KnownWords["known"]): { readonly strange: readonly string[]; readonly names: Query["names"] } {
  return {
    strange: query.words.filter((word) => /^[a-z]{5,}$/u.test(word) && !known(word)),
    // A plain word of a sentence is no name, though some parameter may be called so; one that is all of the query may be.
    names: query.names.filter(({ sure }) => sure || query.names.length === 1),
  };
}

/** Whether {@link corrected} will ask for names or words: a store far away fetches them only then. */
export function asksForNames(query: Query, known: KnownWords["known"]): boolean {
  const { strange, names } = doubtful(query, known);
  return strange.length > 0 || names.length > 0;
}

/** Names that the query has or nearly has, and its misspelt words with what they may stand for. */
export function corrected(query: Query, store: KnownWords): CorrectedQuery {
  const meant = new Map<string, number>();
  const { strange, names } = doubtful(query, (term) => store.known(term));
  if (names.length === 0 && strange.length === 0) return { query, meant };
  const { full, last } = store.names();
  for (const { folded } of names) {
    if (full.has(folded) || last.has(folded)) {
      meant.set(folded, 1);
      continue;
    }
    for (const { word, mistakes } of [...full.near(folded), ...(folded.includes(".") ? [] : last.near(folded))]) meant.set(word, Math.max(meant.get(word) ?? 0, 0.8 / (1 + mistakes)));
    // Right in its last part, wrong or old in what comes before.
    if (folded.includes(".") && last.has(lastPart(folded))) meant.set(lastPart(folded), 0.6);
  }
  if (strange.length === 0) return { query, meant };
  const words = store.words();
  const concepts = query.concepts.map((concept) => {
    const term = concept.alternatives[0]?.terms[0] ?? "";
    if (!strange.includes(term)) return concept;
    return { ...concept, alternatives: [...concept.alternatives, ...words.near(term).map(({ word, mistakes }) => ({ terms: [word], weight: Math.min(0.75, 1.5 / (1 + mistakes)) }))] };
  });
  return { query: { ...query, concepts }, meant };
}
