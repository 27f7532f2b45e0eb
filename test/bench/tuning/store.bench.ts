import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { never } from "../../../language-server/adapters/cancel";
import { sqliteDriver } from "../../../language-server/adapters/knowledge/sqlite";
import type { KnowledgeStore, SourceUpdate, StoreChanges } from "../../../language-server/engine/tuning/store/types";
import { indexTree } from "../../../language-server/knowledge/index-tree";
import { openStore, openTeamStore } from "../../../language-server/knowledge/store";
import { startPostgres, withSchema } from "../../support/postgres/server";
import type { BenchTable } from "../table";
import { random } from "../upstream/corpora";
import { benchModel, benchVector, madeRecords } from "./store-corpus";

const root = resolve(import.meta.dirname, "../../..");
const records = 40_000;

/** What a search costs by words and by words and vectors, on each engine, in a process of its own. */
export async function benchTuningStore({ tree }: { readonly tree?: string }): Promise<readonly BenchTable[]> {
  const folder = mkdtempSync(join(tmpdir(), "keelson-store-bench-"));
  const bundle = join(root, "out/bench-tuning/store-child.mjs");
  await esbuild.build({ absWorkingDir: root, entryPoints: ["test/bench/tuning/store-child.ts"], outfile: bundle, bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning", external: ["pg-native"], banner: { js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);" } });
  try {
    const updates = await corpus(tree);
    const path = join(folder, "knowledge.sqlite");
    const rows: (string | number)[][] = [];
    const filled = await fill(openStore(path), updates);
    const size = `${(statSync(path).size / 1e6).toFixed(0)} MB`;
    for (const engine of ["node:sqlite", "node-sqlite3-wasm"]) rows.push(await measure(engine, [path, engine, "", join(folder, "out.json")], bundle, join(folder, "out.json"), engine === sqliteDriver().name ? filled : "", size));
    const server = await startPostgres();
    try {
      await withSchema(server.url, async (schema) => {
        const made = await fill(openTeamStore({ url: server.url, schema }), updates);
        rows.push(await measure(server.name, [server.url, "team", schema, join(folder, "out.json")], bundle, join(folder, "out.json"), made, ""));
      });
    } finally {
      await server.stop();
    }
    return [{ title: `A store of ${records} records, ${tree === undefined ? "all made" : "of the tree and made ones"}, ${benchModel.dimension} dimensions (ms, MB)`, columns: ["engine", "put s / vectors s", "size", "cold open", "first search", "words p50", "p95", "hybrid p50", "p95", "memory at the end"], rows }];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function corpus(tree: string | undefined): Promise<readonly SourceUpdate[]> {
  const updates: SourceUpdate[] = [];
  const keep: Pick<KnowledgeStore, "hashes" | "put"> = {
    hashes: () => Promise.resolve(new Map()),
    put(changes: StoreChanges) {
      updates.push(...changes.updates);
      return Promise.resolve();
    },
  };
  if (tree !== undefined) await indexTree({ store: keep as KnowledgeStore, tree, now: 0, cancel: never, onProgress: () => undefined });
  const have = updates.reduce((sum, { parameters, prose }) => sum + parameters.length + prose.length, 0);
  const made = madeRecords(Math.max(0, records - have), random(5));
  for (let i = 0; i < made.length; i += 100) updates.push({ file: `made-${i}.rst`, hash: "1", parameters: made.slice(i, i + 100), prose: [], unread: 0 });
  return updates;
}

/** Seconds of the records and of the vectors. */
async function fill(store: KnowledgeStore, updates: readonly SourceUpdate[]): Promise<string> {
  const started = performance.now();
  await store.put({ origin: "/bench", updates, gone: [], at: 0 }, never);
  const put = performance.now();
  const draw = random(3);
  for await (const texts of store.vectors?.wanting(benchModel, 2000, never) ?? []) await store.vectors?.put(benchModel, texts.map(({ content }) => ({ content, values: benchVector(draw) })), never);
  const done = performance.now();
  await store.dispose();
  return `${((put - started) / 1000).toFixed(1)} / ${((done - put) / 1000).toFixed(1)}`;
}

async function measure(name: string, args: readonly string[], bundle: string, out: string, filled: string, size: string): Promise<(string | number)[]> {
  const status = await new Promise<number | null>((done, reject) => {
    spawn(process.env["KEELSON_NODE"] ?? process.execPath, [bundle, ...args], { stdio: ["ignore", "inherit", "inherit"] })
      .on("error", reject)
      .on("close", done);
  });
  if (status === 3) return [name, "not in this node", "", "", "", "", "", "", "", ""];
  if (status !== 0) throw new Error(`${name}: status ${status ?? "none"}`);
  const found = JSON.parse(readFileSync(out, "utf8")) as Readonly<Record<string, number>>;
  const ms = (key: string): string => (found[key] ?? 0).toFixed(1);
  return [name, filled, size, ms("open"), ms("first"), ms("words50"), ms("words95"), ms("hybrid50"), ms("hybrid95"), `${((found["rss"] ?? 0) / 1e6).toFixed(0)} (${((found["bare"] ?? 0) / 1e6).toFixed(0)} before)`];
}
