import assert from "node:assert/strict";
import { appendFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cancelSource, never } from "../../../../language-server/adapters/cancel";
import { Cancelled } from "../../../../language-server/engine/ports";
import type { KnowledgeStore, SqlDriver } from "../../../../language-server/engine/tuning/store/types";
import { openStore } from "../../../../language-server/knowledge/store";
import { changes, describeStore, many, names } from "./behaviour";
import { drivers, withFolder } from "./places";
import { parameter, sample, update } from "./records";
import { describeVectors } from "./vector-behaviour";

async function withStore(path: string, driver: SqlDriver, work: (store: KnowledgeStore) => Promise<void>): Promise<void> {
  const store = openStore(path, driver);
  try {
    await work(store);
  } finally {
    await store.dispose();
  }
}

function overlayOf(folder: string): string {
  const name = readdirSync(folder).find((entry) => entry.endsWith(".overlay"));
  assert.ok(name !== undefined);
  return join(folder, name);
}

for (const driver of drivers()) {
  /** The same behaviour whether the records lie in the base or in the overlay. */
  for (const place of ["base", "overlay"] as const) {
    describeStore(`the knowledge store on ${driver.name}, records in the ${place}`, (work) =>
      withFolder(async (path) => {
        await work(() => openStore(path, driver), place === "base" ? [many(500, "filler")] : []);
        if (place === "base") assert.ok(existsSync(path));
      }),
    );
    describeVectors(`vectors of the knowledge store on ${driver.name}, records in the ${place}`, (work) => withFolder((path) => work(() => openStore(path, driver), place === "base" ? [many(500, "filler")] : [])));
  }

  describe(`the files of the knowledge store on ${driver.name}`, () => {
    it("lets two readers see what a writer puts, each answer whole", () =>
      withFolder(async (path) => {
        await withStore(path, driver, async (writer) => {
          await writer.put(changes([many(450, "first")]), never);
          await withStore(path, driver, (one) =>
            withStore(path, driver, async (two) => {
              const read = async (store: KnowledgeStore): Promise<void> => {
                for (let i = 0; i < 15; i++) {
                  const found = await store.search({ text: "number", limit: 600 }, never);
                  assert.ok(new Set(found.map(({ name }) => name.replace(/_\d+$/u, ""))).size === 1, "a mixture of two states");
                }
              };
              const write = async (): Promise<void> => {
                for (const word of ["second", "third", "fourth"]) await writer.put(changes([many(450, word)]), never);
              };
              await Promise.all([read(one), read(two), write()]);
              for (const store of [one, two]) assert.equal((await store.search({ text: "fourth number 7" }, never))[0]?.name, "x.fourth_7");
            }),
          );
        });
      }));

    it("leaves out damaged lines of the overlay, and says so", () =>
      withFolder(async (path, folder) => {
        await withStore(path, driver, async (store) => {
          await store.put(changes([update("a", "1", [parameter("a.one", "one")])]), never);
          await store.put(changes([update("b", "1", [parameter("b.two", "two")])]), never);
          const overlay = overlayOf(folder);
          writeFileSync(overlay, readFileSync(overlay, "utf8").replace("a.one", "a.oNe"));
          appendFileSync(overlay, 'half a line {"ori');
          await store.put(changes([update("c", "1", [parameter("c.three", "three")])]), never);
          assert.deepEqual([await store.get("a.one"), (await store.get("b.two")).length, (await store.get("c.three")).length, (await store.stats()).damaged], [[], 1, 1, 2]);
          assert.deepEqual([...(await store.hashes("/tree")).keys()], ["b", "c"]);
        });
      }));

    it("tells of a base that is no database, and writes a new one in its place", () =>
      withFolder(async (path) => {
        writeFileSync(path, "not a database ".repeat(1000));
        await withStore(path, driver, async (store) => {
          await assert.rejects(store.search({ text: "x" }, never), { code: "unreadable" });
          await store.put(changes([many(500, "fresh")]), never);
          assert.equal((await names(store, "fresh_7"))[0], "x.fresh_7");
        });
      }));

    it("is as before when the writing was cancelled, and leaves nothing behind", () =>
      withFolder(async (path, folder) => {
        await withStore(path, driver, async (store) => {
          await store.put(changes([many(600, "old")]), never);
          const source = cancelSource();
          const put = store.put(changes([many(5000, "new")]), source.cancel);
          setImmediate(() => {
            source.fire();
          });
          await assert.rejects(put, Cancelled);
          assert.equal((await store.stats()).records, 600);
          assert.deepEqual(readdirSync(folder), ["knowledge.sqlite"]);
        });
      }));

    it("keeps small changes in the overlay, and takes them into the next base", () =>
      withFolder(async (path, folder) => {
        await withStore(path, driver, async (store) => {
          await store.put(changes([many(500, "base")]), never);
          await store.put(changes([update("small", "1", [parameter("s.mall", "tiny")])]), never);
          assert.ok(existsSync(overlayOf(folder)));
          await store.put(changes([many(500, "more", "more.rst")]), never);
          assert.deepEqual([readdirSync(folder), (await store.stats()).records, (await store.get("s.mall")).length], [["knowledge.sqlite"], 1001, 1]);
        });
      }));
  });
}

it("reads on one driver what another wrote", () =>
  withFolder(async (path) => {
    const [first, second = first] = drivers();
    assert.ok(first !== undefined && second !== undefined);
    await withStore(path, first, (store) => store.put(changes([many(500, "one"), update("a.rst", "1", sample)]), never));
    await withStore(path, second, async (store) => {
      assert.equal((await names(store, "接收缓冲区"))[0], "net.ipv4.tcp_rmem");
    });
  }));

it("lets two windows write and read one store at once, each on its driver", () =>
  withFolder(async (path) => {
    const [first, second = first] = drivers();
    assert.ok(first !== undefined && second !== undefined);
    await withStore(path, first, (one) =>
      withStore(path, second, async (two) => {
        const write = async (store: KnowledgeStore, own: string): Promise<void> => {
          for (const round of [1, 2, 3]) await store.put(changes([many(round === 2 ? 450 : 30, `${own}_${round}`, `${own}.rst`)]), never);
        };
        const read = async (store: KnowledgeStore): Promise<void> => {
          for (let i = 0; i < 10; i++) await store.search({ text: "number", limit: 100 }, never);
        };
        await Promise.all([write(one, "left"), write(two, "right"), read(one), read(two)]);
        for (const store of [one, two]) assert.deepEqual([(await store.stats()).records, (await names(store, "left_3_7"))[0], (await names(store, "right_3_7"))[0]], [60, "x.left_3_7", "x.right_3_7"]);
      }),
    );
  }));
