import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { honest, startEmbeddings } from "../../support/embeddings";
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
  const keelson = (args: readonly string[], locale = "C.UTF-8", more: Readonly<Record<string, string>> = {}): { readonly status: number | null; readonly out: string; readonly error: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), "knowledge", ...args], { encoding: "utf8", env: { ...process.env, LC_ALL: locale, XDG_CONFIG_HOME: "/nonexistent", XDG_CACHE_HOME: join(folder, "cache"), KEELSON_HOME: "", XDG_DATA_HOME: join(folder, "data"), ...more } });
    return { status, out: stdout, error: stderr };
  };
  /** Leaves this process free to play the endpoint. */
  const keelsonBeside = (args: readonly string[]): Promise<{ readonly status: number | null; readonly out: string; readonly error: string }> =>
    new Promise((done, reject) => {
      const child = spawn(process.execPath, [join(dist, "server", "cli.mjs"), "knowledge", ...args], { env: { ...process.env, LC_ALL: "C.UTF-8", XDG_CONFIG_HOME: "/nonexistent", XDG_CACHE_HOME: join(folder, "cache") } });
      let out = "";
      let error = "";
      child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => (error += text));
      child.on("error", reject);
      child.on("close", (status) => {
        done({ status, out, error });
      });
    });
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

  it("keeps the store where the user's data is, and tells of one that an earlier build left among caches", () => {
    for (const [more, place] of [[{}, join(folder, "data", "keelson")], [{ KEELSON_HOME: join(folder, "own 家") }, join(folder, "own 家")]] as const) {
      assert.equal(keelson(["index", "--tree", tree], "C.UTF-8", more).status, 0);
      assert.ok(readdirSync(join(place, "knowledge")).some((name) => name.startsWith("knowledge.sqlite")));
    }
    write("../cache/keelson/knowledge/knowledge.sqlite", "of an earlier build");
    assert.match(keelson(["search", "swap"], "C.UTF-8", { KEELSON_HOME: join(folder, "empty") }).error, /is empty.*\n.*earlier build and is not read/u);
  });

  it("makes vectors with the endpoint of the embed role, and says when search goes by words alone", async () => {
    index();
    assert.match(keelson(["stats", "--store", store()]).out, /No vectors: search goes by words alone/u);
    assert.match(keelson(["embed", "--store", store()]).error, /No endpoint makes vectors/u);
    const endpoint = await startEmbeddings(honest());
    const settings = join(folder, "settings.json");
    writeFileSync(settings, JSON.stringify({ "keelson.models": [{ id: "v", baseUrl: endpoint.url, model: "words" }], "keelson.model.roles": { embed: "v" } }));
    const run = (args: readonly string[]): Promise<{ readonly status: number | null; readonly out: string; readonly error: string }> => keelsonBeside([...args, "--store", store(), "--settings", settings]);
    try {
      assert.match((await run(["search", "swap"])).error, /there are no vectors of this model yet/u);
      const { status, out } = await run(["embed"]);
      assert.equal(status, 0);
      assert.match(out, /^\d+ vectors of 24 dimensions made with words@/u);
      assert.match((await run(["search", "zebra"])).out, /^vm\.swappiness/u);
      assert.match((await run(["stats"])).out, /vectors of 24 dimensions/u);
    } finally {
      await endpoint.close();
    }
    const { out, error } = await run(["search", "swap"]);
    assert.match(out, /^vm\.swappiness/u);
    assert.match(error, /words alone: the embed endpoint failed/u);
    assert.match((await run(["embed"])).error, /The embed endpoint failed/u);
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
