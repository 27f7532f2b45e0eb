import { broad, matchGroups, type MatchGroup } from "../matching";
import type { Query } from "../query";
import type { SqlDatabase, SqlDriver, SqlRow } from "../types";
import { StoreError } from "../types";
import { bestOf } from "./coarse";
import { documentOf, layout, tag, type BaseDocument, type BaseSource } from "./base";

/** An open base. Nobody writes to it: a newer one is another file under the same name. */
export interface BaseReader {
  /** Tells this base from the ones before it. */
  readonly generation: string;
  readonly documents: number;
  readonly averageTerms: number;
  /** Last look at each origin. */
  readonly at: ReadonlyMap<string, number>;
  frequency(term: string): number;
  /** At most so many of what is set while the system runs, and of the others. */
  candidates(query: Query, filter: BaseFilter, most: { readonly runtime: number; readonly others: number }): readonly BaseDocument[];
  /** Documents whose folded name, or its last part, is one of these. */
  named(folded: readonly string[], last: readonly string[]): readonly BaseDocument[];
  names(): readonly string[];
  /** Names of a kind as they are written, by component, with the source that each stands in. */
  namesOf(kind: string): readonly { readonly name: string; readonly component: string; readonly source: number }[];
  /** What each document says, in their order. */
  contents(): readonly { readonly source: number; readonly content: string }[];
  byContent(contents: readonly string[]): readonly BaseDocument[];
  records(ids: readonly number[]): ReadonlyMap<number, string>;
  sources(origin?: string): readonly BaseSource[];
  /** The number of a file's source; undefined when the base does not have it. */
  sourceId(origin: string, file: string): number | undefined;
  /** Runs work as one read of the file, so that its lock is taken once. Nothing may be awaited within. */
  within<T>(work: () => T): T;
  /** How many records each source has of each kind and component. */
  tallies(): readonly { readonly source: number; readonly kind: string; readonly component: string; readonly count: number }[];
  /** Documents with their records by their place in the table, for writing the next base. */
  page(after: number, limit: number): readonly (BaseDocument & { readonly record: string })[];
  close(): void;
}

export interface BaseFilter {
  readonly kinds: readonly string[] | undefined;
  readonly components: readonly string[] | undefined;
}

const columns = "id, source, folded, kind, component, name, name_terms, alias_terms, text_terms, content";

/** Throws {@link StoreError} `unreadable` for what is no base of this layout. */
export function openBase(driver: SqlDriver, path: string): BaseReader {
  const db = driver.openForReading(path);
  try {
    return within(db, () => createReader(db, path));
  } catch (error) {
    db.close();
    throw error;
  }
}

function within<T>(db: SqlDatabase, work: () => T): T {
  db.exec("BEGIN");
  try {
    return work();
  } finally {
    db.exec("COMMIT");
  }
}

