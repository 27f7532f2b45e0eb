import { Cancelled, ModelError, type Cancel } from "../../engine/ports";
import type { Accumulator } from "./accumulate";
import type { ClientContext } from "./client";
import { embeddingSchema, modelListSchema } from "./envelope";
import { badEnvelope, bodyFailure, errorWords, ModelFailure, oneLine, parseJson } from "./errors";
import { featureKey, saveFeatures, type JsonMode } from "./features";
import { keyOf, requestHeaders } from "./keys";
import { secretsOf, withoutSecrets } from "./redact";
import { chatUrl, endpointUrl, type EndpointSettings } from "./settings";
import { readAnswer } from "./stream";
import { send, type Exchange, type Reply } from "./transport";

/** One row of the capability table. `detail` is technical: what was seen, or the server's own words. */
export interface Capability {
  readonly name: "models" | "stream" | "usage" | "reasoning" | "json_schema" | "json_object" | "prompt_json" | "tools" | "embeddings";
  readonly state: "yes" | "no" | "unknown";
  readonly detail: string;
}

type Json = Readonly<Record<string, unknown>>;
interface Prober {
  readonly endpoint: EndpointSettings;
  readonly key: string | undefined;
  readonly context: ClientContext;
  readonly cancel: Cancel;
  /** A word that only this probe knows: an endpoint that repeats it has read the request. */
  readonly word: string;
}

async function exchange(prober: Prober, sent: Omit<Exchange, "headers">): Promise<Reply> {
  const { endpoint, key, context, cancel } = prober;
  return send({ ...sent, headers: requestHeaders(endpoint, key) }, endpoint, { settings: context.settings(), env: context.env, now: () => context.clock.now() }, cancel);
}

async function whole(prober: Prober, sent: Omit<Exchange, "headers">): Promise<unknown> {
  const reply = await exchange(prober, sent);
  try {
    const decoder = new TextDecoder();
    let text = "";
    for (let bytes = await reply.read(); bytes !== undefined; bytes = await reply.read()) {
      text += decoder.decode(bytes, { stream: true });
      if (text.length > 8 * 1024 * 1024) throw badEnvelope("the reply is too long");
    }
    const body = parseJson(text);
    if (body === undefined) throw badEnvelope(`not JSON: ${oneLine(text).slice(0, 120)}`);
    const words = errorWords(body);
    if (words !== undefined) throw bodyFailure(words, false);
    return body;
  } finally {
    await reply.close();
  }
}

function chat(prober: Prober, system: string, user: string, more: Json): Json {
  return {
    model: prober.endpoint.model,
    temperature: 0,
    max_tokens: Math.min(prober.endpoint.maxOutputTokens, 1024),
    stream: true,
    ...prober.endpoint.extraBody,
    ...more,
    messages: [
      { role: "system", content: system },
      { role: "user", content: user },
    ],
  };
}

interface Answer {
  readonly text: string;
  readonly accumulator: Accumulator;
  readonly reasoning: string;
}

async function ask(prober: Prober, body: Json, json: boolean): Promise<Answer> {
  const reply = await exchange(prober, { method: "post", url: chatUrl(prober.endpoint), body });
  try {
    const request = { role: "explain" as const, messages: [], ...(json ? { schema: { name: "probe", schema: {} } } : {}) };
    const reading = readAnswer(reply, request, 65_536);
    let text = "";
    let step = await reading.next();
    while (step.done !== true) {
      if (step.value.type === "text") text += step.value.text;
      step = await reading.next();
    }
    return { text, accumulator: step.value.accumulator, reasoning: step.value.reasoning };
  } finally {
    await reply.close();
  }
}

const row = (name: Capability["name"], state: Capability["state"], detail: string): Capability => ({ name, state, detail });

/** A step that the endpoint may refuse: its refusal is the answer. A cancel is not. */
async function tolerant(name: Capability["name"], prober: Prober, step: () => Promise<Capability>): Promise<Capability> {
  try {
    return await step();
  } catch (error) {
    if (error instanceof Cancelled || !(error instanceof ModelFailure)) throw error;
    return row(name, "no", withoutSecrets(error.failure.error.detail, secretsOf(prober.endpoint, prober.key)));
  }
}

async function probeModels(prober: Prober): Promise<Capability> {
  const body = await whole(prober, { method: "get", url: endpointUrl(prober.endpoint, "models"), body: undefined });
  const list = modelListSchema.safeParse(body);
  if (!list.success) return row("models", "unknown", "not a model list");
  const found = list.data.data.find((entry) => entry.id === prober.endpoint.model);
  if (found === undefined) return row("models", "no", `${prober.endpoint.model} is not among ${list.data.data.slice(0, 8).map((entry) => entry.id).join(", ")}`);
  const length = found.max_model_len;
  return row("models", "yes", length === null || length === undefined ? found.id : `${found.id}, ${length} tokens`);
}

