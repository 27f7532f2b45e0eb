import assert from "node:assert/strict";
import { loadCases, loadPack } from "../../../../language-server/engine/tuning/pack/load";
import { profileCase } from "../../../../language-server/engine/tuning/suggest/stored";
import { suggestTuning, type SuggestSources } from "../../../../language-server/engine/tuning/suggest/suggest";
import type { SearchHit, SearchRequest } from "../../../../language-server/engine/tuning/store/types";
import type { KnowledgeSource, ParameterRecord, ProseRecord } from "../../../../language-server/engine/tuning/types";

const source: KnowledgeSource = { title: "our profiles", file: "rowing/tuned.conf", line: 1 };
const rowing: ProseRecord = { heading: "rowing-club", text: "Scores of a rowing regatta\nvm.swappiness = 7\nno.such.setting = 1\nvm.dirty_ratio = 999", component: "tuned", source };
const record = (name: string, more: Partial<ParameterRecord> = {}): ParameterRecord => ({ name, component: "kernel", kind: "sysctl", description: `${name} of a store`, source: { title: "our runbook", file: "a.md", line: 3 }, confidence: 0.9, ...more });
const hit = (of: ParameterRecord | ProseRecord): SearchHit => ("heading" in of ? { name: of.heading, kind: "prose", component: of.component, score: 1, source: of.source, record: of } : { name: of.name, kind: of.kind, component: of.component, score: 1, source: of.source, record: of });

describe("what the user's own store adds to suggestions", () => {
  let base: SuggestSources;
  const asked: SearchRequest[] = [];
  before(async () => {
    base = { pack: await loadPack(), cases: await loadCases() };
  });
  const withStore = (settings: readonly ParameterRecord[], profiles: readonly ProseRecord[]): SuggestSources => ({
    ...base,
    store: {
      get: () => Promise.resolve([]),
      search: (request) => {
        asked.push(request);
        return Promise.resolve((request.kinds?.includes("prose") === true ? profiles : settings).map(hit));
      },
    },
  });
  const ask = (workload: string, sources: SuggestSources) => suggestTuning({ workload, facts: undefined, limit: 20 }, sources, undefined);

  it("is a case: an indexed profile that reads like the workload, with its own source", async () => {
    const { suggestions } = await ask("regatta scores of the rowing club", withStore([], [rowing]));
    const [swappiness] = suggestions.filter(({ name }) => name === "vm.swappiness");
    assert.equal(swappiness?.value, "7");
    assert.deepEqual(swappiness.evidence[0]?.source, source);
    assert.deepEqual((await ask("regatta scores of the rowing club", base)).suggestions, []);
  });

  it("is never believed: names that the pack lacks and values out of range are not suggested", async () => {
    const { suggestions, leftOut } = await ask("regatta scores of the rowing club", withStore([], [rowing]));
    assert.deepEqual(suggestions.map(({ name }) => name), ["vm.swappiness"]);
    assert.match(leftOut.find(({ name }) => name === "vm.dirty_ratio")?.why.en ?? "", /outside/u);
  });

  it("is no second voice of a profile that the pack has", () => {
    assert.equal(profileCase({ ...rowing, heading: "throughput-performance" })?.id, "tuned-throughput-performance");
    assert.ok(base.cases.some(({ id }) => id === "tuned-throughput-performance"));
  });

  it("orders settings that cases set, and adds none of itself", async () => {
    const before = (await ask("nginx web server", base)).suggestions.map(({ name }) => name);
    const moved: string[] = [];
    for (const name of before) {
      const after = (await ask("nginx web server", withStore([record(name)], []))).suggestions.map((suggestion) => suggestion.name);
      assert.deepEqual([...after].sort(), [...before].sort());
      assert.ok(after.indexOf(name) <= before.indexOf(name), name);
      if (after.indexOf(name) < before.indexOf(name)) moved.push(name);
    }
    assert.ok(moved.length > 0);
  });

  it("is shown to be read where no case says what to set", async () => {
    const about = { description: "Acknowledges what a message broker of many partitions sends" };
    const after = await ask("kafka message broker", withStore([record("net.ipv4.tcp_sack", about), record("net.ipv4.tcp_sack", { ...about, component: "other" }), record("vm.swappiness", about), record("net.ipv4.tcp_ecn", { description: "A message" })], []));
    assert.ok(after.suggestions.every(({ name }) => name !== "net.ipv4.tcp_sack"));
    assert.deepEqual(after.reading.map(({ name }) => name), ["net.ipv4.tcp_sack"]);
  });

  it("is not asked for reading where the workload is not understood", async () => {
    assert.deepEqual((await ask("a poem about spring", withStore([record("net.ipv4.tcp_sack", { description: "A poem about spring" })], []))).reading, []);
  });
});
