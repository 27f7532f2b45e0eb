import type { DiffKeys } from "./keys";
import type { Rarity } from "./rarity";

/** What two diffs share, in bits of rarity. */
export interface Overlap {
  readonly common: number;
  /** Of the downstream side. */
  readonly down: number;
  /** Of the upstream side. */
  readonly up: number;
}

/** Both sorted (see keys.ts). */
function overlap(down: Uint32Array, up: Uint32Array, rarity: Rarity, scale: number): Overlap {
  let i = 0;
  let j = 0;
  let common = 0;
  let onlyDown = 0;
  let onlyUp = 0;
  while (i < down.length || j < up.length) {
    const a = i < down.length ? (down[i] ?? 0) : Infinity;
    const b = j < up.length ? (up[j] ?? 0) : Infinity;
    if (a === b) {
      common += rarity.weight(a);
      i++;
      j++;
    } else if (a < b) {
      onlyDown += rarity.weight(a);
      i++;
    } else {
      onlyUp += rarity.weight(b);
      j++;
    }
  }
  return { common: common * scale, down: (common + onlyDown) * scale, up: (common + onlyUp) * scale };
}

function sum(parts: readonly Overlap[]): Overlap {
  return parts.reduce((all, part) => ({ common: all.common + part.common, down: all.down + part.down, up: all.up + part.up }), { common: 0, down: 0, up: 0 });
}

/** Names repeat what their lines say, so they count for less. */
const wordScale = 0.35;
const pathScale = 0.5;

export interface Likeness extends Overlap {
  /** 0 to 1: harmonic mean of the shares that both sides have in common. */
  readonly likeness: number;
  /** The same of whole lines alone, and of paths and file names. */
  readonly lines: number;
  readonly paths: number;
  /** The same of the names that the changes take away and bring; undefined for larger diffs. */
  readonly delta: number | undefined;
}

export function compareKeys(down: DiffKeys, up: DiffKeys, rarity: Rarity): Likeness {
  const lines = overlap(down.lines, up.lines, rarity, 1);
  const small = down.words.length > 0 && up.words.length > 0;
  const paths = overlap(down.paths, up.paths, rarity, pathScale);
  const all = sum([lines, paths, ...(small ? [overlap(down.words, up.words, rarity, wordScale)] : [])]);
  return { ...all, likeness: share(all), lines: share(lines), paths: share(paths), delta: small ? share(overlap(down.delta, up.delta, rarity, 1)) : undefined };
}

function share({ common, down, up }: Overlap): number {
  return down + up === 0 ? 0 : (2 * common) / (down + up);
}
