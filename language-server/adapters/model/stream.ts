import type { ModelEvent, ModelFinish, ModelRequest, ModelWarning } from "../../engine/ports";
import { createAccumulator, finishOf, type Accumulator } from "./accumulate";
import { envelopeSchema, usageOnlySchema, type Envelope } from "./envelope";
import { badEnvelope, bodyFailure, errorWords, oneLine, parseJson } from "./errors";
import { emptyBody } from "./features";
import { createEventReader, createLineSplitter, LineTooLong } from "./sse";
import { createThinkFilter, type ThinkFilter } from "./think";
import type { Reply } from "./transport";

const maxLine = 4 * 1024 * 1024;
const maxBody = 8 * 1024 * 1024;

/** An answer as it was read from one reply. */
export interface Read {
  readonly accumulator: Accumulator;
  /** Reasoning of both kinds: in fields of its own, and taken out of the text. */
  readonly reasoning: string;
  readonly finish: ModelFinish;
  readonly warnings: readonly ModelWarning[];
}

/** A piece of the answer's raw text, or the end of the stream. */
type Piece = { readonly text: string } | { readonly ended: boolean };

function parseEnvelope(text: string, midStream: boolean): Envelope | undefined {
  const body = parseJson(text);
  if (body === undefined) throw badEnvelope(`not JSON: ${oneLine(text).slice(0, 120)}`);
  const words = errorWords(body);
  if (words !== undefined) throw bodyFailure(words, midStream);
  const parsed = envelopeSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  // A last chunk with the usage alone has no choices with some servers.
  const usage = usageOnlySchema.safeParse(body);
  if (usage.success) return { choices: [], usage: usage.data.usage };
  if (typeof body === "object" && body !== null && !("choices" in body) && midStream) return undefined;
  throw badEnvelope(`not an answer: ${oneLine(parsed.error.issues[0]?.message ?? text).slice(0, 120)}`);
}

/** Whole body in one piece: a server that does not stream, or one that answers with something else. */
async function* readWhole(start: string, rest: AsyncIterable<string>, accumulator: Accumulator): AsyncGenerator<Piece> {
  let body = start;
  for await (const line of rest) {
    body += `${line}\n`;
    if (body.length > maxBody) throw badEnvelope("the reply is too long");
  }
  if (/^\s*</u.test(body)) throw badEnvelope(`a web page instead of an answer: ${oneLine(body).slice(0, 120)}`);
  const envelope = parseEnvelope(body, false);
  if (envelope !== undefined) yield { text: accumulator.add(envelope) };
  yield { ended: true };
}

async function* linesOf(reply: Reply): AsyncGenerator<string> {
  const splitter = createLineSplitter(maxLine);
  try {
    for (let bytes = await reply.read(); bytes !== undefined; bytes = await reply.read()) yield* splitter.push(bytes);
    yield* splitter.end();
  } catch (error) {
    if (error instanceof LineTooLong) throw badEnvelope(error.message);
    throw error;
  }
}

const eventLine = /^(?:data|event|id|retry):|^:/u;

/** Reads chunks whatever the content type says: the first line that is not blank tells what the body is. */
async function* readPieces(reply: Reply, accumulator: Accumulator): AsyncGenerator<Piece> {
  const lines = linesOf(reply);
  const events = createEventReader();
  let seen = false;
  for await (const line of lines) {
    if (!seen) {
      if (line.trim() === "") continue;
      if (!eventLine.test(line)) {
        yield* readWhole(`${line}\n`, lines, accumulator);
        return;
      }
      seen = true;
    }
    const data = events.line(line);
    if (data === undefined || data === "") continue;
    if (data.startsWith("[DONE]")) {
      yield { ended: true };
      return;
    }
    const envelope = parseEnvelope(data, true);
    if (envelope !== undefined) yield { text: accumulator.add(envelope) };
  }
  const last = events.end();
  if (!seen) throw badEnvelope(emptyBody);
  // A last event without its blank line may be whole, or cut off in the middle of the JSON.
  if (last !== undefined && last !== "" && !last.startsWith("[DONE]") && parseJson(last) !== undefined) {
    const envelope = parseEnvelope(last, true);
    if (envelope !== undefined) yield { text: accumulator.add(envelope) };
  }
  yield { ended: last?.startsWith("[DONE]") ?? false };
}

/** The largest JSON object in a text; servers put a JSON answer among the reasoning at times. */
function jsonIn(text: string): string {
  let best = "";
  for (let start = text.indexOf("{"); start >= 0; start = text.indexOf("{", start + Math.max(1, best.length))) {
    for (let end = text.lastIndexOf("}"); end > start; end = text.lastIndexOf("}", end - 1)) {
      const candidate = text.slice(start, end + 1);
      if (candidate.length <= best.length) break;
      if (parseJson(candidate) !== undefined) best = candidate;
      if (text.length > 20_000) break;
    }
  }
  return best;
}

function misplacedAnswer(request: ModelRequest, accumulator: Accumulator, filter: ThinkFilter): string {
  return request.schema === undefined ? "" : jsonIn(accumulator.reasoning + filter.reasoning);
}

/** Streams the answer's text, reasoning taken out, and returns how it ended. `limit`: characters after which it is cut. */
export async function* readAnswer(reply: Reply, request: ModelRequest, limit: number): AsyncGenerator<ModelEvent, Read> {
  const accumulator = createAccumulator();
  const filter = createThinkFilter(request.schema !== undefined);
  const warnings: ModelWarning[] = [];
  let ended = false;
  let any = false;
  let answered = false;
  for await (const piece of readPieces(reply, accumulator)) {
    if ("ended" in piece) {
      ended = piece.ended;
      break;
    }
    any = true;
    const text = filter.push(piece.text);
    if (text !== "") {
      answered = true;
      yield { type: "text", text };
    }
    if (accumulator.size > limit) {
      warnings.push({ code: "too-long", detail: String(limit) });
      break;
    }
  }
  let rest = filter.end();
  if (!answered && rest.trim() === "") rest = misplacedAnswer(request, accumulator, filter);
  if (rest !== "") yield { type: "text", text: rest };
  answered ||= rest.trim() !== "";
  const finish = warnings.length > 0 ? "length" : finishOf(accumulator, ended);
  if (!any && finish === "truncated") throw badEnvelope(closedEarly);
  if (!answered && finish === "stop") warnings.push({ code: "empty-answer", detail: "" });
  if (accumulator.toolCalls.length > 0) warnings.push({ code: "unasked-tool-call", detail: accumulator.toolCalls.map((call) => call.name).join(", ") });
  return { accumulator, reasoning: accumulator.reasoning + filter.reasoning, finish, warnings };
}

/** What a stream without a single chunk is called. */
export const closedEarly = "the endpoint closed the connection before it answered";
