import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { never } from "../../../../language-server/adapters/cancel";
import type { KnowledgeStore } from "../../../../language-server/engine/tuning/store/types";
import { openStore, openTeamStore } from "../../../../language-server/knowledge/store";
import { startPostgres, withSchema } from "../../../support/postgres/server";
import { drivers, withFolder } from "./places";
import { parameter, update } from "./records";

/** More by hand: KEELSON_KILLS=50. */
const kills = Number(process.env["KEELSON_KILLS"] ?? 3);
const child = join(import.meta.dirname, "writer-child.ts");

/** Runs a writer and kills it some time after its first word; the number of the last change that it was told is kept. */
function writeAndKill(path: string, driver: string, first: number, size: number, after: number, url = ""): Promise<number> {
  return new Promise((resolve, reject) => {
    const writer = spawn(process.execPath, ["--import", "tsx", child, path, driver, String(first), String(size)], { stdio: ["ignore", "pipe", "inherit"], env: { ...process.env, KEELSON_PG_URL: url } });
    let said = "";
    let timer: NodeJS.Timeout | undefined;
    writer.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      timer ??= setTimeout(() => writer.kill("SIGKILL"), after);
    });
    writer.on("error", reject);
    writer.on("close", (_status, signal) => {
      clearTimeout(timer);
      if (signal !== "SIGKILL") reject(new Error(`the writer ended by itself: ${said}`));
      else resolve(Math.max(first - 1, ...[...said.matchAll(/done (\d+)\n/gu)].map(([, number]) => Number(number))));
    });
  });
}

/** As if the dead writer's lease had grown old: nobody need wait for that here. */
function age(folder: string): void {
  const old = new Date(Date.now() - 60_000);
  for (const name of readdirSync(folder)) if (name.endsWith(".lease") || name.endsWith(".lock")) utimesSync(join(folder, name), old, old);
}

async function check(store: KnowledgeStore, acknowledged: number): Promise<number> {
  try {
    const hashes = await store.hashes("/tree");
    const numbers = [...hashes.keys()].map((file) => Number(file.slice("file_".length)));
    const last = Math.max(-1, ...numbers);
    // A change may be kept though the writer was killed before it could say so.
    assert.ok(last === acknowledged || last === acknowledged + 1, `change ${acknowledged} was acknowledged, ${last} is the last one there`);
    for (const number of numbers) {
      assert.ok(number > last - 6, `change ${number} was replaced`);
      assert.equal((await store.get(`k.change_${number}_2`)).length, 1, `change ${number} is whole`);
    }
    if (last >= 0) assert.ok((await store.search({ text: `change_${last}_2` }, never)).some(({ name }) => name === `k.change_${last}_2`));
    return last;
  } finally {
    await store.dispose();
  }
}

for (const driver of drivers()) {
  describe(`a writer that is killed, on ${driver.name}`, () => {
    it("loses nothing acknowledged, and the next opening works", () =>
      withFolder(async (path, folder) => {
        let last = -1;
        for (let i = 0; i < kills; i++) {
          const acknowledged = await writeAndKill(path, driver.name, last + 1, 600, 20 + ((i * 137) % 700));
          age(folder);
          last = await check(openStore(path, driver), acknowledged);
        }
        const store = openStore(path, driver);
        await store.put({ origin: "/tree", updates: [update("after", "1", Array.from({ length: 600 }, (_, n) => parameter(`z.after_${n}`, "after")))], gone: [], at: 1 }, never);
        await store.dispose();
        assert.deepEqual(readdirSync(folder), ["knowledge.sqlite"], "what dead writers left is removed");
      })).timeout(60_000 + kills * 5000);
  });
}

it("loses nothing acknowledged in a team's store when a writer is killed", async () => {
  const server = await startPostgres();
  try {
    await withSchema(server.url, async (schema) => {
      let last = -1;
      for (let i = 0; i < kills; i++) {
        const acknowledged = await writeAndKill(schema, "team", last + 1, 600, 20 + ((i * 137) % 900), server.url);
        last = await check(openTeamStore({ url: server.url, schema }), acknowledged);
      }
    });
  } finally {
    await server.stop();
  }
}).timeout(60_000 + kills * 8000);

it("takes over the lease of a dead writer without help", () =>
  withFolder(async (path) => {
    const [driver] = drivers();
    assert.ok(driver !== undefined);
    const acknowledged = await writeAndKill(path, driver.name, 0, 600, 150);
    const store = openStore(path, driver);
    await store.put({ origin: "/other", updates: [update("x", "1", [parameter("x.y", "z")])], gone: [], at: 1 }, never);
    assert.equal((await store.get("x.y")).length, 1);
    await store.dispose();
    await check(openStore(path, driver), acknowledged);
  })).timeout(60_000);
