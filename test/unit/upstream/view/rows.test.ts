import assert from "node:assert/strict";
import { indexMap } from "../../../../language-server/lsp/upstream/map-index";
import { upstreamViewMessages } from "../../../../language-server/lsp/upstream/messages";
import { fixDetail, verdictText } from "../../../../language-server/lsp/upstream/rows";
import { createWords } from "../../../../language-server/words";
import { fix, map, row, sha } from "./facts";

const english = createWords("en", upstreamViewMessages);
const chinese = createWords("zh-cn", upstreamViewMessages);
const index = indexMap(map([], []));

describe("a row's evidence in one line", () => {
  it("counts the hunks that differ", () => {
    const hunks = (["adapted", "adapted", "same"] as const).map((state) => ({ state, up: "a.c:1", down: "a.c:1" }));
    assert.equal(verdictText(row("d1", "adapted", ["a1"], { hunks }), english), "adapted, 2 hunks differ");
    assert.equal(verdictText(row("d1", "adapted", ["a1"], { hunks }), chinese), "有改动，2 个 hunk 不同");
    assert.equal(verdictText(row("d1", "partial", ["a1"]), english), "partial");
    assert.equal(verdictText(row("d1", "unsure", [], { alternatives: [{ commit: sha("a1"), score: 0.404 }] }), english), "unsure, nearest a10000000000 at 40 %");
  });

  it("names the marks of a missing fix, then what it fixes", () => {
    assert.equal(fixDetail(fix("f1", "a1", { risk: ["cve", "stable"], cves: ["CVE-2024-1"] }), index, english), "CVE-2024-1 · Cc: stable · fixes a10000000000, which is in the common base");
    const carried = fix("f1", "a1", { reasons: [{ kind: "fixes", culprit: sha("a1"), carriedBy: { how: "commit", commit: sha("d1") }, by: "title" }], maybeCarriedBy: [sha("d2")], revertedBy: sha("d3") });
    assert.equal(fixDetail(carried, index, english), "perhaps carried as d20000000000 · picked, then reverted by d30000000000 · fixes a10000000000, carried as d10000000000 · told by its title");
  });

  it("says first that the configuration does not build it", () => {
    assert.match(fixDetail(fix("f1", "a1", { notBuilt: { symbol: "KEEL", file: "drivers/keel/Makefile", line: 3 } }), index, english), /^not built: CONFIG_KEEL is off \(drivers\/keel\/Makefile:3\) · /u);
  });
});
