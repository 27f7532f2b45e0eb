import { alignLines } from "./align";
import type { TextGroup } from "./change-text";
import { bareLine, lineCounts, lineWeight, type TextLines } from "./lines";
import { similarity, tokensOf, type Tokens } from "./similar";
import type { SiteEvidence, SiteState } from "./types";

/** One file of a commit and the file of the tree that it would change. */
export interface FilePair {
  readonly upPath: string;
  readonly atPath: string;
  /** The commit's old file; its unchanged lines tell where in the tree to look. */
  readonly old: TextLines;
  readonly groups: readonly TextGroup[];
  readonly target: TextLines;
}

interface Scene extends FilePair {
  /** Old lines that no group deletes, and how many of them stand before each group. */
  readonly kept: readonly string[];
  readonly keptBefore: readonly number[];
  readonly map: Int32Array;
  readonly keptCounts: ReadonlyMap<string, number>;
  readonly addedAnywhere: ReadonlySet<string>;
  readonly deletedAnywhere: ReadonlySet<string>;
  /** First place of each line of the target. */
  readonly places: ReadonlyMap<string, number>;
}

/** Lines around a change that are looked at to find its place. */
const reach = 12;
/** Lines of a place that are compared word by word. */
const maxWindow = 400;

function sceneOf(pair: FilePair): Scene {
  const kept: string[] = [];
  const keptBefore: number[] = [];
  let at = 0;
  for (const group of pair.groups) {
    while (at < group.at && at < pair.old.bare.length) kept.push(pair.old.bare[at++] ?? "");
    keptBefore.push(kept.length);
    at += group.deleted.length;
  }
  while (at < pair.old.bare.length) kept.push(pair.old.bare[at++] ?? "");
  const places = new Map<string, number>();
  pair.target.bare.forEach((line, i) => {
    if (!places.has(line)) places.set(line, i);
  });
  return {
    ...pair,
    kept,
    keptBefore,
    map: alignLines(kept, pair.target.bare),
    keptCounts: lineCounts(kept),
    addedAnywhere: new Set(pair.groups.flatMap(({ added }) => added.map(bareLine))),
    deletedAnywhere: new Set(pair.groups.flatMap(({ deleted }) => deleted.map(bareLine))),
    places,
  };
}

interface Window {
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Both ends stand on lines that are next to the change. */
  readonly tight: boolean;
}

/** The target's lines between the nearest aligned lines before and behind the change. */
function windowOf({ map, keptBefore, target }: Scene, index: number, size: number): Window | undefined {
  const at = keptBefore[index] ?? 0;
  let before = at - 1;
  while (before >= 0 && at - before <= reach && (map[before] ?? -1) < 0) before--;
  let behind = at;
  while (behind < map.length && behind - at < reach && (map[behind] ?? -1) < 0) behind++;
  const left = before >= 0 && at - before <= reach ? (map[before] ?? -1) : before < 0 && at <= reach ? -1 : undefined;
  const right = behind < map.length && behind - at < reach ? (map[behind] ?? -1) : behind >= map.length && map.length - at < reach ? target.bare.length : undefined;
  if (left === undefined && right === undefined) return undefined;
  // Both ends of the file alone are no place.
  if (left === -1 && (right === undefined || right === target.bare.length)) return undefined;
  if (left === undefined && right === target.bare.length) return undefined;
  const room = size + 2 * reach;
  const from = left === undefined ? Math.max(0, (right ?? 0) - room) : left + 1;
  const to = right ?? Math.min(target.bare.length, from + room);
  return { from, to, tight: left !== undefined && right !== undefined && at - before + (behind - at) <= 6 && to - from <= 3 * size + 30 };
}

/** Lines of `one` that `other` has not, each as often as it is more. */
function without(one: readonly string[], other: readonly string[]): readonly string[] {
  const counts = lineCounts(other);
  return one.filter((line) => {
    const left = counts.get(line) ?? 0;
    if (left > 0) counts.set(line, left - 1);
    return left === 0;
  });
}

interface Found {
  /** Weighted share of the lines that are there, 0 to 1, and their weight. */
  readonly share: number;
  readonly weight: number;
  /** 0-based line of the target that told most. */
  readonly at: number | undefined;
}

/** What chance alone gives two lines of one language. */
const chance = 0.5;

class WordLines {
  private readonly tokens: (Tokens | undefined)[] = [];
  constructor(private readonly lines: readonly string[]) {}
  best(line: Tokens, from: number, to: number): { readonly at: number; readonly score: number } {
    let best = { at: -1, score: 0 };
    for (let i = from; i < to; i++) {
      const score = similarity(line, (this.tokens[i] ??= tokensOf(this.lines[i] ?? "")));
      if (score > best.score) best = { at: i, score };
    }
    return best;
  }
}

interface Side {
  readonly raw: readonly string[];
  /** Lines of this side alone, bare. */
  readonly own: readonly string[];
}

