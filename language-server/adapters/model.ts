import { createHash } from "node:crypto";
import { ModelError, type Cache, type Cancel, type Clock, type Log, type Model, type Random } from "../engine/ports";
import { createBudget } from "./model/budget";
import { streamAnswer, type ClientContext } from "./model/client";
import { featureKey, loadFeatures } from "./model/features";
import { keyOf } from "./model/keys";
import { previewRequest } from "./model/preview";
import { probeEndpoint, type Capability } from "./model/probe";
import { endpointFor, type Environment, type ModelSettings } from "./model/settings";
import { waitReally, type Wait } from "./model/wait";

export type { Capability } from "./model/probe";
export type { EndpointSettings, Environment, ModelSettings } from "./model/settings";

export interface ModelOptions {
  /** Asked anew for every call, so that a change of settings needs no restart. */
  readonly settings: () => ModelSettings;
  /** Keys from SecretStorage by endpoint id. */
  readonly keys: () => Readonly<Record<string, string>>;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** `process.env` unless told otherwise. */
  readonly env?: Environment;
  /** How pauses between tries are waited for. */
  readonly wait?: Wait;
}

export interface EndpointModel extends Model {
  /** Asks an endpoint what it can do and remembers it; `id` undefined is the one that explains. Throws {@link ModelError}. */
  probe(id: string | undefined, cancel: Cancel): Promise<readonly Capability[]>;
}

const hash = { sha256: (data: Uint8Array | string): string => createHash("sha256").update(data).digest("hex") };

/** The organisation's endpoints as the engine's Model port. Makes no connection until it is asked something. */
export function createModel(options: ModelOptions): EndpointModel {
  const env = options.env ?? process.env;
  const context: ClientContext = {
    settings: options.settings,
    keys: options.keys,
    env,
    cache: options.cache,
    clock: options.clock,
    random: options.random,
    hash,
    log: options.log,
    budget: createBudget(options.settings, options.cache, options.clock),
    wait: options.wait ?? waitReally,
  };
  const required = (role: "explain" | "review" | "skeptic" | "supervisor") => {
    const endpoint = endpointFor(options.settings(), role);
    if (endpoint === undefined) throw new ModelError("not-configured", role);
    return { endpoint, key: keyOf(endpoint.id, options.keys(), env) };
  };
  return {
    describe(role) {
      const endpoint = endpointFor(options.settings(), role);
      if (endpoint === undefined) return undefined;
      const { id, model, baseUrl, fullUrl, extraBody, maxOutputTokens, contextTokens } = endpoint;
      return { id, model, contextTokens, maxOutputTokens, key: hash.sha256(JSON.stringify([baseUrl, fullUrl ?? "", model, extraBody, maxOutputTokens, contextTokens])) };
    },
    async *stream(request, cancel) {
      const { endpoint, key } = required(request.role);
      yield* streamAnswer(endpoint, key, request, context, cancel);
    },
    async preview(request) {
      const { endpoint, key } = required(request.role);
      return previewRequest(endpoint, key, request, await loadFeatures(featureKey(endpoint, hash), options.cache));
    },
    async probe(id, cancel) {
      const endpoint = id === undefined ? endpointFor(options.settings(), "explain") : options.settings().models.find((entry) => entry.id === id);
      if (endpoint === undefined) throw new ModelError("not-configured", id ?? "explain");
      return probeEndpoint(endpoint, keyOf(endpoint.id, options.keys(), env), context, cancel);
    },
  };
}
