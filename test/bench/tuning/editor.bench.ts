import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { packSettings } from "../../../language-server/engine/tuning/pack/settings";
import { defaultStorePath, openStore } from "../../../language-server/knowledge/store";
import { dist, items, startClient, type Client } from "../../support/lsp-client";
import type { BenchTable } from "../table";

const lines = 1000;

/** What an editor waits for in a sysctl file of 1,000 lines, at the LSP boundary; with the store of a kernel tree when `--tree` names one. */
export async function benchTuningEditor({ tree }: { readonly tree?: string }): Promise<readonly BenchTable[]> {
  const folder = mkdtempSync(join(tmpdir(), "keelson-tuning-bench-"));
  try {
    const cache = join(folder, "cache");
    mkdirSync(cache);
    const env = { XDG_DATA_HOME: cache };
    if (tree !== undefined) {
      const { status, stderr } = spawnSync(process.execPath, [join(dist, "server", "cli.mjs"), "knowledge", "index", "--tree", tree], { encoding: "utf8", env: { ...process.env, ...env } });
      if (status !== 0) throw new Error(stderr);
    }
    const text = await bigFile(cache);
    const client = await startClient({ env, folders: [folder] });
    try {
      return [await measured(client, pathToFileURL(join(folder, "sysctl.d/90-bench.conf")).toString(), text, tree)];
    } finally {
      await client.stop();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each line sets another name as far as there are names: those of the store and the pack, every tenth with a letter lost. */
async function bigFile(cache: string): Promise<string> {
  const store = openStore(defaultStorePath({ XDG_DATA_HOME: cache }));
  const stored = (await store.names?.("sysctl")) ?? [];
  await store.dispose();
  const names = [...new Set([...packSettings.filter(({ kind }) => kind === "sysctl").map(({ name }) => name), ...stored.map(({ name }) => name.replaceAll("*", "eth0"))])];
  return Array.from({ length: lines }, (_, i) => {
    const name = names[i % names.length] ?? "vm.swappiness";
    return `${i % 10 === 9 ? `${name.slice(0, -3)}${name.slice(-2)}` : name} = ${i}\n`;
  }).join("");
}

async function measured(client: Client, uri: string, text: string, tree: string | undefined): Promise<BenchTable> {
  const send = (method: string, more: object = {}): Promise<unknown> => client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri }, ...more });
  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  client.open(uri, text, "properties");
  let found = 0;
  const cold = await timed(async () => {
    found = items(await client.pull(uri)).length;
  });
  let version = 1;
  const edited = async (work: () => Promise<unknown>): Promise<number> => {
    version++;
    // Another name each time, so that nothing of it is remembered.
    const word = version % 2 === 0 ? "x" : "y";
    void client.connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ range: { start: { line: version % lines, character: 4 }, end: { line: version % lines, character: 5 } }, text: word }] });
    return timed(work);
  };
  const samples = async (count: number, work: () => Promise<number>): Promise<readonly number[]> => {
    const times: number[] = [];
    for (let i = 0; i < count; i++) times.push(await work());
    return times;
  };
  const whole = { range: { start: { line: 0, character: 0 }, end: { line: lines, character: 0 } } };
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ["diagnostics when the file is opened", [cold]],
    ["diagnostics after an edit", await samples(60, () => edited(() => client.pull(uri)))],
    ["hover", await samples(60, () => timed(() => send("hover", { position: { line: 3, character: 4 } })))],
    ["completion of a name after an edit", await samples(40, () => edited(() => send("completion", { position: { line: lines, character: 0 } })))],
    ["inlay hints after an edit", await samples(40, () => edited(() => send("inlayHint", whole)))],
  ];
  return { title: `Editor: a sysctl file of ${lines} lines, ${found} findings, store ${tree === undefined ? "empty (pack alone)" : "of a kernel tree"} (ms)`, columns: ["what", "p50", "p95", "budget"], rows: rows.map(([name, times]) => [name, quantile(times, 0.5), quantile(times, 0.95), name.startsWith("diagnostics") ? "50" : ""]) };
}

function quantile(times: readonly number[], q: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? 0).toFixed(1);
}
