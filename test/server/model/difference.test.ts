import assert from "node:assert/strict";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { explainDifference } from "../../../language-server/engine/upstream/explain/difference";
import { releaseNotes } from "../../../language-server/engine/upstream/explain/release-notes";
import type { DifferenceInput, Explained, ExplainPorts } from "../../../language-server/engine/upstream/explain/types";
import type { CommitFacts } from "../../../language-server/engine/upstream/types";
import { createCancel, modelOn } from "../../support/endpoint/client";
import { startEndpoint } from "../../support/endpoint/server";
import { nodeHash, parse, samplePatch } from "../../unit/explain/fixture";

const up = "a".repeat(40);
const down = "b".repeat(40);

function commit(sha: string, text: string): DifferenceInput["ours"] {
  const [patch] = parse(text).patches;
  assert.ok(patch !== undefined);
  return { sha, patch };
}

const input: DifferenceInput = {
  row: { commit: down, upstream: [up], verdict: "adapted", score: 1, method: "claim", claims: [], alternatives: [], hunks: [{ state: "adapted", up: "drivers/demo/demo.c:10", down: "drivers/demo/demo.c:10" }, { state: "same", up: "drivers/demo/demo.c:42", down: "drivers/demo/demo.c:42" }] },
  mainline: commit(up, samplePatch),
  ours: commit(down, samplePatch.replace("return -EOVERFLOW;", "return -EINVAL; /* no EOVERFLOW here */")),
  locale: "zh-cn",
};

const subjects = ["net: demo: drop empty buffers", "mm: speed up the allocator", "fs: fix a leak"];
const facts = (subject: string, i: number): CommitFacts => ({ sha: String(i + 1).repeat(40), parents: [], author: { name: "A", email: "a@example.com" }, authorTime: 1, commitTime: 1, subject, claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths: [] });

async function onEndpoint<T>(script: string, work: (ports: ExplainPorts) => Promise<Explained<T>>): Promise<{ readonly result: Explained<T>; readonly requests: number }> {
  const endpoint = await startEndpoint(script);
  try {
    const { model } = modelOn(endpoint.url);
    const result = await work({ model, decode: nodeDecode, hash: nodeHash, random: { hex: (bytes) => "3c".repeat(bytes) } });
    return { result, requests: endpoint.requests.length };
  } finally {
    await endpoint.close();
  }
}

describe("why a commit differs, from an endpoint", () => {
  const rows: readonly { readonly script: string; readonly state: Explained<unknown>["state"]; readonly shown: boolean; readonly requests: number; readonly dropped?: number; readonly told?: string }[] = [
    { script: "plain", state: "done", shown: true, requests: 1, dropped: 0 },
    { script: "qwen-bare-think", state: "done", shown: true, requests: 1 },
    { script: "fenced", state: "done", shown: true, requests: 1 },
    { script: "lies", state: "done", shown: true, requests: 2, dropped: 2 },
    { script: "prose", state: "done", shown: false, requests: 3, told: "explain.outcome.no-answer" },
    { script: "gullible", state: "done", shown: true, requests: 1, dropped: 2 },
    { script: "length", state: "done", shown: true, requests: 1, told: "explain.outcome.length" },
    { script: "refusal", state: "done", shown: false, requests: 1, told: "explain.outcome.refusal" },
    { script: "reset-mid-stream", state: "error", shown: false, requests: 1 },
    { script: "413", state: "error", shown: false, requests: 1 },
  ];
  for (const row of rows) {
    it(`by the script ${row.script} shows ${row.shown ? "only what is in the two diffs" : "nothing"}`, async () => {
      const { result, requests } = await onEndpoint(row.script, async (ports) => (await explainDifference(input, ports, createCancel())).model);
      assert.deepEqual([result.state, result.statements.length > 0, requests], [row.state, row.shown, row.requests]);
      if (row.dropped !== undefined) assert.equal(result.dropped, row.dropped);
      if (row.told !== undefined) assert.ok(result.warnings.some(({ id }) => id === row.told), JSON.stringify(result.warnings));
      const texts = { mainline: samplePatch, ours: samplePatch.replace("return -EOVERFLOW;", "return -EINVAL; /* no EOVERFLOW here */") };
      for (const { evidence } of result.statements) for (const { side, quote } of evidence) assert.ok(texts[side].includes(quote), quote);
    });
  }
});

describe("release notes from an endpoint", () => {
  for (const [script, dropped] of [["plain", 0], ["lies", 2]] as const) {
    it(`by the script ${script} speak of commits of the range only`, async () => {
      const { result } = await onEndpoint(script, async (ports) => (await releaseNotes({ commits: subjects.map((subject, i) => ({ facts: facts(subject, i), row: undefined, twins: [] })), locale: "en" }, ports, createCancel())).model);
      assert.deepEqual(result.statements.flatMap(({ evidence }) => evidence.map(({ quote }) => quote)), subjects);
      assert.equal(result.dropped, dropped);
    });
  }
});
