import type { ChangeGroup, FileChanges } from "../types";

/** How a group of the mainline diff stands in the downstream diff. */
export interface GroupMatch {
  readonly up: number;
  readonly down: number;
  readonly exact: boolean;
}

/** Products of group numbers up to which the best order-keeping alignment is computed; beyond it equal groups pair up in order. */
const maxProduct = 1 << 16;
/** Shares of equal lines below this are chance: both ended a block, both return an error. */
const leastAlike = 0.34;
/** Lines that a leftover pair may lie off its neighbours' drift and still be the same place, edited. */
const nearby = 24;

function signature(hashes: Uint32Array): string {
  return hashes.filter((hash) => hash !== 0).join(",");
}

interface Prepared {
  readonly group: ChangeGroup;
  readonly signature: string;
}

function prepare(groups: readonly ChangeGroup[]): readonly Prepared[] {
  return groups.map((group) => {
    const lines = `${signature(group.deleted)}>${signature(group.added)}`;
    // Blank lines alone are told by how many there are.
    return { group, signature: lines === ">" ? `blank ${group.oldCount} ${group.newCount}` : lines };
  });
}

function shared(one: Uint32Array, other: Uint32Array): number {
  const counts = new Map<number, number>();
  for (const hash of one) if (hash !== 0) counts.set(hash, (counts.get(hash) ?? 0) + 1);
  let common = 0;
  for (const hash of other) {
    const left = counts.get(hash) ?? 0;
    if (left === 0) continue;
    counts.set(hash, left - 1);
    common++;
  }
  return common;
}

function lineCount(group: ChangeGroup): number {
  return group.deleted.filter((hash) => hash !== 0).length + group.added.filter((hash) => hash !== 0).length;
}

/** 0 to 1: lines that both change in the same direction. */
export function groupLikeness(one: ChangeGroup, other: ChangeGroup): number {
  const total = lineCount(one) + lineCount(other);
  return total === 0 ? 0 : (2 * (shared(one.deleted, other.deleted) + shared(one.added, other.added))) / total;
}

/** Median of how far the downstream file's lines lie from mainline's, by the groups that are unique in both. */
function drift(up: readonly Prepared[], down: readonly Prepared[]): number {
  const once = (list: readonly Prepared[]): Map<string, Prepared | undefined> => {
    const found = new Map<string, Prepared | undefined>();
    for (const entry of list) found.set(entry.signature, found.has(entry.signature) ? undefined : entry);
    return found;
  };
  const left = once(up);
  const offsets = [...once(down)].flatMap(([key, entry]) => {
    const twin = left.get(key);
    return entry === undefined || twin === undefined ? [] : [entry.group.oldStart - twin.group.oldStart];
  });
  return offsets.sort((a, b) => a - b)[offsets.length >> 1] ?? 0;
}

/** Groups that are unique and equal on both sides, as many as keep the order (patience diff's anchors). */
function anchors(up: readonly Prepared[], down: readonly Prepared[]): readonly GroupMatch[] {
  const places = (list: readonly Prepared[]): Map<string, number> => {
    const found = new Map<string, number>();
    for (const [i, { signature: key }] of list.entries()) found.set(key, found.has(key) ? -1 : i);
    return found;
  };
  const right = places(down);
  const both = [...places(up)].flatMap(([key, i]): GroupMatch[] => {
    const j = right.get(key) ?? -1;
    return i < 0 || j < 0 ? [] : [{ up: i, down: j, exact: true }];
  });
  return increasing(both);
}

/** The longest subsequence whose downstream numbers grow. */
function increasing(matches: readonly GroupMatch[]): readonly GroupMatch[] {
  const tails: number[] = [];
  const before = new Int32Array(matches.length).fill(-1);
  for (const [i, { down }] of matches.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((matches[tails[middle] ?? 0]?.down ?? 0) < down) low = middle + 1;
      else high = middle;
    }
    before[i] = low === 0 ? -1 : (tails[low - 1] ?? -1);
    tails[low] = i;
  }
  const kept: GroupMatch[] = [];
  for (let i = tails.at(-1) ?? -1; i >= 0; i = before[i] ?? -1) {
    const match = matches[i];
    if (match !== undefined) kept.unshift(match);
  }
  return kept;
}

/** Between two anchors nothing crosses them, so that each gap is aligned alone. */
function inOrder(up: readonly Prepared[], down: readonly Prepared[]): readonly GroupMatch[] {
  const offset = drift(up, down);
  const fixed = anchors(up, down);
  const matches: GroupMatch[] = [];
  let [i, j] = [0, 0];
  for (const anchor of [...fixed, { up: up.length, down: down.length, exact: false }]) {
    const [left, right] = [up.slice(i, anchor.up), down.slice(j, anchor.down)];
    const [fromUp, fromDown] = [i, j];
    if (left.length * right.length <= maxProduct) matches.push(...aligned(left, right, offset).map((match) => ({ ...match, up: match.up + fromUp, down: match.down + fromDown })));
    if (anchor.up < up.length) matches.push(anchor);
    [i, j] = [anchor.up + 1, anchor.down + 1];
  }
  return matches;
}

