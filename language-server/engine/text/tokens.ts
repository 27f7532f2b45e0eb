import type { ModelMessage } from "../ports";

/**
 * A rough count of tokens: about 3.5 characters of ASCII each, one for every other character. Of the right order for the
 * tokenizers of Qwen, DeepSeek and Llama on kernel patches; used for budgets, for trimming and to notice a cut prompt.
 */
export function estimateTokens(messages: readonly ModelMessage[]): number {
  let total = 0;
  for (const { content } of messages) total += estimateText(content) + 4;
  return total;
}

/** The same count for one text. */
export function estimateText(text: string): number {
  let ascii = 0;
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 128) ascii++;
  return Math.ceil(ascii / 3.5) + (text.length - ascii);
}
