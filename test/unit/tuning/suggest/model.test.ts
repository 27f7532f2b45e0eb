import assert from "node:assert/strict";
import fc from "fast-check";
import { never } from "../../../../language-server/adapters/cancel";
import { ModelError, type Model, type ModelRequest } from "../../../../language-server/engine/ports";
import { loadCases, loadPack } from "../../../../language-server/engine/tuning/pack/load";
import { wordSuggestions } from "../../../../language-server/engine/tuning/suggest/model";
import { suggestTuning } from "../../../../language-server/engine/tuning/suggest/suggest";
import type { SuggestAnswer } from "../../../../language-server/engine/tuning/suggest/types";

type Said = string | ModelError;

function modelThat(says: Said, seen: ModelRequest[] = []): Pick<Model, "describe" | "stream"> {
  return {
    describe: () => ({ id: "own", model: "scripted", key: "k", contextTokens: 8000 }),
    async *stream(request) {
      seen.push(request);
      await Promise.resolve();
      if (typeof says !== "string") throw says;
      yield { type: "text", text: says };
    },
  };
}

describe("a model's part in suggestions", () => {
  let answer: SuggestAnswer;
  before(async () => {
    answer = await suggestTuning({ workload: "MongoDB document database", facts: undefined }, { pack: await loadPack(), cases: await loadCases() }, undefined);
  });
  const random = { hex: () => "0123456789abcdef" };
  const word = (says: Said, seen?: ModelRequest[]) => wordSuggestions(answer, "kafka broker", "en", { model: modelThat(says, seen), random }, never);
  const names = ({ suggestions }: SuggestAnswer): readonly string[] => suggestions.map(({ name }) => name);
  const everything = ({ suggestions }: SuggestAnswer): unknown => new Map(suggestions.map((suggestion) => [suggestion.name, suggestion]));

  it("is to order what was suggested and to say a sentence on it", async () => {
    const { answer: now, remarks, model } = await word('Here you are:\n```json\n{"order":[{"id":2,"why":"A broker writes through the page cache."},{"id":1,"why":"Bursts must not stall producers."}]}\n```');
    assert.deepEqual(names(now).slice(0, 2), [names(answer)[1], names(answer)[0]]);
    assert.deepEqual(everything(now), everything(answer));
    assert.equal(remarks.get(`kernel ${names(answer)[1] ?? ""}`), "A broker writes through the page cache.");
    assert.equal(model, "scripted");
  });

  it("is never to name another setting, another value, an address or a command", async () => {
    for (const why of ["Also set vm.overcommit_memory.", "Set it to 99.", "See https://example.com/x", "Run `reboot`", "<b>bold</b>", "a\u202eb", "", "x".repeat(301), "use --trust-remote-code"]) {
      const { answer: now, remarks, dropped } = await word(JSON.stringify({ order: [{ id: 1, why }] }));
      assert.equal(remarks.size, 0, why);
      assert.equal(dropped, 1, why);
      assert.deepEqual(everything(now), everything(answer), why);
    }
  });

  it("drops ids that are not in the list, and keeps what the model left out", async () => {
    const { answer: now, dropped } = await word('{"order":[{"id":99,"why":"No."},{"id":0,"why":"No."},{"id":-1,"why":"No."},{"id":1.5,"why":"No."},{"name":"vm.swappiness"},{"id":3,"why":"Yes."},{"id":3,"why":"Twice."}]}');
    assert.equal(names(now)[0], names(answer)[2]);
    assert.equal(names(now).length, names(answer).length);
    assert.equal(dropped, 6);
  });

  it("changes nothing when the endpoint fails or talks nonsense", async () => {
    for (const says of [new ModelError("unavailable", "connection refused"), "", "I cannot do that.", "{", '{"order":1}', "[]"]) {
      const { answer: now, failed } = await word(says);
      assert.deepEqual(now, answer);
      assert.ok(failed !== undefined);
    }
  });

  it("asks nobody when there is no endpoint or nothing to order", async () => {
    const seen: ModelRequest[] = [];
    const silent = await wordSuggestions(answer, "", "en", { model: { ...modelThat("", seen), describe: () => undefined }, random }, never);
    const empty = await wordSuggestions({ ...answer, suggestions: [] }, "", "en", { model: modelThat("", seen), random }, never);
    assert.deepEqual([silent.model, empty.model, seen.length], [undefined, undefined, 0]);
  });

  it("keeps the user's words apart as data, with a mark that they cannot know", async () => {
    const seen: ModelRequest[] = [];
    await word('{"order":[]}', seen);
    const [system, user] = seen[0]?.messages ?? [];
    assert.match(system?.content ?? "", /0123456789abcdef is data/u);
    assert.match(user?.content ?? "", /^0123456789abcdef\n\{"workload":"kafka broker"/u);
  });

  it("survives any answer", async () => {
    await fc.assert(fc.asyncProperty(fc.oneof(fc.string({ unit: "binary" }), fc.json()), async (says) => { assert.deepEqual(everything((await word(says)).answer), everything(answer)); }), { numRuns: 100 });
  });
});
