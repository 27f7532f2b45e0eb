import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dist } from "../../support/lsp-client";
import { createRepository, type TestRepository } from "../../support/repository";

const vm = "Documentation/admin-guide/sysctl/vm.rst";

/** A version in our own words: each sysctl is in a document and in the source that makes it. */
function files(version: string, names: readonly string[]): Readonly<Record<string, string>> {
  const [major = "", minor = ""] = version.split(".");
  return {
    Makefile: `VERSION = ${major}\nPATCHLEVEL = ${minor}\nSUBLEVEL = 3\n`,
    [vm]: `===============================\nDocumentation for /proc/sys/vm/\n===============================\n\n${names.map((name) => `${name}\n${"=".repeat(name.length)}\n\nHow many ${name} there are.\n`).join("\n")}`,
    "mm/boat.c": `static struct ctl_table boat[] = {\n${names.map((name) => `\t{ .procname = "${name}", .maxlen = sizeof(int), },\n`).join("")}};\nregister_sysctl("vm", boat);\n`,
  };
}

describe("keelson knowledge index --versions", () => {
  let folder: string;
  let repository: TestRepository;
  const keelson = (...args: readonly string[]): { readonly status: number | null; readonly out: string; readonly error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), ...args], { cwd: folder, encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8", XDG_CONFIG_HOME: "/nonexistent", XDG_CACHE_HOME: join(folder, "cache"), KEELSON_HOME: join(folder, "home"), KEELSON_PG_URL: "" } });
    return { status, out: stdout, error: stderr };
  };
  const compare = (tags: string): Readonly<Record<string, unknown>> => {
    const { out, error } = keelson("knowledge", "index", "--tree", repository.root, "--versions", tags, "--format", "json");
    assert.notEqual(out, "", error);
    return JSON.parse(out) as Readonly<Record<string, unknown>>;
  };
  const judged = (target: string): readonly string[] => keelson("tuning", "check", "--as", "sysctl", "--target", `kernel=${target}`, "--format", "json", join(folder, "a.conf")).out.split("\n").flatMap((line) => /"message": "([^"]*)"/u.exec(line)?.[1] ?? []);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-versions 目录 "));
    repository = createRepository("linux", folder);
    for (const [version, names] of [["5.10", ["oars", "sails"]], ["6.1", ["oars", "sails"]], ["6.12", ["sails", "radar"]]] as const) {
      repository.commit(`Linux ${version}`, files(version, names));
      repository.git("tag", `v${version}`);
    }
    writeFileSync(join(folder, "a.conf"), "vm.oars = 1\nvm.sails = 1\nvm.radar = 1\n");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("judges a file's settings by what came and went between the tags, and says nothing of what lies between them", () => {
    compare("v6.12,v5.10,v6.1");
    assert.deepEqual(judged("6.12"), [`Linux 6.12 does not have vm.oars: of the versions compared, Linux 6.1 is the last that has it. [v6.1:${vm}:5, Linux 6.1: oars]`]);
    assert.deepEqual(judged("6.6"), []);
    assert.deepEqual(judged("6.1"), [`Linux 6.1 does not have vm.radar yet: of the versions compared, Linux 6.12 is the first that has it. [v6.12:${vm}:10, Linux 6.12: radar]`]);
    assert.match(keelson("knowledge", "search", "vm.oars").out, /How many oars there are/u);
  });

  it("reads nothing again when the tags are as they were, and takes in what another one adds", () => {
    assert.deepEqual([compare("v5.10,v6.12")["changed"], compare("v6.12,v5.10")["changed"]], [4, 0]);
    const { changed, gone } = compare("v5.10,v6.1,v6.12");
    assert.deepEqual([changed, gone], [3, 1]);
    assert.equal(compare("v5.10,v6.1,v6.12")["changed"], 0);
  });

  it("touches neither the work tree nor the repository, whatever lies in them", () => {
    repository.write("mm/boat.c", "changed, not committed\n");
    const seen = (): readonly string[] => [...readdirSync(repository.root, { recursive: true, encoding: "utf8" })].sort().map((path) => `${path} ${statSync(join(repository.root, path)).mtimeMs}`);
    const before = seen();
    compare("v5.10,v6.12");
    assert.deepEqual(seen(), before);
    assert.equal(readFileSync(join(repository.root, "mm/boat.c"), "utf8"), "changed, not committed\n");
  });

  it("compares folders of one version each, and says what it can't compare", () => {
    for (const [name, version, names] of [["old tree", "5.10", ["oars"]], ["new", "6.12", ["radar"]]] as const) {
      for (const [path, text] of Object.entries(files(version, names))) {
        mkdirSync(dirname(join(folder, name, path)), { recursive: true });
        writeFileSync(join(folder, name, path), text);
      }
    }
    const index = (...args: readonly string[]): ReturnType<typeof keelson> => keelson("knowledge", "index", ...args);
    const { out } = index("--tree", join(folder, "new"), "--tree", join(folder, "old tree"), "--compare");
    assert.match(out, /compared new, old tree: 1 name came, 1 went, 0 of them renamed; nothing is said of 0 in doubt/u);
    assert.equal(judged("6.12").length, 1);
    const refused = [["--tree", repository.root, "--versions", "v5.10"], ["--tree", repository.root, "--versions", "v5.10,v9.9"], ["--tree", repository.root, "--versions", "v5.10,--output=x"], ["--tree", join(folder, "new"), "--compare"], ["--versions", "a,b"], ["--tree", repository.root, "--tree", join(folder, "cache"), "--compare"]].map((args) => index(...args));
    assert.deepEqual(refused.map(({ status }) => status), [2, 2, 2, 2, 2, 2]);
    assert.match(refused[1]?.error ?? "", /no tag or commit v9\.9/u);
    repository.commit("no kernel", { Makefile: "all:\n" });
    assert.match(index("--tree", repository.root, "--versions", "v5.10,main").error, /main is no version of the kernel/u);
  });
});
