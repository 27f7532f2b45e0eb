import type { Cache, Hash } from "../../engine/ports";
import type { Failure } from "./errors";
import type { EndpointSettings } from "./settings";

/** How far an endpoint obeys a schema: natively, as any JSON, or only because the prompt asks for it. */
export type JsonMode = "json_schema" | "json_object" | "prompt";

/** What an endpoint was seen to take; the best is assumed until it refuses. */
export interface Features {
  readonly json: JsonMode;
  readonly stream: boolean;
  readonly usageInStream: boolean;
}

export const bestFeatures: Features = { json: "json_schema", stream: true, usageInStream: true };

const space = "model-features";

/** Remembered once per endpoint and model. */
export function featureKey(endpoint: EndpointSettings, hash: Pick<Hash, "sha256">): string {
  return hash.sha256(JSON.stringify([endpoint.baseUrl, endpoint.fullUrl ?? "", endpoint.model, endpoint.extraBody]));
}

function isFeatures(value: unknown): value is Features {
  if (typeof value !== "object" || value === null) return false;
  const record = value as Record<string, unknown>;
  return (record["json"] === "json_schema" || record["json"] === "json_object" || record["json"] === "prompt") && typeof record["stream"] === "boolean" && typeof record["usageInStream"] === "boolean";
}

export async function loadFeatures(key: string, cache: Cache): Promise<Features> {
  const stored = await cache.get(space, key);
  if (stored === undefined) return bestFeatures;
  try {
    const value = JSON.parse(stored) as unknown;
    return isFeatures(value) ? value : bestFeatures;
  } catch (error) {
    if (error instanceof SyntaxError) return bestFeatures;
    throw error;
  }
}

export async function saveFeatures(key: string, features: Features, cache: Cache): Promise<void> {
  await cache.put(space, key, JSON.stringify(features));
}

/** What to try next after a refusal; undefined when the refusal was about something else. */
export function lessAfter(failure: Failure, features: Features, hasSchema: boolean): Features | undefined {
  const { code, status } = failure.error;
  if (code === "bad-envelope" && failure.body === emptyBody && features.stream) return { ...features, stream: false };
  if (code !== "bad-request" && !(code === "unavailable" && status === 500)) return undefined;
  const words = failure.body.toLowerCase();
  if (features.usageInStream && words.includes("stream_options")) return { ...features, usageInStream: false };
  if (features.stream && /stream\w* (?:is )?(?:not supported|unsupported|must be (?:set to )?false)/u.test(words)) return { ...features, stream: false };
  if (!features.stream && /stream/u.test(words) && /true|only/u.test(words)) return { ...features, stream: true };
  if (!hasSchema || features.json === "prompt") return undefined;
  return { ...features, json: features.json === "json_schema" ? "json_object" : "prompt" };
}

/** What an empty 200 reply is called. */
export const emptyBody = "the reply is empty";
