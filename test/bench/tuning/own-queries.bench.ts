import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { never } from "../../../language-server/adapters/cancel";
import { indexTree } from "../../../language-server/knowledge/index-tree";
import { openStore } from "../../../language-server/knowledge/store";
import type { BenchTable } from "../table";
import { isGold } from "./query-sets";

const fixture = resolve(import.meta.dirname, "../../fixtures/tuning/own-queries.json");
const depth = 5;

/** Our own Chinese and misspelt queries against the store of a kernel tree. */
export async function benchTuningQueries({ tree }: { readonly tree?: string }): Promise<readonly BenchTable[]> {
  if (tree === undefined) return [{ title: "Own queries: skipped, it needs --tree DIR", columns: ["what"], rows: [] }];
  const folder = mkdtempSync(join(tmpdir(), "keelson-queries-"));
  const store = openStore(join(folder, "knowledge.sqlite"));
  try {
    await indexTree({ store, tree, now: 0, cancel: never, onProgress: () => undefined });
    const sets = JSON.parse(readFileSync(fixture, "utf8")) as Readonly<Record<string, readonly (readonly [string, string])[]>>;
    const rows: (string | number)[][] = [];
    const missed: (string | number)[][] = [];
    for (const [set, queries] of Object.entries(sets)) {
      let known = 0;
      let found = 0;
      let first = 0;
      for (const [text, gold] of queries) {
        if ((await store.get(gold)).length === 0) {
          missed.push([set, text, gold, "not in this tree's store"]);
          continue;
        }
        known++;
        const hits = await store.search({ text, limit: depth }, never);
        const place = hits.findIndex((hit) => isGold(gold, hit));
        if (place >= 0) found++;
        if (place === 0) first++;
        if (place < 0) missed.push([set, text, gold, hits.map(({ name }) => name).join(", ")]);
      }
      rows.push([set, queries.length, known, (found / Math.max(1, known)).toFixed(3), (first / Math.max(1, known)).toFixed(3)]);
    }
    return [
      { title: `Own queries, recall@${depth} of those whose gold is in the store, words only`, columns: ["set", "queries", "gold in store", "recall", "first"], rows },
      { title: "Missed", columns: ["set", "query", "gold", "found instead"], rows: missed },
    ];
  } finally {
    await store.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}
