import { checkCancel, type Cancel } from "../../../ports";
import { answersOf, defaultLimit, hitOf, isWanted } from "../answer";
import { corrected } from "../corrected";
import type { StoredDocument } from "../document";
import { readQuery } from "../query";
import { createRanker } from "../rank";
import type { SearchHit, SearchRequest } from "../types";
import type { BaseDocument } from "./base";
import type { Snapshot } from "./snapshot";

/** Ranked closely; the words of the rest are too few or too common. */
const candidateLimit = 150;

export function searchSnapshot(snapshot: Snapshot, request: SearchRequest, cancel: Cancel | undefined): readonly SearchHit[] {
  const limit = request.limit ?? defaultLimit;
  const { base, hidden, fresh, freshFrequency } = snapshot;
  const frequency = (term: string): number => (base?.frequency(term) ?? 0) + (freshFrequency.get(term) ?? 0);
  const { query, meant } = corrected(readQuery(request.text), { known: (term) => frequency(term) > 0, names: () => snapshot.names(), words: () => snapshot.words() });
  checkCancel(cancel);
  const rank = createRanker(query, { documents: (base?.documents ?? 0) + fresh.length, averageTerms: base?.averageTerms ?? 30, frequency }, meant);
  const meantNames = [...meant.keys()];
  const filter = { kinds: request.kinds, components: request.components };
  const stored = base === undefined ? [] : [...base.candidates(query, filter, Math.max(candidateLimit, limit)), ...base.named(meantNames, meantNames)];
  checkCancel(cancel);
  const living: readonly (BaseDocument | StoredDocument)[] = [...stored.filter(({ source }) => !hidden.has(source)), ...fresh];
  const answers = answersOf(living.filter((document) => isWanted(request, document)), undefined, rank, meant, limit);
  const records = base?.records(answers.flatMap(({ document }) => ("id" in document ? [document.id] : [])));
  return answers.flatMap((answer) => {
    const json = "id" in answer.document ? records?.get(answer.document.id) : answer.document.record;
    return json === undefined ? [] : [hitOf(answer, json, 3)];
  });
}
