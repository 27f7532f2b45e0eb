import { checkCancel, type Cancel } from "../../../ports";
import { answersOf, defaultLimit, hitsOf, isWanted, rankedLimit, type NearDocument } from "../answer";
import { corrected } from "../corrected";
import type { StoredDocument } from "../document";
import { readQuery } from "../query";
import { createRanker } from "../rank";
import type { SearchHit, SearchRequest } from "../types";
import type { BaseDocument } from "./base";
import { documentsByContent } from "./shelf";
import type { Snapshot } from "./snapshot";
import { nearest, type VectorFile } from "./vectors";

/** Ranked closely; the words of the rest are too few or too common. */
const candidateLimit = { runtime: 200, others: 100 };
/** Vectors taken of each list; some are of contents that no record has any more. */
const nearLimit = 150;

export function searchSnapshot(snapshot: Snapshot, request: SearchRequest, vectors: VectorFile | undefined, cancel: Cancel | undefined): readonly SearchHit[] {
  const limit = request.limit ?? defaultLimit;
  const { base, hidden, fresh, freshFrequency } = snapshot;
  const frequency = (term: string): number => (base?.frequency(term) ?? 0) + (freshFrequency.get(term) ?? 0);
  const { query, meant } = corrected(readQuery(request.text), { known: (term) => frequency(term) > 0, names: () => snapshot.names(), words: () => snapshot.words() });
  checkCancel(cancel);
  const rank = createRanker(query, { documents: (base?.documents ?? 0) + fresh.length, averageTerms: base?.averageTerms ?? 30, frequency }, meant);
  const meantNames = [...meant.keys()];
  const filter = { kinds: request.kinds, components: request.components };
  const stored = base === undefined ? [] : [...base.candidates(query, filter, { runtime: Math.max(candidateLimit.runtime, limit), others: Math.max(candidateLimit.others, limit) }), ...base.named(meantNames, meantNames)];
  checkCancel(cancel);
  const living: readonly (BaseDocument | StoredDocument)[] = [...stored.filter(({ source }) => !hidden.has(source)), ...fresh];
  const near = vectors === undefined || request.near === undefined ? undefined : nearDocuments(snapshot, request, request.near.values, vectors);
  const answers = answersOf(living.filter((document) => isWanted(request, document)), near, rank, meant, rankedLimit(request, limit));
  const records = base?.records(answers.flatMap(({ document }) => ("id" in document ? [document.id] : [])));
  return hitsOf(answers, (document) => ("id" in document ? records?.get(document.id) : document.record), request, limit, near === undefined ? 3 : 6);
}

function nearDocuments(snapshot: Snapshot, request: SearchRequest, values: readonly number[], vectors: VectorFile): readonly NearDocument<BaseDocument | StoredDocument>[] {
  const { runtime, others } = nearest(vectors, values, request, nearLimit);
  const places = new Map([...runtime.entries(), ...others.entries()].map(([i, content]) => [content, i + 1]));
  return documentsByContent(snapshot, [...places.keys()]).flatMap((document) => (isWanted(request, document) ? [{ document, place: places.get(document.content) ?? nearLimit }] : []));
}
