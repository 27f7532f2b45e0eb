import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { dist } from "../../support/lsp-client";

/** A tree with one document, in our own words. */
const document = `===============================
Documentation for /proc/sys/vm/
===============================

swappiness
==========

How eagerly anonymous memory is moved to swap.

The default value is 60.


dirty_ratio
===========

Percentage of memory that may hold unwritten data.
`;

describe("keelson knowledge in the terminal", () => {
  let folder: string;
  let tree: string;
  const store = (): string => join(folder, "store dir", "k.sqlite");
  const keelson = (args: readonly string[], locale = "C.UTF-8"): { readonly status: number | null; readonly out: string; readonly error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), "knowledge", ...args], { encoding: "utf8", env: { ...process.env, LC_ALL: locale, XDG_CONFIG_HOME: "/nonexistent", XDG_CACHE_HOME: join(folder, "cache") } });
    return { status, out: stdout, error: stderr };
  };
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  const index = (): Readonly<Record<string, unknown>> => JSON.parse(keelson(["index", "--tree", tree, "--store", store(), "--format", "json"]).out) as Readonly<Record<string, unknown>>;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-knowledge 目录 "));
    tree = join(folder, "linux");
    write("Documentation/admin-guide/sysctl/vm.rst", document);
    write("mm/Kconfig", 'config KEEL_CACHE\n\tbool "Keel cache"\n\thelp\n\t  Keeps what was read of a keel.\n');
    symlinkSync(tree, join(tree, "loop"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("indexes a tree, and later only what changed in it", () => {
    const first = index();
    assert.deepEqual([first["files"], first["changed"], first["gone"]], [2, 2, 0]);
    assert.deepEqual([index()["changed"], index()["gone"]], [0, 0]);
    write("Documentation/admin-guide/sysctl/vm.rst", `${document}\nMore.\n`);
    rmSync(join(tree, "mm/Kconfig"));
    const later = index();
    assert.deepEqual([later["files"], later["changed"], later["gone"]], [1, 1, 1]);
  });

  it("searches in English and Chinese, with the source of every answer", () => {
    index();
    for (const query of [["vm.swapiness"], ["moved", "to", "swap"], ["交换倾向"]]) {
      const { status, out } = keelson(["search", ...query, "--store", store(), "--format", "json", "--limit", "1"]);
      const [hit] = JSON.parse(out) as readonly Readonly<Record<string, unknown>>[];
      assert.equal(status, 0);
      assert.deepEqual([Object.keys(hit ?? {}), hit?.["name"], hit?.["kind"], (hit?.["source"] as { file: string }).file], [["name", "kind", "component", "score", "source"], "vm.swappiness", "sysctl", "Documentation/admin-guide/sysctl/vm.rst"]);
    }
    assert.match(keelson(["search", "swap", "--store", store()]).out, /^vm\.swappiness {2}sysctl, kernel\n {4}How eagerly .*\n(?:.*\n)* {4}Documentation\/admin-guide\/sysctl\/vm\.rst:\d+/u);
    assert.match(keelson(["search", "keel", "--kind", "kconfig", "--store", store()]).out, /^CONFIG_KEEL_CACHE/u);
  });

  it("tells what the store holds, in the reader's language", () => {
    index();
    assert.match(keelson(["stats", "--store", store()]).out, /^\d+ records in .*\n(?:.*\n)*.*2 files/u);
    assert.match(keelson(["stats", "--store", store()], "zh_CN.UTF-8").out, /条记录/u);
  });

  it("reads documents beside a tree, later only what changed, and tells what sources say differently", () => {
    const docs = join(folder, "redis 文档");
    mkdirSync(join(docs, "src"), { recursive: true });
    writeFileSync(join(docs, "redis.conf"), "# How many boats may be at sea at once.\nmaxboats 10\n");
    writeFileSync(join(docs, "src", "config.c"), 'createIntConfig("maxboats", NULL, MODIFIABLE_CONFIG, 1, INT_MAX, server.boats, 100, INTEGER_CONFIG, NULL, NULL),\ncreateIntConfig("maxboats", NULL, MODIFIABLE_CONFIG, 1, INT_MAX, server.boats, 200, INTEGER_CONFIG, NULL, NULL),\n');
    const read = (): Readonly<Record<string, unknown>> => JSON.parse(keelson(["index", "--tree", tree, "--docs", docs, "--store", store(), "--format", "json"]).out) as Readonly<Record<string, unknown>>;
    const first = read();
    assert.deepEqual([first["files"], first["changed"]], [4, 4]);
    const [, folderReport] = first["origins"] as readonly { readonly importers: readonly { readonly importer: string }[]; readonly conflicts: readonly { readonly name: string; readonly field: string }[] }[];
    assert.deepEqual([folderReport?.importers.map(({ importer }) => importer), folderReport?.conflicts.map(({ name, field }) => `${name} ${field}`)], [["redis-source", "redis-conf"], ["maxboats default"]]);
    assert.equal(read()["changed"], 0);
    const [hit] = JSON.parse(keelson(["search", "boats at sea", "--component", "redis", "--store", store(), "--format", "json"]).out) as readonly Readonly<Record<string, unknown>>[];
    assert.deepEqual([hit?.["name"], hit?.["kind"]], ["maxboats", "setting"]);
    const bad = keelson(["index", "--database", "redis:secret@x"]);
    assert.equal(bad.status, 2);
    assert.doesNotMatch(bad.error, /secret/u);
  });

  it("makes a damaged store anew", () => {
    mkdirSync(dirname(store()));
    writeFileSync(store(), "damaged ".repeat(5000));
    const search = keelson(["search", "swap", "--store", store()]);
    assert.equal(search.status, 2);
    assert.match(search.error, /can't be read.*Run keelson knowledge index again/u);
    assert.equal(index()["changed"], 2);
    assert.match(keelson(["search", "swap", "--store", store()]).out, /^vm\.swappiness/u);
  });

  it("says what is missing and leaves no store behind", () => {
    for (const [args, words] of [[["index"], /Name what to read/u], [["index", "--tree", join(folder, "none")], /is no directory/u], [["search"], /Say what to look for/u], [["search", "x", "--kind", "y"], /--kind takes sysctl/u], [["search", "x", "--limit", "0"], /--limit takes/u], [["nothing"], /no command “knowledge nothing”/u], [["stats", "--bad"], /--bad/u]] as const) {
      const { status, error } = keelson(args);
      assert.equal(status, 2, error);
      assert.match(error, words);
    }
    const empty = keelson(["search", "x"]);
    assert.deepEqual([empty.status, empty.out], [0, "Nothing found.\n"]);
    assert.match(empty.error, /is empty/u);
    assert.deepEqual(readdirSync(folder), ["linux"]);
    assert.match(keelson(["--help"]).out, /keelson knowledge index ORIGIN/u);
  });
});
