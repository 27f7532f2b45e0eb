import { createHash } from "node:crypto";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import type { PatchSet } from "../../../language-server/engine/patch/types";
import { type Cancel, Cancelled, type Hash, type Model, type ModelEvent, type ModelMessage, type ModelRequest } from "../../../language-server/engine/ports";
import { explain } from "../../../language-server/engine/review/explain/explain";
import type { ExplainEvent, ExplainPorts, ExplainRequest } from "../../../language-server/engine/review/explain/types";
import { createCancel } from "../../support/endpoint/client";
import { memoryCache } from "../../support/memory-cache";

export const samplePatch = [
  "From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001",
  "From: Alice Example <alice@example.com>",
  "Date: Thu, 15 Jan 2026 12:00:00 +0000",
  "Subject: [PATCH 2/3] demo: check the length before the copy",
  "",
  "The device may report a length beyond the buffer. Check it first.",
  "",
  'Fixes: 2222222222222222222222222222222222222222 ("demo: add the copy")',
  "Signed-off-by: Alice Example <alice@example.com>",
  "---",
  " drivers/demo/demo.c | 6 ++++--",
  " 1 file changed, 4 insertions(+), 2 deletions(-)",
  "",
  "diff --git a/drivers/demo/demo.c b/drivers/demo/demo.c",
  "index 3333333..4444444 100644",
  "--- a/drivers/demo/demo.c",
  "+++ b/drivers/demo/demo.c",
  "@@ -10,5 +10,7 @@ static int demo_copy(struct demo *demo, size_t len)",
  " \tstruct demo_buffer *buffer = demo->buffer;",
  " ",
  "-\tmemcpy(buffer->data, demo->window, len);",
  "+\tif (len > DEMO_BUFFER_SIZE)",
  "+\t\treturn -EOVERFLOW;",
  "+\tmemcpy(buffer->data, demo->window, len);",
  " \tbuffer->used = len;",
  " \treturn 0;",
  "@@ -40,4 +42,4 @@ static void demo_stop(struct demo *demo)",
  " \tdemo->running = false;",
  "-\tdel_timer(&demo->timer);",
  "+\tdel_timer_sync(&demo->timer);",
  " \treturn 0;",
  " }",
  "-- ",
  "2.39.5",
  "",
].join("\n");

export function parse(text: string): PatchSet {
  return parsePatchSet(new TextEncoder().encode(text), nodeDecode).value;
}

export const nodeHash: Hash = {
  sha256: (data) => createHash("sha256").update(data).digest("hex"),
  sha1: (data) => createHash("sha1").update(data).digest("hex"),
};

export interface Statementish {
  readonly section?: string;
  readonly text?: string;
  readonly evidence?: readonly { readonly path?: string; readonly side: string; readonly quote: string; readonly line?: number | string }[];
}

/** A model that answers each turn with the next of these texts, in pieces of `size`; the last is said again and again. */
export function modelSaying(answers: readonly (string | ((messages: readonly ModelMessage[]) => string) | Error)[], options: { readonly size?: number; readonly done?: Partial<Extract<ModelEvent, { type: "done" }>>; readonly contextTokens?: number } = {}): Model & { readonly requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  return {
    requests,
    describe: () => ({ id: "local", model: "scripted", key: "key", contextTokens: options.contextTokens ?? 32768, maxOutputTokens: 1024 }),
    preview: () => Promise.reject(new Error("not asked")),
    async *stream(request, cancel: Cancel) {
      requests.push(request);
      await Promise.resolve();
      const answer = answers[Math.min(requests.length, answers.length) - 1] ?? "";
      if (answer instanceof Error) throw answer;
      const text = typeof answer === "string" ? answer : answer(request.messages);
      const size = options.size ?? 7;
      for (let i = 0; i < text.length; i += size) {
        if (cancel.cancelled) throw new Cancelled();
        yield { type: "text", text: text.slice(i, i + size) };
      }
      yield { type: "done", finish: "stop", usage: { promptTokens: 900, completionTokens: 90 }, warnings: [], ...options.done };
    },
  };
}

export function answerOf(...statements: readonly Statementish[]): string {
  return JSON.stringify({ statements });
}

export function statement(quote: string, more: { readonly section?: string; readonly text?: string; readonly path?: string; readonly side?: string; readonly line?: number } = {}): Statementish {
  return { section: more.section ?? "what", text: more.text ?? `About ${quote.slice(0, 20)}.`, evidence: [{ path: more.path ?? "drivers/demo/demo.c", side: more.side ?? "new", quote, ...(more.line === undefined ? {} : { line: more.line }) }] };
}

export async function eventsOf(model: Model, request: Partial<ExplainRequest> & { readonly patch?: string } = {}, ports: Partial<ExplainPorts> = {}, cancel: Cancel = createCancel(), onEvent: (event: ExplainEvent) => void = () => undefined): Promise<readonly ExplainEvent[]> {
  const { patch, ...rest } = request;
  const full: ExplainRequest = { set: parse(patch ?? samplePatch), target: { kind: "patch", patch: 0 }, locale: "en", findings: [], say: (message) => message.id, ...rest };
  const events: ExplainEvent[] = [];
  for await (const event of explain(full, { model, decode: nodeDecode, hash: nodeHash, random: { hex: (bytes) => "a7".repeat(bytes) }, cache: memoryCache(), ...ports }, cancel)) {
    events.push(event);
    onEvent(event);
  }
  return events;
}

/** Events as one line each. */
export function lines(events: readonly ExplainEvent[]): readonly string[] {
  return events.map((event) => {
    switch (event.type) {
      case "facts":
        return `facts ${event.facts.length}`;
      case "none":
        return "none";
      case "start":
        return `start ${event.endpoint.id}${event.fromCache ? " from cache" : ""}`;
      case "statement":
        return `${event.statement.section}: ${event.statement.text} ← ${event.statement.evidence.map((place) => `${place.path}:${place.side}:${place.line} ${place.quote}`).join(" | ")}`;
      case "dropped":
        return `dropped ${event.count}`;
      case "waiting":
        return `waiting ${event.ms}`;
      case "warning":
        return `warning ${event.message.id}`;
      case "done":
        return `done ${event.outcome}`;
      case "error":
        return `error ${event.code}`;
    }
  });
}
