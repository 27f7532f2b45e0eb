import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeAction, CompletionItem, CompletionList, Diagnostic, Hover, InlayHint, LocationLink } from "vscode-languageserver-protocol";
import type { TargetView } from "../../../language-server/protocol/tuning";
import { dist, items, startClient, type Client } from "../../support/lsp-client";

/** A kernel tree of one document, with as many sysctls as make its names count as whole. */
function makeTree(folder: string): void {
  const names = ["panic", ...Array.from({ length: 520 }, (_, i) => `filler_${"abcdefghij".charAt(i % 10).repeat(9)}_${i}`)];
  const section = (name: string): string => `${name}\n${"=".repeat(name.length)}\n\nWhat ${name} does.\n\n\n`;
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  write("Makefile", "VERSION = 6\nPATCHLEVEL = 1\nSUBLEVEL = 0\n");
  write("Documentation/admin-guide/sysctl/kernel.rst", `===================================\nDocumentation for /proc/sys/kernel/\n===================================\n\n${names.map(section).join("")}`);
  write("Documentation/admin-guide/sysctl/vm.rst", `===============================\nDocumentation for /proc/sys/vm/\n===============================\n\n${section("swappiness")}${section("dirty_ratio")}`);
  write("Documentation/admin-guide/sysctl/fs.rst", `===============================\nDocumentation for /proc/sys/fs/\n===============================\n\n${section("file-max")}`);
  write("net/keel.c", 'static struct ctl_table core[] = { { .procname = "somaxconn", .proc_handler = proc_dointvec }, { } };\nstatic struct ctl_table ipv4[] = { { .procname = "tcp_rmem", .proc_handler = proc_dointvec }, { } };\nstatic int f(void) { register_net_sysctl(net, "net/core", core); register_net_sysctl(net, "net/ipv4", ipv4); return 0; }\n');
}

const sysctl = "# a comment\nvm.swapiness = 10\nvm.dirty_ratio = 40\nvm.dirty_bytes = 16777216\nkernel.sched_latency_ns = 24000000\nvm.dirty_ratio = 30\n";

function wordsOf(diagnostic: Diagnostic | undefined): string {
  const message = diagnostic?.message ?? "";
  return typeof message === "string" ? message : message.value;
}

