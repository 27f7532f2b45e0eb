import type { Client, ClientConfig, Pool, PoolClient } from "pg";
import { Cancelled, type Cancel } from "../../engine/ports";
import { isSchemaName, type TeamDatabase, type TeamRow, type TeamSession, type TeamValue } from "../../engine/tuning/store/team/types";
import { StoreError } from "../../engine/tuning/store/types";

export interface PostgresSettings {
  /** `postgresql://user@host:5432/database?sslmode=verify-full`; a password in it is used and never told. */
  readonly url: string;
  /** Instead of one in the address. */
  readonly password?: string | undefined;
  /** `keelson` unless told. */
  readonly schema?: string | undefined;
}

const connectMs = 15_000;
/** A store is asked now and then; connections are not kept for long. */
const idleMs = 10_000;
const connections = 3;

/** What the driver or the server said, without the address and its password. */
function told(error: unknown, settings: PostgresSettings): string {
  const said = error instanceof Error ? error.message || ("code" in error ? String(error.code) : error.name) : String(error);
  const secrets = [settings.password, passwordOf(settings.url), settings.url].filter((secret) => secret !== undefined && secret !== "");
  return secrets.reduce<string>((text, secret) => text.replaceAll(secret ?? "", "…"), said).split("\n")[0] ?? "";
}

function passwordOf(url: string): string | undefined {
  try {
    return decodeURIComponent(new URL(url).password);
  } catch {
    // No address at all: the driver will say so.
    return undefined;
  }
}

/** The driver lets an address go before all else that it is given, an empty password of it too. */
function withPassword({ url, password }: PostgresSettings): string {
  if (password === undefined || !URL.canParse(url)) return url;
  const address = new URL(url);
  address.searchParams.set("password", password);
  return address.toString();
}

/** Where the store is, in words that may be shown: no password, no query. */
export function shownAddress(url: string): string {
  try {
    const { protocol, username, host, pathname } = new URL(url);
    return `${protocol}//${username === "" ? "" : `${username}@`}${host}${pathname}`;
  } catch {
    // Whatever it is, it may hold a password.
    return "postgresql://…";
  }
}

/** SQLSTATE classes: read-only, disk full. */
const notWritable = /^(?:25006|53100)$/u;
/** Deadlock, serialisation, lock not available, too many connections, starting up. */
const busy = /^(?:40001|40P01|55P03|53300|57P03)$/u;

/** SQLSTATE class 28, or a server that asks for a password which nobody gave: the driver knows that one by its words alone. */
function noAccess(code: string, error: unknown): boolean {
  return /^28/u.test(code) || (error instanceof Error && /client password must be a (?:non-empty )?string|No password supplied/iu.test(error.message));
}

function storeError(error: unknown, settings: PostgresSettings): StoreError {
  if (error instanceof StoreError) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const kind = noAccess(code, error) ? "no-access" : code === "42501" ? "no-right" : busy.test(code) ? "busy" : notWritable.test(code) ? "not-writable" : /^(?:[0-9A-Z]{5})$/u.test(code) && !/^(?:08|28|57|3D)/u.test(code) && !/^E[A-Z]{4}$/u.test(code) ? "unreadable" : "unreachable";
  return new StoreError(kind, `${shownAddress(settings.url)}: ${told(error, settings)}`);
}

/** A PostgreSQL database as the engine's port. The driver is loaded, and a connection made, when it is first asked something. */
export function createPostgres(settings: PostgresSettings): TeamDatabase {
  const schema = settings.schema ?? "keelson";
  if (!isSchemaName(schema)) throw new StoreError("unreadable", `schema ${schema}: lower-case letters, digits and underscores only`);
  const config: ClientConfig = { connectionString: withPassword(settings), application_name: "keelson", connectionTimeoutMillis: connectMs, keepAlive: true };
  let opened: Promise<Pool> | undefined;
  const pool = (): Promise<Pool> =>
    (opened ??= import("pg").then(({ default: pg }) => {
      const made = new pg.Pool({ ...config, max: connections, idleTimeoutMillis: idleMs, allowExitOnIdle: true });
      // An idle connection that breaks is dropped by the pool; the next use makes another.
      made.on("error", () => undefined);
      return made;
    }));

  return {
    schema,
    async transaction(mode, work, cancel) {
      if (cancel?.cancelled === true) throw new Cancelled();
      try {
        const client = await connected(await pool());
        return await within(client, mode, work, cancel, config);
      } catch (error) {
        if (error instanceof Cancelled) throw error;
        throw storeError(error, settings);
      }
    },
    async close() {
      await (await opened)?.end();
    },
  };
}

/** A connection that answers: one of the pool may have been cut while it was idle. */
async function connected(pool: Pool): Promise<PoolClient> {
  for (let tries = 0; ; tries++) {
    const client = await pool.connect();
    // An unheard error would end the process; what was asked fails by itself.
    if (client.listenerCount("error") < 2) client.on("error", () => undefined);
    try {
      await client.query("BEGIN");
      return client;
    } catch (error) {
      client.release(true);
      if (tries >= connections) throw error;
    }
  }
}

async function within<T>(client: PoolClient, mode: "read" | "write", work: (session: TeamSession) => Promise<T>, cancel: Cancel | undefined, config: ClientConfig): Promise<T> {
  let ended = false;
  const end = (broken: boolean): void => {
    if (ended) return;
    ended = true;
    client.release(broken);
  };
  const session: TeamSession = {
    async query(sql, values) {
      if (cancel?.cancelled === true) throw new Cancelled();
      // Several statements in one text go without values only.
      const result = values === undefined ? await client.query(sql) : await client.query(sql, values as TeamValue[]);
      return result.rows as readonly TeamRow[];
    },
  };
  let stopping: Promise<void> | undefined;
  const bond = cancel?.onCancel(() => {
    end(true);
    stopping = stopBackend(client, config);
  });
  try {
    await client.query(mode === "read" ? "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY" : "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
    const result = await work(session);
    await client.query("COMMIT");
    end(false);
    return result;
  } catch (error) {
    if (cancel?.cancelled === true) {
      await stopping;
      throw new Cancelled();
    }
    // With the connection goes the transaction.
    end(!(await rolledBack(client)));
    throw error;
  } finally {
    bond?.dispose();
  }
}

async function rolledBack(client: PoolClient): Promise<boolean> {
  try {
    await client.query("ROLLBACK");
    return true;
  } catch {
    // The connection is gone; what was asked has failed with the reason.
    return false;
  }
}

/** A server notices a closed connection only when it has something to say: tell it to stop. */
async function stopBackend(client: PoolClient, config: ClientConfig): Promise<void> {
  const { processID } = client as PoolClient & { readonly processID?: number | null };
  if (typeof processID !== "number" || processID === 0) return;
  const { default: pg } = await import("pg");
  const other: Client = new pg.Client(config);
  other.on("error", () => undefined);
  try {
    await other.connect();
    await other.query("SELECT pg_cancel_backend($1)", [processID]);
  } catch {
    // The transaction ends with its connection all the same, only later.
  } finally {
    await other.end().catch(() => undefined);
  }
}
