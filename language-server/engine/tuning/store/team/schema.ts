/** Tables of another layout are left alone: a newer Keelson of a colleague's may use them. */
export const teamLayout = "1";

/**
 * Hash indexes where texts may be longer than a B-tree takes. Terms are ours, cut and folded as in the embedded store, so no
 * text search configuration of the server has a say in what is found.
 */
export function teamSchema(s: string): string {
  return `
CREATE SCHEMA IF NOT EXISTS ${s};
CREATE TABLE IF NOT EXISTS ${s}.meta (key text PRIMARY KEY, value text NOT NULL);
CREATE TABLE IF NOT EXISTS ${s}.origin (origin text NOT NULL, at bigint NOT NULL);
CREATE TABLE IF NOT EXISTS ${s}.source (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, origin text NOT NULL, file text NOT NULL, hash text NOT NULL, unread integer NOT NULL);
CREATE TABLE IF NOT EXISTS ${s}.document (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  source bigint NOT NULL REFERENCES ${s}.source ON DELETE CASCADE,
  folded text NOT NULL, last text NOT NULL, kind text NOT NULL, component text NOT NULL, name text NOT NULL,
  runtime boolean NOT NULL, length integer NOT NULL,
  name_terms text NOT NULL, alias_terms text NOT NULL, text_terms text NOT NULL,
  content text NOT NULL, record text NOT NULL,
  head tsvector NOT NULL, search tsvector NOT NULL);
CREATE TABLE IF NOT EXISTS ${s}.term (term text PRIMARY KEY, documents integer NOT NULL);
CREATE INDEX IF NOT EXISTS source_origin ON ${s}.source USING hash (origin);
CREATE INDEX IF NOT EXISTS document_source ON ${s}.document (source);
CREATE INDEX IF NOT EXISTS document_folded ON ${s}.document USING hash (folded);
CREATE INDEX IF NOT EXISTS document_last ON ${s}.document USING hash (last);
CREATE INDEX IF NOT EXISTS document_content ON ${s}.document (content);
CREATE INDEX IF NOT EXISTS document_search ON ${s}.document USING gin (search) WITH (fastupdate = off);
INSERT INTO ${s}.meta VALUES ('layout', '${teamLayout}'), ('generation', '0'), ('documents', '0'), ('terms', '0') ON CONFLICT DO NOTHING;
`;
}
