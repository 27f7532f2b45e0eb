import { writeFileSync } from "node:fs";
import { never } from "../../../language-server/adapters/cancel";
import { nodeSqlite } from "../../../language-server/adapters/knowledge/sqlite-node";
import { wasmSqlite } from "../../../language-server/adapters/knowledge/sqlite-wasm";
import type { KnowledgeStore } from "../../../language-server/engine/tuning/store/types";
import { openStore, openTeamStore } from "../../../language-server/knowledge/store";
import { random } from "../upstream/corpora";
import { benchModel, benchVector } from "./store-corpus";
import { querySets } from "./query-sets";

/**
 * Opens a store, asks it what people ask, by words and by words and vectors, and writes what that took.
 * Arguments: path or address, engine, schema of the address, where to write.
 */
const [place = "", engine = "", schema = "", out = ""] = process.argv.slice(2);
const typed = ["tcp_rmem", "net.core.somaxconn", "vm.swapiness", "hugepages number", "接收缓冲区大小", "脏页回写比例", "透明大页", "全连接队列长度", "io scheduler", "kernel.sched_min_granularity_ns", "how many packets are polled at a time", "numa balancing"];

function open(): KnowledgeStore | undefined {
  if (engine === "team") return openTeamStore({ url: place, schema });
  const driver = engine === "node:sqlite" ? nodeSqlite() : wasmSqlite();
  return driver === undefined ? undefined : openStore(place, driver);
}

async function main(): Promise<number> {
  const bare = process.memoryUsage().rss;
  const started = performance.now();
  const store = open();
  if (store === undefined) return 3;
  await store.get("vm.swappiness");
  const opened = performance.now() - started;
  await store.search({ text: "receive buffer" }, never);
  const first = performance.now() - started - opened;
  const sets = querySets();
  const queries = [...(sets?.S1 ?? []), ...(sets?.S2 ?? [])].map(({ query }) => query).concat(typed);
  const measured: Record<string, number> = {};
  const draw = random(11);
  for (const how of ["words", "hybrid"] as const) {
    const times: number[] = [];
    for (let round = 0; round < (engine === "team" ? 2 : 4); round++) {
      for (const text of queries) {
        const near = how === "hybrid" ? { near: { model: benchModel, values: benchVector(draw) } } : {};
        const from = performance.now();
        await store.search({ text, ...near }, never);
        times.push(performance.now() - from);
      }
    }
    times.sort((a, b) => a - b);
    measured[`${how}50`] = times[Math.floor(0.5 * (times.length - 1))] ?? 0;
    measured[`${how}95`] = times[Math.floor(0.95 * (times.length - 1))] ?? 0;
  }
  writeFileSync(out, JSON.stringify({ open: opened, first, ...measured, rss: process.memoryUsage().rss, bare }));
  await store.dispose();
  return 0;
}

void main().then((status) => {
  process.exitCode = status;
});
