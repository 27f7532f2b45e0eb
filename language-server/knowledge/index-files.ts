import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { checkCancel, type Cancel } from "../engine/ports";
import { StoreError, type KnowledgeStore } from "../engine/tuning/store/types";

/** No source and no document is larger; a generated header may be, and tells nothing. */
const maxFile = 16 << 20;

/** Paths within a folder that `wanted` takes, sorted, with slashes; links are not followed, so a loop of them does no harm. */
export async function filesBelow(folder: string, wanted: (path: string) => boolean, cancel: Cancel): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [""];
  for (let within = folders.pop(); within !== undefined; within = folders.pop()) {
    checkCancel(cancel);
    const entries = await readdir(join(folder, within), { withFileTypes: true }).catch((error: unknown) => {
      if (within === "") throw error;
      return [];
    });
    for (const entry of entries) {
      const path = within === "" ? entry.name : `${within}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") folders.push(path);
      else if (entry.isFile() && wanted(path)) found.push(path);
    }
  }
  return found.sort();
}

/** A file's bytes; those of a `.gz` unpacked. Undefined when it is not readable or too large, packed or not. */
export async function readSmall(path: string): Promise<Uint8Array | undefined> {
  try {
    if ((await stat(path)).size > maxFile) return undefined;
    const bytes = await readFile(path);
    return path.endsWith(".gz") ? await promisify(gunzip)(bytes, { maxOutputLength: maxFile }) : bytes;
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

/** What the store has of an origin. A store that can't be read is made anew by what is put into it, so everything is read. */
export async function knownHashes(store: KnowledgeStore, origin: string): Promise<ReadonlyMap<string, string>> {
  try {
    return await store.hashes(origin);
  } catch (error) {
    if (error instanceof StoreError && error.code === "unreadable") return new Map();
    throw error;
  }
}
