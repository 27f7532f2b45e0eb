import type { ParameterRecord } from "../../types";
import { kernelImporterOf } from "../kernel";
import type { ModuleNames } from "../makefile";
import type { VersionNames } from "./compare";
import { nameKey } from "./name-key";
import { wordHashes } from "./words";

/** What one file of a version has. */
export interface FileNames {
  readonly records: readonly ParameterRecord[];
  readonly words: Uint32Array;
}

/** True for files that {@link namesOfFile} reads; what is listed as removed is no name of the version. */
export function tellsNames(path: string): boolean {
  return kernelImporterOf(path) !== undefined && !path.startsWith("Documentation/ABI/removed/");
}

/** Never throws. */
export function namesOfFile(path: string, text: string, modules: ModuleNames): FileNames {
  const records = kernelImporterOf(path)?.read(path, text, { modules }).parameters ?? [];
  return { records, words: path.endsWith(".c") ? wordHashes(text) : new Uint32Array() };
}

/** Documents tell more of a name than tables do, so theirs is the line that is cited. */
function collected(files: Iterable<FileNames>): Pick<VersionNames, "names" | "words"> {
  const names = new Map<string, ParameterRecord>();
  const words = new Set<number>();
  for (const file of files) {
    for (const hash of file.words) words.add(hash);
    for (const record of file.records) {
      const key = nameKey(record);
      const before = names.get(key);
      if (before === undefined || (before.description === "" && record.description !== "")) names.set(key, record);
    }
  }
  return { names, words };
}

export function versionNames(label: string, version: string, files: Iterable<FileNames>, modules: ModuleNames): VersionNames {
  return { label, version, ...collected(files), modules: new Set([...modules.values()].flat().map((module) => module.replaceAll("-", "_"))) };
}

/** `VERSION`, `PATCHLEVEL` and `SUBLEVEL` of a kernel's Makefile; undefined for another one. */
export function kernelVersion(makefile: string): readonly [string, string, string] | undefined {
  const part = (key: string): string | undefined => new RegExp(`^${key} *= *(\\d{1,5})\\s*$`, "mu").exec(makefile.slice(0, 2000))?.[1];
  const [major, minor, sub] = [part("VERSION"), part("PATCHLEVEL"), part("SUBLEVEL")];
  return major === undefined || minor === undefined ? undefined : [major, minor, sub ?? "0"];
}

/**
 * How versions are called: `6.1`, where that tells all apart; `6.1.176`, where that does; else as the user calls them, for
 * vendors release one kernel many times.
 */
export function versionNumbers(kernels: readonly { readonly label: string; readonly kernel: readonly [string, string, string] }[]): readonly string[] {
  const distinct = (names: readonly string[]): boolean => new Set(names).size === names.length;
  const short = kernels.map(({ kernel: [major, minor] }) => `${major}.${minor}`);
  if (distinct(short)) return short;
  const long = kernels.map(({ kernel }) => kernel.join("."));
  return distinct(long) ? long : kernels.map(({ label }) => label);
}
