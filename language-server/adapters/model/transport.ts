import { Cancelled, ModelError, type Cancel } from "../../engine/ports";
import { retryAfterMs } from "./backoff";
import { openRoute } from "./dispatcher";
import { connectionFailure, ModelFailure, statusFailure } from "./errors";
import type { EndpointSettings, Environment, ModelSettings } from "./settings";
import { watchdog, type Watchdog } from "./wait";

/** An exchange with an endpoint: what to send and how long a silence to bear. */
export interface Exchange {
  readonly method: "get" | "post";
  readonly url: string;
  /** All of them; nothing else is sent. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

export interface TransportContext {
  readonly settings: ModelSettings;
  readonly env: Environment;
  readonly now: () => number;
}

/** A successful reply, its body still coming. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  /** Undefined at the end. Throws {@link ModelFailure} or {@link Cancelled}. */
  read(): Promise<Uint8Array | undefined>;
  /** Drops the connection unless the body has ended. */
  close(): Promise<void>;
}

/** An error body is read up to this size. */
const maxErrorBody = 64 * 1024;

function bytesOf(response: Response): ReadableStreamDefaultReader<Uint8Array> | undefined {
  return (response.body as ReadableStream<Uint8Array> | null)?.getReader();
}

async function readSome(response: Response, limit: number): Promise<string> {
  const reader = bytesOf(response);
  if (reader === undefined) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length >= limit) {
      await reader.cancel();
      return text.slice(0, limit);
    }
  }
}

/** Our headers instead of the library's: it adds its own, and some from the environment. */
function sendingFetch(inner: typeof fetch, exchange: Exchange, dispatcher: object | undefined, onError: (status: number, headers: Headers, body: string) => void): typeof fetch {
  return async (input, init) => {
    const options = { ...init, headers: { ...exchange.headers }, redirect: "manual" as const, ...(dispatcher === undefined ? {} : { dispatcher }) };
    const response = await inner(input, options as RequestInit);
    if (response.ok) return response;
    // The library turns a flat error body into "no body"; it is kept here before that.
    const body = await readSome(response, maxErrorBody);
    onError(response.status, response.headers, body);
    return new Response(body === "" ? null : body, { status: response.status });
  };
}

/** Sends one request, once: retries are the caller's. Every wait ends with the cancel or with the endpoint's patience. */
export async function send(exchange: Exchange, endpoint: EndpointSettings, context: TransportContext, cancel: Cancel): Promise<Reply> {
  if (cancel.cancelled) throw new Cancelled();
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  const listener = cancel.onCancel(abort);
  const silence = watchdog(endpoint.timeoutMs, abort);
  let refused: ModelFailure | undefined;
  const asFailure = (error: unknown, started: boolean): Error => {
    if (cancel.cancelled) return new Cancelled();
    if (silence.fired) return timedOut(endpoint);
    if (refused !== undefined) return refused;
    return error instanceof ModelFailure ? error : connectionFailure(error, started);
  };
  let close = (): Promise<void> => Promise.resolve();
  const finish = async (): Promise<void> => {
    silence.stop();
    listener.dispose();
    controller.abort();
    await close();
  };
  try {
    const route = await openRoute(exchange.url, endpoint, context.settings, context.env);
    close = () => route.close();
    const { OpenAI } = await import("openai");
    const client = new OpenAI({
      // The library refuses an empty key; the header that carries the real one is set by sendingFetch.
      apiKey: "unused",
      organization: null,
      project: null,
      baseURL: endpoint.baseUrl,
      maxRetries: 0,
      timeout: 2_147_483_647,
      logLevel: "off",
      fetch: sendingFetch(route.fetch, exchange, route.dispatcher, (status, headers, body) => {
        refused = statusFailure(status, body, retryAfterMs(headers.get("retry-after"), context.now()));
      }),
    });
    const options = { signal: controller.signal, stream: true as const, ...(exchange.body === undefined ? {} : { body: exchange.body }) };
    const response = await client[exchange.method](exchange.url, options).asResponse();
    silence.reset();
    return replyOf(response, silence, asFailure, finish);
  } catch (error) {
    const failure = asFailure(error, false);
    await finish();
    throw failure;
  }
}

function timedOut(endpoint: EndpointSettings): ModelFailure {
  return new ModelFailure({ error: new ModelError("timeout", `nothing came for ${endpoint.timeoutMs} ms`), retry: false, body: "" });
}

function replyOf(response: Response, silence: Watchdog, asFailure: (error: unknown, started: boolean) => Error, finish: () => Promise<void>): Reply {
  const reader = bytesOf(response);
  return {
    status: response.status,
    contentType: response.headers.get("content-type") ?? "",
    read: async () => {
      if (reader === undefined) return undefined;
      try {
        const { done, value } = await reader.read();
        silence.reset();
        return done ? undefined : value;
      } catch (error) {
        throw asFailure(error, true);
      }
    },
    close: finish,
  };
}
