import { stat } from "node:fs/promises";
import { nodeHash } from "../../adapters/hash";
import type { Cancel, Git } from "../../engine/ports";
import { compareNames, type Comparison } from "../../engine/tuning/import/versions/compare";
import { versionNames, versionNumbers } from "../../engine/tuning/import/versions/collect";
import type { ParameterRecord } from "../../engine/tuning/types";
import { knownHashes } from "../index-files";
import { importersVersion, IndexRun, isVersionLabel, type IndexReport, type IndexSettings } from "../index-report";
import { readVersion, type ReadBefore, type ReadVersion } from "./read-version";
import { folderVersion, gitVersion, type TreeVersion } from "./tree-version";

export interface VersionsSettings extends IndexSettings {
  /** Absolute paths of what is compared: one repository, or a folder for each version. */
  readonly places: readonly string[];
  /** In the order in which the user has them; their Makefiles tell which is older. */
  readonly versions: readonly TreeVersion[];
}

export type VersionsResult = IndexReport | { readonly problem: "no-kernel" | "incomplete"; readonly label: string; readonly detail: string };

const prefix = "versions of ";

/** How a comparison is called in the store. */
function versionsOrigin(places: readonly string[]): string {
  return `${prefix}${places.join(", ")}`;
}

export function isVersionsOrigin(origin: string): boolean {
  return origin.startsWith(prefix);
}

/** What was compared, to be compared once more: the same folders, or the same tags. Undefined when some of it is no longer there. */
export async function comparedAgain(origin: string, known: ReadonlyMap<string, string>, git: Pick<Git, "open">, cancel: Cancel): Promise<Pick<VersionsSettings, "places" | "versions"> | undefined> {
  const places = origin.slice(prefix.length).split(", ");
  for (const place of places) if ((await stat(place).catch(() => undefined))?.isDirectory() !== true) return undefined;
  const [place = ""] = places;
  if (places.length > 1) return { places, versions: places.map((one) => folderVersion(one, places)) };
  const repository = await git.open(place);
  if (repository === undefined) return undefined;
  const versions = await Promise.all([...known.keys()].filter(isVersionLabel).map((label) => gitVersion(repository, label, cancel)));
  const there = versions.filter((version) => version !== undefined);
  return there.length === versions.length && there.length > 1 ? { places, versions: there } : undefined;
}

/** Compares versions of a kernel tree by the names that they have, and puts into the store what came and what went. */
export async function indexVersions(settings: VersionsSettings): Promise<VersionsResult> {
  const { store, cancel, onProgress, places, versions } = settings;
  const origin = versionsOrigin(places);
  const run = new IndexRun(origin, await knownHashes(store, origin));
  const identities = versions.map(({ label, identity }) => ({ label, hash: nodeHash.sha256(`${importersVersion} ${label} ${identity ?? ""}`) }));
  const same = versions.every(({ identity }) => identity !== undefined) && run.hasOnly(identities.map(({ label }) => label)) && identities.every(({ label, hash }) => !run.changed(label, hash));
  if (same) return run.unchanged();
  const before: ReadBefore = new Map();
  const read: ReadVersion[] = [];
  for (const [index, version] of versions.entries()) {
    const found = await readVersion(version, before, cancel, (done, total) => {
      onProgress(index * 100 + Math.round((100 * done) / Math.max(1, total)), versions.length * 100);
    });
    if (found === undefined) return { problem: "no-kernel", label: version.label, detail: "" };
    // What can't be read can't be said to be gone.
    if (found.missing.length > 0) return { problem: "incomplete", label: version.label, detail: `${found.missing.length}: ${found.missing[0] ?? ""}` };
    read.push(found);
  }
  const comparison = compared(read);
  for (const { label, hash } of identities) if (run.changed(label, hash)) run.add("versions", label, hash, { parameters: [], prose: [], unread: [] });
  for (const [file, parameters] of byFile(comparison)) {
    const hash = nodeHash.sha256(`${importersVersion} ${JSON.stringify(parameters)}`);
    if (run.changed(file, hash)) run.add("versions", file, hash, { parameters, prose: [], unread: [] });
  }
  return { ...(await run.finish(settings)), compared: countsOf(read, comparison) };
}

function compared(read: readonly ReadVersion[]): Comparison {
  const order = read.toSorted((a, b) => byKernel(a.kernel, b.kernel));
  const numbers = versionNumbers(order);
  return compareNames(order.map(({ label, files, modules }, i) => versionNames(label, numbers[i] ?? label, files.values(), modules)));
}

function byKernel(a: readonly string[], b: readonly string[]): number {
  return a.map((part, i) => Number(part) - Number(b[i] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function byFile({ names }: Comparison): ReadonlyMap<string, readonly ParameterRecord[]> {
  const files = new Map<string, ParameterRecord[]>();
  for (const { record } of names) {
    const list = files.get(record.source.file) ?? [];
    list.push(record);
    files.set(record.source.file, list);
  }
  return files;
}

function countsOf(read: readonly ReadVersion[], { names, since, until, doubted, interrupted }: Comparison): IndexReport["compared"] {
  return { versions: read.map(({ label }) => label), since, until, renamed: names.filter(({ record }) => record.renamedTo !== undefined).length, doubted, interrupted };
}
