import { createHash, randomBytes } from "node:crypto";
import { access, constants, lstat, mkdir, readdir, rename, rm, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Cache } from "../engine/ports";
import { readPlain } from "./plain-file";

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
      const text = await readPlain(place(space, key).file, maxBytes);
      return text === undefined ? undefined : parseEntry(text, key);
    },
    async put(space, key, value) {
      const { folder, file } = place(space, key);
      const beside = `${file}.${randomBytes(6).toString("hex")}.new`;
      const entry: Entry = { key, sum: sum(value), value };
      try {
        await mkdir(directory, { recursive: true });
        if (!((await ownFolder(dirname(folder))) && (await ownFolder(folder)))) return;
        await writeFile(beside, JSON.stringify(entry), { flag: "wx" });
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

const diskTrouble = new Set(["ENOSPC", "EROFS", "EACCES", "EPERM", "EDQUOT", "ENOENT", "ENOTDIR", "EBUSY", "EMFILE", "EEXIST", "EISDIR", "ELOOP", "ENOTEMPTY"]);

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
    const found = await lstat(path);
    return found.isFile() ? { path, size: found.size, mtimeMs: found.mtimeMs } : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Only names that this file made are ever removed: the folder may hold other state beside the cache. */
const ownName = /^[0-9a-f]{64}(?:\.[0-9a-f]{12}\.new)?$/u;

/** Files of our making, two folders deep. Links are not followed: what they lead to is not ours to remove. */
async function ownFiles(directory: string, depth = 2): Promise<readonly string[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  if (depth === 0) return entries.filter((entry) => entry.isFile() && ownName.test(entry.name)).map((entry) => join(directory, entry.name));
  const below = entries.filter((entry) => entry.isDirectory()).map((entry) => ownFiles(join(directory, entry.name), depth - 1));
  return (await Promise.all(below)).flat();
}

async function prune(directory: string, maxBytes: number): Promise<void> {
  const found = (await Promise.all((await ownFiles(directory)).map(measure))).filter((entry) => entry !== undefined);
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

/** Makes a folder that is really there: a link in its place would let whoever made it choose where we write. */
async function ownFolder(path: string): Promise<boolean> {
  await mkdir(path, { recursive: true });
  await access(path, constants.W_OK);
  return (await lstat(path)).isDirectory();
}

/**
 * Where a repository's indexes and caches lie: `<git common dir>/keelson`, shared by worktrees and windows; a folder of
 * the user's under `userCache` when that can't be written, or is a link: a git directory that came in an archive may hold one.
 */
export async function stateDirectory(commonDir: string, userCache: string): Promise<string> {
  const own = join(commonDir, "keelson");
  try {
    if ((await ownFolder(own)) && (await ownFolder(join(own, "cache")))) return own;
  } catch (error) {
    if (!isDiskTrouble(error)) throw error;
  }
  return join(userCache, sum(commonDir).slice(0, 16));
}
