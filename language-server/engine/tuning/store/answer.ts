import { priors, type Candidate, type MeantNames } from "./rank";
import { documentRecord } from "./document";
import type { SearchHit, SearchRequest } from "./types";

/** A candidate that can be shown. */
export interface Answerable extends Candidate {
  readonly name: string;
}

export interface Answer<T> {
  readonly document: T;
  readonly score: number;
}

export const defaultLimit = 20;

export function isWanted({ kinds, components }: Pick<SearchRequest, "kinds" | "components">, { kind, component }: Pick<Candidate, "kind" | "component">): boolean {
  return (kinds?.includes(kind) ?? true) && (components?.some((name) => name.toLowerCase() === component.toLowerCase()) ?? true);
}

interface Best<T> {
  readonly document: T;
  /** Of the record that is shown. */
  readonly own: number;
  /** Of the best record of the name. */
  readonly score: number;
  /** Length of its text. */
  readonly words: number;
}

/** Several sources tell of a name: the best one ranks it, and among good ones the one that says most is shown. */
function merged<T>(a: Best<T>, b: Best<T>): Best<T> {
  const score = Math.max(a.score, b.score);
  const [more, less] = a.words >= b.words ? [a, b] : [b, a];
  return { ...(more.own >= 0.6 * score ? more : less), score };
}

function keyOf({ kind, component, folded }: Candidate): string {
  return `${kind}\n${component}\n${folded}`;
}

function sorted<T>(best: ReadonlyMap<string, Best<T>>): readonly (readonly [string, Best<T>])[] {
  return [...best].sort((a, b) => b[1].score - a[1].score || (a[0] < b[0] ? -1 : 1));
}

/** Records by what their words are worth, each name once. */
function byWords<T extends Answerable>(documents: Iterable<T>, rank: (candidate: Candidate) => number): ReadonlyMap<string, Best<T>> {
  const best = new Map<string, Best<T>>();
  for (const document of documents) {
    const score = rank(document);
    if (score <= 0) continue;
    const key = keyOf(document);
    const entry = { document, own: score, score, words: document.textTerms.length };
    const before = best.get(key);
    best.set(key, before === undefined ? entry : merged(before, entry));
  }
  return best;
}

/** What vectors found: documents of one list with their places in it, from 1. Lists of run-time kinds and of others are apart. */
export interface NearDocument<T> {
  readonly document: T;
  readonly place: number;
}

/** Reciprocal rank fusion's constant (Cormack, Clarke, Büttcher 2009). */
export const fusionConstant = 60;

/**
 * The answers to a query, best first. With `near` the two orders are fused by their places; a name that the query writes out
 * stays before all others, whatever vectors make of it.
 */
export function answersOf<T extends Answerable>(documents: Iterable<T>, near: readonly NearDocument<T>[] | undefined, rank: (candidate: Candidate) => number, meant: MeantNames, limit: number): readonly Answer<T>[] {
  const lexical = byWords(documents, rank);
  const ordered = sorted(lexical);
  if (near === undefined) return ordered.slice(0, limit).map(([, { document, score }]) => ({ document, score }));
  const fused = new Map<string, Best<T>>();
  for (const [i, [key, best]] of ordered.entries()) {
    const score = 1 / (fusionConstant + i + 1) + (meant.get(best.document.folded) === 1 ? 1 : 0);
    fused.set(key, { ...best, score });
  }
  const seen = new Set<string>();
  for (const { document, place } of [...near].sort((a, b) => a.place - b.place)) {
    const key = keyOf(document);
    // A name counts where its nearest record stands.
    if (seen.has(key)) continue;
    seen.add(key);
    const before = fused.get(key) ?? { document, own: 0, score: 0, words: document.textTerms.length };
    fused.set(key, { ...before, score: before.score + priors[document.kind] / (fusionConstant + place) });
  }
  return sorted(fused)
    .slice(0, limit)
    .map(([, { document, score }]) => ({ document, score }));
}

/** Answers to rank, when some of them may not hold for the asked version. */
export function rankedLimit({ version }: SearchRequest, limit: number): number {
  return version === undefined ? limit : 4 * limit + 20;
}

/** Hits of the ranked answers, those left out whose record does not hold for the asked version. */
export function hitsOf<T extends Answerable>(answers: readonly Answer<T>[], jsonOf: (document: T) => string | undefined, request: SearchRequest, limit: number, digits: number): readonly SearchHit[] {
  const hits = answers.flatMap((answer) => {
    const json = jsonOf(answer.document);
    return json === undefined ? [] : [hitOf(answer, json, digits)];
  });
  return hits.filter(({ record }) => holdsFor(record, request.version)).slice(0, limit);
}

function holdsFor(record: SearchHit["record"], asked: SearchRequest["version"]): boolean {
  if (asked === undefined || !("description" in record) || record.component.toLowerCase() !== asked.component.toLowerCase()) return true;
  const { since, until, absent } = record;
  // Of what lies between two compared versions nobody knows.
  const came = absent?.before === undefined ? since === undefined || compareVersions(since, asked.version) <= 0 : compareVersions(asked.version, absent.before) > 0;
  const went = absent?.after === undefined ? until !== undefined && compareVersions(until, asked.version) < 0 : compareVersions(asked.version, absent.after) >= 0;
  return came && !went;
}

/** By the numbers in them, from the left; what one version does not say counts as equal: 5 has 5.13. */
function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => (version.match(/\d+/gu) ?? []).map(Number));
  for (let i = 0; i < Math.min(left?.length ?? 0, right?.length ?? 0); i++) {
    const order = (left?.[i] ?? 0) - (right?.[i] ?? 0);
    if (order !== 0) return order;
  }
  return 0;
}

function hitOf({ document: { name, kind, component }, score }: Answer<Answerable>, json: string, digits: number): SearchHit {
  const record = documentRecord({ record: json });
  const factor = 10 ** digits;
  return { name, kind, component, score: Math.round(score * factor) / factor, source: record.source, record };
}
