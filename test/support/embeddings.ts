import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createEmbedder, type EmbedderOptions } from "../../language-server/adapters/model/embed";
import type { Embedder } from "../../language-server/engine/ports";
import { modelSettingsSchema } from "../../language-server/protocol/model-settings";
import { fixedClock, memoryLog } from "./endpoint/client";
import { memoryCache } from "./memory-cache";

/** Words that mean the same to this model. */
const meanings: readonly (readonly string[])[] = [["eagerly", "zebra"], ["buffer", "okapi"], ["queue", "quagga"], ["huge", "gnu"], ["clients", "ibex"], ["dirty", "unwritten"]];

/** A vector by what words mean: those of one meaning fall into one dimension, all others into some of the rest. */
export function vectorOf(text: string, dimension: number): readonly number[] {
  const vector = Array.from({ length: dimension }, () => 0.001);
  for (const word of text.toLowerCase().match(/[a-z]+/gu) ?? []) {
    const meaning = meanings.findIndex((words) => words.includes(word));
    const other = meanings.length + (Array.from(word).reduce((sum, char) => (sum * 31 + (char.codePointAt(0) ?? 0)) % 65_521, 7) % (dimension - meanings.length));
    const place = meaning < 0 ? other : meaning;
    vector[place] = (vector[place] ?? 0) + (meaning < 0 ? 0.2 : 3);
  }
  return vector;
}

export interface EmbeddingsEndpoint {
  readonly url: string;
  /** Texts of the requests that were answered well. */
  readonly texts: string[];
  /** Requests that came, and connections that the client closed before their answer. */
  readonly seen: { requests: number; closed: number };
  close(): Promise<void>;
}

/** What a server does with a request: the body of its answer, or nothing when it has done all itself. */
export type EmbeddingsScript = (texts: readonly string[], request: number, response: ServerResponse) => unknown;

export const honest =
  (dimension = 24): EmbeddingsScript =>
  (texts) => ({ object: "list", data: texts.map((text, index) => ({ object: "embedding", index, embedding: vectorOf(text, dimension) })), usage: { prompt_tokens: 5, total_tokens: 5 } });

/** An endpoint on 127.0.0.1 that speaks /v1/embeddings as the script has it. */
export async function startEmbeddings(script: EmbeddingsScript): Promise<EmbeddingsEndpoint> {
  const texts: string[] = [];
  const seen = { requests: 0, closed: 0 };
  const server = createServer((request: IncomingMessage, response) => {
    const number = seen.requests++;
    let body = "";
    response.on("close", () => {
      if (!response.writableEnded) seen.closed++;
    });
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      const { input } = JSON.parse(body) as { readonly input: readonly string[] };
      const answer = script(input, number, response);
      if (answer === undefined) return;
      if (!response.headersSent) response.setHeader("content-type", "application/json");
      if (response.statusCode === 200) texts.push(...input);
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    texts,
    seen,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          done();
        });
      }),
  };
}

/** The adapter on an endpoint, with pauses that take no time. */
export function embedderOn(url: string, more: Partial<EmbedderOptions> & { readonly model?: string } = {}): Embedder {
  const { model = "words", ...options } = more;
  const settings = modelSettingsSchema.parse({ models: [{ id: "vectors", baseUrl: url, model, timeoutMs: 20_000 }], roles: { embed: "vectors" } });
  const embedder = createEmbedder({ settings: () => settings, keys: () => ({ vectors: "s3cret-key" }), cache: memoryCache(), clock: fixedClock, random: { hex: (bytes) => "5a".repeat(bytes) }, log: memoryLog(), env: {}, wait: () => Promise.resolve(), ...options });
  if (embedder === undefined) throw new Error("the role is set");
  return embedder;
}
