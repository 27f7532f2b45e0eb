import assert from "node:assert/strict";
import { indexMap } from "../../../../language-server/lsp/upstream/map-index";
import { facts, map, row, sha } from "./facts";

describe("what is looked up in a map", () => {
  const rows = [
    row("d1", "same", ["a1"]),
    row("d2", "squash", ["a2", "a3"]),
    row("d3", "partial", ["a4"], { claims: [{ claimed: "a9", commit: undefined, state: "wrong", via: [] }] }),
    row("d4", "downstream-only", []),
    row("d5", "revert", ["a1"]),
    row("d6", "unsure", [], { alternatives: [{ commit: sha("a5"), score: 0.4 }] }),
  ];
  const fixing = facts("f1", { fixes: [{ sha: sha("a1").slice(0, 12), title: "" }] });
  const reverting = facts("f2", { reverts: [{ sha: sha("a1"), title: "" }], fixes: [{ sha: sha("a1").slice(0, 8), title: "" }] });
  const vague = facts("f3", { fixes: [{ sha: "a10", title: "" }] });
  const index = indexMap(map(rows, [fixing, reverting, vague, facts("a1"), facts("a2")]));
  const listed = (list: keyof typeof index.lists): readonly string[] => index.lists[list].map((entry) => entry.facts.sha.slice(0, 2));

  it("lists each commit under its verdict, and once more when its claim is wrong", () => {
    assert.deepEqual([listed("same"), listed("adapted"), listed("partial"), listed("ours"), listed("revert"), listed("unsure"), listed("wrong")], [["d1"], ["d2"], ["d3"], ["d4"], ["d5"], ["d6"], ["d3"]]);
  });

  it("names who carries a commit of mainline; who takes it back does not", () => {
    assert.deepEqual(index.carriers.get(sha("a1")), [sha("d1")]);
    assert.deepEqual(index.carriers.get(sha("a3")), [sha("d2")]);
    assert.equal(index.carriers.get(sha("a5")), undefined);
  });

  it("finds later fixes by the beginning of a sha that is long enough, each once", () => {
    assert.deepEqual(index.laterFixes(sha("a1")).map((by) => by.sha.slice(0, 2)), ["f1", "f2"]);
    assert.deepEqual(index.laterFixes(sha("a2")), []);
  });

  it("finds a commit by its beginning, and nothing by one that is short or of several", () => {
    assert.deepEqual(index.find(sha("d2").slice(0, 9)), { side: "downstream", sha: sha("d2") });
    assert.deepEqual(index.find(sha("a2")), { side: "mainline", sha: sha("a2") });
    assert.equal(index.find("d2"), undefined);
    assert.equal(index.find("ffffffffffff"), undefined);
    const twins = indexMap(map([], [facts("1234567aa"), facts("1234567ab")]));
    assert.equal(twins.find("1234567"), undefined);
    assert.equal(twins.find("1234567ab")?.sha, sha("1234567ab"));
  });

  it("takes a map without rows", () => {
    const empty = indexMap(map([], []));
    assert.deepEqual([empty.entries.size, empty.find(sha("a1")), empty.laterFixes(sha("a1"))], [0, undefined, []]);
  });
});
