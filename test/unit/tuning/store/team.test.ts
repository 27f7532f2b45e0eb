import assert from "node:assert/strict";
import { cancelSource, never } from "../../../../language-server/adapters/cancel";
import { Cancelled } from "../../../../language-server/engine/ports";
import { StoreError, type KnowledgeStore } from "../../../../language-server/engine/tuning/store/types";
import { openTeamStore } from "../../../../language-server/knowledge/store";
import { ask, startPostgres, withSchema, type PostgresServer } from "../../../support/postgres/server";
import { changes, describeStore, many, names, using } from "./behaviour";
import { parameter, sample, update } from "./records";
import { describeVectors } from "./vector-behaviour";

describe("a team's store over the wire", () => {
  let server: PostgresServer;
  before(async () => {
    server = await startPostgres();
  });
  after(() => server.stop());
  const filled = (work: (open: () => KnowledgeStore, schema: string) => Promise<void>): Promise<void> => withSchema(server.url, (schema) => work(() => openTeamStore({ url: server.url, schema }), schema));

  for (const filler of [0, 500]) describeStore(`the knowledge store on PostgreSQL, ${filler} records besides`, (work) => filled((open) => work(open, filler > 0 ? [many(filler, "filler")] : [])));

  describeVectors("vectors of the knowledge store on PostgreSQL", (work) => filled((open) => work(open, [])));

  it("is empty before anything was put, and makes no tables for a reader", () =>
    filled((open, schema) =>
      using(open(), async (store) => {
        assert.deepEqual([await store.search({ text: "swap" }, never), await store.get("vm.swappiness"), (await store.stats()).records, (await store.hashes("/tree")).size], [[], [], 0, 0]);
        assert.deepEqual(await ask(server.url, `SELECT 1 FROM pg_namespace WHERE nspname = '${schema}'`), []);
      }),
    ));

  it("serialises two writers, and readers see each change whole", () =>
    filled((open) =>
      using(open(), (one) =>
        using(open(), (two) =>
          using(open(), async (reader) => {
            await one.put(changes([many(120, "first")]), never);
            const read = async (): Promise<void> => {
              for (let i = 0; i < 12; i++) {
                const found = await reader.search({ text: "number", limit: 600 }, never);
                assert.equal(found.length, 120);
                assert.equal(new Set(found.map(({ name }) => name.replace(/_\d+$/u, ""))).size, 1, "a mixture of two states");
              }
            };
            const write = async (store: KnowledgeStore, words: readonly string[]): Promise<void> => {
              for (const word of words) await store.put(changes([many(120, word)]), never);
            };
            await Promise.all([read(), write(one, ["second", "third"]), write(two, ["fourth", "fifth"])]);
            assert.equal((await reader.stats()).records, 120);
          }),
        ),
      ),
    ));

  it("counts terms right after many changes, so that ranking stays that of a new store", () =>
    filled((open, schema) =>
      using(open(), async (store) => {
        await store.put(changes([update("a.rst", "1", sample), many(60, "gone")]), never);
        await store.put(changes([many(50, "later")], ["a.rst"]), never);
        await store.put(changes([update("a.rst", "1", sample)], ["many.rst"]), never);
        const counted = `SELECT term, documents::integer FROM ${schema}.term ORDER BY term COLLATE "C"`;
        const real = `SELECT term, count(*)::integer AS documents FROM ${schema}.document d, unnest(tsvector_to_array(d.search)) AS term GROUP BY term ORDER BY term COLLATE "C"`;
        assert.deepEqual(await ask(server.url, counted), await ask(server.url, real));
      }),
    ));

  it("is as before when the writing was cancelled", () =>
    filled((open) =>
      using(open(), async (store) => {
        await store.put(changes([many(60, "old")]), never);
        const source = cancelSource();
        const put = store.put(changes([many(3000, "new")]), source.cancel);
        setImmediate(() => {
          source.fire();
        });
        await assert.rejects(put, Cancelled);
        await assert.rejects(store.search({ text: "old" }, source.cancel), Cancelled);
        assert.deepEqual([(await store.stats()).records, (await names(store, "old number 7"))[0]], [60, "x.old_7"]);
      }),
    ));

  it("is as before when a change can't be stored", () =>
    filled((open, schema) =>
      using(open(), async (store) => {
        await store.put(changes([many(60, "old")]), never);
        const broken = { hash: "x", file: "b.rst", parameters: [parameter("b.one", "one")], prose: [], unread: 2 ** 40 };
        await assert.rejects(store.put(changes([many(60, "new"), broken]), never), StoreError);
        assert.deepEqual([(await store.stats()).records, (await names(store, "old number 7"))[0]], [60, "x.old_7"]);
        assert.deepEqual(await ask(server.url, `SELECT value FROM ${schema}.meta WHERE key = 'generation'`), [{ value: "1" }]);
      }),
    ));

  it("leaves tables of another layout alone, and says so", () =>
    filled((open, schema) =>
      using(open(), async (store) => {
        await store.put(changes([many(3, "x")]), never);
        await ask(server.url, `UPDATE ${schema}.meta SET value = '99' WHERE key = 'layout'`);
        await assert.rejects(store.search({ text: "x" }, never), (error) => error instanceof StoreError && error.code === "unreadable" && error.detail.includes("layout 99"));
        await assert.rejects(store.put(changes([many(3, "y")]), never), { code: "unreadable" });
      }),
    ));

  it("tells where it can't be reached, and never the password", async () => {
    for (const url of ["postgresql://me:hunter2@127.0.0.1:1/db", "postgresql://me:hunter2@[bad", "hunter2"]) {
      await using(openTeamStore({ url }), (store) =>
        assert.rejects(store.search({ text: "x" }, never), (error) => error instanceof StoreError && error.code === "unreachable" && error.detail.startsWith("postgresql://") && !error.detail.includes("hunter2")),
      );
    }
    assert.throws(() => openTeamStore({ url: "postgresql://x/y", schema: "a; DROP" }), StoreError);
  });
});
