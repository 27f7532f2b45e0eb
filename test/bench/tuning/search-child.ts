import { writeFileSync } from "node:fs";
import { never } from "../../../language-server/adapters/cancel";
import { nodeSqlite } from "../../../language-server/adapters/knowledge/sqlite-node";
import { wasmSqlite } from "../../../language-server/adapters/knowledge/sqlite-wasm";
import { openStore } from "../../../language-server/knowledge/store";
import { querySets } from "./query-sets";

/** Opens a store, asks it what people ask, writes what that took. Arguments: store, driver, where to write. */
const [path = "", wanted = "", out = ""] = process.argv.slice(2);
const typed = ["tcp_rmem", "net.core.somaxconn", "vm.swapiness", "hugepages number", "接收缓冲区大小", "脏页回写比例", "透明大页", "全连接队列长度", "io scheduler", "kernel.sched_min_granularity_ns", "how many packets are polled at a time", "numa balancing"];

async function main(): Promise<number> {
  const bare = process.memoryUsage().rss;
  const started = performance.now();
  const driver = wanted === "node:sqlite" ? nodeSqlite() : wasmSqlite();
  if (driver === undefined) return 3;
  const store = openStore(path, driver);
  await store.get("vm.swappiness");
  const open = performance.now() - started;
  await store.search({ text: "receive buffer" }, never);
  const first = performance.now() - started - open;
  const sets = querySets();
  const queries = [...(sets?.S1 ?? []), ...(sets?.S2 ?? [])].map(({ query }) => query).concat(typed);
  const times: number[] = [];
  for (let round = 0; round < 4; round++) {
    for (const text of queries) {
      const from = performance.now();
      await store.search({ text }, never);
      times.push(performance.now() - from);
    }
  }
  times.sort((a, b) => a - b);
  const at = (part: number): number => times[Math.floor(part * (times.length - 1))] ?? 0;
  writeFileSync(out, JSON.stringify({ open, first, p50: at(0.5), p95: at(0.95), rss: process.memoryUsage().rss, bare }));
  await store.dispose();
  return 0;
}

void main().then((status) => {
  process.exitCode = status;
});
