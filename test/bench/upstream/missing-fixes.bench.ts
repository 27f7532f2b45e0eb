import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createGit } from "../../../language-server/adapters/git";
import { followReferences, missingFixes, type FollowOptions } from "../../../language-server/engine/upstream/follow/missing";
import { readNamed } from "../../../language-server/engine/upstream/follow/read-named";
import type { FixReason, MissingFix, UpstreamMap } from "../../../language-server/engine/upstream/types";
import type { BenchTable } from "../table";
import { mapOf } from "../../unit/upstream/stores";

export interface MissingFixesBench {
  /** A bare repository with the mainline and the branches. */
  readonly repository: string;
  /** `branch<tab>downstream<tab>upstream[,upstream…]<tab>ok|dangling` lines; read for the scoring alone. */
  readonly pairs: string;
  readonly mainline: string;
  /** Branch and the tags of it that fixes are asked for at. */
  readonly releases: readonly { readonly branch: string; readonly tag: string }[];
  readonly kinds: ReadonlySet<FixReason["kind"]>;
}

/** What became of one release. */
export interface ReleaseResult {
  readonly tag: string;
  readonly map: UpstreamMap;
  readonly missing: readonly MissingFix[];
  /** Mainline's commits that the branch took after the release. */
  readonly later: ReadonlySet<string>;
  /** Listed fixes whose proof does not hold, with what is wrong. */
  readonly unproven: readonly string[];
}

interface Truth {
  readonly branch: string;
  readonly downstream: string;
  readonly upstream: readonly string[];
}

function readPairs(file: string): readonly Truth[] {
  return readFileSync(file, "utf8").split("\n").flatMap((line) => {
    const [branch, downstream, upstream, state] = line.split("\t");
    return branch === undefined || downstream === undefined || upstream === undefined || state !== "ok" ? [] : [{ branch, downstream, upstream: upstream.split(",") }];
  });
}

function lines(repository: string, ...args: readonly string[]): readonly string[] {
  return execFileSync("git", ["--git-dir", repository, ...args], { encoding: "utf8", maxBuffer: 1 << 30 }).split("\n").filter((line) => line !== "");
}

/** Commits that mainline reverts by name and that no revert of that revert brings back; read with git and text alone. */
function revertedInMainline(repository: string, range: string): ReadonlySet<string> {
  const records = lines(repository, "log", "--format=%H %s%x01%b%x02", range).join("\n").split("\u0002");
  const target = new Map<string, readonly string[]>();
  for (const record of records) {
    const sha = record.trim().slice(0, 40);
    if (/^\w+ revert/iu.test(record.trim())) target.set(sha, [...record.replace(/\s+/gu, " ").matchAll(/reverts? commit ([0-9a-f]{40})/giu)].map((match) => match[1] ?? ""));
  }
  const undone = new Set([...target.values()].flat());
  return new Set([...target].filter(([sha]) => !undone.has(sha)).flatMap(([, shas]) => shas));
}

/** Own commits of a tag that no pair labels, yet have a title that just one of mainline's has: mainline's shas of those titles. */
function sameTitles(repository: string, tag: string, mainline: string): ReadonlySet<string> {
  const titles = new Set(lines(repository, "log", "--no-merges", "--format=%s", `${mainline}..${tag}`));
  const theirs = new Map<string, string[]>();
  for (const line of lines(repository, "log", "--no-merges", "--format=%H %s", `${tag}..${mainline}`)) theirs.set(line.slice(41), [...(theirs.get(line.slice(41)) ?? []), line.slice(0, 40)]);
  return new Set([...theirs].flatMap(([title, shas]) => (titles.has(title) && shas.length === 1 ? shas : [])));
}

/** Checks each listed fix against git's own answers and the pairs: the culprit is there, the fix is not, and mainline kept it. */
function unprovenFixes(missing: readonly MissingFix[], reached: ReadonlySet<string>, carried: ReadonlySet<string>, reverted: ReadonlySet<string>): readonly string[] {
  const listed = new Set(missing.map(({ fix }) => fix));
  return missing.flatMap(({ fix, reasons, revertedBy }) => {
    const has = reasons.some(({ culprit, carriedBy }) => (carriedBy.how === "fix" ? listed.has(carriedBy.commit) : reached.has(culprit) || carried.has(culprit)));
    if (!has) return [`${fix}: no culprit is there`];
    if (reached.has(fix) || (carried.has(fix) && revertedBy === undefined)) return [`${fix}: it is carried`];
    return reverted.has(fix) ? [`${fix}: mainline took it back`] : [];
  });
}

/** Missing fixes at past releases beside what the branch took later. */
export async function measureMissingFixes(bench: MissingFixesBench): Promise<readonly ReleaseResult[]> {
  const git = createGit({ trusted: () => true });
  const repository = await git.open(bench.repository);
  if (repository === undefined) throw new Error(`${bench.repository} is no repository`);
  const truth = readPairs(bench.pairs);
  const options: FollowOptions = { kinds: bench.kinds, subsystems: [] };
  const results: ReleaseResult[] = [];
  for (const { branch, tag } of bench.releases) {
    const map = await mapOf(repository, { mainline: bench.mainline, downstream: tag });
    const named = await readNamed(repository, nodeDecode, map, followReferences(map, []));
    const missing = missingFixes(map, { named, cves: [] }, options);
    const reached = new Set(lines(bench.repository, "rev-list", tag));
    const own = truth.filter((pair) => pair.branch === branch);
    const carried = new Set([...own.filter(({ downstream }) => reached.has(downstream)).flatMap(({ upstream }) => upstream), ...sameTitles(bench.repository, tag, bench.mainline)]);
    const later = new Set(own.filter(({ downstream }) => !reached.has(downstream)).flatMap(({ upstream }) => upstream));
    const reverted = revertedInMainline(bench.repository, `${tag}..${bench.mainline}`);
    results.push({ tag, map, missing, later, unproven: unprovenFixes(missing, reached, carried, reverted) });
  }
  return results;
}

/** One line a release, and one for all. */
export function missingFixesTable(results: readonly ReleaseResult[]): BenchTable {
  const rows = results.map(({ tag, missing, later, unproven }) => ({ tag, listed: missing.length, later: later.size, hit: missing.filter(({ fix }) => later.has(fix)).length, unproven: unproven.length }));
  const sum = (pick: (row: (typeof rows)[number]) => number): number => rows.reduce((total, row) => total + pick(row), 0);
  const all = { tag: "all", listed: sum((row) => row.listed), later: sum((row) => row.later), hit: sum((row) => row.hit), unproven: sum((row) => row.unproven) };
  const share = (part: number, whole: number): string => (whole === 0 ? "-" : (part / whole).toFixed(3));
  return {
    title: "Missing fixes at past releases beside what the branch took later",
    columns: ["release", "listed", "picked later", "of them listed", "recall", "share of the list picked later", "not proven"],
    rows: [...rows, all].map((row) => [row.tag, row.listed, row.later, row.hit, share(row.hit, row.later), share(row.hit, row.listed), row.unproven]),
  };
}