/** Best alignment that keeps the order: equal lines first, then closeness to the drift, which tells repeated hunks apart. */
function aligned(up: readonly Prepared[], down: readonly Prepared[], offset: number): readonly GroupMatch[] {
  const gain = (i: number, j: number): number => {
    const [one, other] = [up[i], down[j]];
    if (one === undefined || other === undefined) return 0;
    const alike = one.signature === other.signature ? 1 : groupLikeness(one.group, other.group);
    if (alike < leastAlike) return 0;
    return 100 * alike + 10 / (1 + Math.abs(other.group.oldStart - one.group.oldStart - offset) / 8);
  };
  const width = down.length + 1;
  const best = new Float64Array((up.length + 1) * width);
  const taken = new Uint8Array(best.length);
  for (let i = up.length - 1; i >= 0; i--) {
    for (let j = down.length - 1; j >= 0; j--) {
      const skipUp = best[(i + 1) * width + j] ?? 0;
      const skipDown = best[i * width + j + 1] ?? 0;
      const here = gain(i, j);
      const take = here === 0 ? -1 : here + (best[(i + 1) * width + j + 1] ?? 0);
      const at = i * width + j;
      best[at] = Math.max(skipUp, skipDown, take);
      taken[at] = take >= skipUp && take >= skipDown ? 2 : skipUp >= skipDown ? 1 : 0;
    }
  }
  const matches: GroupMatch[] = [];
  for (let i = 0, j = 0; i < up.length && j < down.length; ) {
    const step = taken[i * width + j];
    if (step === 2) matches.push({ up: i, down: j, exact: up[i]?.signature === down[j]?.signature });
    if (step !== 0) i++;
    if (step !== 1) j++;
  }
  return matches;
}

/** Groups that are equal, in order of appearance, wherever they stand: code that was moved, or a diff too long to align. */
function equalOnes(up: readonly Prepared[], down: readonly Prepared[], used: readonly GroupMatch[]): readonly GroupMatch[] {
  const [usedUp, usedDown] = [new Set(used.map((match) => match.up)), new Set(used.map((match) => match.down))];
  const open = new Map<string, number[]>();
  for (const [j, { signature: key }] of down.entries()) {
    if (usedDown.has(j)) continue;
    const list = open.get(key);
    if (list === undefined) open.set(key, [j]);
    else list.push(j);
  }
  return up.flatMap(({ signature: key }, i): GroupMatch[] => {
    if (usedUp.has(i)) return [];
    const j = open.get(key)?.shift();
    return j === undefined ? [] : [{ up: i, down: j, exact: true }];
  });
}

/** What is left on both sides at the same place of the file: the same spot, written differently. */
function samePlace(up: readonly Prepared[], down: readonly Prepared[], used: readonly GroupMatch[]): readonly GroupMatch[] {
  const offset = drift(up, down);
  const usedUp = new Set(used.map((match) => match.up));
  const usedDown = new Set(used.map((match) => match.down));
  const found: GroupMatch[] = [];
  const byUp = [...used].sort((a, b) => a.up - b.up);
  for (const [i, { group }] of up.entries()) {
    if (usedUp.has(i)) continue;
    const before = byUp.findLast((match) => match.up < i);
    const near = before === undefined ? offset : (down[before.down]?.group.oldStart ?? 0) - (up[before.up]?.group.oldStart ?? 0);
    const j = down.findIndex((other, k) => !usedDown.has(k) && Math.abs(other.group.oldStart - group.oldStart - near) <= nearby);
    if (j < 0) continue;
    usedDown.add(j);
    found.push({ up: i, down: j, exact: false });
  }
  return found;
}

/** Pairs the groups of one file's two diffs. */
export function alignGroups(up: readonly ChangeGroup[], down: readonly ChangeGroup[]): readonly GroupMatch[] {
  const [left, right] = [prepare(up), prepare(down)];
  const first = inOrder(left, right);
  const equal = [...first, ...equalOnes(left, right, first)];
  return [...equal, ...samePlace(left, right, equal)];
}

/** Pairs files: the same path, then the same old path or file name, then the most lines in common. Each is used once. */
export function pairFiles(up: readonly FileChanges[], down: readonly FileChanges[]): readonly (readonly [number, number])[] {
  const pairs: [number, number][] = [];
  const [usedUp, usedDown] = [new Set<number>(), new Set<number>()];
  const take = (same: (one: FileChanges, other: FileChanges) => boolean): void => {
    for (const [i, one] of up.entries()) {
      if (usedUp.has(i)) continue;
      const j = down.findIndex((other, k) => !usedDown.has(k) && same(one, other));
      if (j < 0) continue;
      usedUp.add(i);
      usedDown.add(j);
      pairs.push([i, j]);
    }
  };
  const name = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
  take((one, other) => one.newPath === other.newPath);
  take((one, other) => one.oldPath === other.oldPath || one.newPath === other.oldPath || one.oldPath === other.newPath);
  take((one, other) => name(one.newPath) === name(other.newPath) && fileLikeness(one, other) > 0);
  take((one, other) => fileLikeness(one, other) >= 0.5);
  return pairs;
}

function fileLikeness(one: FileChanges, other: FileChanges): number {
  const flat = (file: FileChanges): ChangeGroup => {
    const join = (side: "deleted" | "added"): Uint32Array => Uint32Array.from(file.groups.flatMap((group) => [...group[side]]));
    return { oldStart: 0, oldCount: 0, newStart: 0, newCount: 0, deleted: join("deleted"), added: join("added") };
  };
  return groupLikeness(flat(one), flat(other));
}
