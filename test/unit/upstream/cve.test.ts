import assert from "node:assert/strict";
import fc from "fast-check";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { parseRecord } from "../../../language-server/engine/upstream/cve/parse";
import { readCveRecords } from "../../../language-server/engine/upstream/cve/read";
import { Cancelled, type Files } from "../../../language-server/engine/ports";

const culprit = "a".repeat(40);
const fix = "f".repeat(40);
const stableCulprit = "b".repeat(40);
const stableFix = "e".repeat(40);

/** A record as the kernel's CNA lays them out, written by hand. */
function record(id: string, pairs: readonly (readonly [string, string | undefined])[], state = "PUBLISHED"): string {
  const versions = pairs.map(([version, lessThan]) => ({ version, ...(lessThan === undefined ? {} : { lessThan }), status: "affected", versionType: "git" }));
  const affected = [
    { product: "Linux", vendor: "Linux", defaultStatus: "unaffected", programFiles: ["net/core/dev.c"], versions },
    { product: "Linux", vendor: "Linux", defaultStatus: "affected", versions: [{ version: "5.9", status: "affected" }, { version: "6.8", lessThanOrEqual: "*", status: "unaffected", versionType: "original_commit_for_fix" }] },
  ];
  return JSON.stringify({ dataType: "CVE_RECORD", dataVersion: "5.1", cveMetadata: { cveId: id, state }, containers: { cna: { title: "net: fix it", affected } } });
}

/** Files in memory; paths from the root. */
function filesOf(texts: Readonly<Record<string, string>>): Files {
  const paths = Object.keys(texts);
  return {
    read: (path) => Promise.resolve(texts[path] === undefined ? undefined : Buffer.from(texts[path])),
    list(folder) {
      const below = paths.filter((path) => path.startsWith(`${folder}/`)).map((path) => path.slice(folder.length + 1));
      const names = [...new Set(below.map((path) => path.split("/")[0]!))].sort();
      return Promise.resolve(names.map((name) => ({ name, directory: below.some((path) => path.startsWith(`${name}/`)) })));
    },
    stat: (path) => Promise.resolve(texts[path] === undefined ? undefined : { directory: false, size: texts[path].length, mtimeMs: 0 }),
  };
}

