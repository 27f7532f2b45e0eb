import assert from "node:assert/strict";
import { type Cancel, Cancelled, ModelError, type ModelRequest } from "../../../language-server/engine/ports";
import { explainMessages } from "../../../language-server/engine/review/explain/messages";
import type { ExplainEvent } from "../../../language-server/engine/review/explain/types";
import { render } from "../../../language-server/engine/text/message";
import { createCancel } from "../../support/endpoint/client";
import { memoryCache } from "../../support/memory-cache";
import { answerOf, eventsOf, lines, modelSaying, samplePatch, statement } from "./fixture";

const checkLine = "if (len > DEMO_BUFFER_SIZE)";

function rendered(events: readonly ExplainEvent[], locale: "en" | "zh-cn"): readonly string[] {
  return events.flatMap((event) => (event.type === "facts" ? event.facts.map((fact) => render(fact.message, explainMessages, locale)) : []));
}

describe("an explanation", () => {
  it("begins with what is known without a model", async () => {
    const events = await eventsOf(modelSaying([answerOf(statement(checkLine))]));
    assert.deepEqual(rendered(events, "en"), [
      "demo: check the length before the copy (patch 2 of 3, v1)",
      "By Alice Example <alice@example.com>, Thu, 15 Jan 2026 12:00:00 +0000",
      'Fixes 2222222222222222222222222222222222222222 ("demo: add the copy")',
      "drivers/demo/demo.c: +4 −2",
    ]);
    assert.match(rendered(events, "zh-cn")[0]!, /第 2\/3 个补丁/);
  });

  it("without an endpoint is the facts alone", async () => {
    const model = { ...modelSaying([]), describe: () => undefined };
    assert.deepEqual(lines(await eventsOf(model)), ["facts 4", "none"]);
  });

  it("shows a statement with the document line of its quote", async () => {
    const events = await eventsOf(modelSaying([answerOf(statement(checkLine, { text: "It refuses long input." }))]));
    assert.deepEqual(lines(events), ["facts 4", "start local", "what: It refuses long input. ← drivers/demo/demo.c:new:22 if (len > DEMO_BUFFER_SIZE)", "done complete"]);
  });

  it("tells a statement before the answer has ended", async () => {
    const order: string[] = [];
    const model = modelSaying([answerOf(statement(checkLine), statement("del_timer_sync(&demo->timer);"))]);
    const watched = {
      ...model,
      async *stream(request: ModelRequest, cancel: Cancel) {
        for await (const event of model.stream(request, cancel)) {
          if (event.type === "done") order.push("the end");
          yield event;
        }
      },
    };
    await eventsOf(watched, {}, {}, createCancel(), (event) => order.push(event.type));
    assert.deepEqual(order, ["facts", "start", "statement", "statement", "the end", "done"]);
  });

  it("never shows a statement whose quote is not there, tries once more, and counts it", async () => {
    const model = modelSaying([answerOf(statement(checkLine), statement("kfree(demo->window);", { text: "It frees." })), answerOf(statement("kfree(demo->window);", { text: "It frees." }))]);
    assert.deepEqual(lines(await eventsOf(model)).slice(2), ["what: About if (len > DEMO_BUFFE. ← drivers/demo/demo.c:new:22 if (len > DEMO_BUFFER_SIZE)", "dropped 1", "dropped 1", "done complete"]);
    assert.equal(model.requests.length, 2);
    assert.match(model.requests[1]!.messages.at(-1)!.content, /not found/);
  });

  it("shows what the second try has put right, and says it once", async () => {
    const first = statement(checkLine, { text: "It checks." });
    const model = modelSaying([answerOf(first, statement("timer gone", { text: "It waits." })), answerOf(first, statement("del_timer_sync(&demo->timer);", { text: "It waits." }))]);
    assert.deepEqual(lines(await eventsOf(model)).slice(2), ["what: It checks. ← drivers/demo/demo.c:new:22 if (len > DEMO_BUFFER_SIZE)", "dropped 1", "what: It waits. ← drivers/demo/demo.c:new:30 del_timer_sync(&demo->timer);", "dropped 0", "done complete"]);
  });

  it("asks for JSON at most twice more, then says that there is no answer", async () => {
    const model = modelSaying(["I would rather write an essay."]);
    const events = await eventsOf(model);
    assert.deepEqual(lines(events).slice(1), ["start local", "done no-answer"]);
    assert.equal(model.requests.length, 3);
    const again = modelSaying(["An essay.", answerOf(statement(checkLine))]);
    assert.equal(lines(await eventsOf(again)).at(-1), "done complete");
    assert.equal(again.requests.length, 2);
  });

  it("says when the output limit, a refusal or a broken stream cut it short, and keeps nothing of it", async () => {
    for (const [finish, outcome] of [["length", "length"], ["refusal", "refusal"], ["truncated", "truncated"]] as const) {
      const cache = memoryCache();
      const text = answerOf(statement(checkLine), statement("del_timer_sync(&demo->timer);"));
      const events = await eventsOf(modelSaying([text.slice(0, -60)], { done: { finish } }), {}, { cache });
      assert.equal(lines(events).at(-1), `done ${outcome}`);
      assert.equal(lines(events).filter((line) => line.startsWith("what")).length, 1, "the complete statement is shown");
      assert.equal(cache.entries.size, 0);
    }
  });

  it("an error of the endpoint is an event; what was shown stays", async () => {
    const events = await eventsOf(modelSaying([new ModelError("rate-limited", "slow down", 429)]));
    assert.deepEqual(lines(events).slice(1), ["start local", "error rate-limited"]);
    const repairFails = await eventsOf(modelSaying([answerOf(statement(checkLine), statement("nowhere to be found")), new ModelError("timeout", "silent")]));
    assert.deepEqual(lines(repairFails).slice(-4), ["dropped 1", "warning explain.warning.repair", "dropped 1", "done complete"]);
  });

  it("every code of a model error has words and advice in both languages", () => {
    for (const code of ["not-configured", "no-key", "unauthorized", "not-found", "bad-request", "too-large", "context-exceeded", "rate-limited", "payment", "unavailable", "timeout", "tls", "bad-envelope", "stream-error", "budget"]) {
      for (const id of [`explain.error.${code}`, `explain.advice.${code}`]) for (const locale of ["en", "zh-cn"] as const) assert.notEqual(render({ id }, explainMessages, locale), id);
    }
  });

  it("a cancel ends it with Cancelled", async () => {
    const cancel = createCancel();
    const model = modelSaying([answerOf(statement(checkLine))]);
    const inner = model.stream.bind(model);
    const pulling = {
      ...model,
      async *stream(...args: Parameters<typeof inner>) {
        for await (const event of inner(...args)) {
          cancel.cancel();
          yield event;
        }
      },
    };
    await assert.rejects(eventsOf(pulling, {}, {}, cancel), Cancelled);
  });

  it("of a place without a patch says so", async () => {
    assert.deepEqual(lines(await eventsOf(modelSaying([]), { target: { kind: "patch", patch: 7 } })), ["error no-target"]);
    assert.deepEqual(lines(await eventsOf(modelSaying([]), { target: { kind: "hunk", patch: 0, file: 0, hunk: 9 } })), ["error no-target"]);
    assert.deepEqual(lines(await eventsOf(modelSaying([]), { patch: "" })), ["error no-target"]);
  });
});

