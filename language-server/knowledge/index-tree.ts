import { join } from "node:path";
import { nodeDecode } from "../adapters/decode";
import { nodeHash } from "../adapters/hash";
import { checkCancel, type Cancel } from "../engine/ports";
import { isKernelMakefile, kernelImporterOf } from "../engine/tuning/import/kernel";
import { mergeModules, modulesOfMakefile, type ModuleNames } from "../engine/tuning/import/makefile";
import { filesBelow, knownHashes, readSmall } from "./index-files";
import { importersVersion, IndexRun, type IndexReport, type IndexSettings } from "./index-report";

export interface TreeSettings extends IndexSettings {
  /** Absolute. */
  readonly tree: string;
}

/** Reads what changed in a kernel tree since it was last read, and puts it into the store in one step. */
export async function indexTree(settings: TreeSettings): Promise<IndexReport> {
  const { store, tree, cancel, onProgress } = settings;
  const paths = await filesBelow(tree, (path) => kernelImporterOf(path) !== undefined || isKernelMakefile(path), cancel);
  const modules = await moduleNames(tree, paths, cancel);
  const run = new IndexRun(tree, await knownHashes(store, tree));
  const wanted = paths.filter((path) => kernelImporterOf(path) !== undefined);
  for (const [done, path] of wanted.entries()) {
    checkCancel(cancel);
    if (done % 50 === 0) onProgress(done, wanted.length);
    const bytes = await readSmall(join(tree, path));
    if (bytes === undefined) {
      run.miss(path, "not readable, or too large");
      continue;
    }
    const hash = nodeHash.sha256(`${importersVersion} ${(modules.get(path) ?? []).join(",")} ${nodeHash.sha256(bytes)}`);
    if (!run.changed(path, hash)) continue;
    const importer = kernelImporterOf(path);
    if (importer !== undefined) run.add(importer.id, path, hash, importer.read(path, nodeDecode.text(bytes), { modules }));
  }
  onProgress(wanted.length, wanted.length);
  return run.finish(settings);
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