describe("records of the kernel's CVEs", () => {
  it("gives the fix of mainline, all fixes and all culprits", () => {
    const text = record("CVE-2024-26661", [[culprit, fix], [stableCulprit, stableFix]]);
    assert.deepEqual(parseRecord(text, `${fix}\n`), { record: { id: "CVE-2024-26661", fixes: [fix], allFixes: [fix, stableFix], introduced: [culprit, stableCulprit] }, problems: [] });
  });

  it("takes all fixes for mainline's where no .sha1 file tells them apart, and a record without a fix as one", () => {
    assert.deepEqual(parseRecord(record("CVE-2024-26661", [[culprit, fix], [culprit, stableFix]]), undefined).record?.fixes, [fix, stableFix]);
    assert.deepEqual(parseRecord(record("CVE-2024-26661", [[culprit, undefined]]), undefined).record, { id: "CVE-2024-26661", fixes: [], allFixes: [], introduced: [culprit] });
  });

  it("passes over a rejected record and an unknown culprit", () => {
    assert.deepEqual(parseRecord(record("CVE-2024-26661", [[culprit, fix]], "REJECTED"), undefined), { record: undefined, problems: [] });
    assert.deepEqual(parseRecord(record("CVE-2024-26661", [["0", fix]]), undefined), { record: { id: "CVE-2024-26661", fixes: [fix], allFixes: [fix], introduced: [] }, problems: [] });
  });

  it("tells what is no JSON, no record, no sha", () => {
    assert.equal(parseRecord("{", undefined).problems[0]?.code, "not-json");
    for (const text of ["null", "[]", "3", "{}", '{"cveMetadata":{"cveId":"CVE-1"}}', '{"cveMetadata":{"cveId":7}}']) assert.deepEqual(parseRecord(text, undefined).problems[0]?.code, "not-a-record", text);
    for (const bad of ["--all", "HEAD", "abc", `${fix}0`]) {
      const { record: found, problems } = parseRecord(record("CVE-2024-26661", [[culprit, bad]]), undefined);
      assert.deepEqual([found?.fixes, problems[0]?.code], [[], "bad-sha"], bad);
    }
  });

  it("never fails, and gives nothing but full shas, whatever the JSON holds", () => {
    const leaf = fc.oneof(fc.constantFrom<unknown>("git", "affected", culprit, fix, "0", "CVE-2024-26661", "PUBLISHED", 1, null, true), fc.string());
    const keys = ["cveMetadata", "cveId", "state", "containers", "cna", "affected", "versions", "version", "lessThan", "versionType", "status", "__proto__"];
    const { tree } = fc.letrec((tie) => ({ tree: fc.oneof({ maxDepth: 6 }, leaf, fc.array(tie("tree"), { maxLength: 3 }), fc.dictionary(fc.constantFrom(...keys), tie("tree"), { maxKeys: 5 })) }));
    fc.assert(fc.property(tree, fc.option(fc.string(), { nil: undefined }), (value, sha1) => {
      const parsed = parseRecord(JSON.stringify(value), sha1);
      for (const sha of [...(parsed.record?.allFixes ?? []), ...(parsed.record?.introduced ?? [])]) assert.match(sha, /^[0-9a-f]{40,64}$/u);
    }), { numRuns: 400 });
    fc.assert(fc.property(fc.nat(2000), fc.string({ maxLength: 3 }), (at, junk) => {
      const text = record("CVE-2024-26661", [[culprit, fix]]);
      parseRecord(text.slice(0, at % text.length) + junk, undefined);
    }));
  });

  it("reads a clone, by its root or by the folder of published records", async () => {
    const files = filesOf({
      "/v/cve/published/2024/CVE-2024-10001.json": record("CVE-2024-10001", [[culprit, fix], [culprit, stableFix]]),
      "/v/cve/published/2024/CVE-2024-10001.sha1": `${fix}\n`,
      "/v/cve/published/2024/CVE-2024-10001.mbox": "From: nobody",
      "/v/cve/published/2023/CVE-2023-10002.json": record("CVE-2023-10002", [[culprit, undefined]]),
      "/v/cve/rejected/2024/CVE-2024-10003.json": record("CVE-2024-10003", [[culprit, fix]], "REJECTED"),
      "/v/README": "…",
    });
    for (const directory of ["/v", "/v/", "/v/cve", "/v/cve/published"]) {
      const { value, problems } = await readCveRecords(files, nodeDecode, directory);
      assert.deepEqual([value.map(({ id, fixes }) => [id, fixes]), problems], [[["CVE-2023-10002", []], ["CVE-2024-10001", [fix]]], []], directory);
    }
  });

  it("tells a directory that is none, and bad files beside good ones", async () => {
    assert.deepEqual((await readCveRecords(filesOf({}), nodeDecode, "/none")).problems, [{ path: "/none", code: "no-directory", detail: "cve/published" }]);
    const files = filesOf({
      "/v/published/2024/CVE-2024-10001.json": "{",
      "/v/published/2024/CVE-2024-10002.json": record("CVE-2024-10002", [[culprit, fix]]),
      "/v/published/2024/CVE-2024-10004.json": `"${"x".repeat(5 << 20)}"`,
    });
    const { value, problems } = await readCveRecords(files, nodeDecode, "/v");
    assert.deepEqual(value.map(({ id }) => id), ["CVE-2024-10002"]);
    assert.deepEqual(problems.map(({ path, code }) => [path, code]), [["2024/CVE-2024-10001.json", "not-json"], ["2024/CVE-2024-10004.json", "too-large"]]);
  });

  it("stops when told to", async () => {
    const files = filesOf({ "/v/published/2024/CVE-2024-10001.json": record("CVE-2024-10001", [[culprit, fix]]) });
    await assert.rejects(readCveRecords(files, nodeDecode, "/v", { cancelled: true, onCancel: () => ({ dispose: () => undefined }) }), Cancelled);
  });
});