describe("the kept answer", () => {
  const answer = answerOf(statement(checkLine, { text: "It checks." }));

  it("is shown again without asking, wherever the patch stands in the document", async () => {
    const cache = memoryCache();
    const model = modelSaying([answer]);
    await eventsOf(model, {}, { cache });
    const moved = await eventsOf(model, { patch: `${samplePatch.replace(/2\/3/, "1/3").replace("check the length", "look at the length")}\n${samplePatch}`, target: { kind: "patch", patch: 1 } }, { cache });
    assert.deepEqual(lines(moved).slice(1, 3).map((line) => line.replace(/new:\d+/, "new:n")), ["start local from cache", "what: It checks. ← drivers/demo/demo.c:new:n if (len > DEMO_BUFFER_SIZE)"]);
    assert.equal(model.requests.length, 1);
  });

  it("is not used for another text, language, target, or when asked again", async () => {
    const cache = memoryCache();
    const model = modelSaying([answer]);
    await eventsOf(model, {}, { cache });
    await eventsOf(model, { patch: samplePatch.replace("EOVERFLOW", "EINVAL") }, { cache });
    await eventsOf(model, { locale: "zh-cn" }, { cache });
    await eventsOf(model, { target: { kind: "hunk", patch: 0, file: 0, hunk: 0 } }, { cache });
    await eventsOf(model, { again: true }, { cache });
    assert.equal(model.requests.length, 5);
  });

  it("that somebody has changed on disk is verified like any other", async () => {
    const cache = memoryCache();
    await eventsOf(modelSaying([answer]), {}, { cache });
    const [key, value] = [...cache.entries][0]!;
    cache.entries.set(key, value.replace(checkLine, "call_home(everything);"));
    assert.deepEqual(lines(await eventsOf(modelSaying([answer]), {}, { cache })).slice(1), ["start local from cache", "dropped 1", "done complete"]);
    cache.entries.set(key, "{ not JSON");
    assert.equal(lines(await eventsOf(modelSaying([answer]), {}, { cache }))[1], "start local");
  });
});
