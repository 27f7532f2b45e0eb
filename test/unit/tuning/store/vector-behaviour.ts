import assert from "node:assert/strict";
import { cancelSource, never } from "../../../../language-server/adapters/cancel";
import { Cancelled, ModelError, type Embedder } from "../../../../language-server/engine/ports";
import { embedStore } from "../../../../language-server/engine/tuning/store/embed";
import { createHybridStore } from "../../../../language-server/engine/tuning/store/hybrid";
import type { KnowledgeStore, SearchMeans, VectorShelf } from "../../../../language-server/engine/tuning/store/types";
import { embedderOn, honest, startEmbeddings, type EmbeddingsEndpoint, type EmbeddingsScript } from "../../../support/embeddings";
import { fixedClock } from "../../../support/endpoint/client";
import { changes, many, using, type WithPlace } from "./behaviour";
import { parameter, sample, update } from "./records";

const quiet = (): void => undefined;

export async function withEndpoint(script: EmbeddingsScript, work: (endpoint: EmbeddingsEndpoint) => Promise<void>): Promise<void> {
  const endpoint = await startEmbeddings(script);
  try {
    await work(endpoint);
  } finally {
    await endpoint.close();
  }
}

function shelfOf(store: KnowledgeStore): VectorShelf {
  assert.ok(store.vectors !== undefined);
  return store.vectors;
}

const embed = (store: KnowledgeStore, embedder: Embedder, cancel = never) => embedStore({ shelf: shelfOf(store), embedder, cancel, onProgress: quiet });

/** Names that a store finds with an endpoint at hand, and by what means. */
async function search(store: KnowledgeStore, embedder: Embedder | undefined, text: string, kinds?: readonly ["sysctl"]): Promise<{ readonly names: readonly string[]; readonly means: SearchMeans | undefined }> {
  let means: SearchMeans | undefined;
  const hybrid = createHybridStore({ store, embedder: () => embedder, clock: fixedClock });
  const hits = await hybrid.search({ text, limit: 5, onMeans: (told) => (means = told), ...(kinds === undefined ? {} : { kinds }) }, never);
  return { names: hits.map(({ name }) => name), means };
}

