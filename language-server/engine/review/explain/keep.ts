import * as z from "zod";
import type { Cache, Hash } from "../../ports";
import type { Locale } from "../../text/message";
import { promptVersion, type Prompt } from "./prompt";
import { rawStatementSchema, type RawStatement } from "./schema";

/**
 * A kept answer: the model's own statements, which are verified again whenever they are shown. The key holds model and
 * parameters, the version of our words, the language, and all that the model was shown; not where the patch stands.
 */
const keptSchema = z.object({
  statements: z.array(rawStatementSchema),
  dropped: z.int().min(0),
  usage: z.object({ promptTokens: z.number(), completionTokens: z.number() }).optional(),
});

export interface Kept {
  readonly statements: readonly RawStatement[];
  readonly dropped: number;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
}

const space = "explain";

export function cacheKey(modelKey: string, prompt: Prompt, locale: Locale, hash: Hash): string {
  return hash.sha256(JSON.stringify([modelKey, promptVersion, locale, prompt.data]));
}

/** Undefined when there is none, or when what is there can't be read. */
export async function loadKept(cache: Cache | undefined, key: string): Promise<Kept | undefined> {
  const text = await cache?.get(space, key);
  if (text === undefined) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
  const parsed = keptSchema.safeParse(value);
  return parsed.success ? { statements: parsed.data.statements, dropped: parsed.data.dropped, usage: parsed.data.usage } : undefined;
}

export async function keep(cache: Cache | undefined, key: string, kept: Kept): Promise<void> {
  await cache?.put(space, key, JSON.stringify(kept));
}
