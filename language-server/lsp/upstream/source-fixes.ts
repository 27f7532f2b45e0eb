import { parsePatchSet } from "../../engine/patch/parse";
import type { Cancel } from "../../engine/ports";
import type { MissingFix } from "../../engine/upstream/types";
import type { Services } from "../services";
import { decidedIn } from "./decisions";
import type { Comparison } from "./store";
import { touchedIn } from "./touched";

/** Missing fixes of one file: function → fixes, newest first. Under the empty name those of which no function can be told. */
export type SourceFixes = ReadonlyMap<string, readonly MissingFix[]>;

/** More fixes of one file than this are counted, not read. */
const most = 200;

/** The missing fixes that touch a path and that nobody has turned down. */
async function fixesOfPath(comparison: Comparison, path: string, services: Services): Promise<readonly MissingFix[]> {
  const decided = await decidedIn(comparison.pair, services);
  const { candidates } = comparison.index;
  return (comparison.missing ?? []).filter((fix) => fix.notBuilt === undefined && !decided.has(fix.fix) && candidates.get(fix.fix)?.paths.includes(path) === true);
}

/**
 * Which functions mainline's missing fixes change, by the hunks' own lines and section names. Line numbers of mainline mean
 * nothing in our file, so that a function is known by its name.
 */
export async function sourceFixes(comparison: Comparison, path: string, services: Services, cancel: Cancel): Promise<SourceFixes> {
  const fixes = await fixesOfPath(comparison, path, services);
  const found = new Map<string, MissingFix[]>();
  const add = (name: string, fix: MissingFix): void => {
    const there = found.get(name);
    if (there === undefined) found.set(name, [fix]);
    else if (!there.includes(fix)) there.push(fix);
  };
  const functions = await functionsOfFixes(comparison, path, fixes.slice(0, most), services, cancel);
  for (const fix of [...fixes].sort((a, b) => b.time - a.time)) {
    const names = functions.get(fix.fix) ?? [];
    for (const name of names.length === 0 ? [""] : names) add(name, fix);
  }
  return found;
}

async function functionsOfFixes({ pair }: Comparison, path: string, fixes: readonly MissingFix[], services: Services, cancel: Cancel): Promise<ReadonlyMap<string, readonly string[]>> {
  if (fixes.length === 0) return new Map();
  const { decode } = services.workbench;
  const input = `${fixes.map(({ fix }) => fix).join("\n")}\n`;
  const shown = await pair.repository.run(["log", "--no-walk=unsorted", "--format=email", "-p", "-U3", "--no-renames", "--stdin", "--", `:(top,literal)${path}`], { cancel, input });
  // A commit whose blobs are missing ends git; what came before it is true all the same.
  const set = parsePatchSet(shown.stdout, decode).value;
  return new Map(set.patches.flatMap((patch) => (patch.commit === undefined ? [] : [[patch.commit, [...new Set(patch.files.filter((file) => file.newPath === path).flatMap((file) => touchedIn(patch, file, decode).flatMap(({ functions }) => functions)))]] as const])));
}
