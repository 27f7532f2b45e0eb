import assert from "node:assert/strict";
import { byDirectories, bySections, countHeat, heatColumns } from "../../../language-server/lsp/upstream/heatmap";
import type { Entry } from "../../../language-server/lsp/upstream/map-index";
import type { ClaimCheck, CommitFacts, Verdict } from "../../../language-server/engine/upstream/types";
import type { HeatmapView } from "../../../language-server/protocol/upstream-panels";
import { shadeOf, shownRows } from "../../../webview/heatmap/order";

function facts(paths: readonly string[]): CommitFacts {
  return { sha: "d".repeat(40), parents: [], author: { name: "", email: "" }, authorTime: 0, commitTime: 0, subject: "", claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths };
}

function entry(verdict: Verdict, paths: readonly string[], wrong = false): Entry {
  const claim: ClaimCheck = { claimed: "a", commit: undefined, state: wrong ? "wrong" : "verified", via: [] };
  return { facts: facts(paths), row: { commit: "d".repeat(40), upstream: [], verdict, score: 1, method: "claim", claims: [claim], alternatives: [], hunks: [] } };
}

/** `name commits column=count …`, zeros left out. */
function told({ rows, total }: Pick<HeatmapView, "rows" | "total">): readonly string[] {
  return [...rows, { ...total, name: "total" }].map(({ name, commits, counts }) => [name, commits, ...heatColumns.flatMap((column, i) => (counts[i] === 0 ? [] : [`${column}=${String(counts[i])}`]))].join(" "));
}

describe("counting for the heat map", () => {
  it("counts a commit in each subsystem that it touches, and once in the total", () => {
    const grouping = bySections(new Map([["RING", new Set(["net/ring.c", "net/ring.h"])], ["NET", new Set(["net/ring.c", "net/dev.c"])]]));
    const found = countHeat([entry("same", ["net/ring.c", "net/ring.h"]), entry("squash", ["net/dev.c"], true), entry("split", ["net/dev.c"]), entry("downstream-only", ["lab/board.c"])], [facts(["net/ring.h"])], grouping);
    assert.deepEqual(told(found), ["RING 1 missing=1 same=1", "NET 3 wrong=1 combined=2 same=1", " 1 ours=1", "total 4 missing=1 wrong=1 combined=2 same=1 ours=1"]);
    assert.deepEqual(found.rows.map(({ filter }) => filter), [{ subsystem: "RING" }, { subsystem: "NET" }, { unfiled: true }]);
  });

  it("has a column for every verdict", () => {
    const verdicts: readonly Verdict[] = ["same", "adapted", "partial", "extended", "squash", "split", "revert", "downstream-only", "unsure"];
    const { total } = countHeat(verdicts.map((verdict) => entry(verdict, ["a/b.c"])), [], byDirectories([]));
    assert.equal(total.counts.reduce((sum, count) => sum + count, 0), verdicts.length);
  });

  it("shows the directories of one that nearly all is in, apart from its own files", () => {
    const paths = ["drivers/net/a.c", "drivers/gpu/b.c", "drivers/Kconfig", "mm/c.c", "Makefile"];
    const grouping = byDirectories([...paths.slice(0, 3), ...paths.slice(0, 3), ...paths].map((path) => facts([path])));
    assert.deepEqual(paths.map((path) => grouping(path).map(({ name, filter }) => `${name} ${filter.path ?? ""}`)), [["drivers/net/ drivers/net"], ["drivers/gpu/ drivers/gpu"], ["drivers/* drivers/*"], ["mm/ mm"], ["* *"]]);
  });

  it("counts nothing of nothing", () => {
    assert.deepEqual(told(countHeat([], [], byDirectories([]))), ["total 0"]);
  });
});

describe("the order of the heat map", () => {
  const row = (name: string, commits: number, missing: number): HeatmapView["rows"][number] => ({ name, commits, counts: heatColumns.map((column) => (column === "missing" ? missing : 0)), filter: {} });
  const view: HeatmapView = { sides: { mainline: "", downstream: "" }, rowsAre: "subsystems", columns: heatColumns, rows: [row("B", 5, 1), row("A10", 1, 1), row("A9", 1, 1), row("C", 9, 4)], total: row("", 16, 7), fixesKnown: true, tips: { mainline: "", downstream: "" }, stale: false, unread: 0 };

  it("is by the column, then by commits, then by name as people count", () => {
    assert.deepEqual(shownRows(view, { column: "missing", down: true }, "", "en").map(({ name }) => name), ["C", "B", "A9", "A10"]);
    assert.deepEqual(shownRows(view, { column: "name", down: false }, "a", "en").map(({ name }) => name), ["A9", "A10"]);
  });

  it("shades by share, and never blanks what is there", () => {
    assert.deepEqual([0, 1, 40, 400, 1000].map((count) => shadeOf(count, 1000)), [0, 1, 1, 4, 5]);
    assert.equal(shadeOf(3, 0), 0);
  });
});
