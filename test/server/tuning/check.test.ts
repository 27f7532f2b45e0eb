import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dist } from "../../support/lsp-client";

interface Sarif {
  readonly version: string;
  readonly runs: readonly { readonly results: readonly { readonly ruleId: string; readonly level: string; readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string }; readonly region: Readonly<Record<string, number>> } }[] }[] }[];
}

describe("keelson tuning check in the terminal", () => {
  let folder: string;
  const check = (args: readonly string[], locale = "C.UTF-8"): { readonly status: number | null; readonly out: string; readonly error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), "tuning", "check", ...args], { cwd: folder, encoding: "utf8", env: { ...process.env, LC_ALL: locale, XDG_CONFIG_HOME: "/nonexistent", XDG_DATA_HOME: join(folder, "cache") } });
    return { status, out: stdout, error: stderr };
  };

  before(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-check 目录 "));
    mkdirSync(join(folder, "sysctl.d"));
    writeFileSync(join(folder, "sysctl.d/a b.conf"), "vm.dirty_ratio = 5\nvm.dirty_bytes = 1048576\n");
    writeFileSync(join(folder, "sysctl.d/clean.conf"), "vm.swappiness = 10\n");
    writeFileSync(join(folder, "notes.txt"), "vm.dirty_ratio = 5\n");
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("says nothing of a file that is right, and exits with 0", () => {
    const { status, out } = check(["sysctl.d/clean.conf"]);
    assert.deepEqual([status, out], [0, "1 file, 1 setting, nothing to tell.\n"]);
  });

  it("names place, rule and source of a finding, in the reader's language, and exits with 1", () => {
    const { status, out } = check(["sysctl.d/a b.conf"]);
    assert.equal(status, 1);
    assert.match(out, /^sysctl\.d\/a b\.conf:1:1 {2}warning {2}conflict\n/u);
    assert.match(out.replace(/\s+/gu, " "), /\[Documentation\/admin-guide\/sysctl\/vm\.rst:\d+/u);
    assert.match(check(["sysctl.d/a b.conf"], "zh_CN.UTF-8").out, /互斥/u);
  });

  it("writes JSON and SARIF", () => {
    const [finding] = JSON.parse(check(["sysctl.d/a b.conf", "--format", "json"]).out) as readonly Readonly<Record<string, unknown>>[];
    assert.deepEqual([finding?.["file"], finding?.["line"], finding?.["rule"]], ["sysctl.d/a b.conf", 1, "conflict"]);
    const sarif = JSON.parse(check(["sysctl.d/a b.conf", "--format", "sarif"]).out) as Sarif;
    assert.equal(sarif.version, "2.1.0");
    const [result] = sarif.runs[0]?.results ?? [];
    assert.deepEqual([result?.ruleId, result?.level, result?.locations[0]?.physicalLocation.artifactLocation.uri], ["tuning-conflict", "warning", "sysctl.d/a%20b.conf"]);
  });

  it("leaves a file alone that it does not know, unless it is told what it is", () => {
    assert.match(check(["notes.txt"]).error, /notes\.txt is no configuration file/u);
    assert.equal(check(["notes.txt", "--as", "sysctl"]).status, 0);
  });

  it("says what is wrong with its arguments", () => {
    assert.deepEqual([check(["sysctl.d/clean.conf", "--target", "six"]).status, check([]).status, check(["absent.conf"]).status, check(["sysctl.d/clean.conf", "--as", "xml"]).status], [2, 2, 2, 2]);
    assert.equal(check(["sysctl.d/clean.conf", "--target", "kernel=running,postgresql=15.2"]).status, 0);
  });
});
