import * as z from "zod";
import { checkCancel, ModelError, type Cancel, type ModelFinish, type ModelMessage, type ModelRequest } from "../../ports";
import { createStatementReader } from "../../text/incremental";
import type { Locale, Message } from "../../text/message";
import { estimateTokens } from "../../text/tokens";
import type { Explained, ExplainPorts } from "./types";

/** A question whose answer is a list of statements with evidence. */
export interface Question<R, S> {
  /** Part of the cache's key: raise it when the words of the prompt change. */
  readonly version: string;
  readonly locale: Locale;
  readonly messages: readonly ModelMessage[];
  /** What the model is shown, without random delimiters. */
  readonly data: string;
  readonly answer: NonNullable<ModelRequest["schema"]>;
  readonly raw: z.ZodType<R>;
  /** Words that tell two statements apart. */
  readonly textOf: (raw: R) => string;
  /** The statement with its places, undefined when one of its quotes is not where it says. */
  readonly verify: (raw: R) => S | undefined;
  readonly warnings: readonly Message[];
  readonly again: boolean;
}

/** Answers that are no JSON are asked for again this often. */
const formatRepairs = 2;
/** More statements than anybody reads. */
const mostStatements = 40;
const space = "upstream-explain";

type Usage = Explained<unknown>["usage"];

/** What was said so far, over all turns. */
interface Draft<R, S> {
  readonly statements: S[];
  readonly kept: R[];
  readonly said: Set<string>;
  readonly warnings: Message[];
  usage: Usage;
}

interface Turn<R> {
  readonly rejected: readonly R[];
  readonly malformed: number;
  readonly finish: ModelFinish;
  readonly understood: boolean;
  readonly whole: boolean;
  readonly text: string;
}

function sum(a: Usage, b: Usage): Usage {
  if (a === undefined || b === undefined) return a ?? b;
  return { promptTokens: a.promptTokens + b.promptTokens, completionTokens: a.completionTokens + b.completionTokens };
}

async function runTurn<R, S>(question: Question<R, S>, messages: readonly ModelMessage[], draft: Draft<R, S>, ports: ExplainPorts, cancel: Cancel): Promise<Turn<R>> {
  const reader = createStatementReader();
  const rejected: R[] = [];
  let malformed = 0;
  const take = (value: unknown): void => {
    const parsed = question.raw.safeParse(value);
    if (!parsed.success) {
      malformed++;
      return;
    }
    const words = question.textOf(parsed.data);
    if (draft.said.has(words)) return;
    const statement = question.verify(parsed.data);
    if (statement === undefined) rejected.push(parsed.data);
    else if (draft.statements.length < mostStatements) {
      draft.said.add(words);
      draft.statements.push(statement);
      draft.kept.push(parsed.data);
    }
  };
  let text = "";
  let finish: ModelFinish = "truncated";
  const request: ModelRequest = { role: "explain", messages, schema: question.answer, budget: { patch: ports.hash.sha256(question.data) } };
  for await (const event of ports.model.stream(request, cancel)) {
    if (event.type === "text") {
      text += event.text;
      for (const value of reader.push(event.text)) take(value);
    } else if (event.type === "done") {
      finish = event.finish;
      draft.usage = sum(draft.usage, event.usage);
      for (const { code, detail } of event.warnings) draft.warnings.push({ id: `explain.warning.${code}`, args: { detail } });
    }
  }
  for (const value of reader.end()) take(value);
  return { rejected, malformed, finish, understood: reader.sawAnswer, whole: reader.whole, text };
}

/** Asks until there is JSON, at most twice more. */
async function answered<R, S>(question: Question<R, S>, draft: Draft<R, S>, ports: ExplainPorts, cancel: Cancel): Promise<Turn<R>> {
  let messages = question.messages;
  for (let repair = 0; ; repair++) {
    const turn = await runTurn(question, messages, draft, ports, cancel);
    // An answer that was cut or refused would be cut or refused again.
    if (turn.understood || turn.finish !== "stop" || repair >= formatRepairs) return turn;
    checkCancel(cancel);
    messages = [...question.messages, { role: "assistant", content: turn.text.slice(0, 2000) }, { role: "user", content: "That was not the JSON object that was asked for. Answer again with the JSON object alone: no prose, no code fence." }];
  }
}

