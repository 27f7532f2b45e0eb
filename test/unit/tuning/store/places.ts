import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeSqlite } from "../../../../language-server/adapters/knowledge/sqlite-node";
import { wasmSqlite } from "../../../../language-server/adapters/knowledge/sqlite-wasm";
import type { SqlDriver } from "../../../../language-server/engine/tuning/store/types";

/** All that run in this node. */
export function drivers(): readonly SqlDriver[] {
  const own = nodeSqlite();
  return [wasmSqlite(), ...(own === undefined ? [] : [own])];
}

/** A folder that is gone after the test; its name is as awkward as a user's may be. */
export async function withFolder(work: (path: string, folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "keelson 知识 #1-"));
  try {
    await work(join(folder, "knowledge.sqlite"), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
