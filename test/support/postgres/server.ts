import { randomBytes } from "node:crypto";
import { PGlite } from "@electric-sql/pglite";
import { vector } from "@electric-sql/pglite-pgvector";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";
import pg from "pg";

export interface PostgresServer {
  /** What speaks the protocol. */
  readonly name: string;
  readonly url: string;
  stop(): Promise<void>;
}

/** PostgreSQL compiled to WebAssembly, in this process, behind a socket of 127.0.0.1; gone with its data when it stops. */
export async function startPglite(): Promise<PostgresServer> {
  const db = await PGlite.create({ extensions: { vector } });
  const server = new PGLiteSocketServer({ db, port: 0, host: "127.0.0.1", maxConnections: 20 });
  await server.start();
  return {
    name: "PGlite",
    url: `postgresql://postgres@${server.getServerConn()}/postgres?sslmode=disable`,
    async stop() {
      await server.stop();
      await db.close();
    },
  };
}

/** The server that KEELSON_PG_URL names, else PGlite. */
export async function startPostgres(): Promise<PostgresServer> {
  const url = process.env["KEELSON_PG_URL"];
  if (url !== undefined && url !== "") return { name: "PostgreSQL of KEELSON_PG_URL", url, stop: () => Promise.resolve() };
  return startPglite();
}

/** Runs work with a schema of its own, which is dropped afterwards. */
export async function withSchema(url: string, work: (schema: string) => Promise<void>): Promise<void> {
  const schema = `keelson_test_${randomBytes(6).toString("hex")}`;
  try {
    await work(schema);
  } finally {
    await ask(url, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  }
}

/** One statement on a connection of its own. */
export async function ask(url: string, sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Readonly<Record<string, unknown>>>(sql)).rows;
  } finally {
    await client.end();
  }
}
