import { lstat, readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Files } from "../engine/ports";

/** Codes that mean "there is nothing to read here", as opposed to a fault of the disk. */
const absent = new Set(["ENOENT", "ENOTDIR", "EISDIR", "EACCES", "EPERM", "ELOOP", "ENAMETOOLONG", "ERR_INVALID_ARG_VALUE"]);

async function unlessAbsent<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && "code" in error && absent.has(String(error.code))) return undefined;
    throw error;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  const found = await unlessAbsent(() => stat(path));
  return found?.isDirectory() ?? false;
}

/** The machine's file system. Only regular files are read, so that a pipe or a device can't hang a reader. */
export const nodeFiles: Files = {
  async read(path) {
    const found = await unlessAbsent(() => stat(path));
    if (found?.isFile() !== true) return undefined;
    return unlessAbsent(() => readFile(path));
  },
  async list(path) {
    const entries = (await unlessAbsent(() => readdir(path, { withFileTypes: true }))) ?? [];
    const named = await Promise.all(
      entries.map(async (entry) => ({
        name: entry.name,
        directory: entry.isDirectory() || (entry.isSymbolicLink() && (await isDirectory(join(path, entry.name)))),
      })),
    );
    return named.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  },
  async stat(path) {
    const found = (await unlessAbsent(() => stat(path))) ?? (await unlessAbsent(() => lstat(path)));
    return found === undefined ? undefined : { directory: found.isDirectory(), size: found.size, mtimeMs: found.mtimeMs };
  },
};
