import { lineText, type ChangedLine } from "./lines";
import type { Cluster, Place, Scene } from "./place";

/** What the order of lines, or their white space, tells of a change that adds no line of its own. */
export interface OrderTold {
  readonly told: "added" | "deleted" | undefined;
  /** 0-based line of the target. */
  readonly at: number | undefined;
}

interface Weighted {
  readonly hash: number;
  readonly weight: number;
}

/** Both sides of the cluster as they would stand at the place. */
function sides({ kept, firm }: Scene, { groups, keptBefore }: Cluster, place: Place): { readonly old: readonly Weighted[]; readonly new: readonly Weighted[] } {
  const before: Weighted[] = [];
  const after: Weighted[] = [];
  let at = place.keptFrom;
  const keepTo = (end: number): void => {
    for (; at < end; at++) {
      const line = { hash: kept[at] ?? 0, weight: firm[at] === 1 ? 1 : 0.05 };
      before.push(line);
      after.push(line);
    }
  };
  groups.forEach((group, i) => {
    keepTo(keptBefore[i] ?? at);
    before.push(...group.deleted);
    after.push(...group.added);
  });
  keepTo(place.keptTo);
  return { old: before, new: after };
}

/** More pairs of lines than this are not compared. */
const maxPairs = 250_000;

/** Weight of the heaviest common subsequence; undefined when the texts are too long. */
function commonWeight(lines: readonly Weighted[], target: Uint32Array): number | undefined {
  if (lines.length * target.length > maxPairs) return undefined;
  let row = new Float64Array(target.length + 1);
  for (const { hash, weight } of lines) {
    const next = new Float64Array(target.length + 1);
    for (let j = 0; j < target.length; j++) {
      const skip = Math.max(row[j + 1] ?? 0, next[j] ?? 0);
      next[j + 1] = target[j] === hash ? Math.max(skip, (row[j] ?? 0) + weight) : skip;
    }
    row = next;
  }
  return row[target.length] ?? 0;
}

function texts(lines: readonly ChangedLine[]): ReadonlySet<string> {
  return new Set(lines.filter(({ weight }) => weight > 0).map(({ text }) => text.trimEnd()));
}

/** Which side's lines the place has to the letter, white space at the end aside. */
function byLetter({ target, decode }: Scene, place: Place, added: readonly ChangedLine[], deleted: readonly ChangedLine[]): OrderTold {
  const [plus, minus] = [texts(added), texts(deleted)];
  let [gained, left] = [0, 0];
  let [gainedAt, leftAt] = [place.from, place.from];
  for (let i = place.from; i < Math.min(place.to, place.from + 2000); i++) {
    const text = lineText(target, i, decode).trimEnd();
    if (plus.has(text) && !minus.has(text) && gained++ === 0) gainedAt = i;
    if (minus.has(text) && !plus.has(text) && left++ === 0) leftAt = i;
  }
  if (gained === left) return { told: undefined, at: place.from };
  return gained > left ? { told: "added", at: gainedAt } : { told: "deleted", at: leftAt };
}

/** For changes that only move lines or their white space: which order, and then which spelling, the place has. */
export function orderAt(scene: Scene, cluster: Cluster, place: Place, added: readonly ChangedLine[], deleted: readonly ChangedLine[]): OrderTold {
  const both = sides(scene, cluster, place);
  const window = scene.target.hashes.subarray(place.from, place.to);
  const [before, after] = [commonWeight(both.old, window), commonWeight(both.new, window)];
  if (before !== undefined && after !== undefined && Math.abs(before - after) > 0.01) return { told: after > before ? "added" : "deleted", at: place.from };
  return byLetter(scene, place, added, deleted);
}
