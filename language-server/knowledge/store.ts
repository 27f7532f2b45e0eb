import { existsSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { nodeRandom } from "../adapters/clock";
import { nodeDecode } from "../adapters/decode";
import { nodeHash } from "../adapters/hash";
import { createPostgres, shownAddress, type PostgresSettings } from "../adapters/knowledge/postgres";
import { createStoreFiles } from "../adapters/knowledge/store-files";
import { sqliteDriver } from "../adapters/knowledge/sqlite";
import { createEmbeddedStore } from "../engine/tuning/store/embedded/store";
import { createTeamStore } from "../engine/tuning/store/team/store";
import type { KnowledgeStore, SqlDriver } from "../engine/tuning/store/types";
import { userCacheFolder, userDataFolder } from "../workbench";

/** The store that editor, terminal and agents share. */
export function defaultStorePath(environment: Readonly<Record<string, string | undefined>>): string {
  return join(userDataFolder(environment), "knowledge", "knowledge.sqlite");
}

/** A team's PostgreSQL, from the environment; undefined when there is none. A variable, never a file: it may hold a password. */
export function teamSettings(environment: Readonly<Record<string, string | undefined>>): PostgresSettings | undefined {
  const url = environment["KEELSON_PG_URL"];
  const schema = environment["KEELSON_PG_SCHEMA"];
  const password = environment["KEELSON_PG_PASSWORD"] ?? "";
  return url === undefined || url === "" ? undefined : { url, ...(password === "" ? {} : { password }), ...(schema === undefined || schema === "" ? {} : { schema }) };
}

/** A store and where it is, in words that may be shown. */
export interface PlacedStore {
  readonly store: KnowledgeStore;
  readonly place: string;
}

/** The store that a door works with: the named file, else the team's, else the user's own. */
export function placedStore(environment: Readonly<Record<string, string | undefined>>, file?: string): PlacedStore {
  const team = file === undefined ? teamSettings(environment) : undefined;
  if (team !== undefined) return { store: openTeamStore(team), place: shownAddress(team.url) };
  const place = file ?? defaultStorePath(environment);
  return { store: openStore(place), place };
}

export function openTeamStore(settings: PostgresSettings): KnowledgeStore {
  return createTeamStore({ database: createPostgres(settings), hash: nodeHash, breathe: () => setImmediate(undefined) });
}

/** A store of an early build, which kept it in the user's cache folder; it is not read any more. */
export function oldStorePath(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const path = join(userCacheFolder(environment), "knowledge", "knowledge.sqlite");
  return existsSync(path) ? path : undefined;
}

export function openStore(path: string, driver: SqlDriver = sqliteDriver()): KnowledgeStore {
  return createEmbeddedStore({ driver, files: createStoreFiles(path), hash: nodeHash, random: nodeRandom, decode: nodeDecode });
}
