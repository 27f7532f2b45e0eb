import { strict as assert } from "node:assert";
import fc from "fast-check";
import { exportTable } from "../../../language-server/engine/upstream/report/export";
import { htmlReport, jsonReport, markdownReport } from "../../../language-server/engine/upstream/report/forms";
import { buildReport } from "../../../language-server/engine/upstream/report/report";
import { fixesTable, rowsTable } from "../../../language-server/engine/upstream/report/tables";
import { sayIn } from "../../../language-server/engine/upstream/report/text";
import type { ReportInput, Table } from "../../../language-server/engine/upstream/report/types";
import type { CommitFacts, MapRow, MissingFix } from "../../../language-server/engine/upstream/types";

const sha = (digit: string): string => digit.repeat(40);
const facts = (digit: string, subject: string, paths: readonly string[] = ["net/core/dev.c"]): CommitFacts => ({
  sha: sha(digit), parents: [], author: { name: "Alice Example", email: "alice@example.com" }, authorTime: 1_709_287_200, commitTime: 1_709_287_200, subject, claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths,
});
const row = (digit: string, verdict: MapRow["verdict"], more: Partial<MapRow> = {}): MapRow => ({ commit: sha(digit), upstream: [], verdict, score: 1, method: "title", claims: [], alternatives: [], hunks: [], ...more });
const fix = (digit: string, subject: string, more: Partial<MissingFix> = {}): MissingFix => ({
  fix: sha(digit), subject, time: 1_709_287_200, reasons: [{ kind: "fixes", culprit: sha("a"), carriedBy: { how: "commit", commit: sha("1") } }], risk: [], cves: [], revertedBy: undefined, notBuilt: undefined, ...more,
});

const hostile = `<script>alert("x")</script> | [a](javascript:b) ![i](http://example.com/x) \`c\` \u202e &amp; 'q'`;
const input: ReportInput = {
  mainline: "origin/master",
  downstream: "ours<b>",
  map: {
    mainline: sha("e"),
    downstream: sha("f"),
    base: sha("0"),
    habits: { keepsTitles: true, keepsAuthors: true, keepsTimes: true },
    candidates: [facts("a", "net: bring a bug"), facts("b", "net: fix a leak"), facts("c", hostile, ["mm/slab.c"]), facts("d", "arm: fix", ["arch/arm/x.c"])],
    commits: [facts("1", "net: bring a bug"), facts("2", hostile, ["mm/slab.c", "net/core/dev.c"]), facts("3", "ours: 自己的", []), facts("4", "mm: odd", ["mm/slab.c"])],
    rows: [
      row("1", "same", { upstream: [sha("a")] }),
      row("2", "adapted", { upstream: [sha("c")], score: 0.9, claims: [{ claimed: "deadbeef1234", commit: undefined, state: "wrong", via: [] }], hunks: [{ state: "same", up: "mm/slab.c:1", down: "mm/slab.c:1" }, { state: "adapted", up: "mm/slab.c:9", down: "mm/slab.c:12" }, { state: "dropped", up: "mm/x.c:3", down: undefined }] }),
      row("3", "downstream-only"),
      row("4", "unsure", { score: 0.4, alternatives: [{ commit: sha("c"), score: 0.61 }] }),
    ],
    notices: [{ code: "missing-blobs", commits: [sha("9")], detail: "" }],
  },
  missing: [fix("b", "net: fix a leak", { risk: ["cve", "stable"], cves: ["CVE-2024-12345"] }), fix("c", hostile), fix("d", "arm: fix", { notBuilt: { symbol: "ARM", file: "arch/Makefile", line: 7 } })],
  decided: new Map([[sha("c"), "not our allocator"]]),
  subsystems: undefined,
  now: Date.UTC(2024, 4, 1, 12, 30),
};

