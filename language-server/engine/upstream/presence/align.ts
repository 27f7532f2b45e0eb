/** Below this many pairs a gap without unique lines is aligned by a longest common subsequence. */
const smallGap = 40000;

interface Sides {
  readonly one: readonly string[];
  readonly other: readonly string[];
  /** Line of `other` for each of `one`, or -1. */
  readonly map: Int32Array;
}

/**
 * Aligns two texts by lines, as patience diff does: lines that both have once anchor the rest. Gives for each line of `one`
 * the line of `other` that it is, or -1. Blocks that changed places are aligned once, the smaller ones not.
 */
export function alignLines(one: readonly string[], other: readonly string[]): Int32Array {
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
  for (const [x, y] of anchors) {
    alignRange(sides, left, x, right, y, depth + 1);
    map[x] = y;
    [left, right] = [x + 1, y + 1];
  }
  alignRange(sides, left, b, right, d, depth + 1);
}

/** Lines that are once in both ranges, the longest run of them that keeps its order. */
function uniqueAnchors({ one, other }: Sides, a: number, b: number, c: number, d: number): readonly (readonly [number, number])[] {
  const places = new Map<string, [number, number]>();
  for (let i = a; i < b; i++) {
    const line = one[i] ?? "";
    places.set(line, [places.has(line) ? -1 : i, -2]);
  }
  for (let i = c; i < d; i++) {
    const place = places.get(other[i] ?? "");
    if (place !== undefined) place[1] = place[1] === -2 ? i : -1;
  }
  const pairs: [number, number][] = [];
  for (const [line, [x, y]] of places) if (x >= 0 && y >= 0 && line !== "") pairs.push([x, y]);
  pairs.sort((p, q) => p[0] - q[0]);
  return increasing(pairs);
}

/** Longest subsequence whose second numbers grow, by patience sorting. */
function increasing(pairs: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  const tops: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  pairs.forEach(([, y], i) => {
    let low = 0;
    let high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tops[middle] ?? 0]?.[1] ?? 0) < y) low = middle + 1;
      else high = middle;
    }
    if (low > 0) before[i] = tops[low - 1] ?? -1;
    tops[low] = i;
  });
  const out: (readonly [number, number])[] = [];
  for (let i = tops.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) {
    const pair = pairs[i];
    if (pair !== undefined) out.push(pair);
  }
  return out.reverse();
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
