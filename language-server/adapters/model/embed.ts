import { createHash } from "node:crypto";
import { Cancelled, ModelError, type Cancel, type Embedder } from "../../engine/ports";
import { createRedactor } from "../../engine/text/redact";
import { cancelSource } from "../cancel";
import type { ModelOptions } from "../model";
import { backoffMs, longestWaitMs, maxAttempts } from "./backoff";
import { createBudget, type Budget } from "./budget";
import { embeddingSchema } from "./envelope";
import { badEnvelope, bodyFailure, errorWords, ModelFailure, oneLine, parseJson } from "./errors";
import { keyOf, requestHeaders } from "./keys";
import { secretsOf, shownUrl, withoutSecrets } from "./redact";
import { embedEndpoint, endpointUrl, type EndpointSettings } from "./settings";
import { send } from "./transport";
import { waitReally } from "./wait";

export interface EmbedderOptions extends ModelOptions {
  /** A search can't wait for as long as an index run can: one try of so many milliseconds. Undefined: the endpoint's own patience. */
  readonly patienceMs?: number;
}

/** 64 vectors of 4,096 numbers of 20 characters are 5 MB. */
const maxReply = 64 << 20;
const maxDimension = 16_000;
/** Of English text; the day's budget needs no closer count where the server gives none. */
const charactersPerToken = 4;

/** The endpoint of the `embed` role; undefined when the role is not set. Makes no connection until it is asked something. */
export function createEmbedder(options: EmbedderOptions): Embedder | undefined {
  const endpoint = embedEndpoint(options.settings());
  if (endpoint === undefined) return undefined;
  const budget = createBudget(options.settings, options.cache, options.clock);
  return {
    // Two servers may call different models alike.
    model: `${endpoint.model}@${createHash("sha256").update(endpoint.baseUrl).digest("hex").slice(0, 8)}`,
    async embed(texts, cancel) {
      if (texts.length === 0) return [];
      const patience = limited(cancel, options.patienceMs);
      try {
        return await patiently(endpoint, texts.map(withoutKeys), options, budget, patience.cancel);
      } catch (error) {
        if (error instanceof Cancelled && cancel?.cancelled !== true) throw new ModelError("timeout", `no vectors within ${options.patienceMs ?? 0} ms`);
        throw error;
      } finally {
        patience.dispose();
      }
    },
  };
}

/** What a team wrote down may hold a key; the vector does not need it. */
function withoutKeys(text: string): string {
  const redactor = createRedactor();
  return text.split("\n").map((line) => redactor.line(line)).join("\n");
}

function limited(cancel: Cancel | undefined, ms: number | undefined): { readonly cancel: Cancel; dispose(): void } {
  const source = cancelSource(...(cancel === undefined ? [] : [cancel]));
  const fire = (): void => {
    source.fire();
  };
  const timer = ms === undefined ? undefined : setTimeout(fire, ms);
  return {
    cancel: source.cancel,
    dispose() {
      clearTimeout(timer);
      source.dispose();
    },
  };
}

/** Tries again as chat requests do. */
async function patiently(endpoint: EndpointSettings, texts: readonly string[], options: EmbedderOptions, budget: Budget, cancel: Cancel): Promise<readonly (readonly number[])[]> {
  const key = keyOf(endpoint.id, options.keys(), options.env ?? process.env);
  const estimate = Math.ceil(texts.reduce((sum, text) => sum + text.length, 0) / charactersPerToken);
  // Vectors belong to no patch; they count for the day.
  const request = { role: "explain" as const, messages: [] };
  await budget.check(request, estimate);
  for (let tries = 1; ; tries++) {
    try {
      const { vectors, tokens } = await once(endpoint, key, texts, options, cancel);
      await budget.spend(request, tokens ?? estimate);
      return vectors;
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      const { failure } = error;
      const detail = withoutSecrets(failure.error.detail, secretsOf(endpoint, key));
      options.log.info(`model ${endpoint.id}: ${failure.error.code}: ${detail}`);
      const wait = failure.retryAfterMs ?? backoffMs(tries - 1, options.random);
      if (!failure.retry || tries >= maxAttempts || wait > longestWaitMs || options.patienceMs !== undefined) {
        throw new ModelError(failure.error.code === "unauthorized" && key === undefined ? "no-key" : failure.error.code, detail, failure.error.status);
      }
      await (options.wait ?? waitReally)(wait, cancel);
    }
  }
}

async function once(endpoint: EndpointSettings, key: string | undefined, texts: readonly string[], options: EmbedderOptions, cancel: Cancel): Promise<{ readonly vectors: readonly (readonly number[])[]; readonly tokens: number | undefined }> {
  const url = endpointUrl(endpoint, "embeddings");
  const exchange = { method: "post" as const, url, headers: requestHeaders(endpoint, key), body: { model: endpoint.model, input: texts, encoding_format: "float" } };
  const reply = await send(exchange, endpoint, { settings: options.settings(), env: options.env ?? process.env, now: () => options.clock.now() }, cancel);
  try {
    options.log.debug(`model ${endpoint.id}: HTTP ${reply.status} from ${shownUrl(url)}`);
    const decoder = new TextDecoder();
    let text = "";
    for (let bytes = await reply.read(); bytes !== undefined; bytes = await reply.read()) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length > maxReply) throw badEnvelope("the reply is too long");
    }
    return readVectors(text, texts.length);
  } finally {
    await reply.close();
  }
}

/** Vectors in the order of the texts. Throws {@link ModelFailure} for a reply that is not exactly that. */
export function readVectors(text: string, count: number): { readonly vectors: readonly (readonly number[])[]; readonly tokens: number | undefined } {
  const body = parseJson(text);
  if (body === undefined) throw badEnvelope(`not JSON: ${oneLine(text).slice(0, 120)}`);
  const words = errorWords(body);
  if (words !== undefined) throw bodyFailure(words, false);
  const parsed = embeddingSchema.safeParse(body);
  if (!parsed.success) throw badEnvelope("no embeddings in the reply");
  const { data, usage } = parsed.data;
  if (data.length !== count) throw badEnvelope(`${data.length} vectors for ${count} texts`);
  const vectors: (readonly number[] | undefined)[] = Array.from({ length: count }, () => undefined);
  for (const [i, { embedding, index }] of data.entries()) {
    const place = index ?? i;
    if (!Number.isInteger(place) || place < 0 || place >= count || vectors[place] !== undefined) throw badEnvelope(`a vector for text ${place} of ${count}`);
    vectors[place] = numbersOf(embedding);
  }
  const dimension = vectors[0]?.length ?? 0;
  if (dimension === 0 || dimension > maxDimension) throw badEnvelope(`vectors of ${dimension} dimensions`);
  const whole = vectors.map((vector) => {
    if (vector?.length !== dimension) throw badEnvelope(`vectors of ${dimension} and of ${vector?.length ?? 0} dimensions`);
    if (!vector.every(Number.isFinite) || vector.every((value) => value === 0)) throw badEnvelope("a vector that is zero or has no numbers");
    return vector;
  });
  return { vectors: whole, tokens: usage?.prompt_tokens ?? undefined };
}

/** Numbers, or base64 of little-endian 32-bit floats. */
function numbersOf(embedding: readonly number[] | string): readonly number[] {
  if (typeof embedding !== "string") return embedding;
  const bytes = Buffer.from(embedding, "base64");
  if (bytes.length % 4 !== 0) throw badEnvelope("a vector that is no base64 of floats");
  return Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readFloatLE(4 * i));
}
