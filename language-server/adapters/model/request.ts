import type { ModelMessage, ModelRequest } from "../../engine/ports";
import type { Features } from "./features";
import type { EndpointSettings } from "./settings";

type Json = Readonly<Record<string, unknown>>;

/** Limits that grammar compilers choke on (llama.cpp) or refuse; our own validation keeps them. */
const dropped = new Set(["maxItems", "minItems", "maxLength", "minLength", "pattern", "format", "$schema"]);

/** The schema with only what every grammar compiler takes. */
export function nativeSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nativeSchema);
  if (typeof value !== "object" || value === null) return value;
  const out: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    if (!dropped.has(key)) out[key] = nativeSchema(entry);
  }
  return out;
}

/** The schema in the prompt, for endpoints without a native mode (and for those that say they have one). */
function messagesWithSchema(request: ModelRequest): readonly ModelMessage[] {
  if (request.schema === undefined) return request.messages;
  const words = `Answer with one JSON object and nothing else. It obeys this JSON schema:\n${JSON.stringify(request.schema.schema)}`;
  const [first, ...rest] = request.messages;
  if (first?.role === "system") return [{ role: "system", content: `${first.content}\n\n${words}` }, ...rest];
  return [{ role: "system", content: words }, ...request.messages];
}

function responseFormat(request: ModelRequest, features: Features): Json {
  if (request.schema === undefined || features.json === "prompt") return {};
  if (features.json === "json_object") return { response_format: { type: "json_object" } };
  return { response_format: { type: "json_schema", json_schema: { name: request.schema.name, strict: true, schema: nativeSchema(request.schema.schema) } } };
}

/** The body of a chat request, exactly as it is sent. What the user set in `extraBody` has the last word, but never on the messages. */
export function chatBody(request: ModelRequest, endpoint: EndpointSettings, features: Features): Json {
  const messages = features.json === "json_schema" ? request.messages : messagesWithSchema(request);
  return {
    model: endpoint.model,
    temperature: 0,
    max_tokens: Math.min(request.maxOutputTokens ?? endpoint.maxOutputTokens, endpoint.maxOutputTokens),
    stream: features.stream,
    ...(features.stream && features.usageInStream ? { stream_options: { include_usage: true } } : {}),
    ...responseFormat(request, features),
    ...endpoint.extraBody,
    messages,
  };
}
