import type { CommitFacts, MapRow, MissingFix, UpstreamMap } from "../../engine/upstream/types";
import type { UpstreamList } from "../../protocol/upstream";

/** One of downstream's own commits with its answer. */
export interface Entry {
  readonly facts: CommitFacts;
  readonly row: MapRow;
}

export type MapList = Exclude<UpstreamList, "missing" | "not-built" | "decided">;

/** What views, lenses and hovers look up in a map; made once a map. */
export interface MapIndex {
  readonly map: UpstreamMap;
  /** By downstream's sha. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Mainline's commits that downstream lacks in name, by sha. */
  readonly candidates: ReadonlyMap<string, CommitFacts>;
  /** Mainline's sha → downstream's commits that carry it, newest first. */
  readonly carriers: ReadonlyMap<string, readonly string[]>;
  /** Newest first. A commit with a wrong claim is in `wrong` and in the list of its verdict. */
  readonly lists: Readonly<Record<MapList, readonly Entry[]>>;
  /** Mainline's commits whose `Fixes:` or revert names the commit, newest first. */
  laterFixes(sha: string): readonly CommitFacts[];
  /** The one commit of the map that a sha or its beginning names. */
  find(sha: string): { readonly side: "mainline" | "downstream"; readonly sha: string } | undefined;
}

/** A shorter beginning of a sha names too many commits. */
const shortestSha = 7;

export function listOf(row: MapRow): MapList {
  switch (row.verdict) {
    case "same":
    case "partial":
    case "unsure":
    case "revert":
      return row.verdict;
    case "adapted":
    case "extended":
    case "squash":
    case "split":
      return "adapted";
    case "downstream-only":
      return "ours";
  }
}

export function hasWrongClaim(row: MapRow): boolean {
  return row.claims.some(({ state }) => state === "wrong");
}

/** Verdicts that say the tree has what `upstream` brought. A revert takes it away. */
function carries(row: MapRow): boolean {
  return row.verdict !== "revert" && row.verdict !== "unsure" && row.verdict !== "downstream-only";
}

export function indexMap(map: UpstreamMap): MapIndex {
  const entries = new Map<string, Entry>();
  const carriers = new Map<string, string[]>();
  const lists: Record<MapList, Entry[]> = { wrong: [], unsure: [], partial: [], adapted: [], same: [], ours: [], revert: [] };
  for (const [i, facts] of map.commits.entries()) {
    const row = map.rows[i];
    if (row === undefined) continue;
    const entry = { facts, row };
    entries.set(facts.sha, entry);
    lists[listOf(row)].push(entry);
    if (hasWrongClaim(row)) lists.wrong.push(entry);
    if (carries(row)) for (const sha of row.upstream) push(carriers, sha, facts.sha);
  }
  const candidates = new Map(map.candidates.map((facts) => [facts.sha, facts]));
  const fixes = fixesByBeginning(map.candidates);
  const sides = [...[...entries.keys()].map((sha) => ({ side: "downstream" as const, sha })), ...map.candidates.map(({ sha }) => ({ side: "mainline" as const, sha }))].sort((a, b) => (a.sha < b.sha ? -1 : 1));
  return {
    map,
    entries,
    candidates,
    carriers,
    lists,
    laterFixes: (sha) => fixesOf(fixes, sha),
    find(sha) {
      if (sha.length < shortestSha) return undefined;
      const at = firstNotBefore(sides, sha);
      const found = sides[at];
      const twin = sides[at + 1];
      if (found?.sha.startsWith(sha) !== true || twin?.sha.startsWith(sha) === true) return undefined;
      return found;
    },
  };
}

interface NamedFix {
  readonly names: string;
  readonly by: CommitFacts;
}

function fixesByBeginning(candidates: readonly CommitFacts[]): ReadonlyMap<string, readonly NamedFix[]> {
  const found = new Map<string, NamedFix[]>();
  for (const by of candidates) {
    for (const { sha } of [...by.fixes, ...by.reverts]) if (sha.length >= shortestSha) push(found, sha.slice(0, shortestSha), { names: sha, by });
  }
  return found;
}

function fixesOf(fixes: ReadonlyMap<string, readonly NamedFix[]>, sha: string): readonly CommitFacts[] {
  const named = (fixes.get(sha.slice(0, shortestSha)) ?? []).filter(({ names, by }) => sha.startsWith(names) && by.sha !== sha);
  return [...new Set(named.map(({ by }) => by))];
}

/** Position of the first sha that is not before `wanted` in sorted order. */
function firstNotBefore(sorted: readonly { readonly sha: string }[], wanted: string): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.sha ?? "") < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const values = map.get(key);
  if (values === undefined) map.set(key, [value]);
  else values.push(value);
}

/** Missing fixes by their sha. */
export function fixesBySha(missing: readonly MissingFix[]): ReadonlyMap<string, MissingFix> {
  return new Map(missing.map((fix) => [fix.fix, fix]));
}
