import { checkCancel, ModelError, type Cancel, type Embedder } from "../../ports";
import type { ContentVector, VectorModel, VectorShelf, WantedText } from "./types";

export interface EmbedReport {
  readonly model: VectorModel;
  /** Vectors made in this run. */
  readonly made: number;
  /** Contents that the endpoint would not take, however short. */
  readonly refused: number;
}

export interface EmbedSettings {
  readonly shelf: VectorShelf;
  readonly embedder: Embedder;
  readonly cancel: Cancel;
  readonly onProgress: (done: number, total: number) => void;
}

/** Texts of one request, and vectors that are put at once. */
const batch = 32;
const page = 256;
/** An endpoint that refuses more refuses on principle. */
const mostRefused = 50;
const shortest = 40;

/** Asked first, to learn how long the model's vectors are. */
const probe = "kernel parameter";

/**
 * Gives every content of the store that lacks one its vector. What is done stays when the rest is cancelled or fails; the next
 * run goes on from there. Throws `ModelError`, `StoreError`, `Cancelled`.
 */
export async function embedStore({ shelf, embedder, cancel, onProgress }: EmbedSettings): Promise<EmbedReport> {
  const [first] = await embedder.embed([probe], cancel);
  const model: VectorModel = { name: embedder.model, dimension: first?.length ?? 0 };
  const total = await shelf.wanted(model);
  let made = 0;
  let refused = 0;
  onProgress(0, total);
  for await (const texts of shelf.wanting(model, page, cancel)) {
    for (let i = 0; i < texts.length; i += batch) {
      checkCancel(cancel);
      const part = texts.slice(i, i + batch);
      const vectors = await embedPart(part, embedder, model, cancel);
      refused += part.length - vectors.length;
      if (refused > mostRefused) throw new ModelError("bad-request", `${refused} texts were refused`);
      // A cancel must not lose what an endpoint has worked for.
      await shelf.put(model, vectors, undefined);
      made += vectors.length;
      onProgress(made + refused, total);
    }
  }
  if (refused === 0) await shelf.tidy(model, cancel);
  return { model, made, refused };
}

const tooMuch = new Set(["bad-request", "too-large", "context-exceeded"]);

/** A part that is refused is halved, a single text is shortened: one that no model takes must not hold up the rest. */
async function embedPart(texts: readonly WantedText[], embedder: Embedder, model: VectorModel, cancel: Cancel): Promise<readonly ContentVector[]> {
  if (texts.length === 0) return [];
  try {
    const vectors = await embedder.embed(texts.map(({ text }) => text), cancel);
    return texts.map(({ content }, i) => {
      const values = vectors[i] ?? [];
      if (values.length !== model.dimension) throw new ModelError("bad-envelope", `a vector of ${values.length} dimensions after ones of ${model.dimension}`);
      return { content, values };
    });
  } catch (error) {
    if (!(error instanceof ModelError) || !tooMuch.has(error.code)) throw error;
    const [only] = texts;
    if (texts.length > 1) {
      const half = Math.ceil(texts.length / 2);
      return [...(await embedPart(texts.slice(0, half), embedder, model, cancel)), ...(await embedPart(texts.slice(half), embedder, model, cancel))];
    }
    if (only === undefined || only.text.length < 2 * shortest) return [];
    return embedPart([{ ...only, text: only.text.slice(0, only.text.length >> 1) }], embedder, model, cancel);
  }
}
