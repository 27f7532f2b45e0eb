import type { Cancel, Hash } from "../../../ports";
import type { ParameterRecord } from "../../types";
import { documentRecord } from "../document";
import { prepareChange } from "../prepare";
import { createVocabulary, nameVocabulary } from "../spelling";
import { foldName, terms } from "../terms";
import type { KnowledgeStore, OriginStats, StoreStats } from "../types";
import { isThere } from "./begin";
import { searchTeam, type TeamWords } from "./search";
import type { TeamDatabase, TeamSession } from "./types";
import { createTeamShelf } from "./vectors";
import { writeChange } from "./write";

export interface TeamStorePorts {
  readonly database: TeamDatabase;
  readonly hash: Hash;
  /** Lets timers and signals have their turn in long work. */
  readonly breathe: () => Promise<void>;
}

/** A store that a team shares: tables in a schema of a PostgreSQL database. */
export function createTeamStore({ database, hash, breathe }: TeamStorePorts): KnowledgeStore {
  const s = database.schema;
  let words: { readonly generation: string; readonly value: TeamWords } | undefined;
  const wordsIn =
    (session: TeamSession) =>
    async (generation: string): Promise<TeamWords> => {
      if (words?.generation !== generation) words = { generation, value: await readWords(session, s) };
      return words.value;
    };
  /** Before anything was put there are no tables: the store is empty. */
  const reading = <T>(empty: T, work: (session: TeamSession) => Promise<T>, cancel?: Cancel): Promise<T> =>
    database.transaction("read", async (session) => ((await isThere(session, s)) ? work(session) : empty), cancel);

  return {
    hashes: (origin) =>
      reading(new Map(), async (session) => {
        const rows = await session.query(`SELECT file, hash FROM ${s}.source WHERE origin = $1`, [origin]);
        return new Map(rows.map((row) => [String(row["file"]), String(row["hash"])]));
      }),
    async put(changes, cancel) {
      const change = await prepareChange(changes, hash, breathe, cancel);
      await database.transaction("write", (session) => writeChange(session, s, change, cancel), cancel);
    },
    search: (request, cancel) => reading([], (session) => searchTeam(session, s, request, wordsIn(session), cancel), cancel),
    get: (name) =>
      reading([], async (session) => {
        const rows = await session.query(`SELECT record FROM ${s}.document WHERE folded = $1 AND kind <> 'prose' ORDER BY id`, [foldName(name)]);
        return rows.map((row) => documentRecord({ record: String(row["record"]) }) as ParameterRecord).sort((a, b) => b.confidence - a.confidence);
      }),
    getMany: (names) =>
      reading(new Map<string, readonly ParameterRecord[]>(names.map((name) => [name, []])), async (session) => {
        const rows = await session.query(`SELECT folded, record FROM ${s}.document WHERE folded = ANY ($1::text[]) AND kind <> 'prose' ORDER BY id`, [[...new Set(names.map(foldName))]]);
        const found = new Map<string, ParameterRecord[]>();
        for (const row of rows) {
          const record = documentRecord({ record: String(row["record"]) }) as ParameterRecord;
          const folded = String(row["folded"]);
          const list = found.get(folded);
          if (list === undefined) found.set(folded, [record]);
          else list.push(record);
        }
        for (const list of found.values()) list.sort((a, b) => b.confidence - a.confidence);
        return new Map(names.map((name) => [name, found.get(foldName(name)) ?? []]));
      }),
    names: (kind) =>
      reading([], async (session) => {
        const rows = await session.query(`SELECT DISTINCT name, component FROM ${s}.document WHERE kind = $1`, [kind]);
        return rows.map((row) => ({ name: String(row["name"]), component: String(row["component"]), kind }));
      }),
    vectors: createTeamShelf(database),
    stats: () => reading(noStats, (session) => readStats(session, s)),
    dispose: () => database.close(),
  };
}

async function readWords(session: TeamSession, s: string): Promise<TeamWords> {
  const folded = (await session.query(`SELECT DISTINCT folded FROM ${s}.document WHERE kind <> 'prose'`)).map((row) => String(row["folded"]));
  return { names: nameVocabulary(folded), words: createVocabulary(folded.flatMap((name) => terms(name))) };
}

const noStats: StoreStats = { records: 0, kinds: {}, components: {}, origins: [], damaged: 0 };

async function readStats(session: TeamSession, s: string): Promise<StoreStats> {
  const tally = async (column: "kind" | "component"): Promise<Readonly<Record<string, number>>> => {
    const rows = await session.query(`SELECT ${column} AS key, count(*) AS count FROM ${s}.document GROUP BY ${column} ORDER BY count(*) DESC, ${column} COLLATE "C"`);
    return Object.fromEntries(rows.map((row) => [String(row["key"]), Number(row["count"])]));
  };
  const kinds = await tally("kind");
  const rows = await session.query(
    `SELECT f.origin, count(*) AS files, sum(f.records) AS records, sum(f.unread) AS unread, coalesce(max(o.at), 0) AS at
     FROM (SELECT s.origin, s.unread, (SELECT count(*) FROM ${s}.document d WHERE d.source = s.id) AS records FROM ${s}.source s) f
     LEFT JOIN ${s}.origin o USING (origin) GROUP BY f.origin ORDER BY f.origin COLLATE "C"`,
  );
  const origins = rows.map((row): OriginStats => ({ origin: String(row["origin"]), files: Number(row["files"]), records: Number(row["records"]), unread: Number(row["unread"]), at: Number(row["at"]) }));
  return { records: Object.values(kinds).reduce((sum, each) => sum + each, 0), kinds, components: await tally("component"), origins, damaged: 0 };
}