/** One more chance for statements whose quotes were not found. It can only add: its failure is told, not thrown. */
async function mended<R, S>(question: Question<R, S>, rejected: readonly R[], draft: Draft<R, S>, ports: ExplainPorts, cancel: Cancel): Promise<void> {
  const messages: readonly ModelMessage[] = [
    ...question.messages,
    { role: "assistant", content: JSON.stringify({ statements: rejected }) },
    { role: "user", content: "The quotes of these statements were not found where they say. Give the same JSON again with these statements only, each quote copied character by character from one line of the data. Leave out what no line supports." },
  ];
  try {
    await runTurn(question, messages, draft, ports, cancel);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    draft.warnings.push({ id: "explain.warning.repair", args: { detail: error.detail } });
  }
}

function outcomeOf(turn: Turn<unknown>, shown: number): "complete" | "refusal" | "length" | "truncated" | "no-answer" {
  if (turn.finish === "refusal" || turn.finish === "length" || turn.finish === "truncated") return turn.finish;
  if (!turn.understood && shown === 0) return "no-answer";
  return turn.whole ? "complete" : "truncated";
}

/** What is kept: the model's own statements, verified again whenever they are shown. */
function keptSchema<R>(raw: z.ZodType<R>) {
  return z.object({ statements: z.array(raw), dropped: z.int().min(0) });
}

async function loadKept<R, S>(question: Question<R, S>, key: string, ports: ExplainPorts): Promise<{ readonly statements: readonly R[]; readonly dropped: number } | undefined> {
  const text = await ports.cache?.get(space, key);
  if (text === undefined) return undefined;
  try {
    const parsed = keptSchema(question.raw).safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** The request that the first turn would send, for `Show What Would Be Sent`. */
export function firstRequest<R, S>(question: Question<R, S>, ports: Pick<ExplainPorts, "hash">): ModelRequest {
  return { role: "explain", messages: question.messages, schema: question.answer, budget: { patch: ports.hash.sha256(question.data) } };
}

export function noModel<S>(): Explained<S> {
  return { state: "none", endpoint: undefined, statements: [], dropped: 0, fromCache: false, promptTokens: 0, usage: undefined, warnings: [], error: undefined };
}

/**
 * Asks the model of the role `explain`, keeps what can be verified and remembers a complete answer. An endpoint's error is in
 * the result, beside what was said before it. Throws only `Cancelled`.
 */
export async function ask<R, S>(question: Question<R, S>, ports: ExplainPorts, cancel: Cancel): Promise<Explained<S>> {
  const about = ports.model.describe("explain");
  if (about === undefined) return noModel();
  const endpoint = { id: about.id, model: about.model };
  const promptTokens = estimateTokens(question.messages);
  const key = ports.hash.sha256(JSON.stringify([about.key, question.version, question.locale, question.data]));
  const kept = question.again ? undefined : await loadKept(question, key, ports);
  checkCancel(cancel);
  if (kept !== undefined) {
    const statements = kept.statements.map(question.verify).filter((statement) => statement !== undefined);
    return { ...noModel<S>(), state: "done", endpoint, statements, dropped: kept.dropped + kept.statements.length - statements.length, fromCache: true, promptTokens, warnings: question.warnings };
  }
  const draft: Draft<R, S> = { statements: [], kept: [], said: new Set(), warnings: [...question.warnings], usage: undefined };
  const soFar = (state: "done" | "error", dropped: number, error: Explained<S>["error"]): Explained<S> => ({ state, endpoint, statements: draft.statements, dropped, fromCache: false, promptTokens, usage: draft.usage, warnings: draft.warnings, error });
  try {
    const turn = await answered(question, draft, ports, cancel);
    const before = draft.statements.length;
    if (turn.rejected.length > 0 && turn.finish === "stop") {
      checkCancel(cancel);
      await mended(question, turn.rejected, draft, ports, cancel);
    }
    const dropped = Math.max(0, turn.rejected.length - (draft.statements.length - before)) + turn.malformed;
    const outcome = outcomeOf(turn, draft.statements.length);
    if (outcome === "complete") await ports.cache?.put(space, key, JSON.stringify({ statements: draft.kept, dropped }));
    else draft.warnings.push({ id: `explain.outcome.${outcome}` });
    return soFar("done", dropped, undefined);
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return soFar("error", 0, { code: error.code, message: { id: `explain.error.${error.code}` }, advice: { id: `explain.advice.${error.code}` }, detail: error.detail });
  }
}