/** The first question; when it fails the endpoint can't be used, and its error is told as one. */
async function probeStream(prober: Prober, usageInStream: boolean): Promise<readonly Capability[]> {
  const more = usageInStream ? { stream_options: { include_usage: true } } : {};
  const { text, accumulator, reasoning } = await ask(prober, chat(prober, "You answer briefly.", `Repeat this word and say nothing else: ${prober.word}`, more), false);
  const usage = accumulator.usage;
  return [
    row("stream", text.includes(prober.word) ? "yes" : "no", text.includes(prober.word) ? "" : `it did not repeat the word: ${oneLine(text).slice(0, 80)}`),
    row("usage", usage === undefined ? "no" : "yes", usage === undefined ? "" : `${usage.promptTokens} + ${usage.completionTokens} tokens`),
    row("reasoning", reasoning === "" ? "no" : "yes", ""),
  ];
}

const wordSchema = { type: "object", properties: { word: { type: "string" } }, required: ["word"], additionalProperties: false };

async function probeJson(prober: Prober, mode: JsonMode): Promise<Capability> {
  const name = mode === "prompt" ? "prompt_json" : mode;
  const format: Readonly<Record<JsonMode, Json>> = {
    json_schema: { response_format: { type: "json_schema", json_schema: { name: "probe", strict: true, schema: wordSchema } } },
    json_object: { response_format: { type: "json_object" } },
    prompt: {},
  };
  const { text } = await ask(prober, chat(prober, "Answer with one JSON object and nothing else, of the form {\"word\": string}.", `Repeat this word: ${prober.word}`, format[mode]), true);
  const value = parseJson(text.replace(/^\s*```(?:json)?|```\s*$/gu, ""));
  const ok = typeof value === "object" && value !== null && "word" in value && value.word === prober.word;
  return row(name, ok ? "yes" : "no", ok ? "" : `it answered ${oneLine(text).slice(0, 80) || "nothing"}`);
}

async function probeTools(prober: Prober): Promise<Capability> {
  const tool = { type: "function", function: { name: "say", description: "Says a word.", parameters: wordSchema } };
  const { accumulator } = await ask(prober, chat(prober, "You use tools.", `Call the tool say with this word: ${prober.word}`, { tools: [tool] }), false);
  const call = accumulator.toolCalls[0];
  const ok = call?.name === "say" && call.arguments.includes(prober.word);
  return row("tools", ok ? "yes" : "no", call === undefined ? "no tool call" : `${call.name}(${call.arguments.slice(0, 60)})`);
}

async function probeEmbeddings(prober: Prober): Promise<Capability> {
  const settings = prober.context.settings();
  const id = settings.roles.embed;
  const endpoint = id === undefined ? prober.endpoint : settings.models.find((entry) => entry.id === id);
  if (endpoint === undefined) return row("embeddings", "unknown", `no endpoint ${id ?? ""}`);
  const own = { ...prober, endpoint, key: endpoint === prober.endpoint ? prober.key : keyOf(endpoint.id, prober.context.keys(), prober.context.env) };
  const body = await whole(own, { method: "post", url: endpointUrl(endpoint, "embeddings"), body: { model: endpoint.model, input: prober.word } });
  const parsed = embeddingSchema.safeParse(body);
  if (!parsed.success) return row("embeddings", "no", "not an embedding");
  const vector = parsed.data.data[0]?.embedding ?? [];
  return row("embeddings", "yes", typeof vector === "string" ? "" : `${vector.length} dimensions`);
}

/**
 * Asks an endpoint what it can do, cheapest question first, and remembers how to ask it for JSON. Throws
 * {@link ModelError} when it can't be talked to at all.
 */
export async function probeEndpoint(endpoint: EndpointSettings, key: string | undefined, context: ClientContext, cancel: Cancel): Promise<readonly Capability[]> {
  const prober: Prober = { endpoint, key, context, cancel, word: `w${context.random.hex(4)}` };
  const models = await tolerant("models", prober, () => probeModels(prober));
  let streamed: readonly Capability[];
  let usageInStream = true;
  try {
    streamed = await probeStream(prober, usageInStream).catch((error: unknown) => {
      if (!(error instanceof ModelFailure) || !error.failure.body.includes("stream_options")) throw error;
      usageInStream = false;
      return probeStream(prober, usageInStream);
    });
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error;
    const { code, detail, status } = error.failure.error;
    throw new ModelError(code === "unauthorized" && key === undefined ? "no-key" : code, withoutSecrets(detail, secretsOf(endpoint, key)), status);
  }
  const json: Capability[] = [];
  for (const mode of ["json_schema", "json_object", "prompt"] as const) {
    json.push(await tolerant(mode === "prompt" ? "prompt_json" : mode, prober, () => probeJson(prober, mode)));
  }
  const best = json.find((entry) => entry.state === "yes")?.name;
  const mode: JsonMode = best === "json_schema" || best === "json_object" ? best : "prompt";
  await saveFeatures(featureKey(endpoint, context.hash), { json: mode, stream: true, usageInStream }, context.cache);
  const tools = await tolerant("tools", prober, () => probeTools(prober));
  const embeddings = await tolerant("embeddings", prober, () => probeEmbeddings(prober));
  return [models, ...streamed, ...json, tools, embeddings];
}