function createReader(db: SqlDatabase, path: string): BaseReader {
  const meta = new Map(db.prepare("SELECT key, value FROM meta").all([]).map((row) => [String(row["key"]), String(row["value"])]));
  if (meta.get("layout") !== layout) throw new StoreError("unreadable", `${path}: layout ${meta.get("layout") ?? "unknown"}`);
  const documents = Number(meta.get("documents"));
  const runtime = Number(meta.get("runtime"));
  const frequencies = new Map<string, number>();
  const frequencyOf = db.prepare("SELECT doc FROM vocabulary WHERE term = ?");
  const sourceOf = db.prepare("SELECT id FROM source WHERE origin = ? AND file = ?");
  const having = db.prepare("SELECT group_concat(rowid, ' ') AS ids FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?");
  const frequency = (term: string): number => {
    let count = frequencies.get(term);
    if (count === undefined) {
      count = Number(frequencyOf.all([term])[0]?.["doc"] ?? 0);
      // Only so many: the words of a store are fewer, what people ask is not.
      if (frequencies.size > 20_000) frequencies.clear();
      frequencies.set(term, count);
    }
    return count;
  };
  const byIds = (ids: readonly number[]): readonly SqlRow[] => (ids.length === 0 ? [] : db.prepare(`SELECT ${columns} FROM document WHERE id IN (${ids.join(",")})`).all([]));

  return {
    generation: meta.get("generation") ?? "",
    documents,
    averageTerms: Number(meta.get("averageTerms")),
    at: new Map(Object.entries(JSON.parse(meta.get("at") ?? "{}") as Record<string, number>)),
    frequency,
    candidates(query, filter, most) {
      const filters = filterText(filter);
      const best = (groups: readonly MatchGroup[], first: number, last: number, limit: number): readonly number[] =>
        bestOf(groups, { first, last, documents, limit, ids: (columns, group) => String(having.all([`${columns} : ${groupText(group)}${filters}`, first, last])[0]?.["ids"] ?? "") });
      const ids = [...best(matchGroups(query, documents, frequency, broad), 1, runtime, most.runtime), ...best(matchGroups(query, documents, frequency), runtime + 1, documents, most.others)];
      return byIds(ids).map(documentOf);
    },
    named(folded, last) {
      const of = (column: string, values: readonly string[]): readonly SqlRow[] =>
        values.length === 0 ? [] : db.prepare(`SELECT ${columns} FROM document WHERE ${column} IN (${values.map(() => "?").join(",")}) LIMIT 500`).all([...values]);
      return [...of("folded", folded), ...of("last", last)].map(documentOf);
    },
    names: () => db.prepare("SELECT DISTINCT folded FROM document WHERE kind <> 'prose'").all([]).map((row) => String(row["folded"])),
    namesOf: (kind) => db.prepare("SELECT DISTINCT name, component, source FROM document WHERE kind = ?").all([kind]).map((row) => ({ name: String(row["name"]), component: String(row["component"]), source: Number(row["source"]) })),
    contents: () => db.prepare("SELECT source, content FROM document ORDER BY id").all([]).map((row) => ({ source: Number(row["source"]), content: String(row["content"]) })),
    byContent: (contents) => {
      // Sixteen bytes in hex; anything else is in no base.
      const keys = contents.filter((content) => /^[0-9a-f]{32}$/u.test(content)).map((content) => `'${content}'`);
      return keys.length === 0 ? [] : db.prepare(`SELECT ${columns} FROM document WHERE content IN (${keys.join(",")})`).all([]).map(documentOf);
    },
    records: (ids) => new Map(ids.length === 0 ? [] : db.prepare(`SELECT id, record FROM record WHERE id IN (${ids.join(",")})`).all([]).map((row) => [Number(row["id"]), String(row["record"])])),
    sources(origin) {
      const rows = origin === undefined ? db.prepare("SELECT * FROM source").all([]) : db.prepare("SELECT * FROM source WHERE origin = ?").all([origin]);
      return rows.map((row) => ({ id: Number(row["id"]), origin: String(row["origin"]), file: String(row["file"]), hash: String(row["hash"]), unread: Number(row["unread"]), records: Number(row["records"]) }));
    },
    sourceId(origin, file) {
      const id = sourceOf.all([origin, file])[0]?.["id"];
      return id === undefined ? undefined : Number(id);
    },
    within: (work) => within(db, work),
    tallies: () => db.prepare("SELECT source, kind, component, count(*) AS count FROM document GROUP BY source, kind, component").all([]).map((row) => ({ source: Number(row["source"]), kind: String(row["kind"]), component: String(row["component"]), count: Number(row["count"]) })),
    page: (after, limit) =>
      db
        .prepare(`SELECT ${columns}, record FROM document JOIN record USING (id) WHERE id > ? ORDER BY id LIMIT ?`)
        .all([after, limit])
        .map((row) => ({ ...documentOf(row), record: String(row["record"]) })),
    close() {
      db.close();
    },
  };
}

/** In FTS5's language: only letters and digits of ours, each in quotes. */
const quote = (term: string): string => `"${term}"`;

function groupText({ terms }: MatchGroup): string {
  return terms.length === 1 ? terms.map(quote).join("") : `(${terms.map(quote).join(" AND ")})`;
}

function filterText(filter: BaseFilter): string {
  const filters = [filter.kinds?.map((kind) => tag("kind", kind)), filter.components?.map((component) => tag("component", component))];
  return filters.flatMap((tags) => (tags === undefined ? [] : [` AND tag : (${tags.map(quote).join(" OR ")})`])).join("");
}
