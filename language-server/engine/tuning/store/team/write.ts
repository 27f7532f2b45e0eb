import { checkCancel, type Cancel } from "../../../ports";
import type { StoredDocument } from "../document";
import type { StoredChange } from "../prepare";
import { isRuntime } from "../rank";
import { lastPart, terms } from "../terms";
import { beginWriting } from "./begin";
import type { TeamSession, TeamValue } from "./types";
import { dropVectors } from "./vectors";

/** Rows of one statement: a parameter of PostgreSQL's protocol holds a column of them. */
const batch = 500;

/** PostgreSQL's text holds no NUL; records keep theirs, as JSON writes it with an escape. */
function plain(text: string): string {
  return text.replace(/\0/gu, "");
}

/** Puts one change, within a transaction of its own. */
export async function writeChange(session: TeamSession, s: string, change: StoredChange, cancel: Cancel | undefined): Promise<void> {
  await beginWriting(session, s);
  const { origin, at, sources, gone } = change;
  const files = [...sources.map(({ file }) => file), ...gone].map(plain);
  const old = (await session.query(`SELECT id::text AS id FROM ${s}.source WHERE origin = $1 AND file = ANY ($2::text[])`, [plain(origin), files])).map((row) => String(row["id"]));
  const removed = old.length === 0 ? [] : await removeSources(session, s, old);
  const added = await addSources(session, s, change);
  for (const part of batches(sources.flatMap(({ file, documents }) => documents.map((document) => ({ document, source: added.get(plain(file)) ?? "" }))))) {
    checkCancel(cancel);
    await addDocuments(session, s, part);
  }
  checkCancel(cancel);
  await count(session, s, [...added.values()], 1);
  await session.query(`DELETE FROM ${s}.origin WHERE origin = $1`, [plain(origin)]);
  await session.query(`INSERT INTO ${s}.origin VALUES ($1, $2)`, [plain(origin), Math.round(at)]);
  await session.query(`UPDATE ${s}.meta SET value = (value::bigint + 1)::text WHERE key = 'generation'`);
  await session.query(`UPDATE ${s}.meta m SET value = t.value::text FROM (SELECT 'documents' AS key, count(*) AS value FROM ${s}.document UNION ALL SELECT 'terms', coalesce(sum(length), 0) FROM ${s}.document) t WHERE m.key = t.key`);
  await dropVectors(session, s, removed);
}

async function removeSources(session: TeamSession, s: string, ids: readonly string[]): Promise<readonly string[]> {
  const contents = await session.query(`SELECT DISTINCT content FROM ${s}.document WHERE source = ANY ($1::bigint[])`, [ids]);
  await count(session, s, ids, -1);
  await session.query(`DELETE FROM ${s}.term WHERE documents <= 0`);
  await session.query(`DELETE FROM ${s}.source WHERE id = ANY ($1::bigint[])`, [ids]);
  return contents.map((row) => String(row["content"]));
}

/** How many records have each term, kept beside them: ranking asks for it at every search. */
async function count(session: TeamSession, s: string, sources: readonly string[], sign: 1 | -1): Promise<void> {
  await session.query(
    `INSERT INTO ${s}.term AS t SELECT term, $2::integer * count(*) FROM ${s}.document d, unnest(tsvector_to_array(d.search)) AS term WHERE d.source = ANY ($1::bigint[]) GROUP BY term ORDER BY term
     ON CONFLICT (term) DO UPDATE SET documents = t.documents + excluded.documents`,
    [sources, sign],
  );
}

async function addSources(session: TeamSession, s: string, { origin, sources }: StoredChange): Promise<ReadonlyMap<string, string>> {
  const added = new Map<string, string>();
  for (const part of batches(sources)) {
    const rows = await session.query(
      `INSERT INTO ${s}.source (origin, file, hash, unread) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::integer[]) RETURNING id::text AS id, file`,
      [plain(origin), part.map(({ file }) => plain(file)), part.map(({ hash }) => plain(hash)), part.map(({ unread }) => unread)],
    );
    for (const row of rows) added.set(String(row["file"]), String(row["id"]));
  }
  return added;
}

interface Placed {
  readonly document: StoredDocument;
  readonly source: string;
}

const columns: readonly (readonly [string, string, (placed: Placed) => TeamValue & (string | number | boolean)])[] = [
  ["source", "bigint", ({ source }) => source],
  ["folded", "text", ({ document }) => plain(document.folded)],
  ["last", "text", ({ document }) => plain(lastPart(document.folded))],
  ["kind", "text", ({ document }) => document.kind],
  ["component", "text", ({ document }) => plain(document.component)],
  ["name", "text", ({ document }) => plain(document.name)],
  ["runtime", "boolean", ({ document }) => isRuntime(document.kind)],
  ["length", "integer", ({ document }) => (document.textTerms === "" ? 0 : document.textTerms.split(" ").length)],
  ["name_terms", "text", ({ document }) => document.nameTerms],
  ["alias_terms", "text", ({ document }) => document.aliasTerms],
  ["text_terms", "text", ({ document }) => document.textTerms],
  ["content", "text", ({ document }) => document.content],
  ["record", "text", ({ document }) => document.record],
  ["component_terms", "text", ({ document }) => terms(document.component).join(" ")],
];

async function addDocuments(session: TeamSession, s: string, placed: readonly Placed[]): Promise<void> {
  const stored = columns.slice(0, -1).map(([name]) => name);
  const vector = (parts: string): string => `array_to_tsvector(array_remove(string_to_array(${parts}, ' '), ''))`;
  const head = "name_terms || ' ' || alias_terms";
  await session.query(
    `INSERT INTO ${s}.document (${stored.join(", ")}, head, search)
     SELECT ${stored.join(", ")}, ${vector(head)}, ${vector(`${head} || ' ' || component_terms || ' ' || text_terms`)}
     FROM unnest(${columns.map(([, type], i) => `$${i + 1}::${type}[]`).join(", ")}) AS d (${columns.map(([name]) => name).join(", ")})`,
    columns.map(([, , value]) => placed.map(value)),
  );
}

function batches<T>(list: readonly T[]): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(list.length / batch) }, (_, i) => list.slice(i * batch, (i + 1) * batch));
}
