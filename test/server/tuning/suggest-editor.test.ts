import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CancellationTokenSource } from "vscode-languageserver-protocol/node";
import type { RequestMethod, Requests } from "../../../language-server/protocol/requests";
import { startClient, type Client, type ClientOptions } from "../../support/lsp-client";

describe("suggestions in the editor's server", function () {
  this.timeout(60_000);
  if (process.platform !== "linux") return;
  let folder: string;
  const clients: Client[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-suggest-"));
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.stop();
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const start = async (options: ClientOptions = {}) => {
    const client = await startClient({ ...options, env: { KEELSON_HOME: join(folder, "home"), XDG_CACHE_HOME: join(folder, "cache") } });
    clients.push(client);
    return <M extends RequestMethod>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]> => client.connection.sendRequest(method, params);
  };

  it("come ranked, with who says so, and with a report of all sources", async () => {
    const ask = await start();
    const { title, suggestions, report } = await ask("keelson/tuning/suggest", { workload: "nginx with many short connections", machine: { kind: "here" } });
    assert.match(title, /nginx with many short connections \(.*web.*\), .*Linux \d/u);
    assert.ok(suggestions.some(({ name }) => name === "net.ipv4.ip_local_port_range"));
    for (const { name, by, evidence } of suggestions) assert.ok(by !== "" && evidence.length > 0, name);
    assert.match(report, /^# Suggestions\n/u);
    assert.match(report, /docs\.kernel\.org/u);
  });

  it("come in Chinese where the editor speaks it", async () => {
    const ask = await start({ initializationOptions: { locale: "zh-cn" } });
    const { title, suggestions, notes } = await ask("keelson/tuning/suggest", { workload: "redis 缓存", machine: { kind: "none" } });
    assert.match(title, /针对“redis 缓存”的建议/u);
    assert.match(suggestions[0]?.reason ?? "", /\p{Script=Han}/u);
    assert.match(notes.join(), /缺少机器事实/u);
  });

  it("show what they would change, and refuse what may not be written", async () => {
    const ask = await start({ settings: () => ({ tuning: { locked: ["vm.dirty_ratio"] } }) });
    await ask("keelson/tuning/suggest", { workload: "kafka", machine: { kind: "none" } });
    const plan = await ask("keelson/tuning/plan", { machine: { kind: "here" }, choices: [{ name: "vm.max_map_count", value: "262145" }, { name: "vm.dirty_ratio", value: "61" }, { name: "--max-num-seqs", value: "256" }] });
    assert.match(plan.before, /^vm\.max_map_count = \d+\n$/u);
    assert.equal(plan.after, "vm.max_map_count = 262145\n");
    assert.equal(plan.count, 1);
    assert.match(plan.refused.join("\n"), /vm\.dirty_ratio: is on the lock list\n.*--max-num-seqs: no file of vllm was found/u);
  });

  it("run no program in a workspace that is not trusted", async () => {
    const ask = await start({ initializationOptions: { trusted: false } });
    await assert.rejects(ask("keelson/tuning/suggest", { workload: "redis", machine: { kind: "here" } }), /not trusted/u);
    await assert.rejects(ask("keelson/tuning/plan", { choices: [{ name: "vm.swappiness", value: "10" }], machine: { kind: "ssh", host: "box" } }), /not trusted/u);
    assert.ok((await ask("keelson/tuning/suggest", { workload: "redis", machine: { kind: "none" } })).suggestions.length > 0);
  });

  it("take no odd host, no file that holds no facts, and no rollback file from elsewhere", async () => {
    const ask = await start();
    await assert.rejects(ask("keelson/tuning/suggest", { workload: "redis", machine: { kind: "ssh", host: "-oProxyCommand=x" } }), /no name of a host/u);
    const odd = join(folder, "odd.json");
    writeFileSync(odd, "{}");
    await assert.rejects(ask("keelson/tuning/suggest", { workload: "redis", machine: { kind: "file", path: odd } }), /tells no facts/u);
    const elsewhere = join(folder, "rollback-00000000.json");
    writeFileSync(elsewhere, JSON.stringify({ format: 1, id: "0000000000000000", host: "", root: "/proc/sys", at: "", changes: [{ name: "vm.swappiness", path: "vm/swappiness", old: "1", value: "2" }] }));
    await assert.rejects(ask("keelson/tuning/rollback", { path: elsewhere }), /no rollback file/u);
    assert.deepEqual(await ask("keelson/tuning/rollbacks", null), { choices: [] });
  });

  it("stop when they are cancelled", async () => {
    await start();
    const source = new CancellationTokenSource();
    const asked = clients[0]?.connection.sendRequest("keelson/tuning/suggest", { workload: "redis", machine: { kind: "here" } }, source.token);
    source.cancel();
    await assert.rejects(Promise.resolve(asked), /cancel/iu);
  });
});
