import { isCjk, terms } from "../store/terms";
import { chineseWords } from "../store/words/chinese";
import { concepts, type Concept } from "./concepts";

/** What a text says of a workload, as weights: terms by themselves, kinds of work with a `#` before them. */
export interface Workload {
  readonly text: string;
  readonly features: ReadonlyMap<string, number>;
  /** Kinds of work that the text names in so many words. */
  readonly named: readonly string[];
}

/** A broader kind says less than the kind that was named. */
const parentShare = 0.6;

const byId: ReadonlyMap<string, Concept> = new Map(concepts.map((concept) => [concept.id, concept]));

/** Longer texts say no more about a workload. */
const maxText = 4000;

export function readWorkload(given: string): Workload {
  const text = given.slice(0, maxText);
  const features = new Map<string, number>();
  const add = (feature: string, weight: number): void => {
    features.set(feature, Math.max(features.get(feature) ?? 0, weight));
  };
  for (const term of englishTerms(text)) add(term, 1);
  const named = namedConcepts(text);
  for (const id of named) addWithParents(id, 1, add);
  return { text, features, named };
}

/** Chinese words count by what the field calls them in English, so that cases in either language are found. */
function englishTerms(text: string): readonly string[] {
  return terms(text).flatMap((term) => (isCjk(term) ? [] : [term])).concat([...text.matchAll(/\p{sc=Han}+/gu)].flatMap(([run]) => chineseWords(run).flatMap(({ english }) => english ?? [])));
}

function addWithParents(id: string, weight: number, add: (feature: string, weight: number) => void): void {
  add(`#${id}`, weight);
  if (weight < 0.2) return;
  for (const parent of byId.get(id)?.parents ?? []) addWithParents(parent, weight * parentShare, add);
}

function namedConcepts(text: string): readonly string[] {
  const folded = ` ${text.normalize("NFKC").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ")} `;
  const found = concepts.filter(({ words }) => words.some((word) => mentions(folded, word)));
  return found.map(({ id }) => id);
}

function mentions(folded: string, word: string): boolean {
  return /\p{sc=Han}/u.test(word) ? folded.includes(word) : folded.includes(` ${word.replace(/-/gu, " ")} `);
}
