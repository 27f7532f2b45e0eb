import { checkCancel, type Cancel } from "../../../ports";
import { answersOf, defaultLimit, fusionConstant, hitsOf, rankedLimit, type Answerable } from "../answer";
import { asksForNames, corrected } from "../corrected";
import { documentFields } from "../document";
import { matchGroups, type MatchGroup } from "../matching";
import { readQuery, type Query } from "../query";
import { createRanker, type MeantNames } from "../rank";
import type { NameVocabulary, Vocabulary } from "../spelling";
import type { SearchHit, SearchRequest } from "../types";
import type { TeamRow, TeamSession, TeamValue } from "./types";
import { vectorTable, vectorText } from "./vectors";

/** Of each of the two lists, run-time kinds and others. */
const candidateLimit = 150;

export interface TeamDocument extends Answerable {
  readonly id: string;
}

export interface TeamMeta {
  readonly generation: string;
  readonly documents: number;
  readonly averageTerms: number;
}

/** Names of a state of the store; fetched when a query first needs them. */
export interface TeamWords {
  readonly names: NameVocabulary;
  readonly words: Vocabulary;
}

export async function readMeta(session: TeamSession, s: string): Promise<TeamMeta> {
  const rows = await session.query(`SELECT key, value FROM ${s}.meta`);
  const meta = new Map(rows.map((row) => [String(row["key"]), String(row["value"])]));
  const documents = Number(meta.get("documents"));
  return { generation: meta.get("generation") ?? "", documents, averageTerms: Number(meta.get("terms")) / Math.max(1, documents) };
}

/** Answers from one state of the tables. */
export async function searchTeam(session: TeamSession, s: string, request: SearchRequest, wordsOf: (generation: string) => Promise<TeamWords>, cancel: Cancel | undefined): Promise<readonly SearchHit[]> {
  const limit = request.limit ?? defaultLimit;
  const meta = await readMeta(session, s);
  const given = readQuery(request.text);
  const frequencies = new Map<string, number>();
  const frequency = (term: string): number => frequencies.get(term) ?? 0;
  const known = (term: string): boolean => frequency(term) > 0;
  await readFrequencies(session, s, given, frequencies);
  const { names, words } = asksForNames(given, known) ? await wordsOf(meta.generation) : nothingNamed;
  const { query, meant } = corrected(given, { known, names: () => names, words: () => words });
  await readFrequencies(session, s, query, frequencies);
  checkCancel(cancel);
  const rank = createRanker(query, { ...meta, frequency }, meant);
  const groups = matchGroups(query, meta.documents, frequency);
  const table = request.near === undefined ? undefined : await vectorTable(session, s, request.near.model);
  const near = table === undefined ? undefined : request.near;
  const values = hybridValues(request, groups, meta, frequency, meant, Math.max(candidateLimit, limit));
  const rows = await session.query(hybridSql(s, table), near === undefined ? values : [...values, vectorText(near.values)]);
  checkCancel(cancel);
  const documents = rows.map((row) => ({ document: documentOf(row), lexical: row["lexical"] === true, place: row["near"] === null ? undefined : Number(row["near"]) }));
  const answers = answersOf(
    documents.filter(({ lexical }) => lexical).map(({ document }) => document),
    near === undefined ? undefined : documents.flatMap(({ document, place }) => (place === undefined ? [] : [{ document, place }])),
    rank,
    meant,
    rankedLimit(request, limit),
  );
  const records = await session.query(`SELECT id::text AS id, record FROM ${s}.document WHERE id = ANY ($1::bigint[])`, [answers.map(({ document }) => document.id)]);
  const byId = new Map(records.map((row) => [String(row["id"]), String(row["record"])]));
  return hitsOf(answers, ({ id }) => byId.get(id), request, limit, near === undefined ? 3 : 6);
}

const nothingNamed: TeamWords = { names: { full: { has: () => false, near: () => [] }, last: { has: () => false, near: () => [] } }, words: { has: () => false, near: () => [] } };

