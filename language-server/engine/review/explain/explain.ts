import { checkCancel, ModelError, type Cancel, type ModelRequest } from "../../ports";
import { estimateTokens } from "../../text/tokens";
import { factsOf, findingsIn } from "./facts";
import { cacheKey, keep, loadKept, type Kept } from "./keep";
import { buildPrompt, formatTurn, repairTurn, type Prompt } from "./prompt";
import { answerSchema, type RawStatement } from "./schema";
import { scopeOf, type Scope } from "./scope";
import { createSorter, runTurn, type Budgeted, type Turn } from "./turn";
import type { ExplainEvent, ExplainOutcome, ExplainPorts, ExplainRequest } from "./types";
import { createVerifier, type Verifier } from "./verify";

/** Answers that are no JSON are asked for again this often. */
const formatRepairs = 2;
const usualOutput = 4096;

interface Planned {
  readonly scope: Scope;
  readonly prompt: Prompt;
  readonly budget: Budgeted;
}

/** Findings as the prompt tells them. */
function knownFindings(request: ExplainRequest, scope: Scope): readonly string[] {
  return findingsIn(scope, request.findings).map((finding) => `${finding.check}: ${request.say(finding.message)} — at: ${finding.quote.slice(0, 120)}`);
}

function plan(request: ExplainRequest, scope: Scope, ports: ExplainPorts): Planned | undefined {
  const about = ports.model.describe("explain");
  if (about === undefined) return undefined;
  const prompt = buildPrompt(scope, request.locale, about.contextTokens, Math.min(about.maxOutputTokens ?? usualOutput, Math.floor(about.contextTokens / 2)), knownFindings(request, scope), ports.random);
  const { patch } = scope;
  const series = ports.hash.sha256(`${patch.total ?? 1} ${request.set.patches[0]?.messageId ?? request.set.patches[0]?.subject ?? ""}`);
  return { scope, prompt, budget: { patch: ports.hash.sha256(`${patch.messageId ?? ""} ${patch.subject} ${prompt.data.length}`), series } };
}

/** The exact request of the first turn, for `Show What Would Be Sent`; undefined when there is no such target or no endpoint. */
export function explainModelRequest(request: ExplainRequest, ports: ExplainPorts): ModelRequest | undefined {
  const scope = scopeOf(request.set, request.target, ports.decode);
  const planned = scope === undefined ? undefined : plan(request, scope, ports);
  return planned === undefined ? undefined : { role: "explain", messages: planned.prompt.messages, schema: answerSchema, budget: planned.budget };
}

function errorEvent(error: ModelError): ExplainEvent {
  return { type: "error", code: error.code, message: { id: `explain.error.${error.code}` }, advice: { id: `explain.advice.${error.code}` }, detail: error.detail };
}

function doneEvent(outcome: ExplainOutcome, usage: Turn["usage"]): ExplainEvent {
  return { type: "done", outcome, message: outcome === "complete" ? undefined : { id: `explain.outcome.${outcome}` }, usage };
}

function sumUsage(a: Turn["usage"], b: Turn["usage"]): Turn["usage"] {
  if (a === undefined || b === undefined) return a ?? b;
  return { promptTokens: a.promptTokens + b.promptTokens, completionTokens: a.completionTokens + b.completionTokens };
}

/** Asks until there is JSON, at most twice more. */
async function* ask(planned: Planned, verifier: Verifier, said: Set<string>, ports: ExplainPorts, cancel: Cancel): AsyncGenerator<ExplainEvent, Turn> {
  let messages = planned.prompt.messages;
  let usage: Turn["usage"];
  for (let repair = 0; ; repair++) {
    const turn = yield* runTurn(ports.model, messages, verifier, said, planned.budget, cancel);
    usage = sumUsage(usage, turn.usage);
    // An answer that was cut or refused would be cut or refused again.
    if (turn.understood || turn.finish !== "stop" || repair >= formatRepairs) return { ...turn, usage };
    checkCancel(cancel);
    messages = formatTurn(planned.prompt, turn.text);
  }
}

interface Mended {
  readonly kept: readonly RawStatement[];
  readonly usage: Turn["usage"];
}

