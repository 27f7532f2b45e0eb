import { documentFields, type StoredDocument } from "../document";
import { lastPart } from "../terms";
import type { SqlDatabase, SqlRow } from "../types";

/** A base of another layout is read by nobody and made anew. */
export const layout = "3";

export const schema = `
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
BEGIN;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE source (id INTEGER PRIMARY KEY, origin TEXT NOT NULL, file TEXT NOT NULL, hash TEXT NOT NULL, unread INTEGER NOT NULL, records INTEGER NOT NULL);
CREATE TABLE document (id INTEGER PRIMARY KEY, source INTEGER NOT NULL, folded TEXT NOT NULL, last TEXT NOT NULL, kind TEXT NOT NULL, component TEXT NOT NULL, name TEXT NOT NULL, name_terms TEXT NOT NULL, alias_terms TEXT NOT NULL, text_terms TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE record (id INTEGER PRIMARY KEY, record TEXT NOT NULL);
CREATE VIRTUAL TABLE search USING fts5 (name, alias, body, tag, content = '', tokenize = "unicode61 remove_diacritics 0");
INSERT INTO search (search, rank) VALUES ('rank', 'bm25(4.0, 2.0, 1.0, 0.0)');
`;

export const finish = `
CREATE UNIQUE INDEX source_file ON source (origin, file);
CREATE INDEX document_folded ON document (folded);
CREATE INDEX document_last ON document (last);
CREATE INDEX document_content ON document (content);
INSERT INTO search (search) VALUES ('optimize');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab (search, 'row');
COMMIT;
`;

/** A filter as a term of the search table: what is not a letter or digit would end the term. */
export function tag(what: "kind" | "component", value: string): string {
  return `${what}${Array.from(value.toLowerCase(), (char) => (/[a-z0-9]/u.test(char) ? char : `x${char.codePointAt(0)?.toString(16) ?? ""}x`)).join("")}`;
}

export interface BaseDocument extends Omit<StoredDocument, "record" | "file"> {
  readonly id: number;
  readonly source: number;
}

export function documentOf(row: SqlRow): BaseDocument {
  return { id: Number(row["id"]), source: Number(row["source"]), ...documentFields(row), content: String(row["content"]) };
}

export interface BaseSource {
  readonly id: number;
  readonly origin: string;
  readonly file: string;
  readonly hash: string;
  readonly unread: number;
  readonly records: number;
}

export interface BaseWriter {
  source(source: Omit<BaseSource, "id">): number;
  document(document: Omit<StoredDocument, "file">, source: number): void;
  /** Ends the part of the run-time kinds. */
  endRuntime(): void;
  finish(meta: Readonly<Record<string, string>>): void;
}

/** Writes a new base into an empty database. */
export function createBaseWriter(db: SqlDatabase): BaseWriter {
  db.exec(schema);
  const sources = db.prepare("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?)");
  const documents = db.prepare("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const records = db.prepare("INSERT INTO record VALUES (?, ?)");
  const search = db.prepare("INSERT INTO search (rowid, name, alias, body, tag) VALUES (?, ?, ?, ?, ?)");
  const meta = db.prepare("INSERT INTO meta VALUES (?, ?)");
  let sourceCount = 0;
  let count = 0;
  let runtime = 0;
  let terms = 0;
  return {
    source({ origin, file, hash, unread, records: held }) {
      sourceCount++;
      sources.run([sourceCount, origin, file, hash, unread, held]);
      return sourceCount;
    },
    document(document, source) {
      count++;
      const { folded, kind, component, name, nameTerms, aliasTerms, textTerms, content } = document;
      // SQLite's text ends at a NUL in one of the drivers.
      documents.run([count, source, folded, lastPart(folded), kind, component, name.replace(/\0/gu, ""), nameTerms, aliasTerms, textTerms, content]);
      records.run([count, document.record]);
      search.run([count, nameTerms, aliasTerms, `${component} ${textTerms}`, `${tag("kind", kind)} ${tag("component", component)}`]);
      terms += textTerms === "" ? 0 : textTerms.split(" ").length;
    },
    endRuntime() {
      runtime = count;
    },
    finish(more) {
      const all = { ...more, layout, documents: String(count), runtime: String(runtime), averageTerms: String(terms / Math.max(1, count)) };
      for (const [key, value] of Object.entries(all)) meta.run([key, value]);
      db.exec(finish);
    },
  };
}
