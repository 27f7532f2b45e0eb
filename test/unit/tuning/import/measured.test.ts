import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { never } from "../../../../language-server/adapters/cancel";
import { nodeDecode } from "../../../../language-server/adapters/decode";
import { kernelImporterOf } from "../../../../language-server/engine/tuning/import/kernel";
import { factual, isDoubtful, measured, type Measured } from "../../../../language-server/engine/tuning/import/measured";
import type { ParameterRecord } from "../../../../language-server/engine/tuning/types";
import { filesBelow, readSmall } from "../../../../language-server/knowledge/index-files";
import { fieldTruthTable } from "../../../bench/tuning/field-truth";

const record = (more: Partial<ParameterRecord> = {}): ParameterRecord => ({ name: "vm.oars", component: "kernel", kind: "sysctl", type: "integer", default: "4", range: { min: "0" }, unit: "bytes", since: "6.1", description: "", source: { title: "", file: "a", line: 1 }, confidence: 0.9, ...more });
const row = (field: Measured["field"], stated: number, right: number): Measured => ({ component: "kernel", kind: "sysctl", field, stated, right, truth: "read by hand" });
const shown = (records: readonly ParameterRecord[], table: readonly Measured[]): readonly string[] => records.flatMap((one) => factual([one], table)).map((one) => Object.keys(one).filter((key) => ["type", "default", "range", "unit", "since"].includes(key)).join(" "));

describe("fields that were measured", () => {
  it("are not shown where fewer than 95 of 100 were right", () => {
    const table = [row("default", 100, 94), row("range", 100, 95), row("since", 20, 18)];
    assert.deepEqual(shown([record()], table), ["type range unit"]);
    assert.deepEqual(shown([record()], [row("default", 100, 99), { ...row("default", 10, 9), importer: "source" }]), ["type range unit since"]);
    assert.deepEqual(shown([record({ kind: "kconfig" }), record({ component: "redis" })], table), ["type default range unit since", "type default range unit since"]);
  });

  it("are shown where a running system tells them of itself, and where nobody measured them", () => {
    assert.deepEqual(shown([record({ confidence: 1 })], [row("default", 2, 0)]), ["type default range unit since"]);
    assert.deepEqual(shown([record()], [row("default", 0, 0)]), ["type default range unit since"]);
  });

  it("are never shown when sources dispute them", () => {
    assert.deepEqual(factual([record(), record({ default: "5" })], []).map((one) => one.default), [undefined, undefined]);
  });

  it("are each listed once, with no more right than stated", () => {
    assert.equal(new Set(measured.map(({ component, kind, field, importer }) => `${component} ${kind} ${field} ${importer ?? ""}`)).size, measured.length);
    for (const one of measured) assert.ok(one.right <= one.stated && one.stated > 0 && typeof isDoubtful(one, one.field) === "boolean");
  });
});

describe("figures of kernel sysctls", () => {
  const tree = process.env["KEELSON_KERNEL"] ?? "";

  it("are those of the truth that was read by hand", async function () {
    this.timeout(300_000);
    if (tree === "" || !existsSync(join(tree, "Documentation/admin-guide/sysctl"))) {
      console.log("      skipped: KEELSON_KERNEL names no kernel tree");
      return this.skip();
    }
    const records: ParameterRecord[] = [];
    for (const path of await filesBelow(tree, (file) => kernelImporterOf(file) !== undefined, never)) {
      const bytes = await readSmall(join(tree, path));
      if (bytes !== undefined) records.push(...(kernelImporterOf(path)?.read(path, nodeDecode.text(bytes)).parameters ?? []).filter(({ kind }) => kind === "sysctl"));
    }
    const rows = fieldTruthTable(records).rows.filter(([field]) => measured.some((one) => one.kind === "sysctl" && one.field === field && one.truth === "read by hand"));
    assert.ok(rows.length >= 4);
    for (const [field, , stated, right, , told] of rows) assert.equal(told, `${right}/${stated}`, String(field));
  });
});
