import { existsSync } from "node:fs";
import { join } from "node:path";
import { nodeRandom } from "../adapters/clock";
import { nodeHash } from "../adapters/hash";
import { createStoreFiles } from "../adapters/knowledge/store-files";
import { sqliteDriver } from "../adapters/knowledge/sqlite";
import { createEmbeddedStore } from "../engine/tuning/store/embedded/store";
import type { KnowledgeStore, SqlDriver } from "../engine/tuning/store/types";
import { userCacheFolder, userDataFolder } from "../workbench";

/** The store that editor, terminal and agents share. */
export function defaultStorePath(environment: Readonly<Record<string, string | undefined>>): string {
  return join(userDataFolder(environment), "knowledge", "knowledge.sqlite");
}

/** A store of an early build, which kept it in the user's cache folder; it is not read any more. */
export function oldStorePath(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const path = join(userCacheFolder(environment), "knowledge", "knowledge.sqlite");
  return existsSync(path) ? path : undefined;
}

export function openStore(path: string, driver: SqlDriver = sqliteDriver()): KnowledgeStore {
  return createEmbeddedStore({ driver, files: createStoreFiles(path), hash: nodeHash, random: nodeRandom });
}
