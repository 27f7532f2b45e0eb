import { Cancelled, ModelError, type Cancel, type Clock, type Embedder } from "../../ports";
import type { KnowledgeStore, QueryVector, SearchMeans, VectorModel } from "./types";

export interface HybridPorts {
  readonly store: KnowledgeStore;
  /** Undefined when the role has no endpoint. */
  readonly embedder: () => Embedder | undefined;
  readonly clock: Clock;
}

/** After a failure the endpoint is left in peace for so long: a search must not wait for it again and again. */
const restMs = 30_000;
/** What models there are vectors of is asked again after this. */
const lookAgainMs = 10_000;
const kept = 100;

/** A store whose searches fuse words with what the query means to a model; without one they go by words alone, and say so. */
export function createHybridStore({ store, embedder, clock }: HybridPorts): KnowledgeStore {
  const vectors = new Map<string, readonly number[]>();
  let failed: { readonly at: number; readonly detail: string } | undefined;
  let models: { readonly at: number; readonly found: readonly VectorModel[] } | undefined;

  const modelsNow = async (): Promise<readonly VectorModel[]> => {
    if (models === undefined || clock.now() - models.at > lookAgainMs) models = { at: clock.now(), found: (await store.vectors?.models())?.map(({ model }) => model) ?? [] };
    return models.found;
  };
  const queryVector = async (text: string, cancel: Cancel | undefined): Promise<{ readonly near?: QueryVector; readonly means: SearchMeans }> => {
    const asked = embedder();
    if (asked === undefined || text.trim() === "") return { means: { vectors: false, why: "no-model" } };
    const known = (await modelsNow()).filter(({ name }) => name === asked.model);
    if (known.length === 0) return { means: { vectors: false, why: "no-vectors" } };
    if (failed !== undefined && clock.now() - failed.at < restMs) return { means: { vectors: false, why: "model-failed", detail: failed.detail } };
    const key = `${asked.model}\n${text}`;
    try {
      const values = vectors.get(key) ?? (await asked.embed([text.slice(0, 1500)], cancel))[0] ?? [];
      failed = undefined;
      vectors.delete(key);
      vectors.set(key, values);
      for (const oldest of vectors.keys()) if (vectors.size > kept) vectors.delete(oldest);
      const model = known.find(({ dimension }) => dimension === values.length);
      return model === undefined ? { means: { vectors: false, why: "no-vectors" } } : { near: { model, values }, means: { vectors: true, model: model.name } };
    } catch (error) {
      if (error instanceof Cancelled || !(error instanceof ModelError)) throw error;
      failed = { at: clock.now(), detail: `${error.code}: ${error.detail}` };
      return { means: { vectors: false, why: "model-failed", detail: failed.detail } };
    }
  };

  return {
    ...store,
    async search(request, cancel) {
      const { near, means } = await queryVector(request.text, cancel);
      request.onMeans?.(means);
      return store.search(near === undefined ? request : { ...request, near }, cancel);
    },
  };
}
