import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ParameterRecord } from "../../../language-server/engine/tuning/types";
import { openStore } from "../../../language-server/knowledge/store";
import { startMariadb, startPostgresql, startRedis, type DatabaseServer } from "../../support/databases";
import { dist } from "../../support/lsp-client";

/** Real servers of this machine, each for its own test; one that is not installed is skipped. */
describe("keelson knowledge index --database", function () {
  this.timeout(120_000);
  let folder: string;
  let server: DatabaseServer | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-databases "));
  });
  afterEach(async () => {
    await server?.stop();
    server = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  const index = (address: string, more: Readonly<Record<string, string>> = {}): Readonly<Record<string, unknown>> => {
    const { stdout, stderr } = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), "knowledge", "index", "--database", address, "--store", join(folder, "k.sqlite"), "--format", "json"], { encoding: "utf8", env: { ...process.env, LC_ALL: "C.UTF-8", XDG_CONFIG_HOME: "/nonexistent", ...more } });
    assert.notEqual(stdout, "", stderr);
    return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  };
  const known = async (name: string): Promise<ParameterRecord> => {
    const store = openStore(join(folder, "k.sqlite"));
    try {
      const [record] = (await store.get(name)).filter(({ source }) => source.file.includes("://"));
      assert.ok(record, name);
      return record;
    } finally {
      await store.dispose();
    }
  };
  const without = (server: string): void => {
    console.log(`      skipped: ${server} is not installed`);
  };

  it("takes PostgreSQL's word for types, bounds and defaults, and none for what the asking session is", async function () {
    server = await startPostgresql();
    if (server === undefined) {
      without("PostgreSQL");
      return this.skip();
    }
    const report = index(`postgresql://keel@127.0.0.1:${server.port}/postgres`);
    assert.ok((report["records"] as number) > 250);
    const { type, unit, restart, range, current, default: usual } = await known("shared_buffers");
    assert.deepEqual([type, unit, restart, range?.min, /^\d+$/u.test(current ?? ""), /^\d+$/u.test(usual ?? "")], ["bytes", "8kB", "service", "16", true, true]);
    assert.deepEqual((await known("wal_level")).range, { values: ["minimal", "replica", "logical"] });
    assert.deepEqual([(await known("default_transaction_read_only")).current, (await known("application_name")).current], [undefined, undefined]);
  });

  it("takes MariaDB's word for types, bounds and defaults, by either name of its protocol, and keeps no secret", async function () {
    server = await startMariadb();
    if (server === undefined) {
      without("MariaDB");
      return this.skip();
    }
    for (const scheme of ["mariadb", "mysql"]) {
      index(`${scheme}://root@127.0.0.1:${server.port}`);
      const { component, type, restart, range, current, default: usual, description } = await known("max_connections");
      assert.deepEqual([component, type, restart, range?.max, current, usual, description === ""], ["mariadb", "integer", "none", "100000", "151", "151", false], scheme);
    }
    assert.deepEqual([(await known("key_buffer_size")).current, (await known("ssl_key")).current, (await known("innodb_flush_method")).restart], ["134217728", undefined, "service"]);
  });

  it("reads redis with a password from the address or the environment, keeps neither, and says what a server refused", async function () {
    const password = "keel-hunter-2";
    server = await startRedis(password);
    if (server === undefined) {
      without("redis");
      return this.skip();
    }
    const address = `redis://127.0.0.1:${server.port}`;
    const refused = index(address)["unread"] as readonly { readonly file: string; readonly reason: string }[];
    assert.match(refused.find(({ file }) => file === address)?.reason ?? "", /NOAUTH/u);
    index(address, { REDISCLI_AUTH: password });
    assert.equal((await known("maxmemory-policy")).current, "noeviction");
    assert.equal((await known("requirepass")).current, undefined);
    assert.doesNotMatch(JSON.stringify(index(address.replace("//", `//:${password}@`))), /hunter/u);
  });
});
