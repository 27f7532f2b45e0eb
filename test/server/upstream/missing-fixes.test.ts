import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dist } from "../../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../../support/repository";

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly error: string;
}

function missingFixes(repository: TestRepository, ...more: readonly string[]): Promise<Ran> {
  const args = ["upstream", "missing-fixes", "--repo", repository.root, "--mainline", "main", "--downstream", "ours", ...more];
  const env = { ...process.env, LC_ALL: "C.UTF-8", XDG_CONFIG_HOME: "/nonexistent" };
  return new Promise((settle) => {
    execFile(process.execPath, [join(dist, "server", "cli.mjs"), ...args], { cwd: tmpdir(), env }, (error, out, stderr) => {
      settle({ status: error === null ? 0 : Number(error.code), out, error: stderr });
    });
  });
}

interface Line {
  readonly fix: string;
  readonly fixes: string | null;
  readonly downstream: string | null;
  readonly reason: string;
  readonly date: string;
  readonly cves: readonly string[];
  readonly chain: readonly string[];
  readonly notBuilt: { readonly symbol: string; readonly file: string; readonly line: number } | null;
}

const linesOf = ({ out }: Ran): readonly Line[] => out.split("\n").filter((line) => line !== "").map((line) => JSON.parse(line) as Line);

/** Kconfig's head, and enough symbols that nobody needs. */
const config = ["# Automatically generated file; DO NOT EDIT.", "# Linux/x86 6.1.0 Kernel Configuration", ...Array.from({ length: 300 }, (_, i) => `# CONFIG_UNUSED_${i} is not set`), ""].join("\n");

describe("keelson upstream missing-fixes in the terminal", function () {
  // Each command is a process with threads of its own.
  this.timeout(180_000);
  let repository: TestRepository;
  const sha: Record<string, string> = {};
  const body = (...trailers: readonly string[]): string => ["A change.", "", ...trailers].join("\n");

  before(() => {
    repository = createRepository("树 with spaces");
    sha["base"] = repository.commit("net: begin", { Kbuild: "obj-y += net/\n", "net/Makefile": "obj-y += dev.o\nobj-$(CONFIG_OLD) += old.o\n", "net/dev.c": numbered(60), "net/old.c": numbered(60) });
    repository.git("branch", "ours");
    sha["feature"] = repository.commit("net: count frames", { "net/dev.c": numbered(60, { 10: "ten" }) });
    sha["fix"] = repository.commit("net: count them right", { "net/dev.c": numbered(60, { 10: "ten ten" }) }, body(`Fixes: ${sha["feature"].slice(0, 12)} ("net: count frames")`));
    sha["next"] = repository.commit("net: fix the fix", { "net/dev.c": numbered(60, { 10: "eleven" }) }, body(`Fixes: ${sha["fix"].slice(0, 12)} ("net: count them right")`));
    sha["old"] = repository.commit("net: old: fix a leak", { "net/old.c": numbered(60, { 5: "five" }) }, body(`Fixes: ${sha["base"].slice(0, 12)} ("net: begin")`, "Cc: stable@vger.kernel.org"));
    sha["picked"] = repository.commit("net: fix the end", { "net/dev.c": numbered(60, { 10: "eleven", 50: "fifty" }) }, body(`Fixes: ${sha["base"].slice(0, 12)} ("net: begin")`));
    repository.git("checkout", "-q", "ours");
    sha["down"] = repository.commit("net: count frames", { "net/dev.c": numbered(60, { 10: "ten" }) }, `[ Upstream commit ${sha["feature"]} ]`);
    repository.commit("net: fix the end", { "net/dev.c": numbered(60, { 10: "ten", 50: "fifty" }) }, `[ Upstream commit ${sha["picked"]} ]`);
    const record = { cveMetadata: { cveId: "CVE-2024-10001", state: "PUBLISHED" }, containers: { cna: { affected: [{ versions: [{ version: sha["feature"], lessThan: sha["fix"], status: "affected", versionType: "git" }] }] } } };
    const folder = dirname(repository.root);
    mkdirSync(join(folder, "vulns/cve/published/2024"), { recursive: true });
    writeFileSync(join(folder, "vulns/cve/published/2024/CVE-2024-10001.json"), JSON.stringify(record));
    writeFileSync(join(folder, "vulns/cve/published/2024/CVE-2024-10002.json"), "{");
    writeFileSync(join(folder, "config"), config);
  });
  after(() => {
    repository.remove();
  });

  it("prints one object a missing fix, with the commit that has what it mends, and no fix that was picked", async () => {
    const ran = await missingFixes(repository, "--format", "jsonl");
    assert.equal(ran.status, 0, ran.error);
    const told = linesOf(ran).map(({ fix, fixes, downstream, reason }) => [fix, fixes, downstream, reason]);
    assert.deepEqual(new Set(told.map(String)), new Set([
      [sha["fix"], sha["feature"], sha["down"], "fixes"],
      [sha["next"], sha["fix"], sha["down"], "fixes"],
      [sha["old"], sha["base"], sha["base"], "fixes"],
    ].map(String)));
    assert.equal(told[0]?.[0], sha["old"], "Cc: stable comes first");
    assert.deepEqual(linesOf(ran).find(({ fix }) => fix === sha["next"])?.chain, [sha["fix"], sha["feature"]]);
    assert.equal(linesOf(ran)[0]?.date, "2024-03-01T10:00:00.000Z");
  });

  it("reads the CVE records and the configuration, and tells of a bad record", async () => {
    const folder = dirname(repository.root);
    const ran = await missingFixes(repository, "--format", "jsonl", "--vulns", join(folder, "vulns"), "--config", join(folder, "config"));
    assert.equal(ran.status, 0, ran.error);
    const [first] = linesOf(ran);
    assert.deepEqual([first?.fix, first?.cves], [sha["fix"], ["CVE-2024-10001"]]);
    assert.deepEqual(linesOf(ran).find(({ fix }) => fix === sha["old"])?.notBuilt, { symbol: "OLD", file: "net/Makefile", line: 2 });
    assert.match(ran.error, /CVE-2024-10002\.json: not-json/u);
  });

  it("says in words why each is missing, and refuses a reason that there is not", async () => {
    const ran = await missingFixes(repository, "--config", join(dirname(repository.root), "config"));
    assert.match(ran.out, /net: count them right[^]*fixes [0-9a-f]{12} which your [0-9a-f]{12} carries/u);
    assert.match(ran.out, /CONFIG_OLD is off \(net\/Makefile:2\)/u);
    assert.match(ran.out, /3 fixes are missing; 1 of them/u);
    const refused = await missingFixes(repository, "--reason", "luck");
    assert.deepEqual([refused.status, refused.out], [2, ""]);
  });
});
