import { Cancelled, ModelError, type Cache, type Cancel, type Clock, type Hash, type Log, type ModelEvent, type ModelRequest, type ModelWarning, type Random } from "../../engine/ports";
import { estimateTokens } from "../../engine/text/tokens";
import { createAccumulator } from "./accumulate";
import { backoffMs, longestWaitMs, maxAttempts } from "./backoff";
import type { Budget } from "./budget";
import { ModelFailure, oneLine, type Failure } from "./errors";
import { featureKey, lessAfter, loadFeatures, saveFeatures, type Features } from "./features";
import { requestHeaders } from "./keys";
import { secretsOf, shownUrl, withoutSecrets } from "./redact";
import { chatBody } from "./request";
import { chatUrl, type EndpointSettings, type Environment, type ModelSettings } from "./settings";
import { closedEarly, readAnswer, type Read } from "./stream";
import { send } from "./transport";
import type { Wait } from "./wait";

export interface ClientContext {
  readonly settings: () => ModelSettings;
  readonly keys: () => Readonly<Record<string, string>>;
  readonly env: Environment;
  readonly cache: Cache;
  readonly clock: Clock;
  readonly random: Random;
  readonly hash: Pick<Hash, "sha256">;
  readonly log: Log;
  readonly budget: Budget;
  readonly wait: Wait;
}

/** Messages longer than this are refused by some servers (MindIE) and by many gateways. */
const maxBodyBytes = 4 * 1024 * 1024;

/** One try: sends, reads, tells text as it comes. */
async function* attempt(endpoint: EndpointSettings, key: string | undefined, request: ModelRequest, features: Features, context: ClientContext, cancel: Cancel): AsyncGenerator<ModelEvent, Read> {
  const url = chatUrl(endpoint);
  const body = chatBody(request, endpoint, features);
  const size = Buffer.byteLength(JSON.stringify(body));
  if (size > maxBodyBytes) throw new ModelError("too-large", `the request is ${size} bytes, the most that is sent is ${maxBodyBytes}`);
  const exchange = { method: "post" as const, url, headers: requestHeaders(endpoint, key), body };
  const reply = await send(exchange, endpoint, { settings: context.settings(), env: context.env, now: () => context.clock.now() }, cancel);
  try {
    context.log.debug(`model ${endpoint.id}: HTTP ${reply.status} from ${shownUrl(url)}`);
    const limit = Math.max(65_536, endpoint.maxOutputTokens * 16);
    return yield* readAnswer(reply, request, limit);
  } finally {
    await reply.close();
  }
}

/** A server that cuts a long prompt without a word is noticed by its own count. */
function cutPrompt(read: Read, estimate: number): readonly ModelWarning[] {
  const usage = read.accumulator.usage;
  if (usage === undefined || usage.promptTokens === 0 || estimate < 1000 || usage.promptTokens >= estimate * 0.6) return [];
  return [{ code: "prompt-cut", detail: `${usage.promptTokens} of about ${estimate}` }];
}

type Next = { readonly wait: number } | { readonly features: Features } | undefined;

function nextTry(failure: Failure, tries: number, features: Features, request: ModelRequest, context: ClientContext): Next {
  const less = lessAfter(failure, features, request.schema !== undefined);
  if (less !== undefined) return { features: less };
  const early = failure.error.code === "bad-envelope" && failure.body === closedEarly;
  if ((!failure.retry && !early) || tries >= maxAttempts) return undefined;
  const wait = failure.retryAfterMs ?? backoffMs(tries - 1, context.random);
  return wait > longestWaitMs ? undefined : { wait };
}

/** The error as it is told: the early close as what it is, no key repeated by a server, and a missing key named. */
function told(error: ModelError, key: string | undefined, endpoint: EndpointSettings): ModelError {
  const detail = withoutSecrets(error.detail, secretsOf(endpoint, key));
  if (error.code === "unauthorized" && key === undefined) return new ModelError("no-key", detail, error.status);
  if (error.code === "bad-envelope" && error.detail === closedEarly) return new ModelError("unavailable", detail, error.status);
  return new ModelError(error.code, detail, error.status);
}

const noRead: Read = { accumulator: createAccumulator(), reasoning: "", finish: "truncated", warnings: [] };

/** Streams an answer, with our own retries, and steps down to what the endpoint can take. */
export async function* streamAnswer(endpoint: EndpointSettings, key: string | undefined, request: ModelRequest, context: ClientContext, cancel: Cancel): AsyncGenerator<ModelEvent> {
  const estimate = estimateTokens(request.messages);
  await context.budget.check(request, estimate + Math.min(request.maxOutputTokens ?? endpoint.maxOutputTokens, endpoint.maxOutputTokens));
  const featuresAt = featureKey(endpoint, context.hash);
  let features = await loadFeatures(featuresAt, context.cache);
  let tries = 0;
  let steps = 0;
  for (;;) {
    if (cancel.cancelled) throw new Cancelled();
    let spoken = false;
    tries++;
    const answer = attempt(endpoint, key, request, features, context, cancel);
    try {
      let step = await answer.next();
      while (step.done !== true) {
        spoken = true;
        yield step.value;
        step = await answer.next();
      }
      // Only what helped is remembered: a request that is refused in any form was refused for another reason.
      if (steps > 0) await saveFeatures(featuresAt, features, context.cache);
      const usage = step.value.accumulator.usage;
      await context.budget.spend(request, usage === undefined ? estimate : usage.promptTokens + usage.completionTokens);
      yield { type: "done", finish: step.value.finish, usage, warnings: [...step.value.warnings, ...cutPrompt(step.value, estimate)] };
      return;
    } catch (error) {
      if (!(error instanceof ModelFailure)) throw error;
      const next = spoken ? undefined : nextTry(error.failure, tries, features, request, context);
      context.log.info(`model ${endpoint.id}: ${withoutSecrets(oneLine(error.message), secretsOf(endpoint, key))}`);
      if (next === undefined || steps > 5) throw told(error.failure.error, key, endpoint);
      if ("features" in next) {
        features = next.features;
        steps++;
        tries--;
        continue;
      }
      yield { type: "waiting", reason: error.failure.error.code, ms: next.wait };
      await context.wait(next.wait, cancel);
    } finally {
      // A reader that stops listening ends the exchange as well.
      await answer.return(noRead);
    }
  }
}
