import type { ModelFinish } from "../../engine/ports";
import { contentText, type Envelope, type EnvelopeMessage, type ToolCallPiece } from "./envelope";

export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

export interface Usage {
  readonly promptTokens: number;
  readonly completionTokens: number;
}

/** One answer, put together from raw chunks: nothing depends on roles or indexes that a server may leave out. */
export interface Accumulator {
  /** Returns the chunk's own piece of the answer. */
  add(chunk: Envelope): string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly finishReason: string | undefined;
  readonly usage: Usage | undefined;
  readonly toolCalls: readonly ToolCall[];
  readonly size: number;
}

interface OpenCall {
  index: number | undefined;
  id: string;
  name: string;
  arguments: string;
}

export function createAccumulator(): Accumulator {
  let reasoning = "";
  let refusal = "";
  let size = 0;
  let finishReason: string | undefined;
  let usage: Usage | undefined;
  const calls: OpenCall[] = [];

  /** A seen id wins, a new id appends, an index finds its call, and with neither the current call goes on. */
  function callFor(piece: ToolCallPiece): OpenCall {
    const id = piece.id ?? "";
    const index = piece.index ?? undefined;
    const known = id === "" ? (index === undefined ? calls.at(-1) : calls.find((call) => call.index === index)) : calls.find((call) => call.id === id);
    if (known !== undefined) return known;
    const call: OpenCall = { index, id, name: "", arguments: "" };
    calls.push(call);
    return call;
  }

  function addMessage(message: EnvelopeMessage): string {
    reasoning += message.reasoning ?? message.reasoning_content ?? "";
    refusal += message.refusal ?? "";
    for (const piece of message.tool_calls ?? []) {
      const call = callFor(piece);
      call.name ||= piece.function?.name ?? "";
      const args = piece.function?.arguments ?? "";
      call.arguments += typeof args === "string" ? args : JSON.stringify(args);
    }
    return contentText(message.content);
  }

  return {
    add(chunk) {
      if (chunk.usage !== null && chunk.usage !== undefined) {
        usage = { promptTokens: chunk.usage.prompt_tokens ?? 0, completionTokens: chunk.usage.completion_tokens ?? 0 };
      }
      const choice = chunk.choices[0];
      if (choice === undefined) return "";
      finishReason = choice.finish_reason ?? finishReason;
      const message = choice.delta ?? choice.message;
      const before = reasoning.length + refusal.length;
      const text = message === null || message === undefined ? "" : addMessage(message);
      size += text.length + reasoning.length + refusal.length - before;
      return text;
    },
    get reasoning() {
      return reasoning;
    },
    get refusal() {
      return refusal;
    },
    get finishReason() {
      return finishReason;
    },
    get usage() {
      return usage;
    },
    get toolCalls() {
      return calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args }));
    },
    get size() {
      return size;
    },
  };
}

/** What the end of an answer means. `ended`: `[DONE]` came, or the body was a whole completion. */
export function finishOf(accumulator: Accumulator, ended: boolean): ModelFinish {
  const reason = accumulator.finishReason;
  if (accumulator.refusal !== "" || reason === "content_filter") return "refusal";
  if (reason === "length") return "length";
  return reason !== undefined || ended ? "stop" : "truncated";
}
