import { createHash, randomBytes } from "node:crypto";
import { access, constants, mkdir, readFile, readdir, rename, rm, stat, unlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import type { Cache } from "../engine/ports";

/** How a value lies on the disk; the checksum tells a half-written file from a whole one. */
interface Entry {
  readonly key: string;
  readonly sum: string;
  readonly value: string;
}

export interface CacheSettings {
  /** The oldest entries go when the folder holds more than this. */
  readonly maxBytes?: number;
}

const sum = (text: string): string => createHash("sha256").update(text).digest("hex");

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && "key" in value && "sum" in value && "value" in value && typeof value.value === "string";
}

function parseEntry(text: string, key: string): string | undefined {
  try {
    const entry: unknown = JSON.parse(text);
    return isEntry(entry) && entry.key === key && entry.sum === sum(entry.value) ? entry.value : undefined;
  } catch (error) {
    // A damaged entry is the same as none: losing it costs time only.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

/**
 * A cache of one file a key under `directory`. Each file is written beside and renamed, so that a kill at any moment or
 * a second process leaves either the old value or the new one. A disk that is full or read-only makes `put` do nothing.
 */
export function createCache(directory: string, settings: CacheSettings = {}): Cache {
  const maxBytes = settings.maxBytes ?? 256 << 20;
  let puts = 0;
  const place = (space: string, key: string): { readonly folder: string; readonly file: string } => {
    const name = sum(`${space}\0${key}`);
    const folder = join(directory, space.replace(/[^\w.-]/gu, "_").replace(/^\.+/u, "_"), name.slice(0, 2));
    return { folder, file: join(folder, name) };
  };
  return {
    async get(space, key) {
      try {
        return parseEntry(await readFile(place(space, key).file, "utf8"), key);
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw error;
      }
    },
    async put(space, key, value) {
      const { folder, file } = place(space, key);
      const beside = `${file}.${randomBytes(6).toString("hex")}.new`;
      const entry: Entry = { key, sum: sum(value), value };
      try {
        await mkdir(folder, { recursive: true });
        await writeFile(beside, JSON.stringify(entry));
        await rename(beside, file);
        puts += 1;
        if (puts % 200 === 1) await prune(directory, maxBytes);
      } catch (error) {
        if (!isDiskTrouble(error)) throw error;
        await rm(beside, { force: true });
      }
    },
  };
}

const diskTrouble = new Set(["ENOSPC", "EROFS", "EACCES", "EPERM", "EDQUOT", "ENOENT", "ENOTDIR", "EBUSY", "EMFILE"]);

function isDiskTrouble(error: unknown): boolean {
  return error instanceof Error && "code" in error && diskTrouble.has(String(error.code));
}

interface Aged {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

async function measure(path: string): Promise<Aged | undefined> {
  try {
    const found = await stat(path);
    return found.isFile() ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Only names that this file made are ever removed: the folder may hold other state beside the cache. */
const ownName = /^[0-9a-f]{64}(?:\.[0-9a-f]{12}\.new)?$/u;

async function prune(directory: string, maxBytes: number): Promise<void> {
  const names = await readdir(directory, { recursive: true });
  const own = names.filter((name) => ownName.test(basename(name)));
  const found = (await Promise.all(own.map((name) => measure(join(directory, name))))).filter((entry) => entry !== undefined);
  let total = found.reduce((size, entry) => size + entry.size, 0);
  for (const entry of found.sort((a, b) => a.mtimeMs - b.mtimeMs)) {
    if (total <= maxBytes) return;
    try {
      await unlink(entry.path);
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
    total -= entry.size;
  }
}

/** A cache that lives as long as the process; for trees that have no place of their own, and for tests. */
export function memoryCache(): Cache {
  const values = new Map<string, string>();
  return {
    get: (space, key) => Promise.resolve(values.get(`${space}\0${key}`)),
    put(space, key, value) {
      values.set(`${space}\0${key}`, value);
      return Promise.resolve();
    },
  };
}

/**
 * Where a repository's indexes and caches lie: `<git common dir>/keelson`, shared by worktrees and windows; a folder of
 * the user's under `userCache` when that can't be written.
 */
export async function stateDirectory(commonDir: string, userCache: string): Promise<string> {
  const own = join(commonDir, "keelson");
  try {
    await mkdir(own, { recursive: true });
    await access(own, constants.W_OK);
    return own;
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
    return join(userCache, sum(commonDir).slice(0, 16));
  }
}
