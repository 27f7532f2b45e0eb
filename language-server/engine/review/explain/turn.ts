import type { Cancel, Model, ModelFinish, ModelMessage, ModelWarning } from "../../ports";
import { createStatementReader } from "../../text/incremental";
import { answerSchema, rawStatementSchema, type RawStatement } from "./schema";
import type { ExplainEvent, Statement } from "./types";
import type { Verifier } from "./verify";

export interface Budgeted {
  readonly patch: string;
  readonly series: string;
}

/** What a turn brought. */
export interface Turn {
  /** As the model said them, for the cache. */
  readonly kept: readonly RawStatement[];
  readonly rejected: readonly RawStatement[];
  /** Objects that are no statements at all. */
  readonly malformed: number;
  readonly finish: ModelFinish;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
  /** False when there was no JSON to be found. */
  readonly understood: boolean;
  /** False when the JSON breaks off. */
  readonly whole: boolean;
  readonly text: string;
}

/** More statements than anybody reads; what comes after is not read. */
const mostStatements = 40;

/** Sorts objects into statements with places, without, and what is neither; the same words twice are said once. */
export function createSorter(verifier: Verifier, seen: Set<string> = new Set()): {
  readonly kept: RawStatement[];
  readonly rejected: RawStatement[];
  malformed: number;
  take(value: unknown): Statement | undefined;
} {
  const sorter = {
    kept: [] as RawStatement[],
    rejected: [] as RawStatement[],
    malformed: 0,
    take(value: unknown): Statement | undefined {
      const parsed = rawStatementSchema.safeParse(value);
      if (!parsed.success) {
        sorter.malformed++;
        return undefined;
      }
      if (seen.has(parsed.data.text)) return undefined;
      const statement = verifier.check(parsed.data);
      if (statement === undefined) {
        sorter.rejected.push(parsed.data);
        return undefined;
      }
      if (sorter.kept.length >= mostStatements) return undefined;
      seen.add(parsed.data.text);
      sorter.kept.push(parsed.data);
      return statement;
    },
  };
  return sorter;
}

/** The words for a pause or a warning; what has no words of its own is told by its code. */
function waitingMessage(reason: string, ms: number): ExplainEvent {
  const id = reason === "rate-limited" ? "explain.waiting.rate-limited" : "explain.waiting.unavailable";
  return { type: "waiting", message: { id, args: { seconds: Math.round(ms / 1000) } }, ms };
}

export function warningEvent({ code, detail }: ModelWarning): ExplainEvent {
  return { type: "warning", message: { id: `explain.warning.${code}`, args: { detail } } };
}

/** One question and its answer: verified statements are told as they come. `said` holds what was told in earlier turns. */
export async function* runTurn(model: Model, messages: readonly ModelMessage[], verifier: Verifier, said: Set<string>, budget: Budgeted, cancel: Cancel): AsyncGenerator<ExplainEvent, Turn> {
  const reader = createStatementReader();
  const sorter = createSorter(verifier, said);
  let text = "";
  let finish: ModelFinish = "truncated";
  let usage: Turn["usage"];
  for await (const event of model.stream({ role: "explain", messages, schema: answerSchema, budget }, cancel)) {
    if (event.type === "waiting") yield waitingMessage(event.reason, event.ms);
    else if (event.type === "text") {
      text += event.text;
      for (const value of reader.push(event.text)) {
        const statement = sorter.take(value);
        if (statement !== undefined) yield { type: "statement", statement };
      }
    } else {
      finish = event.finish;
      usage = event.usage;
      for (const warning of event.warnings) yield warningEvent(warning);
    }
  }
  for (const value of reader.end()) {
    const statement = sorter.take(value);
    if (statement !== undefined) yield { type: "statement", statement };
  }
  return { kept: sorter.kept, rejected: sorter.rejected, malformed: sorter.malformed, finish, usage, understood: reader.sawAnswer, whole: reader.whole, text };
}
