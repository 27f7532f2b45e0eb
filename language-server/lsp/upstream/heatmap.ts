import type { CommitFacts, Verdict } from "../../engine/upstream/types";
import type { HeatColumn, HeatmapView, HeatRow } from "../../protocol/upstream-panels";
import { hasWrongClaim, type Entry } from "./map-index";

/** What wants a person first stands first. */
export const heatColumns: readonly HeatColumn[] = ["missing", "wrong", "unsure", "partial", "adapted", "extended", "combined", "revert", "same", "ours"];

const columnOf: Readonly<Record<Verdict, HeatColumn>> = {
  same: "same",
  adapted: "adapted",
  partial: "partial",
  extended: "extended",
  squash: "combined",
  split: "combined",
  revert: "revert",
  unsure: "unsure",
  "downstream-only": "ours",
};

/** A row that a path belongs to, and what lists it in the Upstream view. */
export interface HeatGroup {
  readonly name: string;
  readonly filter: HeatRow["filter"];
}

export type Grouping = (path: string) => readonly HeatGroup[];

interface Tally {
  readonly group: HeatGroup | undefined;
  commits: number;
  readonly counts: number[];
}

function tally(group: HeatGroup | undefined): Tally {
  return { group, commits: 0, counts: heatColumns.map(() => 0) };
}

function add(to: Tally, column: HeatColumn): void {
  const at = heatColumns.indexOf(column);
  to.counts[at] = (to.counts[at] ?? 0) + 1;
}

function rowOf({ group, commits, counts }: Tally): HeatRow {
  return { name: group?.name ?? "", filter: group?.filter ?? { unfiled: true }, commits, counts };
}

/**
 * Counts our commits and the fixes that we miss by the rows that their paths belong to: once in each row, once in the total.
 * What touches no row's path stands in a row without a name.
 */
export function countHeat(entries: readonly Entry[], fixes: readonly Pick<CommitFacts, "paths">[], grouping: Grouping): Pick<HeatmapView, "columns" | "rows" | "total"> {
  const rows = new Map<string, Tally>();
  const total = tally({ name: "", filter: {} });
  const of = (paths: readonly string[]): readonly Tally[] => {
    const groups = new Map(paths.flatMap(grouping).map((group) => [group.name, group]));
    const wanted: readonly (readonly [string, HeatGroup | undefined])[] = groups.size === 0 ? [["", undefined]] : [...groups];
    return wanted.map(([name, group]) => {
      const known = rows.get(name) ?? tally(group);
      rows.set(name, known);
      return known;
    });
  };
  for (const { facts, row } of entries) {
    for (const each of [...of(facts.paths), total]) {
      each.commits++;
      add(each, columnOf[row.verdict]);
      if (hasWrongClaim(row)) add(each, "wrong");
    }
  }
  for (const { paths } of fixes) for (const each of [...of(paths), total]) add(each, "missing");
  return { columns: heatColumns, rows: [...rows.values()].map(rowOf), total: rowOf(total) };
}

/** Rows by section of MAINTAINERS; `sections` has the paths of each. */
export function bySections(sections: ReadonlyMap<string, ReadonlySet<string>>): Grouping {
  const groups = new Map<string, HeatGroup[]>();
  for (const [name, paths] of sections) {
    for (const path of paths) {
      const known = groups.get(path);
      if (known === undefined) groups.set(path, [{ name, filter: { subsystem: name } }]);
      else known.push({ name, filter: { subsystem: name } });
    }
  }
  return (path) => groups.get(path) ?? [];
}

/** A top directory that more than this share of the commits touches is shown by its own directories. */
const largeShare = 1 / 3;

/** Rows by top directory, one level deeper where nearly all is in one. */
export function byDirectories(commits: readonly Pick<CommitFacts, "paths">[]): Grouping {
  const touched = new Map<string, number>();
  for (const { paths } of commits) for (const top of new Set(paths.map(topOf))) touched.set(top, (touched.get(top) ?? 0) + 1);
  const large = new Set([...touched].filter(([top, count]) => top !== "" && count > commits.length * largeShare).map(([top]) => top));
  return (path) => {
    const top = topOf(path);
    if (top === "") return [{ name: "*", filter: { path: "*" } }];
    if (!large.has(top)) return [{ name: `${top}/`, filter: { path: top } }];
    const next = path.indexOf("/", top.length + 1);
    // Files of the directory itself, apart from those below it.
    if (next < 0) return [{ name: `${top}/*`, filter: { path: `${top}/*` } }];
    return [{ name: path.slice(0, next + 1), filter: { path: path.slice(0, next) } }];
  };
}

function topOf(path: string): string {
  return path.slice(0, Math.max(0, path.indexOf("/")));
}
