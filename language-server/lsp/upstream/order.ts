import type { Cancel } from "../../engine/ports";
import type { CommitFacts } from "../../engine/upstream/types";
import type { RowsPart, UpstreamFilter, UpstreamList, UpstreamSort } from "../../protocol/upstream";
import type { Services } from "../services";
import { sorted } from "./filters";
import type { Row } from "./rows";
import type { Comparison } from "./store";
import { selectedRows, subsystemsOf } from "./summary";

export interface Ordered {
  readonly rows: readonly Row[];
  /** The subsystem that a row is sorted under; empty when it belongs to none, or when the order is another. */
  readonly subsystem: (row: Row) => string;
}

/** The rows of a list that a filter leaves, in the wanted order. */
export async function orderedRows(comparison: Comparison, wanted: { readonly list: UpstreamList; readonly filter: UpstreamFilter; readonly sort: UpstreamSort }, decided: ReadonlySet<string>, services: Services, cancel: Cancel): Promise<Ordered> {
  const { list, filter, sort } = wanted;
  const rows = await selectedRows(list, comparison, filter, decided, services, cancel);
  const name = sort === "subsystem" ? subsystemNames(await subsystemsOf(comparison, services, cancel)) : () => "";
  return { rows: sorted(rows, sort, ({ paths }) => name(paths)), subsystem: ({ facts }) => name(facts.paths) };
}

/**
 * Tells the one subsystem that paths are filed under: the one that most of them belong to, the smaller one of equals.
 * In a tree without MAINTAINERS it is the folder.
 */
export function subsystemNames(sections: ReadonlyMap<string, ReadonlySet<string>>): (paths: CommitFacts["paths"]) => string {
  const titles = new Map<string, string[]>();
  for (const [title, inside] of sections) for (const path of inside) titles.set(path, [...(titles.get(path) ?? []), title]);
  const of = (path: string): readonly string[] => (sections.size === 0 ? [path.split("/").slice(0, -1).slice(0, 2).join("/")] : (titles.get(path) ?? []));
  const size = (title: string): number => sections.get(title)?.size ?? 0;
  return (paths) => {
    const counts = new Map<string, number>();
    for (const title of paths.flatMap(of)) counts.set(title, (counts.get(title) ?? 0) + 1);
    const best = [...counts].sort(([a, n], [b, m]) => m - n || size(a) - size(b) || (a < b ? -1 : 1))[0];
    return best?.[0] ?? "";
  };
}

/** Cuts rows into parts of a size, each named by what its first and last row are sorted by. */
export function partsOf({ rows, subsystem }: Ordered, size: number, { list, sort }: { readonly list: UpstreamList; readonly sort: UpstreamSort }, risk: (row: Row) => string): readonly RowsPart[] {
  const byRisk = sort === "risk" || (sort === "list" && list === "missing");
  const edge = (row: Row | undefined): string => {
    if (row === undefined) return "";
    if (sort === "subject") return row.facts.subject;
    if (sort === "subsystem") return subsystem(row);
    return byRisk ? risk(row) : new Date(row.facts.authorTime * 1000).toISOString().slice(0, 10);
  };
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, i) => {
    const offset = i * size;
    const count = Math.min(size, rows.length - offset);
    return { offset, count, first: edge(rows[offset]), last: edge(rows[offset + count - 1]) };
  });
}
