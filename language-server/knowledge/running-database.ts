import { nodeDecode } from "../adapters/decode";
import type { Cancel, Process } from "../engine/ports";
import { importPgSettings, importRedisValues, importServerVariables, importSystemVariables, pgSettingsQuery, systemVariablesQuery } from "../engine/tuning/import/running/databases";
import type { Imported } from "../engine/tuning/types";

/** A server to ask, as a user named it: `postgresql://user@host:5432/name`, `mysql://…`, `mariadb://…`, `redis://…`. */
export interface DatabaseAddress {
  readonly scheme: "postgresql" | "mysql" | "mariadb" | "redis";
  readonly host: string;
  readonly port: string;
  readonly user: string;
  /** Goes to the client in its environment, never in its arguments. */
  readonly password: string;
  readonly database: string;
}

/** Undefined for what is no address of a server that can be asked. */
export function readDatabaseAddress(text: string): DatabaseAddress | undefined {
  const url = /^[a-z]+:\/\//iu.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  const scheme = { "postgresql:": "postgresql", "postgres:": "postgresql", "mysql:": "mysql", "mariadb:": "mariadb", "redis:": "redis" }[url?.protocol ?? ""] as DatabaseAddress["scheme"] | undefined;
  if (url === undefined || scheme === undefined) return undefined;
  const part = (value: string): string | undefined => {
    try {
      return decodeURIComponent(value);
    } catch (error) {
      if (error instanceof URIError) return undefined;
      throw error;
    }
  };
  const [host, user, password, database] = [part(url.hostname), part(url.username), part(url.password), part(url.pathname.replace(/^\//u, ""))];
  // What begins with a dash would be an option of the client.
  if (host === undefined || user === undefined || password === undefined || database === undefined || [host, user, database].some((value) => value.startsWith("-"))) return undefined;
  return { scheme, host: host === "" ? "127.0.0.1" : host.replace(/^\[|\]$/gu, ""), port: url.port, user, password, database };
}

/** How a server is named in the store and to people: without user and password. */
export function addressName({ scheme, host, port }: DatabaseAddress): string {
  return `${scheme}://${host}${port === "" ? "" : `:${port}`}`;
}

export type Asked = { readonly imported: Imported; readonly text: string } | { readonly reason: string };

/** Asks a server for its settings through the client program of its own, and only reads. */
export async function askDatabase(address: DatabaseAddress, process: Process, cancel: Cancel): Promise<Asked> {
  let refusal: string | undefined;
  for (const { programs, args, env, read } of questionsOf(address)) {
    for (const program of programs) {
      const { status, stdout, stderr } = await process.run(program, args, { env, cancel });
      // Not installed: another one may be.
      if (status === notStarted && program !== programs.at(-1)) continue;
      const text = nodeDecode.text(stdout);
      if (status === 0 && !/^(?:ERR|NOAUTH|NOPERM|WRONGPASS)\b/u.test(text)) return { imported: read(text), text };
      refusal ??= `${program} answered: ${(stderr.trim() === "" ? text : stderr).trim().split("\n")[0]?.slice(0, 300) ?? `status ${status}`}`;
      // Only a server that has no such table is asked in another way.
      if (!/\bERROR 1(?:109|146|054|049)\b/u.test(stderr)) return { reason: refusal };
      break;
    }
  }
  return { reason: refusal ?? "nobody to ask" };
}

/** Status of a program that could not be started. */
const notStarted = -1;

interface Question {
  /** The client's names; the first that is installed is used. */
  readonly programs: readonly string[];
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly read: (text: string) => Imported;
}

/** What to ask, the more telling question first. */
function questionsOf(address: DatabaseAddress): readonly Question[] {
  const { scheme, host, port, user, password, database } = address;
  const file = addressName(address);
  switch (scheme) {
    case "postgresql":
      return [{
        programs: ["psql"],
        args: ["-X", "-A", "-t", "-q", "-F", "\u001f", "-w", "-h", host, ...(port === "" ? [] : ["-p", port]), ...(user === "" ? [] : ["-U", user]), "-d", database === "" ? "postgres" : database, "-c", pgSettingsQuery],
        env: { ...(password === "" ? {} : { PGPASSWORD: password }), PGOPTIONS: "-c default_transaction_read_only=on", PGCONNECT_TIMEOUT: "10" },
        read: (text) => importPgSettings(file, text),
      }];
    case "redis":
      return [{ programs: ["redis-cli"], args: ["-h", host, ...(port === "" ? [] : ["-p", port]), ...(user === "" ? [] : ["--user", user]), "CONFIG", "GET", "*"], env: password === "" ? {} : { REDISCLI_AUTH: password }, read: (text) => importRedisValues(file, text) }];
    default: {
      const asking = (query: string, read: Question["read"]): Question => ({
        programs: scheme === "mariadb" ? ["mariadb", "mysql"] : ["mysql", "mariadb"],
        args: ["--batch", "--skip-column-names", "--connect-timeout=10", "-h", host, ...(port === "" ? [] : ["-P", port]), ...(user === "" ? [] : ["-u", user]), "-e", query],
        env: password === "" ? {} : { MYSQL_PWD: password },
        read,
      });
      return [asking(systemVariablesQuery, (text) => importSystemVariables(file, text)), asking("SHOW GLOBAL VARIABLES", (text) => importServerVariables(file, text, scheme))];
    }
  }
}
