import type { MapRow, MissingFix, UpstreamMap } from "../types";

/** What commits are counted under; `wrong` and the missing ones stand beside the verdicts. */
export const countKeys = ["same", "adapted", "partial", "extended", "combined", "revert", "ours", "unsure", "wrong", "missing", "decided", "notBuilt"] as const;
export type CountKey = (typeof countKeys)[number];
export type Counts = Readonly<Record<CountKey, number>>;

function keyOf(verdict: MapRow["verdict"]): CountKey {
  switch (verdict) {
    case "squash":
    case "split":
      return "combined";
    case "downstream-only":
      return "ours";
    case "same":
    case "adapted":
    case "partial":
    case "extended":
    case "revert":
    case "unsure":
      return verdict;
  }
}

export function hasWrongClaim(row: MapRow): boolean {
  return row.claims.some(({ state }) => state === "wrong");
}

/** The one list that a missing fix is in. */
export function fixKey(fix: MissingFix, decided: ReadonlyMap<string, string>): "missing" | "decided" | "notBuilt" {
  if (decided.has(fix.fix)) return "decided";
  return fix.notBuilt === undefined ? "missing" : "notBuilt";
}

function zero(): Record<CountKey, number> {
  return { same: 0, adapted: 0, partial: 0, extended: 0, combined: 0, revert: 0, ours: 0, unsure: 0, wrong: 0, missing: 0, decided: 0, notBuilt: 0 };
}

export function countAll(map: UpstreamMap, missing: readonly MissingFix[], decided: ReadonlyMap<string, string>): Counts {
  const counts = zero();
  for (const row of map.rows) {
    counts[keyOf(row.verdict)]++;
    if (hasWrongClaim(row)) counts.wrong++;
  }
  for (const fix of missing) counts[fixKey(fix, decided)]++;
  return counts;
}

/** First two folders of a path, or the file itself at the top. */
export function directoryOf(path: string): string {
  const parts = path.split("/");
  return parts.length === 1 ? path : parts.slice(0, Math.min(2, parts.length - 1)).join("/");
}

export interface GroupCounts {
  /** Empty for commits without a file. */
  readonly name: string;
  readonly commits: number;
  readonly counts: Counts;
}

/** Counts by the names that paths are under, the largest first; a commit counts once in each. */
export function countGroups(map: UpstreamMap, missing: readonly MissingFix[], decided: ReadonlyMap<string, string>, namesOf: (path: string) => readonly string[]): readonly GroupCounts[] {
  const groups = new Map<string, { commits: number; counts: Record<CountKey, number> }>();
  const add = (paths: readonly string[], keys: readonly CountKey[], commit: boolean): void => {
    for (const name of paths.length === 0 ? [""] : new Set(paths.flatMap(namesOf))) {
      const group = groups.get(name) ?? { commits: 0, counts: zero() };
      groups.set(name, group);
      if (commit) group.commits++;
      for (const key of keys) group.counts[key]++;
    }
  };
  for (const [i, row] of map.rows.entries()) add(map.commits[i]?.paths ?? [], [keyOf(row.verdict), ...(hasWrongClaim(row) ? (["wrong"] as const) : [])], true);
  const candidates = new Map(map.candidates.map((facts) => [facts.sha, facts]));
  for (const fix of missing) add(candidates.get(fix.fix)?.paths ?? [], [fixKey(fix, decided)], false);
  return [...groups].map(([name, { commits, counts }]) => ({ name, commits, counts })).sort((a, b) => b.commits + b.counts.missing - a.commits - a.counts.missing || (a.name < b.name ? -1 : 1));
}