/** RFC 4180, section 2, read as strictly as it is written there. */
function parseCsv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const cells: string[] = [];
    for (;;) {
      let cell = "";
      if (text[at] === '"') {
        for (at++; ; at++) {
          if (text[at] === '"' && text[at + 1] !== '"') break;
          if (text[at] === '"') at++;
          assert.ok(at < text.length);
          cell += text[at] ?? "";
        }
        at++;
      } else while (at < text.length && text[at] !== "," && text[at] !== "\r") {
        assert.ok(text[at] !== '"' && text[at] !== "\n");
        cell += text[at++] ?? "";
      }
      cells.push(cell);
      if (text[at] !== ",") break;
      at++;
    }
    assert.equal(text.slice(at, at + 2), "\r\n");
    at += 2;
    rows.push(cells);
  }
  return rows;
}

describe("an export of rows", () => {
  const entries = input.map.rows.map((found, i) => ({ row: found, facts: input.map.commits[i]! }));

  it("is CSV as RFC 4180 writes it, with full shas and evidence", () => {
    const [head, ...rows] = parseCsv(exportTable(rowsTable(entries, sayIn("en")), "csv", "en"));
    assert.deepEqual(head, ["commit", "subject", "author", "date", "verdict", "upstream", "score", "method", "evidence"]);
    assert.deepEqual(rows.map((cells) => [cells[0], cells[4], cells[5], cells[8]]), [
      [sha("1"), "as is", sha("a"), ""],
      [sha("2"), "adapted", sha("c"), "adapted mm/slab.c:9 → mm/slab.c:12; dropped mm/x.c:3; says deadbeef1234"],
      [sha("3"), "ours alone", "", ""],
      [sha("4"), "unsure", "", "cccccccccccc at 61 %"],
    ]);
  });

  it("never gives a spreadsheet a formula, whatever a subject is", () => {
    const start = fc.constantFrom("=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "|", "%", "\"", "'", ",", ";", "\u202e", "");
    fc.assert(fc.property(start, fc.string({ maxLength: 30 }), (first, rest) => {
      const table: Table = { columns: [{ key: "a", title: "a" }, { key: "b", title: "b" }], rows: [[{ text: first + rest }, { text: "x" }]] };
      const cells = parseCsv(exportTable(table, "csv", "en"))[1];
      assert.equal(cells?.length, 2);
      assert.doesNotMatch(cells[0] ?? "", /^[\s\u3000]*[=+\-@|%＝＋－＠]/u);
      assert.doesNotMatch(cells[0] ?? "", /^[\t\r\n]/u);
    }), { numRuns: 1000 });
  });

  it("is JSON with the same columns, and Markdown that a subject can't leave", () => {
    const table = fixesTable(input.missing ?? [], new Map(input.map.candidates.map((one) => [one.sha, one])), input.decided, sayIn("en"));
    const parsed = JSON.parse(exportTable(table, "json", "en")) as readonly Readonly<Record<string, string>>[];
    assert.deepEqual(parsed.map((one) => [one["risk"], one["fixes"], one["evidence"], one["reason"]]), [
      ["CVE-2024-12345, Cc: stable", sha("a"), "fixes aaaaaaaaaaaa, which ours has as 111111111111", ""],
      ["", sha("a"), "fixes aaaaaaaaaaaa, which ours has as 111111111111", "not our allocator"],
      ["", sha("a"), "fixes aaaaaaaaaaaa, which ours has as 111111111111; not built: CONFIG_ARM is off (arch/Makefile:7)", ""],
    ]);
    const markdown = exportTable(table, "markdown", "en").trimEnd().split("\n");
    assert.equal(markdown.length, 5);
    for (const line of markdown) assert.equal(line.match(/(?<!\\)\|/gu)?.length, 9);
    assert.doesNotMatch(markdown.join("\n"), /<script|(?<!\\)\]\(|\u202e/u);
  });
});

