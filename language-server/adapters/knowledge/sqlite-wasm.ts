import { existsSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import type { SqlDatabase, SqlDriver, SqlRow, SqlValue } from "../../engine/tuning/store/types";
import { attempt } from "./sqlite-attempt";

interface WasmStatement {
  run(values: readonly SqlValue[]): unknown;
  all(values: readonly SqlValue[]): readonly SqlRow[];
  finalize(): void;
}
interface WasmDatabase {
  exec(sql: string): void;
  prepare(sql: string): WasmStatement;
  close(): void;
}
interface WasmModule {
  readonly Database: new (path: string, options: { readonly fileMustExist: boolean; readonly readOnly: boolean }) => WasmDatabase;
}

/** No statement of ours takes nearly as long: an older lock was left by a process that was killed. */
const staleLockMs = 3000;

/** Beside the bundle in the package; among the node packages in a checkout. */
function load(): WasmModule {
  const require = createRequire(import.meta.url);
  const packaged = fileURLToPath(new URL("./sqlite/node-sqlite3-wasm.js", import.meta.url));
  return require(existsSync(packaged) ? packaged : "node-sqlite3-wasm") as WasmModule;
}

/** The driver's lock is a folder that says nothing of its owner. The file is never written in place, so breaking one does no harm. */
function breakStaleLock(path: string): void {
  const lock = `${path}.lock`;
  const made = statSync(lock, { throwIfNoEntry: false });
  if (made !== undefined && Math.abs(Date.now() - made.mtimeMs) > staleLockMs) rmSync(lock, { recursive: true, force: true });
}

function open(Database: WasmModule["Database"], path: string, readOnly: boolean): SqlDatabase {
  const trying = <T>(work: () => T): T =>
    attempt(path, readOnly ? "read" : "write", work, () => {
      breakStaleLock(path);
    });
  const db = trying(() => new Database(path, { fileMustExist: readOnly, readOnly }));
  // 8 MB: pages that a search needs again are not read from the file again.
  trying(() => {
    db.exec("PRAGMA cache_size = -8000");
  });
  // The module's memory is not the collector's: what is not finalized stays.
  const statements = new Map<string, WasmStatement>();
  const kept = 24;
  return {
    exec(sql) {
      trying(() => {
        db.exec(sql);
      });
    },
    prepare(sql) {
      const statement = (): WasmStatement => {
        let found = statements.get(sql);
        if (found === undefined) {
          found = trying(() => db.prepare(sql));
          if (statements.size >= kept) {
            const [oldest] = statements;
            oldest?.[1].finalize();
            if (oldest !== undefined) statements.delete(oldest[0]);
          }
          statements.set(sql, found);
        }
        return found;
      };
      return {
        run(values) {
          trying(() => statement().run([...values]));
        },
        all: (values) => trying(() => statement().all([...values])),
      };
    },
    close() {
      for (const statement of statements.values()) statement.finalize();
      statements.clear();
      db.close();
    },
  };
}

export function wasmSqlite(): SqlDriver {
  const { Database } = load();
  return { name: "node-sqlite3-wasm", openForReading: (path) => open(Database, path, true), create: (path) => open(Database, path, false) };
}
