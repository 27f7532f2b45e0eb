import { join } from "node:path";
import { nodeRandom } from "../adapters/clock";
import { nodeHash } from "../adapters/hash";
import { createStoreFiles } from "../adapters/knowledge/store-files";
import { sqliteDriver } from "../adapters/knowledge/sqlite";
import { createEmbeddedStore } from "../engine/tuning/store/embedded/store";
import type { KnowledgeStore, SqlDriver } from "../engine/tuning/store/types";
import { userCacheFolder } from "../workbench";

/** The store that editor, terminal and agents share. */
export function defaultStorePath(environment: Readonly<Record<string, string | undefined>>): string {
  return join(userCacheFolder(environment), "knowledge", "knowledge.sqlite");
}

export function openStore(path: string, driver: SqlDriver = sqliteDriver()): KnowledgeStore {
  return createEmbeddedStore({ driver, files: createStoreFiles(path), hash: nodeHash, random: nodeRandom });
}
