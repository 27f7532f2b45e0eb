import type { Decode } from "../../ports";
import { alignLines } from "./align";
import type { TextGroup } from "./change-text";
import { weightAt, type ChangedLine, type TextLines } from "./lines";

/** One file of a commit and the file of the tree that it would change. */
export interface FilePair {
  readonly upPath: string;
  readonly atPath: string;
  /** The commit's old file; its unchanged lines tell where in the tree to look. */
  readonly old: TextLines;
  readonly groups: readonly TextGroup[];
  readonly target: TextLines;
  readonly decode: Decode;
}

/** The pair, aligned. */
export interface Scene extends FilePair {
  /** Old lines that no group deletes, by hash; where each stands in the old file; and how many of them stand before each group. */
  readonly kept: Uint32Array;
  readonly keptAt: Uint32Array;
  readonly keptBefore: Uint32Array;
  /** 1 for those of `kept` that tell enough to hold on to. */
  readonly firm: Uint8Array;
  readonly map: Int32Array;
  /** 1 for lines of the target that are lines of `kept`. */
  readonly aligned: Uint8Array;
  readonly addedAnywhere: ReadonlySet<number>;
  readonly deletedAnywhere: ReadonlySet<number>;
}

const firmFrom = 0.35;

function hashesOf(lines: readonly ChangedLine[]): readonly number[] {
  return lines.map(({ hash }) => hash);
}

export function makeScene(pair: FilePair): Scene {
  const { old, groups, target } = pair;
  const kept = new Uint32Array(old.hashes.length);
  const keptAt = new Uint32Array(old.hashes.length);
  const firm = new Uint8Array(old.hashes.length);
  const keptBefore = new Uint32Array(groups.length);
  let at = 0;
  let count = 0;
  const keepTo = (end: number): void => {
    for (; at < Math.min(end, old.hashes.length); at++, count++) {
      kept[count] = old.hashes[at] ?? 0;
      keptAt[count] = at;
      firm[count] = weightAt(old, at) >= firmFrom ? 1 : 0;
    }
  };
  groups.forEach((group, i) => {
    keepTo(group.at);
    keptBefore[i] = count;
    at += group.deleted.length;
  });
  keepTo(old.hashes.length);
  const own = kept.subarray(0, count);
  const map = alignLines(own, target.hashes);
  const aligned = new Uint8Array(target.hashes.length);
  for (const line of map) if (line >= 0) aligned[line] = 1;
  return {
    ...pair,
    kept: own,
    keptAt: keptAt.subarray(0, count),
    keptBefore,
    firm: firm.subarray(0, count),
    map,
    aligned,
    addedAnywhere: new Set(groups.flatMap(({ added }) => hashesOf(added))),
    deletedAnywhere: new Set(groups.flatMap(({ deleted }) => hashesOf(deleted))),
  };
}

/** Where in the target a change belongs: `[from, to)`, and the unchanged lines `[keptFrom, keptTo)` that are expected there. */
export interface Place {
  readonly from: number;
  readonly to: number;
  /** The same without the margin. */
  readonly tightFrom: number;
  readonly tightTo: number;
  readonly keptFrom: number;
  readonly keptTo: number;
}

/** Lines around a change that are looked at to find its place. */
const reach = 14;
/** Firm lines on each side that the place includes: a diff may show the same insertion some lines higher or lower. */
const margin = 3;
const maxSlide = 60;

interface Edge {
  readonly kept: number;
  readonly at: number;
}

interface Edges {
  readonly near: Edge;
  readonly far: Edge;
}

/**
 * The nearest firm aligned line from `start` on in the given direction, and the one that ends the margin: some firm lines
 * away, and farther than an insertion of `size` lines that repeats its surroundings could be shown elsewhere.
 */
function edges({ map, firm }: Scene, start: number, step: 1 | -1, size: number): Edges | undefined {
  let near: Edge | undefined;
  let far: Edge | undefined;
  let firmSeen = 0;
  const slide = Math.min(size, maxSlide);
  for (let i = start, looked = 0; i >= 0 && i < map.length && looked < reach + slide && (firmSeen < margin || looked < slide); i += step, looked++) {
    const at = map[i] ?? -1;
    if (at < 0 || firm[i] !== 1) continue;
    if (near === undefined && looked >= reach) return undefined;
    firmSeen += 1;
    far = { kept: i, at };
    near ??= far;
  }
  return near === undefined || far === undefined ? undefined : { near, far };
}

/** Groups that lie so close together that `git show` prints them as one hunk. */
export interface Cluster {
  readonly groups: readonly TextGroup[];
  /** Unchanged lines before each of them. */
  readonly keptBefore: readonly number[];
}

/** Twice the context of a hunk. */
const maxGap = 6;

export function clustersOf({ groups, keptBefore }: Scene): readonly Cluster[] {
  const clusters: { groups: TextGroup[]; keptBefore: number[] }[] = [];
  groups.forEach((group, i) => {
    const at = keptBefore[i] ?? 0;
    const last = clusters.at(-1);
    if (last !== undefined && at - (last.keptBefore.at(-1) ?? 0) <= maxGap) {
      last.groups.push(group);
      last.keptBefore.push(at);
    } else clusters.push({ groups: [group], keptBefore: [at] });
  });
  return clusters;
}

/** Undefined when no unchanged line around the change is in the target. `size`: lines of the change. */
export function placeOf(scene: Scene, cluster: Cluster, size: number): Place | undefined {
  const at = cluster.keptBefore[0] ?? 0;
  const end = cluster.keptBefore.at(-1) ?? at;
  const before = edges(scene, at - 1, -1, size);
  const behind = edges(scene, end, 1, size);
  if (before === undefined && behind === undefined) return undefined;
  const room = size + end - at + 2 * reach;
  const length = scene.target.hashes.length;
  const from = before === undefined ? Math.max(0, (behind?.far.at ?? 0) - room) : before.far.at + 1;
  const to = behind === undefined ? Math.min(length, from + room) : behind.far.at;
  const tightFrom = before === undefined ? from : before.near.at + 1;
  return {
    from,
    to: Math.max(from, to),
    tightFrom,
    tightTo: Math.max(tightFrom, behind?.near.at ?? to),
    keptFrom: before === undefined ? Math.max(0, at - reach) : before.far.kept + 1,
    keptTo: behind?.far.kept ?? Math.min(scene.kept.length, end + reach),
  };
}
