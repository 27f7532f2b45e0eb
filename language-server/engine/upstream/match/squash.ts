import type { DiffKeys } from "./keys";
import type { Rarity } from "./rarity";

/** What of `lines` is not in `taken`; both sorted. */
export function without(lines: Uint32Array, taken: Uint32Array): Uint32Array {
  const rest: number[] = [];
  let j = 0;
  for (const key of lines) {
    while (j < taken.length && (taken[j] ?? 0) < key) j++;
    if (taken[j] === key) j++;
    else rest.push(key);
  }
  return Uint32Array.from(rest);
}

function bits(lines: Uint32Array, rarity: Rarity): number {
  return lines.reduce((sum, key) => sum + rarity.weight(key), 0);
}

const maxParts = 8;
/** A part must bring this much of itself, and this many bits, into the commit to be counted as a part of it. */
const leastWhole = 0.9;
const leastBits = 40;
/** All parts together must account for this share of the commit. */
const leastCovered = 0.85;

/**
 * Whether a downstream commit holds several mainline commits whole. `first` is the one it is most like; the others are looked
 * for in what that one leaves over. Returns the parts, or just the first.
 */
export function squashParts(own: DiffKeys, first: number, others: readonly number[], keys: (candidate: number) => DiffKeys | undefined, rarity: Rarity): readonly number[] {
  const lead = keys(first);
  if (lead === undefined) return [first];
  const total = bits(own.lines, rarity);
  let rest = without(own.lines, lead.lines);
  const leadBits = bits(lead.lines, rarity);
  if (leadBits - bits(without(lead.lines, own.lines), rarity) < leastWhole * leadBits) return [first];
  const parts = [first];
  for (const candidate of others) {
    const part = keys(candidate);
    if (part === undefined || parts.length >= maxParts || bits(rest, rarity) < leastBits) continue;
    const size = bits(part.lines, rarity);
    const left = without(rest, part.lines);
    const brought = bits(rest, rarity) - bits(left, rarity);
    if (brought < leastBits || brought < leastWhole * size) continue;
    parts.push(candidate);
    rest = left;
  }
  return parts.length > 1 && bits(rest, rarity) <= (1 - leastCovered) * total ? parts : [first];
}
