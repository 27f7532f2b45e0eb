import { terms } from "../../../language-server/engine/tuning/store/terms";
import type { SqlDriver } from "../../../language-server/engine/tuning/store/types";
import type { ParameterRecord } from "../../../language-server/engine/tuning/types";

/** The floor: name and description as one bag of words, FTS5's BM25 as it comes, nothing else. */
export function flatBm25(driver: SqlDriver, path: string, records: readonly ParameterRecord[]): (query: string, kinds: readonly string[] | undefined, limit: number) => readonly ParameterRecord[] {
  const db = driver.create(path);
  db.exec("PRAGMA journal_mode = OFF; BEGIN; CREATE VIRTUAL TABLE flat USING fts5 (text, content = '')");
  const insert = db.prepare("INSERT INTO flat (rowid, text) VALUES (?, ?)");
  for (const [i, { name, description }] of records.entries()) insert.run([i + 1, terms(`${name} ${description}`).join(" ")]);
  db.exec("COMMIT");
  const ask = db.prepare("SELECT rowid AS id FROM flat WHERE flat MATCH ? ORDER BY rank LIMIT 5000");
  return (query, kinds, limit) => {
    const words = [...new Set(terms(query))].map((term) => `"${term}"`).join(" OR ");
    const found = new Map<string, ParameterRecord>();
    for (const row of words === "" ? [] : ask.all([words])) {
      const record = records[Number(row["id"]) - 1];
      if (record === undefined || !(kinds?.includes(record.kind) ?? true) || found.has(record.name)) continue;
      found.set(record.name, record);
      if (found.size === limit) break;
    }
    return [...found.values()];
  };
}
