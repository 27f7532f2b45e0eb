import { join } from "node:path";
import { createCache } from "../adapters/cache";
import { nodeClock, nodeRandom } from "../adapters/clock";
import { createEmbedder } from "../adapters/model/embed";
import type { ModelSettings } from "../adapters/model/settings";
import type { Embedder, Log } from "../engine/ports";
import { createHybridStore } from "../engine/tuning/store/hybrid";
import type { KnowledgeStore } from "../engine/tuning/store/types";

export interface VectorSettings {
  readonly settings: () => ModelSettings;
  /** Keys from SecretStorage by endpoint id. */
  readonly keys: () => Readonly<Record<string, string>>;
  readonly log: Log;
  /** Folder of the user's caches: the day's token budget is counted there. */
  readonly storage: string;
}

/** A search waits for the endpoint no longer than this, then goes by words alone. */
const searchPatienceMs = 2500;

/** The endpoint of the `embed` role, for making vectors; undefined when the role is not set. */
export function openEmbedder({ settings, keys, log, storage }: VectorSettings, patienceMs?: number): Embedder | undefined {
  return createEmbedder({ settings, keys, log, cache: createCache(join(storage, "cache")), clock: nodeClock, random: nodeRandom, ...(patienceMs === undefined ? {} : { patienceMs }) });
}

/** A store that searches by meaning too where there are vectors and an endpoint. */
export function withVectors(store: KnowledgeStore, settings: VectorSettings): KnowledgeStore {
  return createHybridStore({ store, clock: nodeClock, embedder: () => openEmbedder(settings, searchPatienceMs) });
}
