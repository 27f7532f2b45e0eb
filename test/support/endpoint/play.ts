import type { ServerResponse } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { computeAnswer, probeWord, type ChatRequest } from "./answer";
import type { Reply, Script } from "./script";
import { countTokens, modelName } from "./server";

type Json = Readonly<Record<string, unknown>>;

const thoughts = "The user wants JSON. I look at the hunk { and think about it.";

function usageOf(request: ChatRequest, reply: Reply, answer: string): Json | undefined {
  const usage = reply.usage ?? "real";
  if (usage === "none") return undefined;
  const real = countTokens(request);
  const prompt = usage === "real" ? real : Math.min(real, usage.cut);
  const completion = Math.ceil(answer.length / 4);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

/** Deltas of an answer, in order. */
function deltasOf(request: ChatRequest, reply: Reply, script: Script, answer: string): readonly Json[] {
  const deltas: Json[] = [];
  if (reply.role !== false) deltas.push({ role: "assistant", content: "" });
  if (reply.refusal === true) return [...deltas, { refusal: "I can't help with that." }];
  const style = reply.toolCalls ?? (script.tools === true && request.tools !== undefined ? "indexed" : undefined);
  if (style !== undefined) {
    const args = JSON.stringify({ word: probeWord(request) });
    const index = style === "indexed" ? { index: 0 } : {};
    deltas.push({ tool_calls: [{ ...index, id: "call_1", type: "function", function: { name: "say", arguments: "" } }] });
    for (const piece of [args.slice(0, 5), args.slice(5)]) deltas.push({ tool_calls: [{ ...index, function: { arguments: piece } }] });
    if (request.tools !== undefined) return deltas;
  }
  let text = answer;
  if (reply.thinking === "reasoning" || reply.thinking === "reasoning_content") deltas.push({ [reply.thinking]: thoughts, content: null });
  else if (reply.thinking === "tags") text = `<think>\n${thoughts}\n</think>\n\n${answer}`;
  else if (reply.thinking === "bare") text = `${thoughts}\n</think>\n\n${answer}`;
  const channel = reply.channel ?? "content";
  const size = reply.chunkChars ?? 24;
  for (let i = 0; i < text.length; i += size) {
    const piece = text.slice(i, i + size);
    deltas.push(channel === "content" ? { content: piece } : { [channel]: piece, content: null });
  }
  return deltas;
}

const head = (more: Json): string => `data: ${JSON.stringify({ id: "chatcmpl-1", object: "chat.completion.chunk", created: 1, model: modelName, ...more })}\n\n`;

/** Breaks off as the script says; true when the reply is over. */
async function breakOff(reply: Reply, response: ServerResponse): Promise<boolean> {
  switch (reply.fault) {
    case "reset":
      response.socket?.resetAndDestroy();
      return true;
    case "close":
      response.end();
      return true;
    case "truncate":
      response.end('data: {"choices":[{"delta":{"content":"');
      return true;
    case "stall":
    case "hang":
      await new Promise((resolve) => response.once("close", resolve));
      return true;
    case "error":
      response.write(`data: ${JSON.stringify({ error: { message: "EngineCore encountered an issue", type: "InternalServerError", code: 500 } })}\n\n`);
      response.end();
      return true;
    case "endless":
      while (!response.destroyed) {
        if (!response.write(head({ choices: [{ index: 0, delta: { content: " ".repeat(2000) } }] }))) await Promise.race([new Promise((resolve) => response.once("drain", resolve)), new Promise((resolve) => response.once("close", resolve))]);
        await delay(0);
      }
      return true;
    default:
      return false;
  }
}

async function stream(request: ChatRequest, reply: Reply, script: Script, response: ServerResponse, answer: string): Promise<void> {
  response.writeHead(reply.status ?? 200, { "content-type": reply.contentType ?? "text/event-stream", ...reply.headers });
  response.flushHeaders();
  for (let i = 0; i < (reply.keepAlives ?? 0); i++) response.write(i % 2 === 0 ? ": keep-alive\n\n" : "\n");
  if (reply.firstTokenMs !== undefined) await delay(reply.firstTokenMs);
  let count = 0;
  for (const delta of deltasOf(request, reply, script, answer)) {
    if (reply.fault !== undefined && count >= (reply.after ?? 0) && (await breakOff(reply, response))) return;
    if (response.destroyed) return;
    response.write(head({ choices: [{ index: 0, delta, finish_reason: null }] }));
    if (reply.chunkMs !== undefined) await delay(reply.chunkMs);
    count++;
  }
  if (reply.fault !== undefined && (await breakOff(reply, response))) return;
  const finish = reply.finish ?? "stop";
  if (finish !== "none") response.write(head({ choices: [{ index: 0, delta: {}, finish_reason: finish }] }));
  const usage = usageOf(request, reply, answer);
  if (usage !== undefined && request.stream_options !== undefined) response.write(head({ choices: [], usage }));
  if (reply.done !== false) response.write("data: [DONE]\n\n");
  response.end();
}

function complete(request: ChatRequest, reply: Reply, response: ServerResponse, answer: string): void {
  const channel = reply.channel ?? "content";
  const message = { role: "assistant", content: null, [channel]: answer };
  const body = { id: "chatcmpl-1", object: "chat.completion", created: 1, model: modelName, choices: [{ index: 0, message, finish_reason: reply.finish ?? "stop" }], usage: usageOf(request, reply, answer) };
  response.writeHead(200, { "content-type": "application/json", ...reply.headers }).end(JSON.stringify(body));
}

/** Plays one reply of a script. */
export async function playReply(request: ChatRequest, reply: Reply, script: Script, response: ServerResponse): Promise<void> {
  if (reply.fault === "reset-at-once") {
    response.socket?.resetAndDestroy();
    return;
  }
  if (reply.fault === "hang" && reply.after === undefined) {
    await new Promise((resolve) => response.once("close", resolve));
    return;
  }
  if (reply.body !== undefined || (reply.status ?? 200) >= 300) {
    response.writeHead(reply.status ?? 200, { "content-type": reply.contentType ?? "application/json", ...reply.headers }).end(reply.body ?? "");
    return;
  }
  const answer = computeAnswer(request, reply.answer ?? {});
  if (request.stream === true && reply.whole !== true) await stream(request, reply, script, response, answer);
  else complete(request, reply, response, answer);
}
