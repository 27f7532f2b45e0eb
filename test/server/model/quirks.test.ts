import assert from "node:assert/strict";
import { explainRequest, modelOn, outcomeOf, samplePrompt, type Outcome, type TestModel } from "../../support/endpoint/client";
import { loadScript } from "../../support/endpoint/script";
import { startEndpoint, type Endpoint } from "../../support/endpoint/server";
import { printMatrix, record } from "./matrix";

interface Row {
  readonly script: string;
  /** `answer`: every quote of the answer stands in the prompt. */
  readonly end: "answer" | "error bad-request" | "error context-exceeded" | "error payment" | "error not-found" | "error unavailable" | "error bad-envelope" | "error stream-error" | "error rate-limited" | "error too-large" | "error timeout" | "truncated" | "length" | "refusal";
  readonly warnings?: readonly string[];
  readonly requests?: number;
  readonly pauses?: number;
  /** In the error's words. */
  readonly detail?: RegExp;
  readonly extra?: string;
  readonly timeoutMs?: number;
  readonly maxOutputTokens?: number;
  readonly model?: string;
}

const rows: readonly Row[] = [
  { script: "plain", end: "answer", requests: 1 },
  { script: "vllm-reasoning", end: "answer", requests: 1 },
  { script: "vllm-reasoning-content", end: "answer", requests: 1 },
  { script: "vllm-json-in-reasoning", end: "answer", requests: 1 },
  { script: "vllm-flat-400", end: "error bad-request", detail: /temperature must be non-negative/ },
  { script: "vllm-no-json-schema", end: "answer", requests: 2, pauses: 0 },
  { script: "sglang-json-in-reasoning", end: "answer", requests: 1 },
  { script: "sglang-grammar", end: "answer", requests: 3, pauses: 0 },
  { script: "ollama-cut", end: "answer", extra: "x".repeat(60_000), warnings: ["prompt-cut"] },
  { script: "llamacpp-context", end: "error context-exceeded", requests: 1, detail: /n_prompt_tokens=9001 n_ctx=4096/ },
  { script: "llamacpp-context-200", end: "error context-exceeded", requests: 1, detail: /n_prompt_tokens=9001 n_ctx=4096/ },
  { script: "llamacpp-grammar", end: "answer", requests: 2, pauses: 0 },
  { script: "deepseek-keep-alive", end: "answer", requests: 1 },
  { script: "deepseek-early-close", end: "answer", requests: 2, pauses: 1 },
  { script: "deepseek-always-closes", end: "error unavailable", requests: 4, pauses: 3, detail: /closed the connection before/ },
  { script: "deepseek-402", end: "error payment", requests: 1, detail: /Insufficient Balance/ },
  { script: "deepseek-422", end: "error bad-request", detail: /temperature/ },
  { script: "mindie-size", end: "error too-large", extra: "x".repeat(4 * 1024 * 1024), requests: 0, detail: /4194304/ },
  { script: "mindie-model", end: "error not-found", model: "another-model", requests: 1, detail: /model name does not exist/ },
  { script: "gateway-stream-only", end: "answer", requests: 1 },
  { script: "gateway-empty", end: "error bad-envelope", requests: 2, detail: /empty/ },
  { script: "gateway-empty-stream", end: "answer", requests: 2 },
  { script: "qwen-think", end: "answer", requests: 1 },
  { script: "qwen-bare-think", end: "answer", requests: 1 },
  { script: "no-role", end: "answer", requests: 1 },
  { script: "tool-calls-no-index", end: "answer", requests: 1, warnings: ["unasked-tool-call"] },
  { script: "stream-options-refused", end: "answer", requests: 2, pauses: 0 },
  { script: "error-200", end: "error bad-request", detail: /worker crashed/ },
  { script: "html-200", end: "error bad-envelope", requests: 1, detail: /web page/ },
  { script: "no-end", end: "truncated", requests: 1 },
  { script: "mid-stream-error", end: "error unavailable", requests: 1, detail: /EngineCore/ },
  { script: "error-first-event", end: "answer", requests: 2, pauses: 1 },
  { script: "retry-after-hour", end: "error rate-limited", requests: 1, pauses: 0 },
  { script: "429-once", end: "answer", requests: 2, pauses: 1 },
  { script: "429-always", end: "error rate-limited", requests: 4, pauses: 3 },
  { script: "502-once", end: "answer", requests: 2, pauses: 1 },
  { script: "503-once", end: "answer", requests: 2, pauses: 1 },
  { script: "504-once", end: "answer", requests: 2, pauses: 1 },
  { script: "500", end: "error unavailable", detail: /CUDA/ },
  { script: "reset-once", end: "answer", requests: 2, pauses: 1 },
  { script: "reset-mid-stream", end: "error stream-error", requests: 1 },
  { script: "slow-first-token", end: "answer", requests: 1 },
  { script: "silent", end: "error timeout", requests: 1, timeoutMs: 150 },
  { script: "stall", end: "error timeout", requests: 1, timeoutMs: 150 },
  { script: "truncated-json", end: "truncated", requests: 1 },
  { script: "wrong-content-type", end: "answer", requests: 1 },
  { script: "json-not-stream", end: "answer", requests: 1 },
  { script: "413", end: "error too-large", requests: 1 },
  { script: "endless", end: "length", requests: 1, maxOutputTokens: 256, warnings: ["too-long"] },
  { script: "length", end: "length", requests: 1 },
  { script: "refusal", end: "refusal", requests: 1 },
  { script: "refused-redirect", end: "error bad-envelope", requests: 1, detail: /redirects/ },
];

