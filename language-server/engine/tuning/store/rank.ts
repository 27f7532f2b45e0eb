import type { Alternative, Query } from "./query";
import { lastPart, terms } from "./terms";
import type { KnowledgeKind } from "../types";
import { abbreviations } from "./words/abbreviations";

/** What ranking needs of a record. */
export interface Candidate {
  readonly folded: string;
  readonly kind: KnowledgeKind;
  readonly component: string;
  readonly nameTerms: string;
  readonly aliasTerms: string;
  readonly textTerms: string;
}

/** Of the whole store. */
export interface Corpus {
  readonly documents: number;
  readonly averageTerms: number;
  /** Records that have a term. */
  frequency(term: string): number;
}

/** Names that the query means, by their folded spelling; 1 for one that is written exactly so. */
export type MeantNames = ReadonlyMap<string, number>;

const k1 = 1.2;
const b = 0.6;
const fieldWeights = { name: 2.2, alias: 1, text: 1 } as const;
const pairWorth = { name: 0.5, text: 0.3 } as const;

/** A name counts for much in a short query; in a long text it is one word among many. */
const mostNameWorth = 20;

/** What can be set while the system runs comes before what needs a boot or a build. */
export const priors: Readonly<Record<KnowledgeKind, number>> = {
  sysctl: 1,
  setting: 1,
  "engine-argument": 1,
  cgroup: 0.85,
  sysfs: 0.75,
  "mount-option": 0.8,
  "kernel-parameter": 0.72,
  "module-parameter": 0.55,
  kconfig: 0.5,
  prose: 0.35,
};

/** Words that ask for a kind by name. */
const kindWords: Readonly<Partial<Record<string, KnowledgeKind>>> = { kconfig: "kconfig", config: "kconfig", modul: "module-parameter", boot: "kernel-parameter", cmdlin: "kernel-parameter", cgroup: "cgroup", sysf: "sysfs", mount: "mount-option" };

const runtimeKinds: readonly KnowledgeKind[] = ["sysctl", "setting", "engine-argument", "cgroup", "sysfs", "mount-option"];

/** What is set while the system runs is a list of candidates of its own, so that the many other records don't crowd it out. */
export function isRuntime(kind: KnowledgeKind): boolean {
  return runtimeKinds.includes(kind);
}

/** Scores records against a query; the same function for every engine, so that their answers agree. */
export function createRanker(query: Query, corpus: Corpus, meant: MeantNames): (candidate: Candidate) => number {
  const worth = new Map<string, number>();
  const idf = (term: string): number => {
    let value = worth.get(term);
    if (value === undefined) {
      const having = corpus.frequency(term);
      value = Math.log(1 + (corpus.documents - having + 0.5) / (having + 0.5));
      worth.set(term, value);
    }
    return value;
  };
  const askedWorth = query.concepts.filter(({ asked }) => asked).reduce((sum, { alternatives }) => sum + idf(alternatives[0]?.terms[0] ?? ""), 0);
  const covered = coverageOf(query);
  const lifted = new Set(query.words.flatMap((word) => kindWords[word] ?? []));

  return (candidate) => {
    const fields = readFields(candidate);
    const norm = 1 - b + (b * fields.length) / Math.max(1, corpus.averageTerms);
    const strength = (term: string): number => {
      const count = fieldWeights.name * (fields.name.get(term) ?? 0) + fieldWeights.alias * (fields.alias.has(term) ? 1 : 0) + (fieldWeights.text * (fields.text.get(term) ?? 0)) / norm;
      return count === 0 ? 0 : (idf(term) * count * (k1 + 1)) / (count + k1);
    };
    const valueOf = ({ terms, weight }: Alternative): number => {
      let sum = 0;
      for (const term of terms) {
        const value = strength(term);
        if (value === 0) return 0;
        sum += value;
      }
      return (weight * sum) / Math.max(1, terms.length);
    };

    let score = 0;
    let answered = 0;
    for (const { alternatives, asked } of query.concepts) {
      let best = 0;
      let by = 0;
      for (const alternative of alternatives) {
        const value = valueOf(alternative);
        if (value > best) {
          best = value;
          by = alternative.weight;
        }
      }
      score += best;
      if (asked && best > 0) answered += Math.min(1, by) * idf(alternatives[0]?.terms[0] ?? "");
    }
    for (const [first, second] of query.pairs) {
      const pair = ` ${first} ${second} `;
      const both = Math.min(idf(first), idf(second));
      if (fields.nameText.includes(pair)) score += pairWorth.name * both;
      if (fields.bodyText.includes(pair)) score += pairWorth.text * both;
    }
    const coordination = askedWorth === 0 ? 1 : 0.5 + (0.5 * answered) / askedWorth;
    const prior = lifted.has(candidate.kind) ? 1 : priors[candidate.kind];
    const named = Math.max(meant.get(candidate.folded) ?? 0, 0.5 * (meant.get(lastPart(candidate.folded)) ?? 0));
    return score * coordination * prior * (leastNamed + (1 - leastNamed) * covered(candidate.folded)) + named * (4 + 3 * Math.min(askedWorth, mostNameWorth)) * (0.8 + 0.2 * prior);
  };
}

/** What a name that shares no word with the query keeps of its worth. */
const leastNamed = 0.7;

/** How much of a name the query asks for: 1 when each word of its last part is one that was asked, or stands for one. */
function coverageOf(query: Query): (folded: string) => number {
  const asked = new Map<string, number>();
  for (const { alternatives } of query.concepts) for (const { terms: words, weight } of alternatives) for (const term of words) asked.set(term, Math.max(asked.get(term) ?? 0, Math.min(1, weight)));
  const worth = (term: string): number => Math.max(asked.get(term) ?? 0, ...(abbreviations.get(term) ?? []).map((word) => asked.get(word) ?? 0));
  return (folded) => {
    const words = terms(lastPart(folded));
    return words.length === 0 ? 0 : words.reduce((sum, word) => sum + worth(word), 0) / words.length;
  };
}

interface Fields {
  readonly name: ReadonlyMap<string, number>;
  readonly alias: ReadonlyMap<string, number>;
  readonly text: ReadonlyMap<string, number>;
  readonly nameText: string;
  readonly bodyText: string;
  /** Terms of the text. */
  readonly length: number;
}

function readFields({ nameTerms, aliasTerms, textTerms, component }: Candidate): Fields {
  const text = textTerms === "" ? [] : textTerms.split(" ");
  return { name: counts([...nameTerms.split(" "), component]), alias: counts(aliasTerms.split(" ")), text: counts(text), nameText: ` ${nameTerms} ${aliasTerms} `, bodyText: ` ${textTerms} `, length: text.length };
}

function counts(list: readonly string[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const term of list) found.set(term, (found.get(term) ?? 0) + 1);
  return found;
}