/** What vectors do, on every engine. */
export function describeVectors(title: string, withPlace: WithPlace): void {
  describe(title, () => {
    const filled = (work: (store: KnowledgeStore, open: () => KnowledgeStore) => Promise<void>): Promise<void> =>
      withPlace((open, fill) =>
        using(open(), async (store) => {
          await store.put(changes([update("a.rst", "1", sample), ...fill]), never);
          await work(store, open);
        }),
      );

    it("finds by meaning what has none of the query's words, and says by what means", () =>
      filled((store, open) =>
        withEndpoint(honest(), async ({ url }) => {
          const embedder = embedderOn(url);
          assert.deepEqual(await search(store, undefined, "zebra"), { names: [], means: { vectors: false, why: "no-model" } });
          assert.deepEqual(await search(store, embedder, "zebra"), { names: [], means: { vectors: false, why: "no-vectors" } });
          const { made, refused, model } = await embed(store, embedder);
          assert.deepEqual([refused, model.dimension, made], [0, 24, (await shelfOf(store).models())[0]?.vectors]);
          for (const [text, name] of [["zebra", "vm.swappiness"], ["quagga", "net.core.somaxconn"], ["ibex", "maxclients"]] as const) {
            const found = await search(store, embedder, text);
            assert.deepEqual([found.names[0], found.means], [name, { vectors: true, model: embedder.model }]);
          }
          await using(open(), async (other) => {
            assert.equal((await search(other, embedder, "zebra")).names[0], "vm.swappiness");
          });
        }),
      ));

    it("keeps a name that the query writes out before all that is near, and keeps to the asked kind", () =>
      filled((store) =>
        withEndpoint(honest(), async ({ url }) => {
          const embedder = embedderOn(url);
          await embed(store, embedder);
          assert.equal((await search(store, embedder, "zebra okapi net.core.somaxconn")).names[0], "net.core.somaxconn");
          const { names } = await search(store, embedder, "ibex", ["sysctl"]);
          assert.ok(names.length > 0 && !names.includes("maxclients"), names.join(" "));
        }),
      ));

    it("goes on where it was stopped, and asks for no vector twice", () =>
      filled((store) =>
        withEndpoint(honest(), async (endpoint) => {
          await store.put(changes([many(400, "more", "more.rst")]), never);
          const stop = cancelSource();
          const embedder = embedderOn(endpoint.url);
          const counting: Embedder = {
            model: embedder.model,
            async embed(texts, cancel) {
              if (endpoint.texts.length > 150) stop.fire();
              return embedder.embed(texts, cancel);
            },
          };
          await assert.rejects(embed(store, counting, stop.cancel), Cancelled);
          const kept = (await shelfOf(store).models())[0]?.vectors ?? 0;
          assert.ok(kept > 100);
          const { made, model } = await embed(store, embedder);
          const contents = (await shelfOf(store).models())[0]?.vectors ?? 0;
          assert.deepEqual([made, await shelfOf(store).wanted(model)], [contents - kept, 0]);
          // Besides the two questions for the length of the vectors.
          assert.equal(new Set(endpoint.texts).size, contents + 1);
          assert.equal((await embed(store, embedder)).made, 0);
        }),
      ));

    it("makes vectors only for what changed, and forgets what is gone", () =>
      filled((store) =>
        withEndpoint(honest(), async (endpoint) => {
          const embedder = embedderOn(endpoint.url);
          await embed(store, embedder);
          endpoint.texts.length = 0;
          await store.put(changes([update("a.rst", "2", [...sample.filter(({ name }) => name !== "vm.swappiness"), parameter("vm.new", "Counts clients.")])]), never);
          assert.equal((await embed(store, embedder)).made, 1);
          assert.equal(endpoint.texts.length, 2);
          const { names } = await search(store, embedder, "zebra");
          assert.ok(!names.includes("vm.swappiness"));
          assert.ok((await search(store, embedder, "ibex")).names.slice(0, 2).includes("vm.new"));
        }),
      ));

    it("does not mix the vectors of two models", () =>
      filled((store) =>
        withEndpoint(honest(), (old) =>
          withEndpoint(honest(40), async (later) => {
            const first = embedderOn(old.url);
            await embed(store, first);
            const second = embedderOn(later.url, { model: "other" });
            assert.deepEqual(await search(store, second, "zebra"), { names: [], means: { vectors: false, why: "no-vectors" } });
            const all = (await shelfOf(store).models())[0]?.vectors;
            assert.equal((await embed(store, second)).made, all);
            assert.equal((await search(store, second, "zebra")).names[0], "vm.swappiness");
            // A model that answers in another length under its old name is another one.
            await withEndpoint(honest(32), async (changed) => {
              const renamed: Embedder = { model: second.model, embed: (texts, cancel) => embedderOn(changed.url).embed(texts, cancel) };
              assert.deepEqual(await search(store, renamed, "zebra"), { names: [], means: { vectors: false, why: "no-vectors" } });
            });
          }),
        ),
      ));

    it("puts nothing of an answer that lies, and searches by words meanwhile", () =>
      filled((store) =>
        withEndpoint(honest(), async (good) => {
          const model = embedderOn(good.url).model;
          await embed(store, embedderOn(good.url));
          const before = await shelfOf(store).models();
          await store.put(changes([update("b.rst", "1", [parameter("b.new", "A new one.")])]), never);
          let answers = 0;
          const lies: readonly EmbeddingsScript[] = [
            // The first answer tells the length; the second is the lie.
            (texts, i) => honest(i === 0 ? 24 : 25)(texts, i, undefined as never),
            () => ({ data: [] }),
            (_texts, _i, response) => void response.socket?.destroy(),
          ];
          for (const lie of lies) {
            await withEndpoint(lie, async ({ url }) => {
              const liar: Embedder = { model, embed: (texts, cancel) => embedderOn(url).embed(texts, cancel) };
              await assert.rejects(embed(store, liar), ModelError);
              answers++;
            });
          }
          assert.equal(answers, lies.length);
          assert.deepEqual(await shelfOf(store).models(), before);
          await withEndpoint((_texts, _i, response) => ((response.statusCode = 401), { error: { message: "bad key s3cret-key" } }), async ({ url }) => {
            const { names, means } = await search(store, { model, embed: (texts, cancel) => embedderOn(url).embed(texts, cancel) }, "swap");
            assert.equal(names[0], "vm.swappiness");
            assert.ok(means?.vectors === false && means.why === "model-failed" && means.detail?.includes("unauthorized") === true && !means.detail.includes("s3cret"));
          });
        }),
      ));

    it("leaves out a text that no request gets through, and embeds the rest", () =>
      filled((store) =>
        withEndpoint((texts, i, response) => (texts.some((text) => text.includes("swappiness")) ? ((response.statusCode = 400), { error: { message: "this model's maximum context length is 8 tokens" } }) : honest()(texts, i, response)), async ({ url }) => {
          const { refused, made } = await embed(store, embedderOn(url));
          assert.equal(refused, 1);
          assert.equal((await shelfOf(store).models())[0]?.vectors, made);
        }),
      ));
  });
}