/** Every quote stands in the prompt, so the endpoint's words are the ones that were read out of it. */
function assertAnswer(text: string): void {
  const prompt = samplePrompt()
    .map((message) => message.content)
    .join("\n");
  const { statements } = JSON.parse(text) as { statements: { evidence: { quote: string }[] }[] };
  assert.ok(statements.length >= 3, "there are statements");
  for (const statement of statements) for (const { quote } of statement.evidence) assert.ok(prompt.includes(quote), `the prompt has: ${quote}`);
  assert.ok(!text.includes("think"), "no reasoning is left");
}

function summary(outcome: Outcome, test: TestModel, endpoint: Endpoint): string {
  const parts = [outcome.end === "stop" ? "answer" : outcome.end, `${endpoint.requests.length} request${endpoint.requests.length === 1 ? "" : "s"}`];
  if (test.waits.length > 0) parts.push(`pauses of ${test.waits.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(", ")}`);
  if (outcome.warnings.length > 0) parts.push(`told: ${outcome.warnings.join(", ")}`);
  if (outcome.error instanceof Error && "detail" in outcome.error) parts.push(`“${outcome.error.detail.slice(0, 60)}”`);
  return parts.join("; ");
}

describe("an endpoint's quirks and faults", () => {
  after(printMatrix);
  for (const row of rows) {
    const script = loadScript(row.script);
    it(`${script.server}: ${script.about} → ${row.end}`, async () => {
      const endpoint = await startEndpoint(row.script);
      try {
        const test = modelOn(endpoint.url, {
          ...(row.timeoutMs === undefined ? {} : { timeoutMs: row.timeoutMs }),
          ...(row.maxOutputTokens === undefined ? {} : { maxOutputTokens: row.maxOutputTokens }),
          ...(row.model === undefined ? {} : { model: row.model }),
        }, row.extra === undefined ? {} : { budget: { perPatch: 0, perSeries: 0, perDay: 0 } });
        const outcome = await outcomeOf(test.model, explainRequest(row.extra));
        record(script.server, script.about, summary(outcome, test, endpoint));
        assert.equal(outcome.end, row.end === "answer" ? "stop" : row.end);
        if (row.end === "answer") assertAnswer(outcome.text);
        assert.deepEqual(outcome.warnings, row.warnings ?? []);
        if (row.requests !== undefined) assert.equal(endpoint.requests.length, row.requests, "number of requests");
        if (row.pauses !== undefined) assert.equal(test.waits.length, row.pauses, "number of pauses");
        if (row.detail !== undefined) assert.match(outcome.error instanceof Error && "detail" in outcome.error ? outcome.error.detail : "", row.detail);
        await endpoint.quiet();
      } finally {
        await endpoint.close();
      }
    });
  }

  it("what an endpoint refused is remembered: the next question is asked the way it can take", async () => {
    const endpoint = await startEndpoint("sglang-grammar");
    try {
      const { model } = modelOn(endpoint.url);
      await outcomeOf(model, explainRequest());
      await outcomeOf(model, explainRequest());
      const formats = endpoint.requests.map((request) => (JSON.parse(request.body) as { response_format?: { type: string } }).response_format?.type ?? "none");
      assert.deepEqual(formats, ["json_schema", "json_object", "none", "none"]);
    } finally {
      await endpoint.close();
    }
  });

  it("a request that is refused in every form leaves no memory of what the endpoint can't do", async () => {
    const endpoint = await startEndpoint("vllm-flat-400");
    try {
      const { model, cache } = modelOn(endpoint.url);
      await outcomeOf(model, explainRequest());
      assert.deepEqual([...cache.entries.keys()].filter((key) => key.startsWith("model-features")), []);
    } finally {
      await endpoint.close();
    }
  });

  it("a schema goes out without the repetition counts that grammar compilers choke on", async () => {
    const endpoint = await startEndpoint("plain");
    try {
      await outcomeOf(modelOn(endpoint.url).model, explainRequest());
      assert.match(endpoint.requests[0]!.body, /"json_schema"/);
      assert.doesNotMatch(endpoint.requests[0]!.body, /maxItems/);
    } finally {
      await endpoint.close();
    }
  });
});
