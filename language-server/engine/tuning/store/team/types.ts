import type { Cancel } from "../../../ports";

export type TeamValue = string | number | boolean | null | readonly (string | number | boolean | null)[];
export type TeamRow = Readonly<Record<string, unknown>>;

/** Statements of one transaction, one after another. */
export interface TeamSession {
  query(sql: string, values?: readonly TeamValue[]): Promise<readonly TeamRow[]>;
}

/** A schema in a PostgreSQL database. */
export interface TeamDatabase {
  /** A plain identifier: lower-case letters, digits, underscores. */
  readonly schema: string;
  /**
   * All or nothing of `work`; what it read is of one moment. A `write` that returned is durable. Throws {@link StoreError},
   * or `Cancelled`, after which the server does no more work for it.
   */
  transaction<T>(mode: "read" | "write", work: (session: TeamSession) => Promise<T>, cancel: Cancel | undefined): Promise<T>;
  close(): Promise<void>;
}

/** A plain identifier that needs no quotes. */
export function isSchemaName(name: string): boolean {
  return /^[a-z_][a-z0-9_]{0,40}$/u.test(name);
}
