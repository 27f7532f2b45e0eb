import { checkCancel, type Cancel } from "../../../ports";
import { contentText } from "../content";
import { documentRecord } from "../document";
import { StoreError, type VectorModel, type VectorShelf, type WantedText } from "../types";
import { beginWriting, hasTable, isThere } from "./begin";
import type { TeamDatabase, TeamSession } from "./types";

/** A row must fit a page to be kept in it; larger vectors lie apart, and reading them all takes longer. */
const inlineDimensions = 1900;

/** The table of a model's vectors; undefined when there is none. Its name is made of a number, not of the model's name. */
export async function vectorTable(session: TeamSession, s: string, { name, dimension }: VectorModel): Promise<string | undefined> {
  if (!(await hasTable(session, `${s}.vector_model`))) return undefined;
  const rows = await session.query(`SELECT id FROM ${s}.vector_model WHERE name = $1 AND dimension = $2`, [name, dimension]);
  return rows[0] === undefined ? undefined : `${s}.vector_${Number(rows[0]["id"])}`;
}

/** A vector as pgvector reads it. */
export function vectorText(values: readonly number[]): string {
  return `[${values.map((value) => Math.fround(value)).join(",")}]`;
}

async function makeTable(session: TeamSession, s: string, model: VectorModel): Promise<string> {
  const there = await vectorTable(session, s, model);
  if (there !== undefined) return there;
  try {
    await session.query("CREATE EXTENSION IF NOT EXISTS vector");
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    throw new StoreError("not-writable", `pgvector: ${error.detail}`);
  }
  await session.query(`CREATE TABLE IF NOT EXISTS ${s}.vector_model (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT NULL, dimension integer NOT NULL, UNIQUE (name, dimension))`);
  await session.query(`INSERT INTO ${s}.vector_model (name, dimension) VALUES ($1, $2) ON CONFLICT DO NOTHING`, [model.name, model.dimension]);
  const table = await vectorTable(session, s, model);
  if (table === undefined) throw new StoreError("unreadable", `no table of ${model.name}`);
  // No approximate index: it would miss what filters leave, and all of 40,000 are compared in time.
  await session.query(`CREATE TABLE ${table} (content text PRIMARY KEY, runtime boolean NOT NULL, kind text NOT NULL, component text NOT NULL, embedding vector(${model.dimension}) NOT NULL)`);
  if (model.dimension <= inlineDimensions) await session.query(`ALTER TABLE ${table} ALTER COLUMN embedding SET STORAGE PLAIN`);
  return table;
}

/** Vectors whose content no document has any more. */
export async function dropVectors(session: TeamSession, s: string, contents: readonly string[]): Promise<void> {
  if (contents.length === 0 || !(await hasTable(session, `${s}.vector_model`))) return;
  for (const row of await session.query(`SELECT id FROM ${s}.vector_model`)) {
    await session.query(`DELETE FROM ${s}.vector_${Number(row["id"])} v WHERE v.content = ANY ($1::text[]) AND NOT EXISTS (SELECT 1 FROM ${s}.document d WHERE d.content = v.content)`, [contents]);
  }
}

/** Vectors in tables of pgvector, one for each model; those of colleagues' models stay. */
export function createTeamShelf(database: TeamDatabase): VectorShelf {
  const s = database.schema;
  const reading = <T>(empty: T, work: (session: TeamSession) => Promise<T>, cancel?: Cancel): Promise<T> => database.transaction("read", async (session) => ((await isThere(session, s)) ? work(session) : empty), cancel);
  const lacking = async (session: TeamSession, model: VectorModel): Promise<string> => {
    const table = await vectorTable(session, s, model);
    return table === undefined ? "true" : `NOT EXISTS (SELECT 1 FROM ${table} v WHERE v.content = d.content)`;
  };

  return {
    models: () =>
      reading([], async (session) => {
        if (!(await hasTable(session, `${s}.vector_model`))) return [];
        const found: { readonly model: VectorModel; readonly vectors: number }[] = [];
        for (const row of await session.query(`SELECT id, name, dimension FROM ${s}.vector_model ORDER BY id`)) {
          const [counted] = await session.query(`SELECT count(*) AS vectors FROM ${s}.vector_${Number(row["id"])}`);
          const vectors = Number(counted?.["vectors"]);
          if (vectors > 0) found.push({ model: { name: String(row["name"]), dimension: Number(row["dimension"]) }, vectors });
        }
        return found.sort((a, b) => b.vectors - a.vectors);
      }),
    wanted: (model) => reading(0, async (session) => Number((await session.query(`SELECT count(DISTINCT content) AS count FROM ${s}.document d WHERE ${await lacking(session, model)}`))[0]?.["count"])),
    async *wanting(model, page, cancel) {
      for (const runtime of [true, false]) {
        for (let after = ""; ; ) {
          checkCancel(cancel);
          const texts = await reading<readonly WantedText[]>(
            [],
            async (session) => {
              const rows = await session.query(`SELECT DISTINCT ON (content) content, record FROM ${s}.document d WHERE runtime = $1 AND content > $2 AND ${await lacking(session, model)} ORDER BY content LIMIT $3`, [runtime, after, page]);
              return rows.map((row) => ({ content: String(row["content"]), text: contentText(documentRecord({ record: String(row["record"]) })) }));
            },
            cancel,
          );
          if (texts.length === 0) break;
          yield texts;
          after = texts.at(-1)?.content ?? after;
        }
      }
    },
    async put(model, vectors, cancel) {
      await database.transaction(
        "write",
        async (session) => {
          await beginWriting(session, s);
          const table = await makeTable(session, s, model);
          // Only of contents that are still there; another writer may have been faster.
          await session.query(
            `INSERT INTO ${table} SELECT DISTINCT ON (d.content) d.content, d.runtime, d.kind, lower(d.component), n.embedding::vector
             FROM unnest($1::text[], $2::text[]) AS n (content, embedding) JOIN ${s}.document d ON d.content = n.content ORDER BY d.content, d.id ON CONFLICT DO NOTHING`,
            [vectors.map(({ content }) => content), vectors.map(({ values }) => vectorText(values))],
          );
        },
        cancel,
      );
    },
    tidy: () => Promise.resolve(),
  };
}