async function readFrequencies(session: TeamSession, s: string, { concepts }: Query, into: Map<string, number>): Promise<void> {
  const wanted = [...new Set(concepts.flatMap(({ alternatives }) => alternatives.flatMap(({ terms }) => terms)))].filter((term) => !into.has(term));
  if (wanted.length === 0) return;
  for (const term of wanted) into.set(term, 0);
  for (const row of await session.query(`SELECT term, documents FROM ${s}.term WHERE term = ANY ($1::text[])`, [wanted])) into.set(String(row["term"]), Number(row["documents"]));
}

/**
 * Candidates by words, by name and by meaning in one statement, fused by their places (reciprocal rank fusion). Worth by words
 * is BM25 without counts; the closer ranking of these few is the same function as for the embedded store. Run-time kinds and
 * others are lists of their own.
 */
function hybridSql(s: string, table: string | undefined): string {
  const filter = (component: string): string => `($4::text[] IS NULL OR kind = ANY ($4)) AND ($5::text[] IS NULL OR ${component} = ANY ($5))`;
  const nearest = (which: string): string => `(SELECT content, runtime, embedding <=> $8::vector AS distance FROM ${table ?? ""} WHERE ${which} AND ${filter("component")} ORDER BY embedding <=> $8::vector, content LIMIT ${candidateLimit})`;
  const near = table === undefined ? "SELECT NULL::bigint AS id, NULL::bigint AS place WHERE false" : `SELECT d.id, n.place FROM (SELECT content, row_number() OVER (PARTITION BY runtime ORDER BY distance, content) AS place FROM (${nearest("runtime")} UNION ALL ${nearest("NOT runtime")}) v) n JOIN ${s}.document d USING (content)`;
  return `
WITH asked AS (SELECT query::tsquery AS query, worth FROM unnest($1::text[], $2::real[]) AS a (query, worth)),
found AS (
  SELECT d.id, d.runtime, sum(a.worth * CASE WHEN d.head @@ a.query THEN 1.6 ELSE 2.2 / (1 + 1.2 * (0.4 + 0.6 * d.length / $3::real)) END) AS worth
  FROM asked a JOIN ${s}.document d ON d.search @@ a.query
  WHERE ${filter("lower(component)")}
  GROUP BY d.id, d.runtime),
lexical AS (SELECT id, row_number() OVER (PARTITION BY runtime ORDER BY worth DESC, id) AS place FROM found),
named AS (SELECT id FROM ${s}.document WHERE (folded = ANY ($6::text[]) OR last = ANY ($6::text[])) AND ${filter("lower(component)")} LIMIT 500),
near AS (${near}),
candidate AS (SELECT id FROM lexical WHERE place <= $7::integer UNION SELECT id FROM named UNION SELECT id FROM near)
SELECT d.id::text AS id, d.folded, d.kind, d.component, d.name, d.name_terms, d.alias_terms, d.text_terms,
  l.place IS NOT NULL OR m.id IS NOT NULL AS lexical, n.place AS near
FROM candidate c JOIN ${s}.document d USING (id) LEFT JOIN lexical l USING (id) LEFT JOIN named m USING (id) LEFT JOIN near n USING (id)
ORDER BY coalesce(1.0 / (${fusionConstant} + l.place), 0) + coalesce(1.0 / (${fusionConstant} + n.place), 0) DESC, id`;
}

function hybridValues({ kinds, components }: SearchRequest, groups: readonly MatchGroup[], { documents, averageTerms }: TeamMeta, frequency: (term: string) => number, meant: MeantNames, limit: number): readonly TeamValue[] {
  const idf = (term: string): number => Math.log(1 + (documents - frequency(term) + 0.5) / (frequency(term) + 0.5));
  return [
    groups.map(({ terms }) => terms.map((term) => `'${term.replace(/['\\]/gu, "$&$&")}'`).join(" & ")),
    groups.map(({ terms }) => terms.reduce((sum, term) => sum + idf(term), 0) / Math.max(1, terms.length)),
    Math.max(1, averageTerms),
    kinds ?? null,
    components?.map((name) => name.toLowerCase()) ?? null,
    [...meant.keys()],
    limit,
  ];
}

function documentOf(row: TeamRow): TeamDocument {
  return { id: String(row["id"]), ...documentFields(row) };
}
