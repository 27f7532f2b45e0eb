import * as z from "zod";

/** What servers send, checked. Unknown fields are let through; a known one of the wrong type is an error of the server's. */

const content = z.union([z.string(), z.array(z.looseObject({ type: z.string().optional(), text: z.string().optional() }))]).nullish();

const toolCall = z.looseObject({
  index: z.number().nullish(),
  id: z.string().nullish(),
  type: z.string().nullish(),
  function: z.looseObject({ name: z.string().nullish(), arguments: z.union([z.string(), z.record(z.string(), z.unknown())]).nullish() }).nullish(),
});

const message = z.looseObject({
  role: z.string().nullish(),
  content,
  reasoning: z.string().nullish(),
  reasoning_content: z.string().nullish(),
  refusal: z.string().nullish(),
  tool_calls: z.array(toolCall).nullish(),
});

const usage = z.looseObject({ prompt_tokens: z.number().nullish(), completion_tokens: z.number().nullish() });

/** A streamed chunk and a whole completion differ in one name only. */
export const envelopeSchema = z.looseObject({
  choices: z.array(z.looseObject({ delta: message.nullish(), message: message.nullish(), finish_reason: z.string().nullish() })),
  usage: usage.nullish(),
  model: z.string().nullish(),
});

export const usageOnlySchema = z.looseObject({ usage });

export const modelListSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string(), max_model_len: z.number().nullish() })) });

export const embeddingSchema = z.looseObject({ data: z.array(z.looseObject({ embedding: z.union([z.array(z.number()), z.string()]), index: z.number().nullish() })).min(1), usage: usage.nullish() });

export type Envelope = z.infer<typeof envelopeSchema>;
export type EnvelopeMessage = z.infer<typeof message>;
export type ToolCallPiece = z.infer<typeof toolCall>;

export function contentText(value: EnvelopeMessage["content"]): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : value.map((part) => part.text ?? "").join("");
}
