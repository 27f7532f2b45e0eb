import assert from "node:assert/strict";
import fc from "fast-check";
import { createEventReader, createLineSplitter, LineTooLong } from "../../../language-server/adapters/model/sse";
import { createThinkFilter } from "../../../language-server/adapters/model/think";
import { backoffMs, retryAfterMs } from "../../../language-server/adapters/model/backoff";
import { readModelSettings } from "../../../language-server/protocol/model-settings";

function filtered(text: string, json: boolean, size = text.length || 1): { readonly answer: string; readonly reasoning: string; readonly pieces: number } {
  const filter = createThinkFilter(json);
  const pieces: string[] = [];
  for (let i = 0; i < text.length; i += size) pieces.push(filter.push(text.slice(i, i + size)));
  pieces.push(filter.end());
  return { answer: pieces.join(""), reasoning: filter.reasoning.trim(), pieces: pieces.filter((piece) => piece !== "").length };
}

describe("reasoning in the text of an answer", () => {
  const json = '{"statements":[{"text":"a </think> in a quote"}]}';
  const cases: readonly (readonly [string, boolean, string, string])[] = [
    [`<think>hm { "x" }</think>\n\n${json}`, true, json, 'hm { "x" }'],
    [`hm, let me see\n</think>\n${json}`, true, json, "hm, let me see"],
    [json, true, json, ""],
    ["<think>a</think><think>b</think>yes", false, "yes", "ab"],
    ["plain words", false, "plain words", ""],
    ["<think>never ends", false, "", "never ends"],
    ["", true, "", ""],
  ];
  for (const [text, expectJson, answer, reasoning] of cases) {
    it(`is taken out of ${JSON.stringify(text.slice(0, 40))}, however it is cut`, () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: Math.max(1, text.length) }), (size) => {
          const result = filtered(text, expectJson, size);
          assert.equal(result.answer, answer);
          assert.equal(result.reasoning, reasoning);
        }),
      );
    });
  }

  it("once it is over, words pass as they come", () => {
    const filter = createThinkFilter(false);
    filter.push("<think>hm</think>");
    assert.equal(filter.push("yes, "), "yes, ");
    assert.equal(filter.push("at once"), "at once");
  });
});

describe("lines of an event stream", () => {
  it("are the same however the bytes are cut, with LF, CRLF, CR and characters of several bytes", () => {
    const bytes = new TextEncoder().encode("data: 一\r\ndata: two\n: note\rdata: 三\n\n");
    fc.assert(
      fc.property(fc.integer({ min: 1, max: bytes.length }), (size) => {
        const splitter = createLineSplitter(100);
        const lines: string[] = [];
        for (let i = 0; i < bytes.length; i += size) lines.push(...splitter.push(bytes.slice(i, i + size)));
        lines.push(...splitter.end());
        assert.deepEqual(lines.slice(0, 5), ["data: 一", "data: two", ": note", "data: 三", ""]);
      }),
    );
  });

  it("that never end are refused", () => {
    const splitter = createLineSplitter(10);
    assert.throws(() => splitter.push(new TextEncoder().encode("x".repeat(11))), LineTooLong);
  });

  it("of one event are joined; an object is an event even without the blank line", () => {
    const reader = createEventReader();
    assert.equal(reader.line('data: {"a":'), undefined);
    assert.equal(reader.line("data: 1}"), undefined);
    assert.equal(reader.line(""), '{"a":\n1}');
    assert.equal(reader.line('data:{"b":2}'), '{"b":2}');
    assert.equal(reader.line("data: [DONE]"), "[DONE]");
    assert.equal(reader.end(), undefined);
  });
});

describe("pauses between tries", () => {
  it("are what Retry-After says, in seconds or as a date", () => {
    const now = Date.UTC(2026, 0, 15, 12);
    assert.equal(retryAfterMs("120", now), 120_000);
    assert.equal(retryAfterMs("0.5", now), 500);
    assert.equal(retryAfterMs("Thu, 15 Jan 2026 12:00:30 GMT", now), 30_000);
    assert.equal(retryAfterMs("Thu, 15 Jan 2026 11:00:00 GMT", now), 0);
    for (const value of [null, "", "soon", "-3"]) assert.equal(retryAfterMs(value, now), undefined);
  });

  it("double, with at most half of it as jitter", () => {
    assert.deepEqual([0, 1, 2].map((attempt) => backoffMs(attempt, { hex: () => "0000" })), [1000, 2000, 4000]);
    assert.deepEqual([0, 1, 2].map((attempt) => backoffMs(attempt, { hex: () => "ffff" })), [1500, 3000, 6000]);
  });
});

describe("the settings of models", () => {
  it("keep the good entries and tell what is wrong with the others", () => {
    const { value, problems } = readModelSettings({
      models: [{ id: "a", baseUrl: "http://a.example.org/v1", model: "m" }, { id: "b", baseUrl: "ftp://b.example.org", model: "m" }, { id: "a", baseUrl: "http://c.example.org/v1", model: "m" }, 7],
      roles: { explain: 3 },
      budget: { perPatch: -1 },
      httpNoProxy: "not a list",
    });
    assert.deepEqual(value.models.map((entry) => [entry.id, entry.timeoutMs, entry.keyHeader]), [["a", 120_000, "Authorization"]]);
    assert.deepEqual(value.roles, {});
    assert.equal(value.budget.perPatch, 200_000);
    assert.deepEqual(problems.map((problem) => problem.path), ["models.1.baseUrl", "models.2.id", "models.3", "roles.explain", "budget.perPatch"]);
    assert.deepEqual(readModelSettings({ models: "none" }).problems.map((problem) => problem.path), ["models"]);
    assert.deepEqual(readModelSettings({}).problems, []);
  });
});
