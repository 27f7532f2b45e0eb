import { checkCancel, type Cancel } from "../../../ports";
import { documentRecord, type StoredDocument } from "../document";
import { readQuery, type Query } from "../query";
import { createRanker, type MeantNames } from "../rank";
import { lastPart } from "../terms";
import type { SearchHit, SearchRequest } from "../types";
import type { BaseDocument } from "./base";
import type { Snapshot } from "./snapshot";

/** Ranked closely; the words of the rest are too few or too common. */
const candidateLimit = 150;
const defaultLimit = 20;

type Found = { readonly document: BaseDocument } | { readonly fresh: StoredDocument };

export function searchSnapshot(snapshot: Snapshot, request: SearchRequest, cancel: Cancel | undefined): readonly SearchHit[] {
  const limit = request.limit ?? defaultLimit;
  const { query, meant } = corrected(snapshot, readQuery(request.text));
  checkCancel(cancel);
  const { base, hidden, fresh, freshFrequency } = snapshot;
  const filter = { kinds: request.kinds, components: request.components };
  const wanted = ({ kind, component }: Pick<StoredDocument, "kind" | "component">): boolean => (filter.kinds?.includes(kind) ?? true) && (filter.components?.some((name) => name.toLowerCase() === component.toLowerCase()) ?? true);
  const rank = createRanker(
    query,
    { documents: (base?.documents ?? 0) + fresh.length, averageTerms: base?.averageTerms ?? 30, frequency: (term) => (base?.frequency(term) ?? 0) + (freshFrequency.get(term) ?? 0) },
    meant,
  );
  const meantNames = [...meant.keys()];
  const stored = base === undefined ? [] : [...base.candidates(query, filter, Math.max(candidateLimit, limit)), ...base.named(meantNames, meantNames)];
  checkCancel(cancel);
  const best = new Map<string, Best>();
  const offer = (found: Found, document: Pick<StoredDocument, "folded" | "kind" | "component" | "nameTerms" | "aliasTerms" | "textTerms">): void => {
    if (!wanted(document)) return;
    const score = rank(document);
    if (score <= 0) return;
    const key = `${document.kind}\n${document.component}\n${document.folded}`;
    const entry = { found, own: score, score, words: document.textTerms.length };
    const before = best.get(key);
    best.set(key, before === undefined ? entry : merged(before, entry));
  };
  for (const document of stored) if (!hidden.has(document.source)) offer({ document }, document);
  for (const document of fresh) offer({ fresh: document }, document);
  const ranked = [...best].sort((a, b) => b[1].score - a[1].score || (a[0] < b[0] ? -1 : 1)).slice(0, limit);
  const records = base?.records(ranked.flatMap(([, { found }]) => ("document" in found ? [found.document.id] : [])));
  return ranked.flatMap(([, { found, score }]) => {
    const json = "fresh" in found ? found.fresh.record : records?.get(found.document.id);
    return json === undefined ? [] : [hit("fresh" in found ? found.fresh : found.document, json, score)];
  });
}

interface Best {
  readonly found: Found;
  /** Of the record that is shown. */
  readonly own: number;
  /** Of the best record of the name. */
  readonly score: number;
  /** Length of its text. */
  readonly words: number;
}

/** Several sources tell of a name: the best one ranks it, and among good ones the one that says most is shown. */
function merged(a: Best, b: Best): Best {
  const score = Math.max(a.score, b.score);
  const [more, less] = a.words >= b.words ? [a, b] : [b, a];
  return { ...(more.own >= 0.6 * score ? more : less), score };
}

function hit({ name, kind, component }: Pick<StoredDocument, "name" | "kind" | "component">, json: string, score: number): SearchHit {
  const record = documentRecord({ record: json });
  return { name, kind, component, score: Math.round(score * 1000) / 1000, source: record.source, record };
}

/** Names that the query has or nearly has, and its misspelt words with what they may stand for. */
function corrected(snapshot: Snapshot, query: Query): { readonly query: Query; readonly meant: MeantNames } {
  const meant = new Map<string, number>();
  const { base, freshFrequency } = snapshot;
  const known = (term: string): boolean => (freshFrequency.get(term) ?? 0) + (base?.frequency(term) ?? 0) > 0;
  const strange = query.words.filter((word) => /^[a-z]{5,}$/u.test(word) && !known(word));
  // A plain word of a sentence is no name, though some parameter may be called so; one that is all of the query may be.
  const candidates = query.names.filter(({ sure }) => sure || query.names.length === 1);
  if (candidates.length === 0 && strange.length === 0) return { query, meant };
  const { full, last } = snapshot.names();
  for (const { folded } of candidates) {
    if (full.has(folded) || last.has(folded)) {
      meant.set(folded, 1);
      continue;
    }
    for (const { word, mistakes } of [...full.near(folded), ...(folded.includes(".") ? [] : last.near(folded))]) meant.set(word, Math.max(meant.get(word) ?? 0, 0.8 / (1 + mistakes)));
    // Right in its last part, wrong or old in what comes before.
    if (folded.includes(".") && last.has(lastPart(folded))) meant.set(lastPart(folded), 0.6);
  }
  if (strange.length === 0) return { query, meant };
  const words = snapshot.words();
  const concepts = query.concepts.map((concept) => {
    const term = concept.alternatives[0]?.terms[0] ?? "";
    if (!strange.includes(term)) return concept;
    return { ...concept, alternatives: [...concept.alternatives, ...words.near(term).map(({ word, mistakes }) => ({ terms: [word], weight: Math.min(0.75, 1.5 / (1 + mistakes)) }))] };
  });
  return { query: { ...query, concepts }, meant };
}
