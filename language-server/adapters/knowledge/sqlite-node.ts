import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { SqlDatabase, SqlDriver, SqlRow, SqlValue } from "../../engine/tuning/store/types";
import { attempt } from "./sqlite-attempt";

interface NodeStatement {
  run(...values: readonly SqlValue[]): unknown;
  all(...values: readonly SqlValue[]): readonly SqlRow[];
}
interface NodeDatabase {
  exec(sql: string): void;
  prepare(sql: string): NodeStatement;
  close(): void;
}
interface NodeSqlite {
  readonly DatabaseSync: new (path: string, options?: { readonly readOnly?: boolean }) => NodeDatabase;
}

/** node tells that its sqlite is new; users of ours can do nothing about it. */
function withoutWarning<T>(work: () => T): T {
  const emitWarning = process.emitWarning.bind(process);
  process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]) => {
    if (!/SQLite is an experimental/u.test(String(warning))) (emitWarning as (...all: unknown[]) => void)(warning, ...rest);
  };
  try {
    return work();
  } finally {
    process.emitWarning = emitWarning;
  }
}

function open({ DatabaseSync }: NodeSqlite, path: string, readOnly: boolean): SqlDatabase {
  const use = readOnly ? "read" : "write";
  // Nobody writes to it in place, so it needs no locks.
  const db = attempt(path, use, () => new DatabaseSync(readOnly ? `${pathToFileURL(path).href}?immutable=1` : path, { readOnly }));
  return {
    exec(sql) {
      attempt(path, use, () => {
        db.exec(sql);
      });
    },
    prepare(sql) {
      const statement = attempt(path, use, () => db.prepare(sql));
      return {
        run(values) {
          attempt(path, use, () => statement.run(...values));
        },
        all: (values) => attempt(path, use, () => statement.all(...values)),
      };
    },
    close() {
      db.close();
    },
  };
}

/** Undefined where node has no sqlite (before 22) or one without FTS5. */
export function nodeSqlite(): SqlDriver | undefined {
  let module: NodeSqlite;
  try {
    module = withoutWarning(() => createRequire(import.meta.url)("node:sqlite") as NodeSqlite);
    const probe = new module.DatabaseSync(":memory:");
    probe.exec("CREATE VIRTUAL TABLE probe USING fts5 (text)");
    probe.close();
  } catch {
    // Neither is a fault: the other driver does the same work.
    return undefined;
  }
  return { name: "node:sqlite", openForReading: (path) => open(module, path, true), create: (path) => open(module, path, false) };
}
