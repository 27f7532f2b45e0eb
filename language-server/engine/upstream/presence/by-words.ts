import { lineText, type ChangedLine } from "./lines";
import type { Place, Scene } from "./place";
import { similarity, tokensOf, tokenWeight, type Tokens } from "./similar";

/** Which side the words of the place are on. */
export interface WordsTold {
  readonly told: "added" | "deleted" | undefined;
  /** 0-based line of the target. */
  readonly at: number | undefined;
}

/** Lines that are compared; a larger change has lines of its own to be found by. */
const maxLines = 40;
/** A line less like the changed ones is another. */
const alike = 0.4;

function summed(lines: readonly Tokens[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const line of lines) for (const [token, count] of line) sum.set(token, (sum.get(token) ?? 0) + count);
  return sum;
}

/** Weighted share of the tokens that `one` has more of than `other`, found in `there` beyond what both have. */
function share(one: Tokens, other: Tokens, there: Tokens): { readonly share: number; readonly weight: number } {
  let weight = 0;
  let found = 0;
  for (const [token, count] of one) {
    const common = Math.min(count, other.get(token) ?? 0);
    const own = count - common;
    if (own === 0) continue;
    weight += own * tokenWeight(token);
    found += Math.min(own, Math.max(0, (there.get(token) ?? 0) - common)) * tokenWeight(token);
  }
  return { share: weight === 0 ? 0 : found / weight, weight };
}

/**
 * For lines that this tree spells differently in any case: whether its variant of them has the words that the change brings
 * or the ones that it takes away.
 */
export function wordsAt(scene: Scene, place: Place, added: readonly ChangedLine[], deleted: readonly ChangedLine[]): WordsTold {
  const none: WordsTold = { told: undefined, at: undefined };
  if (added.length + deleted.length > maxLines) return none;
  const [plusLines, minusLines] = [added.map(({ text }) => tokensOf(text)), deleted.map(({ text }) => tokensOf(text))];
  const changed = [...plusLines, ...minusLines];
  const variants: Tokens[] = [];
  let best = { at: -1, score: 0 };
  for (let i = place.tightFrom; i < Math.min(place.tightTo, place.tightFrom + 3 * maxLines); i++) {
    if (scene.aligned[i] === 1 || scene.target.hashes[i] === 0) continue;
    const tokens = tokensOf(lineText(scene.target, i, scene.decode));
    const score = changed.reduce((most, line) => Math.max(most, similarity(line, tokens)), 0);
    if (score < alike) continue;
    variants.push(tokens);
    if (score > best.score) best = { at: i, score };
  }
  if (variants.length === 0) return none;
  const [plus, minus, there] = [summed(plusLines), summed(minusLines), summed(variants)];
  const [gained, left] = [share(plus, minus, there), share(minus, plus, there)];
  if (gained.weight === 0 && left.weight === 0) return none;
  const lead = gained.weight === 0 ? 1 - 2 * left.share : left.weight === 0 ? 2 * gained.share - 1 : gained.share - left.share;
  if (Math.abs(lead) < 0.2) return none;
  return { told: lead > 0 ? "added" : "deleted", at: best.at };
}
