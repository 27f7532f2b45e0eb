import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { nodeDecode } from "../adapters/decode";
import { nodeHash } from "../adapters/hash";
import { checkCancel, type Cancel } from "../engine/ports";
import { isKernelMakefile, kernelImporterOf } from "../engine/tuning/import/kernel";
import { mergeModules, modulesOfMakefile, type ModuleNames } from "../engine/tuning/import/makefile";
import { StoreError, type KnowledgeStore, type SourceUpdate } from "../engine/tuning/store/types";
import type { UnreadPart } from "../engine/tuning/types";

/** Raise it when importers find other things in the same text: every file is then read again. */
const importers = "1";
/** No source of a kernel is larger; a generated header may be, and tells nothing. */
const maxFile = 16 << 20;

export interface IndexSettings {
  readonly store: KnowledgeStore;
  /** Absolute. */
  readonly tree: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly cancel: Cancel;
  readonly onProgress: (done: number, total: number) => void;
}

export interface IndexReport {
  /** Files that an importer reads. */
  readonly files: number;
  /** Of those, new or changed since the last run. */
  readonly changed: number;
  readonly gone: number;
  /** Records in changed files. */
  readonly records: number;
  readonly unread: readonly UnreadPart[];
}

/** Reads what changed in a tree since it was last read, and puts it into the store in one step. */
export async function indexTree({ store, tree, now, cancel, onProgress }: IndexSettings): Promise<IndexReport> {
  const paths = await treeFiles(tree, cancel);
  const modules = await moduleNames(tree, paths, cancel);
  const known = await knownHashes(store, tree);
  const wanted = paths.filter((path) => kernelImporterOf(path) !== undefined);
  const updates: SourceUpdate[] = [];
  const unread: UnreadPart[] = [];
  const seen = new Set<string>();
  for (const [done, path] of wanted.entries()) {
    checkCancel(cancel);
    if (done % 50 === 0) onProgress(done, wanted.length);
    const bytes = await readSmall(join(tree, path));
    if (bytes === undefined) {
      unread.push({ file: path, line: 1, reason: "not readable, or too large" });
      continue;
    }
    seen.add(path);
    const hash = nodeHash.sha256(`${importers} ${(modules.get(path) ?? []).join(",")} ${nodeHash.sha256(bytes)}`);
    if (known.get(path) === hash) continue;
    const found = kernelImporterOf(path)?.read(path, nodeDecode.text(bytes), { modules });
    if (found === undefined) continue;
    unread.push(...found.unread);
    updates.push({ file: path, hash, parameters: found.parameters, prose: found.prose, unread: found.unread.length });
  }
  const gone = [...known.keys()].filter((path) => !seen.has(path));
  onProgress(wanted.length, wanted.length);
  const records = updates.reduce((sum, { parameters, prose }) => sum + parameters.length + prose.length, 0);
  if (updates.length > 0 || gone.length > 0) await store.put({ origin: tree, updates, gone, at: now }, cancel);
  return { files: wanted.length, changed: updates.length, gone: gone.length, records, unread };
}

/** A store that can't be read is made anew by what is put into it, so everything is read. */
async function knownHashes(store: KnowledgeStore, tree: string): Promise<ReadonlyMap<string, string>> {
  try {
    return await store.hashes(tree);
  } catch (error) {
    if (error instanceof StoreError && error.code === "unreadable") return new Map();
    throw error;
  }
}

/** Paths within the tree, with slashes; links are not followed, so a loop of them does no harm. */
async function treeFiles(tree: string, cancel: Cancel): Promise<readonly string[]> {
  const found: string[] = [];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    checkCancel(cancel);
    const entries = await readdir(join(tree, folder), { withFileTypes: true }).catch((error: unknown) => {
      if (folder === "") throw error;
      return [];
    });
    for (const entry of entries) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory() && !entry.name.startsWith(".")) folders.push(path);
      else if (entry.isFile() && (kernelImporterOf(path) !== undefined || isKernelMakefile(path))) found.push(path);
    }
  }
  return found.sort();
}

async function readSmall(path: string): Promise<Uint8Array | undefined> {
  try {
    return (await stat(path)).size > maxFile ? undefined : await readFile(path);
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}

async function moduleNames(tree: string, paths: readonly string[], cancel: Cancel): Promise<ModuleNames> {
  const all: ModuleNames[] = [];
  for (const path of paths) {
    if (!isKernelMakefile(path)) continue;
    checkCancel(cancel);
    const bytes = await readSmall(join(tree, path));
    if (bytes !== undefined) all.push(modulesOfMakefile(path, nodeDecode.text(bytes)));
  }
  return mergeModules(all);
}
