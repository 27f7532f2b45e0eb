import { checkCancel, type Cancel } from "../../engine/ports";
import { isKernelMakefile } from "../../engine/tuning/import/kernel";
import { mergeModules, modulesOfMakefile, type ModuleNames } from "../../engine/tuning/import/makefile";
import { kernelVersion, namesOfFile, tellsNames, type FileNames } from "../../engine/tuning/import/versions/collect";
import type { TreeVersion, VersionFile } from "./tree-version";

/** What was read of a version. */
export interface ReadVersion {
  readonly label: string;
  readonly kernel: readonly [string, string, string];
  readonly modules: ModuleNames;
  readonly files: ReadonlyMap<string, FileNames>;
  /** Files that could not be read: what they have is not known, so nothing can be said to be gone. */
  readonly missing: readonly string[];
}

/** What was read once of one content, for the versions that share it. */
export type ReadBefore = Map<string, FileNames>;

/** Files handed over at once; between two such lots others have their turn. */
const lot = 400;

/** Reads what a version has of names; undefined when it is no version of the kernel. What an earlier version had in the same words is not read again. */
export async function readVersion(version: TreeVersion, before: ReadBefore, cancel: Cancel, onProgress: (done: number, total: number) => void): Promise<ReadVersion | undefined> {
  const all = await version.files((path) => tellsNames(path) || isKernelMakefile(path), cancel);
  const makefiles: ModuleNames[] = [];
  const readMakefiles: string[] = [];
  let kernel: ReadVersion["kernel"] | undefined;
  const wantedMakefiles = all.filter(({ path }) => isKernelMakefile(path));
  await version.read(wantedMakefiles, ({ path }, text) => {
    readMakefiles.push(path);
    if (path === "Makefile") kernel = kernelVersion(text);
    makefiles.push(modulesOfMakefile(path, text));
  }, cancel);
  if (kernel === undefined) return undefined;
  const modules = mergeModules(makefiles);
  const files = new Map<string, FileNames>();
  const wanted: VersionFile[] = [];
  const keyOf = ({ path, content }: VersionFile): string | undefined => (content === undefined ? undefined : `${path}\n${content}\n${(modules.get(path) ?? []).join(",")}`);
  for (const file of all) {
    if (!tellsNames(file.path)) continue;
    const known = before.get(keyOf(file) ?? "");
    if (known === undefined) wanted.push(file);
    else files.set(file.path, known);
  }
  for (let from = 0; from < wanted.length; from += lot) {
    checkCancel(cancel);
    onProgress(from, wanted.length);
    await version.read(wanted.slice(from, from + lot), (file, text) => {
      const names = namesOfFile(file.path, text, modules);
      const key = keyOf(file);
      files.set(file.path, names);
      if (key !== undefined) before.set(key, names);
    }, cancel);
  }
  onProgress(wanted.length, wanted.length);
  const missing = [...wantedMakefiles.map(({ path }) => path).filter((path) => !readMakefiles.includes(path)), ...wanted.map(({ path }) => path).filter((path) => !files.has(path))];
  return { label: version.label, kernel, modules, files, missing };
}