describe("a report", () => {
  it("counts, groups, and shows what wants a look with its evidence", () => {
    const report = buildReport(input, "en");
    assert.deepEqual(report.sections.map(({ id, table }) => `${id} ${table?.rows.length ?? 0}`), ["summary 12", "directories 4", "missing 1", "unbuilt 1", "decided 1", "wrong 1", "differing 1", "unsure 1", "ours 1", "notices 0"]);
    assert.deepEqual(report.lead, ["Mainline origin/master (eeeeeeeeeeee), ours ours<b> (ffffffffffff).", "Nearest common ancestor 000000000000. Ours: 4 commits since, mainline: 4.", "Made 2024-05-01 12:30 (UTC)."]);
    assert.deepEqual(report.sections[0]?.table?.rows.map(([what, count]) => `${what?.text ?? ""} ${count?.text ?? ""}`), ["Same as mainline's 1", "Adapted 1", "Partial 0", "Extended 0", "Squashed or split 0", "Reverts 0", "Ours alone 1", "Unsure 1", "With a wrong claim 1", "Missing fixes 1", "Missing fixes marked as not for us 1", "Missing fixes in code that is not built 1"]);
    assert.deepEqual(report.sections[1]?.table?.rows.map((cells) => cells.map(({ text }) => text).join(" ")), ["net/core 2 1 1 0 0 1 1 0 0", "mm 2 0 1 0 1 1 0 1 0", "(no file) 1 0 0 1 0 0 0 0 0", "arch/arm 0 0 0 0 0 0 0 0 1"]);
  });

  it("says that missing fixes were not looked for instead of none", () => {
    const report = buildReport({ ...input, missing: undefined }, "en");
    assert.equal(report.sections[0]?.note, "Missing fixes were not looked for.");
    assert.ok(!report.sections.some(({ id }) => id === "missing"));
    assert.equal(buildReport({ ...input, missing: [] }, "en").sections.find(({ id }) => id === "missing")?.note, "None.");
  });

  it("is one HTML file without script, link or picture of elsewhere, every text escaped", () => {
    const html = htmlReport(buildReport(input, "zh-cn"));
    assert.match(html, /^<!DOCTYPE html>\n<html lang="zh-CN">/);
    assert.doesNotMatch(html, /<(?:script|img|iframe|object|link|form|base)\b|\son\w+=|url\(|@import|\u202e/iu);
    for (const [, href] of html.matchAll(/\b(?:href|src)="([^"]*)"/gu)) assert.match(href ?? "", /^#[a-z]+$/u);
    assert.ok(html.includes("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;"));
    assert.ok(html.includes("prefers-color-scheme:dark") && html.includes("@media print") && html.includes("default-src 'none'"));
    // What is opened is closed, so that no cell swallows the rest.
    for (const tag of ["table", "tr", "td", "th", "section", "code", "h2", "p", "div"]) assert.equal(html.match(new RegExp(`<${tag}[ >]`, "gu"))?.length, html.match(new RegExp(`</${tag}>`, "gu"))?.length, tag);
  });

  it("is Markdown whose tables hold, and JSON with stable names", () => {
    const markdown = markdownReport(buildReport(input, "en"));
    assert.match(markdown, /^# ours&lt;b&gt; against origin\/master\n/);
    assert.doesNotMatch(markdown, /<script/u);
    const parsed = JSON.parse(jsonReport(input)) as { readonly version: number; readonly counts: Readonly<Record<string, number>>; readonly missing: readonly { readonly list: string; readonly reason: string | null }[]; readonly commits: readonly unknown[] };
    assert.deepEqual([parsed.version, parsed.counts["missing"], parsed.commits.length], [1, 1, 4]);
    assert.deepEqual(parsed.missing.map(({ list, reason }) => [list, reason]), [["missing", null], ["decided", "not our allocator"], ["notBuilt", null]]);
  });

  it("of nothing is a report too", () => {
    const empty: ReportInput = { ...input, map: { ...input.map, base: undefined, candidates: [], commits: [], rows: [], notices: [] }, missing: [], decided: new Map() };
    assert.match(htmlReport(buildReport(empty, "en")), /share no history/);
    assert.match(markdownReport(buildReport(empty, "zh-cn")), /无。/);
  });

  it("has every word in both languages", () => {
    for (const locale of ["en", "zh-cn"] as const) assert.doesNotMatch(htmlReport(buildReport(input, locale)), /upstream\.report\.|\{\w+\}(?![^<]*<\/style>)/u);
  });
});
