import assert from "node:assert/strict";
import * as fc from "fast-check";
import { readVectors } from "../../../language-server/adapters/model/embed";
import { ModelFailure } from "../../../language-server/adapters/model/errors";
import { cancelSource, never } from "../../../language-server/adapters/cancel";
import { Cancelled, ModelError } from "../../../language-server/engine/ports";
import { embedderOn, honest, startEmbeddings, vectorOf, type EmbeddingsEndpoint, type EmbeddingsScript } from "../../support/embeddings";

const vector = [1, 2, 3];
const reply = (...embeddings: readonly unknown[]): string => JSON.stringify({ data: embeddings.map((embedding) => ({ embedding })) });

async function on<T>(script: EmbeddingsScript, work: (endpoint: EmbeddingsEndpoint) => Promise<T>): Promise<T> {
  const endpoint = await startEmbeddings(script);
  try {
    return await work(endpoint);
  } finally {
    await endpoint.close();
  }
}

describe("vectors from an endpoint", () => {
  it("come in the order of the texts, whatever order the server has", () =>
    on((texts) => ({ data: texts.map((text, index) => ({ index, embedding: vectorOf(text, 12) })).reverse() }), async ({ url }) => {
      assert.deepEqual(await embedderOn(url).embed(["huge", "dirty"], never), [vectorOf("huge", 12), vectorOf("dirty", 12)]);
    }));

  it("are read as numbers or as base64", () => {
    assert.deepEqual(readVectors(reply(vector, vector), 2).vectors, [vector, vector]);
    assert.deepEqual(readVectors(reply(Buffer.from(Float32Array.from(vector).buffer).toString("base64")), 1).vectors, [vector]);
  });

  it("are refused unless they are one vector a text, of one length, finite and not zero", () => {
    for (const [text, count] of [["", 1], ["<html>", 1], ["{}", 1], [reply(), 1], [reply(vector), 2], [reply(vector, vector), 1], [reply(vector, [1, 2]), 2], [reply([0, 0, 0]), 1], [reply([1, null, 2]), 1], ['{"data":[{"embedding":[NaN,1]}]}', 1], ['{"data":[{"embedding":[1e999,1]}]}', 1], [reply([]), 1], [reply("AAA="), 1], [reply(Buffer.from(Float32Array.from([Number.NaN]).buffer).toString("base64")), 1], [JSON.stringify({ data: [{ index: 0, embedding: vector }, { index: 0, embedding: vector }] }), 2], [JSON.stringify({ data: [{ index: 7, embedding: vector }] }), 1], [JSON.stringify({ error: { message: "no" } }), 1]] as const) {
      assert.throws(() => readVectors(text, count), ModelFailure, text);
    }
  });

  it("fail as one kind of error for any reply", () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
        try {
          readVectors(text, 2);
        } catch (error) {
          assert.ok(error instanceof ModelFailure);
        }
      }),
    );
  });

  it("are asked for again when the server is busy, and not when it refuses", async () => {
    await on((texts, i, response) => (i < 2 ? ((response.statusCode = 503), { error: { message: "busy" } }) : honest()(texts, i, response)), async ({ url, seen }) => {
      assert.equal((await embedderOn(url).embed(["a"], never)).length, 1);
      assert.equal(seen.requests, 3);
    });
    await on((_texts, _i, response) => ((response.statusCode = 401), { error: { message: "the key s3cret-key is bad" } }), async ({ url, seen }) => {
      await assert.rejects(embedderOn(url).embed(["a"], never), (error) => error instanceof ModelError && error.code === "unauthorized" && !error.detail.includes("s3cret-key"));
      assert.equal(seen.requests, 1);
    });
  });

  it("carry no key that a text holds", () =>
    on(honest(), async ({ url, texts }) => {
      await embedderOn(url).embed(["see postgres://me:hunter2secret@db/x for it"], never);
      assert.ok(!texts.join().includes("hunter2secret"));
    }));

  it("are not waited for after a cancel, nor longer than a search can wait", async () => {
    await on(
      () => undefined,
      async ({ url, seen }) => {
        const source = cancelSource();
        const asked = embedderOn(url).embed(["a"], source.cancel);
        const come = setInterval(() => {
          if (seen.requests > 0) source.fire();
        }, 5);
        await assert.rejects(asked, Cancelled);
        clearInterval(come);
        await assert.rejects(embedderOn(url, { patienceMs: 30 }).embed(["a"], never), (error) => error instanceof ModelError && error.code === "timeout");
        const gone = async (): Promise<void> => {
          while (seen.closed < 2) await new Promise((done) => setImmediate(done));
        };
        await gone();
      },
    );
  });

  it("fail with a reason when nobody listens", async () => {
    const { url } = await on(honest(), (endpoint) => Promise.resolve(endpoint));
    await assert.rejects(embedderOn(url).embed(["a"], never), (error) => error instanceof ModelError && error.code === "unavailable");
  });
});
