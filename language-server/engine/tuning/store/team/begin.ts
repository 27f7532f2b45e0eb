import { StoreError } from "../types";
import { teamLayout, teamSchema } from "./schema";
import type { TeamSession } from "./types";

/** False before anything was put; throws {@link StoreError} for tables of another layout. */
export async function isThere(session: TeamSession, schema: string): Promise<boolean> {
  if (!(await hasTable(session, `${schema}.meta`))) return false;
  const layout = (await session.query(`SELECT value FROM ${schema}.meta WHERE key = 'layout'`))[0]?.["value"];
  if (layout !== teamLayout) throw new StoreError("unreadable", `schema ${schema}: layout ${String(layout)}`);
  return true;
}

export async function hasTable(session: TeamSession, name: string): Promise<boolean> {
  return (await session.query("SELECT to_regclass($1) IS NOT NULL AS there", [name]))[0]?.["there"] === true;
}

/** The tables, made when they are not there; one writer at a time from here to the end of the transaction. */
export async function beginWriting(session: TeamSession, schema: string): Promise<void> {
  await session.query("SELECT pg_advisory_xact_lock(hashtextextended('keelson ' || $1, 0))", [schema]);
  await session.query("SET LOCAL synchronous_commit = on");
  if (!(await isThere(session, schema))) await session.query(teamSchema(schema));
}
