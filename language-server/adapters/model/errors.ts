import { ModelError } from "../../engine/ports";

type Code = ModelError["code"];

/** Whether another try may help, and after which pause the server asked for. */
export interface Failure {
  readonly error: ModelError;
  readonly retry: boolean;
  readonly retryAfterMs?: number | undefined;
  /** The server's own words, for deciding what it could not take. */
  readonly body: string;
}

/** Carries a {@link Failure} out of the transport. */
export class ModelFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.error.message);
    this.name = "ModelFailure";
  }
}

/** What a server says in an error body, in any of the forms seen: OpenAI's, vLLM's flat one, FastAPI's `detail`. */
export interface ServerWords {
  readonly message: string;
  readonly code: string;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  return value === undefined || value === null ? "" : JSON.stringify(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The error in a parsed body; undefined when the body is none. A body with `choices` is an answer, unless it names an error. */
export function errorWords(body: unknown): ServerWords | undefined {
  if (!isRecord(body)) return undefined;
  const error = body["error"];
  if (typeof error === "string" && error !== "") return { message: error, code: text(body["code"]) };
  if (isRecord(error)) {
    const numbers = ["n_prompt_tokens", "n_ctx"].filter((name) => name in error).map((name) => `${name}=${text(error[name])}`);
    return { message: [text(error["message"]) || JSON.stringify(error), ...numbers].join(" "), code: [text(error["type"]), text(error["code"])].filter((word) => word !== "").join(" ") };
  }
  if (body["object"] === "error" || body["type"] === "error") return { message: text(body["message"]), code: text(body["code"]) };
  if (Array.isArray(body["choices"])) return undefined;
  if ("detail" in body) return { message: text(body["detail"]), code: text(body["code"]) };
  if (typeof body["message"] === "string") return { message: body["message"], code: text(body["code"]) };
  return undefined;
}

export function parseJson(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const contextWords = /exceed_context_size|context_length_exceeded|maximum context length|context (?:window|size|length)|n_ctx|max_model_len|input (?:is )?too long|prompt (?:is )?too long/iu;
const modelWords = /model[^.]{0,80}(?:not found|does not exist|not exist|mismatch|unknown|invalid)|(?:unknown|invalid|no such) model/iu;

function byStatus(status: number, words: string): { readonly code: Code; readonly retry: boolean } {
  if (contextWords.test(words)) return { code: "context-exceeded", retry: false };
  if (status === 401 || status === 403) return { code: "unauthorized", retry: false };
  if (status === 402) return { code: "payment", retry: false };
  if (status === 404 || modelWords.test(words)) return { code: "not-found", retry: false };
  if (status === 413) return { code: "too-large", retry: false };
  if (status === 408) return { code: "timeout", retry: true };
  if (status === 429) return { code: "rate-limited", retry: true };
  if (status === 502 || status === 503 || status === 504) return { code: "unavailable", retry: true };
  if (status >= 500) return { code: "unavailable", retry: false };
  if (status >= 400) return { code: "bad-request", retry: false };
  return { code: "bad-envelope", retry: false };
}

/** First line of a server's words, short enough for a sentence; never markup, and nothing that hides or turns round text. */
export function oneLine(words: string): string {
  const plain = words.replace(/<[^>]{0,200}>/gu, " ").replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, "").replace(/\s+/gu, " ").trim();
  return plain.length > 300 ? `${plain.slice(0, 300)}…` : plain;
}

/** A reply with a status that is no success. */
export function statusFailure(status: number, body: string, retryAfterMs: number | undefined): ModelFailure {
  // A redirect is not followed: the key would go to an address that nobody has set.
  if (status >= 300 && status < 400) return badEnvelope(`it redirects to another address (HTTP ${status})`);
  const words = errorWords(parseJson(body));
  const { code, retry } = byStatus(status, words === undefined ? body : `${words.message} ${words.code}`);
  const detail = oneLine(words?.message ?? body);
  return new ModelFailure({ error: new ModelError(code, detail === "" ? `HTTP ${status}` : detail, status), retry, retryAfterMs, body });
}

/** An error that came with HTTP 200; its own code, where it is an HTTP status, says what it is. */
export function bodyFailure(words: ServerWords, midStream: boolean): ModelFailure {
  const status = Number(/\b[45]\d\d\b/u.exec(words.code)?.[0] ?? Number.NaN);
  const all = `${words.message} ${words.code}`;
  const found = Number.isNaN(status) ? byStatus(0, all) : byStatus(status, all);
  const code: Code = found.code !== "bad-envelope" ? found.code : midStream ? "stream-error" : "bad-request";
  return new ModelFailure({ error: new ModelError(code, oneLine(words.message) || "the endpoint reported an error", 200), retry: found.retry, body: all });
}

const tlsCodes = /^(?:DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_|ERR_TLS_|ERR_SSL_|EPROTO|HOSTNAME_MISMATCH|INVALID_CA)/u;

function* causes(error: unknown): Generator<Record<string, unknown>> {
  let current: unknown = error;
  for (let depth = 0; depth < 6 && typeof current === "object" && current !== null; depth++) {
    const record = current as Record<string, unknown>;
    yield record;
    if (Array.isArray(record["errors"])) yield* (record["errors"] as unknown[]).filter((entry): entry is Record<string, unknown> => typeof entry === "object" && entry !== null);
    current = record["cause"];
  }
}

/** A connection that could not be made or broke; `started` when the answer had begun. */
export function connectionFailure(error: unknown, started: boolean): ModelFailure {
  for (const cause of causes(error)) {
    const code = cause["code"];
    if (typeof code !== "string") continue;
    const message = oneLine(typeof cause["message"] === "string" ? cause["message"] : code);
    if (tlsCodes.test(code)) return new ModelFailure({ error: new ModelError("tls", `${code}: ${message}`), retry: false, body: "" });
    if (code === "ENOENT" || code === "EACCES") return new ModelFailure({ error: new ModelError("tls", message), retry: false, body: "" });
    if (started) return new ModelFailure({ error: new ModelError("stream-error", `${code}: ${message}`), retry: false, body: "" });
    // A name that does not exist or a port that nobody listens on stays so; a reset or a broken pipe may pass.
    const passing = code === "ECONNRESET" || code === "EPIPE" || code === "UND_ERR_SOCKET" || code === "ETIMEDOUT";
    return new ModelFailure({ error: new ModelError("unavailable", `${code}: ${message}`), retry: passing, body: "" });
  }
  const message = error instanceof Error ? oneLine(error.message) : "the connection failed";
  return new ModelFailure({ error: new ModelError(started ? "stream-error" : "unavailable", message), retry: !started, body: "" });
}

export function badEnvelope(detail: string): ModelFailure {
  return new ModelFailure({ error: new ModelError("bad-envelope", detail, 200), retry: false, body: detail });
}
