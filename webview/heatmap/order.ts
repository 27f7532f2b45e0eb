import type { HeatmapPanelState, HeatmapView, HeatRow } from "../../language-server/protocol/upstream-panels";

export type Sort = NonNullable<HeatmapPanelState["sort"]>;

/** What wants a person first: the most missing fixes. */
export const firstSort: Sort = { column: "missing", down: true };

function valueOf(row: HeatRow, column: Sort["column"], view: HeatmapView): number {
  if (column === "commits" || column === "name") return row.commits;
  return row.counts[view.columns.indexOf(column)] ?? 0;
}

/** Rows whose name holds the text, in order; equal ones by the number of commits, then by name. */
export function shownRows(view: HeatmapView, sort: Sort, search: string, locale: string): readonly HeatRow[] {
  const wanted = search.trim().toLowerCase();
  const names = new Intl.Collator(locale, { numeric: true }).compare;
  const rows = wanted === "" ? [...view.rows] : view.rows.filter(({ name }) => name.toLowerCase().includes(wanted));
  const sign = sort.down ? -1 : 1;
  return rows.sort((a, b) => {
    if (sort.column === "name") return sign * names(a.name, b.name);
    return sign * (valueOf(a, sort.column, view) - valueOf(b, sort.column, view)) || b.commits - a.commits || names(a.name, b.name);
  });
}

/** Steps of shade; the first is for nothing. */
export const shades = 6;

/** For each column the largest count of a row. */
export function largestCounts(view: HeatmapView): readonly number[] {
  return view.columns.map((_, column) => view.rows.reduce((most, row) => Math.max(most, row.counts[column] ?? 0), 0));
}

/** 0 for nothing, else 1 to 5 by the root of the share: small counts stay apart, and a single large one does not blank the rest. */
export function shadeOf(count: number, largest: number): number {
  return count <= 0 || largest <= 0 ? 0 : Math.min(shades - 1, Math.max(1, Math.ceil(Math.sqrt(count / largest) * (shades - 1))));
}
