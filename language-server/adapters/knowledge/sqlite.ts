import type { SqlDriver } from "../../engine/tuning/store/types";
import { nodeSqlite } from "./sqlite-node";
import { wasmSqlite } from "./sqlite-wasm";

let chosen: SqlDriver | undefined;

/** node's own SQLite where it can search text, else the one in WebAssembly. */
export function sqliteDriver(): SqlDriver {
  chosen ??= nodeSqlite() ?? wasmSqlite();
  return chosen;
}
