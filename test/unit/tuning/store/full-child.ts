import { never } from "../../../../language-server/adapters/cancel";
import { StoreError } from "../../../../language-server/engine/tuning/store/types";
import { openStore } from "../../../../language-server/knowledge/store";
import { drivers } from "./places";
import { parameter, update } from "./records";

/** Puts little, then more than its files may hold, then little again, and says what came of it. Arguments: store, driver. */
const [path = "", name = ""] = process.argv.slice(2);

async function main(): Promise<void> {
  const driver = drivers().find((entry) => entry.name === name);
  if (driver === undefined) throw new Error(`no driver ${name}`);
  const store = openStore(path, driver);
  for (const [file, count] of [
    ["little", 20],
    ["much", 4000],
    ["more", 20],
  ] as const) {
    const records = Array.from({ length: count }, (_, n) => parameter(`k.${file}_${n}`, `a word about ${file} ${n}`));
    try {
      await store.put({ origin: "/tree", updates: [update(file, "1", records)], gone: [], at: 1 }, never);
      process.stdout.write(`${file} kept\n`);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      process.stdout.write(`${file} ${error.code}\n`);
    }
  }
  await store.dispose();
}

void main();
