import { baseName, joinPath, parentOf } from "../../patch/load";
import type { Decode, Files } from "../../ports";
import { stackProblem } from "./problems";
import { readGuarded, readQuilt } from "./quilt";
import { readSpec } from "./spec";
import type { Stack, StackProblem } from "./types";

/** A list of patches, and the folders in which its names are looked for, best first. */
export interface FoundList {
  readonly path: string;
  readonly stack: Stack;
  readonly folders: readonly string[];
}

type Reader = (text: string) => Stack;

async function listAt(path: string, read: Reader, folders: readonly string[], files: Files, decode: Decode): Promise<FoundList | undefined> {
  const bytes = await files.read(path);
  return bytes === undefined ? undefined : { path, stack: read(decode.text(bytes)), folders };
}

/** Sources of an RPM lie beside the spec file, or in SOURCES beside its SPECS folder (rpmbuild's tree). */
function specFolders(spec: string): readonly string[] {
  const folder = parentOf(spec);
  return [folder, joinPath(parentOf(folder), "SOURCES"), joinPath(folder, "SOURCES")];
}

async function listOfFile(path: string, files: Files, decode: Decode): Promise<FoundList | undefined> {
  const name = baseName(path);
  const folder = parentOf(path);
  if (name === "series") return listAt(path, readQuilt, [folder], files, decode);
  if (name === "series.conf") return listAt(path, readGuarded, [folder], files, decode);
  return /\.spec$/iu.test(name) ? listAt(path, readSpec, specFolders(path), files, decode) : undefined;
}

/** Where lists lie in a folder, in the order in which they are asked for. */
const placesOfLists = ["series", "patches/series", "debian/patches/series", "series.conf"] as const;

async function specsIn(folder: string, files: Files): Promise<readonly string[]> {
  const found: string[] = [];
  for (const place of [folder, joinPath(folder, "SPECS")]) {
    const names = await files.list(place);
    for (const { name, directory } of names) if (!directory && /\.spec$/iu.test(name)) found.push(joinPath(place, name));
  }
  return found;
}

/**
 * The list that tells a folder's patches and their order: quilt's, SUSE's or a spec file; a path to one of them is read as such.
 * Undefined when there is none.
 */
export async function findList(path: string, files: Files, decode: Decode): Promise<FoundList | undefined> {
  const stat = await files.stat(path);
  if (stat === undefined) return undefined;
  if (!stat.directory) return listOfFile(path, files, decode);
  for (const place of placesOfLists) {
    const list = joinPath(path, place);
    if ((await files.stat(list))?.directory !== false) continue;
    const found = await listOfFile(list, files, decode);
    if (found !== undefined) return found;
  }
  const specs = await specsIn(path, files);
  const chosen = specs.find((spec) => baseName(spec) === "kernel.spec") ?? specs[0];
  if (chosen === undefined) return undefined;
  const found = await listOfFile(chosen, files, decode);
  if (found === undefined || specs.length === 1) return found;
  const problems: readonly StackProblem[] = [stackProblem(1, "several-specs", { name: baseName(chosen) }), ...found.stack.problems];
  return { ...found, stack: { entries: found.stack.entries, problems } };
}
