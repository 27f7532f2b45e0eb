import assert from "node:assert/strict";
import { matcher, riskOf, sorted, type Filtered } from "../../../../language-server/lsp/upstream/filters";
import { partsOf, subsystemNames } from "../../../../language-server/lsp/upstream/order";
import type { UpstreamFilter } from "../../../../language-server/protocol/upstream";
import { facts } from "./facts";

const rows: readonly Filtered[] = [
  { facts: facts("01", { paths: ["net/ipv4/tcp.c"], authorTime: 100, subject: "tcp: b" }), verdict: "same", risk: ["stable"] },
  { facts: facts("02", { paths: ["network.c", "mm/slab.c"], authorTime: 300, subject: "mm: a", author: { name: "王小明", email: "wang@example.org" } }), verdict: "adapted", risk: [] },
  { facts: facts("03", { paths: [], authorTime: 200, subject: "c" }), verdict: undefined, risk: ["cve"] },
];

function left(filter: UpstreamFilter, inSubsystem: (path: string) => boolean = () => false): readonly string[] {
  return rows.filter(matcher(filter, inSubsystem)).map((row) => row.facts.sha.slice(0, 2));
}

describe("the filter of the Upstream view", () => {
  it("leaves all rows when it is empty or blank", () => {
    assert.deepEqual(left({}), ["01", "02", "03"]);
    assert.deepEqual(left({ path: " ", author: "", text: " ", verdict: [], risk: [] }), ["01", "02", "03"]);
  });

  it("takes a folder for what is below it, not for names that begin alike", () => {
    assert.deepEqual(left({ path: "net" }), ["01"]);
    assert.deepEqual(left({ path: "./net/" }), ["01"]);
    assert.deepEqual(left({ path: "network.c" }), ["02"]);
    assert.deepEqual(left({ path: "**/*.c" }), ["01", "02"]);
  });

  it("asks all that is given at once", () => {
    assert.deepEqual(left({ author: "小明" }), ["02"]);
    assert.deepEqual(left({ since: 200 }), ["02", "03"]);
    assert.deepEqual(left({ since: 200, until: 200 }), ["03"]);
    assert.deepEqual(left({ risk: ["cve", "stable"] }), ["01", "03"]);
    assert.deepEqual(left({ verdict: ["same", "adapted"], text: "TCP" }), ["01"]);
    assert.deepEqual(left({ text: "030" }), ["03"]);
    assert.deepEqual(left({ subsystem: "MM" }, (path) => path.startsWith("mm/")), ["02"]);
    assert.deepEqual(left({ unfiled: true }, (path) => path.startsWith("mm/")), ["01", "03"], "no path that a section is about");
  });

  it("orders rows by day or subject, and keeps their own order otherwise", () => {
    const order = (sort: Parameters<typeof sorted>[1]): string => sorted(rows, sort).map((row) => row.facts.sha.slice(1, 2)).join("");
    assert.deepEqual([order("list"), order("newest"), order("oldest"), order("subject"), order("risk")], ["123", "231", "132", "321", "312"]);
  });

  it("orders rows by subsystem, those of none last, and of one the newest first", () => {
    const names = subsystemNames(new Map([["NET", new Set(["net/ipv4/tcp.c", "net/core.c"])], ["TCP", new Set(["net/ipv4/tcp.c"])], ["MM", new Set(["mm/slab.c", "network.c"])]]));
    assert.deepEqual(rows.map((row) => names(row.facts.paths)), ["TCP", "MM", ""]);
    assert.deepEqual(sorted(rows, "subsystem", ({ paths }) => names(paths)).map((row) => row.facts.sha.slice(1, 2)), ["2", "1", "3"]);
    assert.equal(subsystemNames(new Map())(["drivers/net/a/b.c", "drivers/net/c.c", "README"]), "drivers/net");
  });

  it("cuts a long list into parts, named by what they are sorted by", () => {
    const days = partsOf({ rows: [...rows].map((row) => ({ ...row, entry: undefined, fix: undefined })), subsystem: () => "" }, 2, { list: "same", sort: "subject" }, () => "");
    assert.deepEqual(days, [{ offset: 0, count: 2, first: "tcp: b", last: "mm: a" }, { offset: 2, count: 1, first: "c", last: "c" }]);
  });

  it("reads risk from what a message says", () => {
    assert.deepEqual(riskOf(facts("04", { marks: ["CVE-2024-1", "syzbot"], ccStable: true, reverts: [{ sha: "1", title: "" }] })), ["cve", "syzbot", "stable", "revert"]);
  });
});