/** One more chance for statements whose quotes were not found. It can only add: its failure is told, not thrown. */
async function* mend(planned: Planned, rejected: readonly RawStatement[], verifier: Verifier, said: Set<string>, ports: ExplainPorts, cancel: Cancel): AsyncGenerator<ExplainEvent, Mended> {
  try {
    const turn = yield* runTurn(ports.model, repairTurn(planned.prompt, rejected), verifier, said, planned.budget, cancel);
    return { kept: turn.kept, usage: turn.usage };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    yield { type: "warning", message: { id: "explain.warning.repair", args: { detail: error.detail } } };
    return { kept: [], usage: undefined };
  }
}

function outcomeOf(turn: Turn, shown: number): ExplainOutcome {
  if (turn.finish === "refusal") return "refusal";
  if (turn.finish === "length" || turn.finish === "truncated") return turn.finish;
  if (!turn.understood && shown === 0) return "no-answer";
  return turn.whole ? "complete" : "truncated";
}

function* replay(kept: Kept, verifier: Verifier): Generator<ExplainEvent> {
  const sorter = createSorter(verifier);
  for (const raw of kept.statements) {
    const statement = sorter.take(raw);
    if (statement !== undefined) yield { type: "statement", statement };
  }
  const dropped = kept.dropped + sorter.rejected.length;
  if (dropped > 0) yield { type: "dropped", count: dropped };
  yield doneEvent("complete", kept.usage);
}

/** Asks the model, tells what can be verified, and keeps a complete answer. */
async function* converse(planned: Planned, key: string, ports: ExplainPorts, cancel: Cancel): AsyncGenerator<ExplainEvent> {
  const verifier = createVerifier(planned.scope);
  const said = new Set<string>();
  const turn = yield* ask(planned, verifier, said, ports, cancel);
  let kept = turn.kept;
  let usage = turn.usage;
  let dropped = turn.rejected.length + turn.malformed;
  if (dropped > 0) yield { type: "dropped", count: dropped };
  if (turn.rejected.length > 0 && turn.finish === "stop") {
    checkCancel(cancel);
    const mended = yield* mend(planned, turn.rejected, verifier, said, ports, cancel);
    kept = [...kept, ...mended.kept];
    usage = sumUsage(usage, mended.usage);
    dropped = Math.max(0, turn.rejected.length - mended.kept.length) + turn.malformed;
    yield { type: "dropped", count: dropped };
  }
  const outcome = outcomeOf(turn, kept.length);
  if (outcome === "complete") await keep(ports.cache, key, { statements: kept, dropped, usage });
  yield doneEvent(outcome, usage);
}

/**
 * Explains a target: first what is known without a model, then the model's statements whose evidence was found, as they
 * come. Errors of the endpoint are events; throws only `Cancelled`.
 */
export async function* explain(request: ExplainRequest, ports: ExplainPorts, cancel: Cancel): AsyncGenerator<ExplainEvent> {
  checkCancel(cancel);
  const scope = scopeOf(request.set, request.target, ports.decode);
  if (scope === undefined) {
    yield { type: "error", code: "no-target", message: { id: "explain.error.no-target" }, advice: { id: "explain.advice.no-target" }, detail: "" };
    return;
  }
  yield { type: "facts", facts: factsOf(scope, request.findings) };
  const about = ports.model.describe("explain");
  const planned = plan(request, scope, ports);
  if (about === undefined || planned === undefined) {
    yield { type: "none" };
    return;
  }
  const { prompt } = planned;
  const key = cacheKey(about.key, prompt, request.locale, ports.hash);
  const kept = request.again === true ? undefined : await loadKept(ports.cache, key);
  checkCancel(cancel);
  yield { type: "start", endpoint: { id: about.id, model: about.model }, promptTokens: estimateTokens(prompt.messages), fromCache: kept !== undefined };
  if (prompt.redacted > 0) yield { type: "warning", message: { id: "explain.warning.redacted", args: { count: prompt.redacted } } };
  if (prompt.leftOut > 0) yield { type: "warning", message: { id: "explain.warning.trimmed", args: { left: prompt.leftOut, hunks: prompt.hunks } } };
  if (kept !== undefined) {
    yield* replay(kept, createVerifier(scope));
    return;
  }
  try {
    yield* converse(planned, key, ports, cancel);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    yield errorEvent(error);
  }
}
