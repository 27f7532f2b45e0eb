import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import * as esbuild from "esbuild";
import { never } from "../../../language-server/adapters/cancel";
import { sqliteDriver } from "../../../language-server/adapters/knowledge/sqlite";
import type { KnowledgeStore, SourceUpdate, StoreChanges } from "../../../language-server/engine/tuning/store/types";
import type { ParameterRecord } from "../../../language-server/engine/tuning/types";
import { indexDocuments } from "../../../language-server/knowledge/index-documents";
import type { IndexReport } from "../../../language-server/knowledge/index-report";
import { indexTree } from "../../../language-server/knowledge/index-tree";
import { openStore } from "../../../language-server/knowledge/store";
import type { BenchTable } from "../table";
import { random } from "../upstream/corpora";
import { fieldTruthTable } from "./field-truth";
import { flatBm25 } from "./flat-bm25";
import { isGold, querySets, recall, retrievalSets, type Named } from "./query-sets";

const root = resolve(import.meta.dirname, "../../..");
const depth = 5;

type Asking = (query: string, kinds: readonly ParameterRecord["kind"][] | undefined) => Promise<readonly Named[]>;

/** Recall of parameters by other people's descriptions, beside flat BM25, and what a search costs. */
export async function benchTuningRetrieval({ tree, docs = [] }: { readonly tree?: string; readonly docs?: readonly string[] }): Promise<readonly BenchTable[]> {
  const sets = querySets();
  if (tree === undefined || sets === undefined) return [{ title: "Retrieval: skipped, it needs --tree DIR and the query sets of KEELSON_DATA", columns: ["what"], rows: [] }];
  const folder = mkdtempSync(join(tmpdir(), "keelson-retrieval-"));
  try {
    const path = join(folder, "knowledge.sqlite");
    const store = openStore(path);
    const records: ParameterRecord[] = [];
    const started = performance.now();
    const report = await indexTree({ store: recording(store, records), tree, now: 0, cancel: never, onProgress: () => undefined });
    const first = performance.now() - started;
    const kernelRecords = [...records];
    const others: IndexReport[] = [];
    for (const folder of docs) others.push(await indexDocuments({ store: isQueried(folder) ? counting(store) : recording(store, records), folder, component: undefined, now: 0, cancel: never, onProgress: () => undefined }));
    const again = performance.now();
    await indexTree({ store, tree, now: 0, cancel: never, onProgress: () => undefined });
    const second = performance.now() - again;
    const flat = flatBm25(sqliteDriver(), join(folder, "flat.sqlite"), records);
    const ours: Asking = (text, kinds) => store.search({ text, limit: depth, ...(kinds === undefined ? {} : { kinds }) }, never);
    const floor: Asking = (text, kinds) => Promise.resolve(flat(text, kinds, depth));
    const quality = await qualityTable(sets, records, ours, floor);
    await store.dispose();
    return [
      quality,
      fieldTruthTable(kernelRecords),
      countTable([report, ...others]),
      {
        title: `Index of the tree (driver ${sqliteDriver().name})`,
        columns: ["what", "value"],
        rows: [
          ["files that an importer reads", report.files],
          ["records", report.records],
          ["parts not read", report.unread.length],
          ["first run, s", (first / 1000).toFixed(1)],
          ["second run, nothing changed, s", (second / 1000).toFixed(1)],
          ["store, MB", (statSync(path).size / 1e6).toFixed(1)],
        ],
      },
      await speedTable(path, folder),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The queries' own sources stay out of the store that is measured: what they say of parameters is what is asked for. */
function isQueried(folder: string): boolean {
  return /^a-?tune|^tuned/iu.test(basename(folder));
}

/** Counts, and keeps nothing. */
function counting(store: KnowledgeStore): KnowledgeStore {
  return { ...store, hashes: () => Promise.resolve(new Map()), put: () => Promise.resolve() };
}

/** What each importer brought. */
function countTable(reports: readonly IndexReport[]): BenchTable {
  const rows = reports.flatMap(({ origin, importers, unread, conflicts }) => importers.map((one, i) => [basename(origin), one.importer, one.files, one.parameters, one.prose, one.unread, i === 0 ? unread.length : "", i === 0 ? conflicts.length : ""]));
  return { title: "What the importers read", columns: ["origin", "importer", "files", "parameters", "passages", "not read", "not read in all", "in conflict"], rows };
}

/** The store, with what is put into it kept for the floor. */
function recording(store: KnowledgeStore, records: ParameterRecord[]): KnowledgeStore {
  return {
    ...store,
    put(changes: StoreChanges, cancel) {
      records.push(...changes.updates.flatMap((update: SourceUpdate) => update.parameters));
      return store.put(changes, cancel);
    },
  };
}

async function qualityTable(sets: NonNullable<ReturnType<typeof querySets>>, records: readonly ParameterRecord[], ours: Asking, floor: Asking): Promise<BenchTable> {
  const rows: (string | number)[][] = [];
  for (const name of retrievalSets) {
    for (const onlySysctls of name === "S1" ? [false, true] : [name === "S2sysctl"]) {
      const kinds = onlySysctls ? (["sysctl"] as const) : undefined;
      for (const half of ["both", "dev", "test"] as const) {
        const queries = sets[name].filter((query) => half === "both" || query.half === half);
        const known = queries.filter(({ gold }) => records.some((record) => isGold(gold, record)));
        const hits = async (ask: Asking): Promise<readonly boolean[]> => {
          const all: boolean[] = [];
          for (const { query, gold } of queries) all.push((await ask(query, kinds)).some((hit) => isGold(gold, hit)));
          return all;
        };
        const found = await hits(ours);
        const { value, low, high } = recall(found, random(7));
        const base = recall(await hits(floor), random(7));
        const right = found.filter(Boolean).length;
        rows.push([`${name}${onlySysctls ? " sysctls only" : ""}`, half, queries.length, known.length, value.toFixed(3), `${low.toFixed(2)}–${high.toFixed(2)}`, (right / Math.max(1, known.length)).toFixed(3), base.value.toFixed(3), `${base.low.toFixed(2)}–${base.high.toFixed(2)}`]);
      }
    }
  }
  return { title: `Retrieval, recall@${depth}, lexical only`, columns: ["set", "half", "queries", "gold in store", "recall", "95 %", "of those in store", "flat BM25", "95 %"], rows };
}

/** A process of its own, as the product bundles it, so that neither the index run nor the loader counts. */
async function speedTable(path: string, folder: string): Promise<BenchTable> {
  const bundle = join(root, "out/bench-tuning/search-child.mjs");
  await esbuild.build({ absWorkingDir: root, entryPoints: ["test/bench/tuning/search-child.ts"], outfile: bundle, bundle: true, platform: "node", format: "esm", target: "node20", logLevel: "warning", banner: { js: "import { createRequire as __r } from 'node:module'; const require = __r(import.meta.url);" } });
  const rows: (string | number)[][] = [];
  for (const driver of ["node:sqlite", "node-sqlite3-wasm"]) {
    const out = join(folder, "speed.json");
    const node = process.env["KEELSON_NODE"] ?? process.execPath;
    const result = spawnSync(node, [bundle, path, driver, out], { encoding: "utf8" });
    if (result.status === 3) {
      rows.push([driver, "not in this node", "", "", "", ""]);
      continue;
    }
    if (result.status !== 0) throw new Error(result.stderr);
    const { open, first, p50, p95, rss, bare } = JSON.parse(readFileSync(out, "utf8")) as Readonly<Record<string, number>>;
    rows.push([driver, open?.toFixed(0) ?? "", first?.toFixed(0) ?? "", p50?.toFixed(1) ?? "", p95?.toFixed(1) ?? "", `${((rss ?? 0) / 1e6).toFixed(0)} (${((bare ?? 0) / 1e6).toFixed(0)} before)`]);
  }
  return { title: "Search of that store in a fresh process (ms, MB)", columns: ["driver", "cold open", "first search", "p50", "p95", "memory at the end"], rows };
}
