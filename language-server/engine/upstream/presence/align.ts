/** Below this many pairs a gap without unique lines is aligned by a longest common subsequence. */
const smallGap = 40000;

interface Sides {
  readonly one: Uint32Array;
  readonly other: Uint32Array;
  /** Line of `other` for each of `one`, or -1. */
  readonly map: Int32Array;
}

/**
 * Aligns two texts by the hashes of their lines, as patience diff does: lines that both have once anchor the rest. Gives for
 * each line of `one` the line of `other` that it is, or -1. Of blocks that changed places only one is aligned.
 */
export function alignLines(one: Uint32Array, other: Uint32Array): Int32Array {
  const map = new Int32Array(one.length).fill(-1);
  alignRange({ one, other, map }, 0, one.length, 0, other.length, 0);
  return map;
}

const maxDepth = 30;

function alignRange(sides: Sides, oneFrom: number, oneTo: number, otherFrom: number, otherTo: number, depth: number): void {
  const { one, other, map } = sides;
  let [a, b, c, d] = [oneFrom, oneTo, otherFrom, otherTo];
  while (a < b && c < d && one[a] === other[c]) map[a++] = c++;
  while (a < b && c < d && one[b - 1] === other[d - 1]) map[--b] = --d;
  if (a >= b || c >= d || depth > maxDepth) return;
  const anchors = uniqueAnchors(sides, a, b, c, d);
  if (anchors.length === 0) {
    if ((b - a) * (d - c) <= smallGap) commonSubsequence(sides, a, b, c, d);
    return;
  }
  let [left, right] = [a, c];
  for (let i = 0; i < anchors.length; i += 2) {
    const [x, y] = [anchors[i] ?? 0, anchors[i + 1] ?? 0];
    if (left < x || right < y) alignRange(sides, left, x, right, y, depth + 1);
    map[x] = y;
    [left, right] = [x + 1, y + 1];
  }
  alignRange(sides, left, b, right, d, depth + 1);
}

const several = -1;

/** Where each line of the range is, or {@link several}. Empty lines anchor nothing. */
function uniquePlaces(lines: Uint32Array, from: number, to: number): Map<number, number> {
  const places = new Map<number, number>();
  for (let i = from; i < to; i++) {
    const line = lines[i] ?? 0;
    if (line !== 0) places.set(line, places.has(line) ? several : i);
  }
  return places;
}

/** Lines that are once in both ranges, the longest run of them that keeps its order, as pairs one after the other. */
function uniqueAnchors({ one, other }: Sides, a: number, b: number, c: number, d: number): Int32Array {
  const places = uniquePlaces(other, c, d);
  const seen = uniquePlaces(one, a, b);
  const pairs = new Int32Array(2 * Math.min(b - a, d - c));
  let count = 0;
  for (let i = a; i < b; i++) {
    const line = one[i] ?? 0;
    const at = places.get(line);
    if (at === undefined || at === several || seen.get(line) !== i) continue;
    pairs[count++] = i;
    pairs[count++] = at;
  }
  return increasing(pairs.subarray(0, count));
}

/** Longest subsequence of the pairs whose second numbers grow, by patience sorting. */
function increasing(pairs: Int32Array): Int32Array {
  const count = pairs.length / 2;
  const tops = new Int32Array(count);
  const before = new Int32Array(count).fill(-1);
  let height = 0;
  for (let i = 0; i < count; i++) {
    const y = pairs[2 * i + 1] ?? 0;
    let low = 0;
    let high = height;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[2 * (tops[middle] ?? 0) + 1] ?? 0) < y) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[i] = tops[low - 1] ?? -1;
    tops[low] = i;
    if (low === height) height += 1;
  }
  const out = new Int32Array(2 * height);
  for (let i = height === 0 ? -1 : (tops[height - 1] ?? -1), k = height - 1; i >= 0; i = before[i] ?? -1, k--) {
    out[2 * k] = pairs[2 * i] ?? 0;
    out[2 * k + 1] = pairs[2 * i + 1] ?? 0;
  }
  return out;
}

function commonSubsequence({ one, other, map }: Sides, a: number, b: number, c: number, d: number): void {
  const width = d - c + 1;
  const best = new Uint16Array((b - a + 1) * width);
  for (let i = b - a - 1; i >= 0; i--) {
    for (let j = d - c - 1; j >= 0; j--) {
      const skip = Math.max(best[(i + 1) * width + j] ?? 0, best[i * width + j + 1] ?? 0);
      best[i * width + j] = one[a + i] === other[c + j] ? Math.max(skip, (best[(i + 1) * width + j + 1] ?? 0) + 1) : skip;
    }
  }
  for (let i = 0, j = 0; i < b - a && j < d - c; ) {
    if (one[a + i] === other[c + j]) map[a + i++] = c + j++;
    else if ((best[(i + 1) * width + j] ?? 0) >= (best[i * width + j + 1] ?? 0)) i++;
    else j++;
  }
}