/**
 * How much of one side's own lines stands at the place: as they are, else elsewhere in the file when no other line of the
 * commit could be meant, else in other words, as far as these are nearer to this side than to the other.
 */
function look(scene: Scene, window: Window | undefined, side: Side, opposite: Side, elsewhere: ReadonlySet<string>, words: WordLines): Found {
  const here = window === undefined ? new Map<string, number>() : lineCounts(scene.target.bare.slice(window.from, window.to));
  const rawOf = new Map(side.raw.map((line) => [bareLine(line), line]));
  const others = new WordLines(opposite.raw);
  let sum = 0;
  let found = 0;
  let best = { at: -1, gain: 0 };
  let compared = 0;
  for (const line of side.own) {
    const weight = lineWeight(line);
    if (weight === 0) continue;
    sum += weight;
    let score = 0;
    let at = -1;
    const left = here.get(line) ?? 0;
    if (left > 0 && window !== undefined) {
      here.set(line, left - 1);
      score = 1;
      at = scene.target.bare.indexOf(line, window.from);
    } else if (weight >= 0.5 && !scene.keptCounts.has(line) && !elsewhere.has(line) && scene.places.has(line)) {
      score = 1;
      at = scene.places.get(line) ?? -1;
    } else if (window !== undefined && compared < 60) {
      compared += 1;
      const tokens = tokensOf(rawOf.get(line) ?? line);
      const near = words.best(tokens, window.from, Math.min(window.to, window.from + maxWindow));
      const base = Math.max(chance, others.best(tokens, 0, Math.min(60, opposite.raw.length)).score);
      score = base >= 1 ? 0 : Math.max(0, (near.score - base) / (1 - base));
      at = near.at;
    }
    found += weight * score;
    if (score * weight > best.gain) best = { at, gain: score * weight };
  }
  return { share: sum === 0 ? 0 : found / sum, weight: sum, at: best.at < 0 ? undefined : best.at };
}

interface Judged {
  readonly state: SiteState;
  readonly by: SiteEvidence["by"];
  readonly at: number | undefined;
}

/** Below this share of its lines a side counts as not found. */
const trace = 0.3;

function judge(added: Found, deleted: Found, window: Window | undefined): Judged {
  const place = window?.from;
  if (added.weight > 0 && deleted.weight > 0) {
    if (added.share < trace && deleted.share < trace) return { state: "inapplicable", by: "nothing", at: place };
    const lead = added.share - deleted.share;
    if (Math.abs(lead) < 0.2) return { state: "unclear", by: "added", at: added.at };
    return lead > 0 ? { state: "present", by: "added", at: added.at } : { state: "absent", by: "deleted", at: deleted.at };
  }
  if (added.weight > 0) {
    if (added.share >= 0.6) return { state: "present", by: "added", at: added.at };
    if (window === undefined) return added.share >= trace ? { state: "unclear", by: "added", at: added.at } : { state: "inapplicable", by: "nothing", at: undefined };
    return added.share > 0.4 ? { state: "unclear", by: "added", at: added.at } : { state: "absent", by: "nothing", at: place };
  }
  if (deleted.share >= 0.6) return { state: "absent", by: "deleted", at: deleted.at };
  if (deleted.share > 0.4) return { state: "unclear", by: "deleted", at: deleted.at };
  return window === undefined ? { state: "inapplicable", by: "nothing", at: undefined } : { state: "present", by: "gone", at: place };
}

function judgeGroup(scene: Scene, group: TextGroup, index: number, words: WordLines): SiteEvidence | undefined {
  const [addedBare, deletedBare] = [group.added.map(bareLine), group.deleted.map(bareLine)];
  const added: Side = { raw: group.added, own: without(addedBare, deletedBare) };
  const deleted: Side = { raw: group.deleted, own: without(deletedBare, addedBare) };
  const window = windowOf(scene, index, group.added.length + group.deleted.length);
  const foundAdded = look(scene, window, added, deleted, scene.deletedAnywhere, words);
  const foundDeleted = look(scene, window, deleted, added, scene.addedAnywhere, words);
  const weight = foundAdded.weight + foundDeleted.weight;
  if (weight === 0) return undefined;
  const { state, by, at } = judge(foundAdded, foundDeleted, window);
  return { state, by, up: `${scene.upPath}:${group.newLine}`, at: at === undefined ? undefined : `${scene.atPath}:${Math.min(at, Math.max(0, scene.target.raw.length - 1)) + 1}`, weight };
}

/** What the tree's file says of each change of the commit's file; changes of white space alone say nothing. */
export function compareFile(pair: FilePair): readonly SiteEvidence[] {
  const scene = sceneOf(pair);
  const words = new WordLines(pair.target.raw);
  return pair.groups.flatMap((group, i) => judgeGroup(scene, group, i, words) ?? []);
}
