import { checkCancel, type Cancel, type Decode, type Files } from "../ports";
import { parsePatchSet } from "./parse";
import { report, type Problems } from "./problems";
import { inSeriesOrder } from "./series";
import type { LoadedPatchSet } from "./types";

const patchName = /\.(?:patch|diff|mbox|mbx|eml|rej)$/i;

export function joinPath(folder: string, name: string): string {
  return /[\\/]$/.test(folder) ? folder + name : `${folder}/${name}`;
}

export function parentOf(path: string): string {
  const slash = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return slash <= 0 ? path.slice(0, slash + 1) || "." : path.slice(0, slash);
}

export function baseName(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

async function loadFile(path: string, files: Files, decode: Decode, cancel: Cancel | undefined): Promise<LoadedPatchSet | undefined> {
  checkCancel(cancel);
  const bytes = await files.read(path);
  if (bytes === undefined) return undefined;
  const { value, problems } = parsePatchSet(bytes, decode, cancel);
  return { path, set: value, problems };
}

export interface SeriesEntry {
  readonly name: string;
  /** What follows the name: `-p0`, `-R`. */
  readonly options: readonly string[];
  /** 1-based line of the series file. */
  readonly line: number;
}

/** Lines of a quilt `series` file (quilt(1)): a name, options such as -p0 after it, `#` begins a comment. */
export function readSeries(text: string): readonly SeriesEntry[] {
  return text
    .split(/\r?\n/)
    .map((line, i) => {
      const [name = "", ...options] = line.replace(/(^|\s)#.*$/, "").trim().split(/\s+/);
      return { name, options, line: i + 1 };
    })
    .filter((entry) => entry.name !== "");
}

/** A series names files below its own folder and nothing else. */
export function staysInside(name: string): boolean {
  return !/^(?:[\\/]|[A-Za-z]:)/.test(name) && !name.split(/[\\/]/).includes("..");
}

async function loadQuilt(seriesPath: string, files: Files, decode: Decode, cancel: Cancel | undefined): Promise<readonly LoadedPatchSet[]> {
  const bytes = await files.read(seriesPath);
  if (bytes === undefined) return [];
  const folder = parentOf(seriesPath);
  const problems: Problems = [];
  const loaded: LoadedPatchSet[] = [];
  for (const entry of readSeries(decode.text(bytes))) {
    const one = staysInside(entry.name) ? await loadFile(joinPath(folder, entry.name), files, decode, cancel) : undefined;
    if (one === undefined) report(problems, entry.line, "series-entry", { name: entry.name });
    else loaded.push({ ...one, placed: true });
  }
  if (problems.length === 0) return loaded;
  return [{ path: seriesPath, set: parsePatchSet(new Uint8Array(), decode).value, problems }, ...loaded];
}

async function findSeries(folder: string, files: Files): Promise<string | undefined> {
  for (const path of [joinPath(folder, "series"), joinPath(joinPath(folder, "patches"), "series")]) {
    const stat = await files.stat(path);
    if (stat?.directory === false) return path;
  }
  return undefined;
}

async function loadFolder(folder: string, files: Files, decode: Decode, cancel: Cancel | undefined): Promise<readonly LoadedPatchSet[]> {
  const names = (await files.list(folder)).filter((entry) => !entry.directory && patchName.test(entry.name)).map((entry) => entry.name);
  const loaded: LoadedPatchSet[] = [];
  for (const name of [...names].sort()) {
    const one = await loadFile(joinPath(folder, name), files, decode, cancel);
    if (one !== undefined) loaded.push(one);
  }
  return inSeriesOrder(loaded, (one) => (one.set.patches.length === 1 ? one.set.patches[0] : undefined));
}

/**
 * Loads a patch file, a quilt series (the `series` file or a folder that holds one) or a folder of patches; a folder follows
 * [n/m], then names. Empty when there is nothing to read. Throws only `Cancelled`.
 */
export async function loadPatches(path: string, files: Files, decode: Decode, cancel?: Cancel): Promise<readonly LoadedPatchSet[]> {
  const stat = await files.stat(path);
  if (stat === undefined) return [];
  if (!stat.directory) {
    if (baseName(path) === "series") return loadQuilt(path, files, decode, cancel);
    const one = await loadFile(path, files, decode, cancel);
    return one === undefined ? [] : [one];
  }
  const series = await findSeries(path, files);
  return series === undefined ? loadFolder(path, files, decode, cancel) : loadQuilt(series, files, decode, cancel);
}
