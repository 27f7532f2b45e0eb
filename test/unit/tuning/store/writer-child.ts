import { never } from "../../../../language-server/adapters/cancel";
import type { KnowledgeStore } from "../../../../language-server/engine/tuning/store/types";
import { openStore, openTeamStore } from "../../../../language-server/knowledge/store";
import { drivers } from "./places";
import { parameter, update } from "./records";

/**
 * Puts one change after another until it is killed, and says `done N` on a line of its own when the Nth was acknowledged.
 * Arguments: store, driver, first number, records of a change: few go to the overlay, many make a new base. With the driver
 * `team` the store is a schema of the database that KEELSON_PG_URL names.
 */
const [path = "", name = "", first = "0", size = "3"] = process.argv.slice(2);

function open(): KnowledgeStore {
  if (name === "team") return openTeamStore({ url: process.env["KEELSON_PG_URL"] ?? "", schema: path });
  const driver = drivers().find((entry) => entry.name === name);
  if (driver === undefined) throw new Error(`no driver ${name}`);
  return openStore(path, driver);
}

async function main(): Promise<void> {
  const store = open();
  process.stdout.write("ready\n");
  for (let i = Number(first); ; i++) {
    // Small changes in between, so that kills hit both files.
    const records = Array.from({ length: i % 3 === 0 ? Number(size) : 3 }, (_, n) => parameter(`k.change_${i}_${n}`, `change ${i} of many`));
    await store.put({ origin: "/tree", updates: [update(`file_${i}`, String(i), records)], gone: i >= 6 ? [`file_${i - 6}`] : [], at: i }, never);
    process.stdout.write(`done ${i}\n`);
  }
}

void main();