describe("configuration files over stdio", () => {
  let folder: string;
  let client: Client;
  let target: Readonly<Record<string, string>> = {};
  const uriOf = (path: string): string => pathToFileURL(join(folder, path)).toString();
  const ask = <R>(method: string, uri: string, line = 0, character = 0, more: object = {}): Promise<R> => client.connection.sendRequest<R>(`textDocument/${method}`, { textDocument: { uri }, position: { line, character }, ...more });
  const told = async (uri: string): Promise<readonly string[]> => items(await client.pull(uri)).map((found) => `${found.range.start.line}:${found.range.start.character} ${String(found.code)} ${wordsOf(found).split(" [")[0] ?? ""}`);
  const open = (path: string, text: string, language = "properties"): string => {
    client.open(uriOf(path), text, language);
    return uriOf(path);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "keelson-tuning-"));
    makeTree(join(folder, "linux"));
    const env = { XDG_DATA_HOME: join(folder, "cache") };
    const index = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), "knowledge", "index", "--tree", join(folder, "linux")], { encoding: "utf8", env: { ...process.env, ...env, XDG_CONFIG_HOME: "/nonexistent" } });
    assert.equal(index.status, 0, index.stderr);
    client = await startClient({ folders: [folder], env, settings: () => ({ tuning: { target } }) });
  });
  after(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("are judged by the store and the built-in pack, with the source of each statement", async () => {
    const uri = open("etc/sysctl.d/50-keel.conf", sysctl);
    assert.deepEqual(await told(uri), [
      "1:0 tuning-unknown Linux 6.1 (linux) has no vm.swapiness. Did you mean vm.swappiness?",
      "2:0 tuning-overridden vm.dirty_ratio is set again in line 6, to 30; this line does nothing.",
      "3:0 tuning-conflict vm.dirty_bytes and vm.dirty_ratio exclude each other: vm.dirty_ratio, set last, makes the other 0. Ratio and bytes are one limit in two units: the one written last counts and the other reads 0.",
      "4:0 tuning-moved kernel.sched_latency_ns is no longer set here: since Linux 5.13 it is /sys/kernel/debug/sched/latency_ns.",
    ]);
    const [misspelt, idle] = items(await client.pull(uri));
    assert.match(wordsOf(misspelt), /\[Documentation\/admin-guide\/sysctl\/vm\.rst:\d+, /u);
    assert.equal(misspelt?.relatedInformation?.[0]?.location.uri, uriOf("linux/Documentation/admin-guide/sysctl/vm.rst"));
    assert.deepEqual(idle?.tags, [1]);
  });

  it("answer unchanged when nothing is new, and anew after an edit", async () => {
    const uri = open("etc/sysctl.d/51-keel.conf", "vm.swapiness = 10\n");
    const first = await client.pull(uri);
    assert.deepEqual(await client.pull(uri, first.resultId), { kind: "unchanged", resultId: first.resultId });
    client.change(uri, 2, "vm.swappiness = 10\n");
    assert.deepEqual(await told(uri), []);
  });

  it("know what another file that is read later sets", async () => {
    mkdirSync(join(folder, "root/etc/sysctl.d"), { recursive: true });
    writeFileSync(join(folder, "root/etc/sysctl.d/99-last.conf"), "vm.swappiness = 1\n");
    writeFileSync(join(folder, "root/etc/sysctl.d/10-first.conf"), "vm.swappiness = 60\n");
    const uri = open("root/etc/sysctl.d/10-first.conf", "vm.swappiness = 60\n");
    const [found] = items(await client.pull(uri));
    assert.match(wordsOf(found), /is set again by .*99-last\.conf, which is read later, to 1;/u);
    assert.equal(found?.relatedInformation?.[0]?.location.uri, uriOf("root/etc/sysctl.d/99-last.conf"));
  });

  it("tell in a hover what a setting is, escaped, and link its source on this disk", async () => {
    const uri = open("etc/sysctl.d/52-keel.conf", sysctl);
    const hover = await ask<Hover>("hover", uri, 3, 5);
    const { value } = hover.contents as { value: string };
    assert.match(value, /\*\*vm\\\.dirty\\_bytes\*\*/u);
    assert.match(value, /Here: 16 MiB/u);
    assert.match(value, /Source: /u);
    const linked = (await ask<Hover>("hover", uri, 2, 5)).contents as { value: string };
    assert.ok(linked.value.includes(`(${uriOf("linux/Documentation/admin-guide/sysctl/vm.rst")}#L`), linked.value);
    assert.equal(await ask<Hover | null>("hover", uri, 0, 3), null);
  });

  it("go from a setting to the document that tells of it", async () => {
    const uri = open("etc/sysctl.d/53-keel.conf", "vm.swappiness = 10\n");
    const [link] = await ask<LocationLink[]>("definition", uri, 0, 4);
    assert.equal(link?.targetUri, uriOf("linux/Documentation/admin-guide/sysctl/vm.rst"));
  });

  it("offer names with their text, and values", async () => {
    const uri = open("etc/sysctl.d/54-keel.conf", "vm.swap\nvm.swappiness = \n");
    const list = await ask<CompletionList>("completion", uri, 0, 7);
    const swappiness = list.items.find(({ label }) => label === "vm.swappiness");
    assert.deepEqual(swappiness?.textEdit, { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 7 } }, newText: "vm.swappiness = " });
    const resolved = await client.connection.sendRequest<CompletionItem>("completionItem/resolve", swappiness);
    assert.match((resolved.documentation as { value: string }).value, /Source: /u);
    const values = await ask<CompletionList | null>("completion", uri, 1, 16);
    assert.ok(values === null || values.items.length > 0);
  });

  it("offer names where a blank alone would part them from their values, and among the options of a mount", async () => {
    for (const [path, typed, label] of [["pg/postgresql.conf", "effective_c", "effective_cache_size"], ["redis/redis.conf", "maxmem", "maxmemory"], ["etc/fstab", "redis://h/1 /jfs juicefs _netdev,cache-s", "cache-size"]] as const) {
      const uri = open(path, `${typed}\nport 6379\n`);
      const list = await ask<CompletionList>("completion", uri, 0, typed.length);
      assert.ok(list.items.some((item) => item.label === label), path);
    }
  });

  it("offer items of limits.conf behind domain and type, and limits in a unit once a letter is there", async () => {
    const limits = open("etc/security/limits.conf", "* soft nof\n");
    assert.ok((await ask<CompletionList>("completion", limits, 0, 10)).items.some(({ label }) => label === "nofile"));
    assert.equal(await ask<CompletionList | null>("completion", limits, 0, 2), null, "a domain is no item");
    const unit = open("etc/systemd/system/keel.service", "[Service]\nLimitNO\n\n");
    assert.ok((await ask<CompletionList>("completion", unit, 1, 7)).items.some(({ label }) => label === "LimitNOFILE"));
    assert.equal(await ask<CompletionList | null>("completion", unit, 2, 0), null);
  });

  it("offer the fix, and a rewrite that kernels without the name pass over", async () => {
    const uri = open("etc/sysctl.d/55-keel.conf", "vm.swapiness = 10\n");
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };
    const actions = await ask<CodeAction[]>("codeAction", uri, 0, 0, { range, context: { diagnostics: items(await client.pull(uri)) } });
    assert.deepEqual(actions.map(({ title, isPreferred }) => [title, isPreferred]), [["Change to vm.swappiness", true], ["Let systems without it go on: -vm.swapiness", false]]);
    assert.equal(actions[0]?.diagnostics?.length, 1);
  });

  it("show in units what a bare number means", async () => {
    const uri = open("etc/sysctl.d/56-keel.conf", sysctl);
    const hints = await ask<InlayHint[]>("inlayHint", uri, 0, 0, { range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } } });
    assert.deepEqual(hints.map(({ position, label }) => [position.line, label]), [[3, "= 16 MiB"], [4, "= 24 ms"]]);
  });

  it("are judged for the version that the settings name", async () => {
    const uri = open("etc/sysctl.d/57-keel.conf", "kernel.sched_latency_ns = 24000000\n");
    const view = await client.connection.sendRequest<TargetView>("keelson/tuning/target", { uri });
    assert.equal(view.text, "Linux 6.1");
    assert.deepEqual(view.choices.slice(0, 2).map(({ label }) => label), ["Automatic: Linux 6.1", "Linux 6.1"]);
    target = { kernel: "4.19" };
    void client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.refreshed();
    assert.deepEqual(await told(uri), []);
    assert.equal((await client.connection.sendRequest<TargetView>("keelson/tuning/target", { uri })).text, "Linux 4.19");
    target = {};
    void client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
    await client.refreshed();
  });

  it("of vLLM in compose files are told of, and other YAML is left alone", async () => {
    const uri = open("compose.yaml", "services:\n  a:\n    image: vllm/vllm-openai:v0.8.4\n    command: --model m --max-num-seqs 512 --max-num-batched-tokens 256\n", "dockercompose");
    assert.deepEqual((await told(uri)).map((line) => line.split(" ").slice(0, 2).join(" ")), ["3:42 tuning-conflict"]);
    const other = open("values.yaml", "replicas: 2\ncommand: [--max-num-seqs, 512]\n", "yaml");
    assert.deepEqual(await told(other), []);
    assert.equal(await ask<Hover | null>("hover", other, 1, 14), null);
    assert.equal(await client.connection.sendRequest("keelson/tuning/target", { uri: other }), null);
  });

  it("do not get in the way of patches, whatever these are called", async () => {
    const patch = open("0001-a.patch", "diff --git a/sysctl.conf b/sysctl.conf\n--- a/sysctl.conf\n+++ b/sysctl.conf\n@@ -1 +1 @@\n-vm.swapiness=1\n+vm.swapiness=2 \n", "plaintext");
    assert.ok(items(await client.pull(patch)).every(({ code }) => !String(code).startsWith("tuning")));
    assert.equal(await ask<CompletionList | null>("completion", patch, 5, 3), null);
  });
});
