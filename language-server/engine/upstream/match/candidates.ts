import type { Decode } from "../../ports";
import { diffHead } from "../diff/record";
import type { DiffStore } from "../sources";
import type { CommitFacts, Habits } from "../types";
import type { HeaderIndex } from "./headers";
import { diffScore, fullScore, isElsewhere, type HeaderAgreement } from "./judge";
import { eachKey, keysOf, type DiffKeys } from "./keys";
import { compareKeys, type Likeness } from "./overlap";
import { isSibling } from "./places";
import { LineTable, rarityOf, type Rarity } from "./rarity";

/** A candidate weighed against a downstream commit. */
export interface Weighed {
  readonly candidate: number;
  /** 0 to 1. */
  readonly score: number;
  readonly likeness: Likeness | undefined;
  readonly header: HeaderAgreement | undefined;
}

/** A diff of no more changed lines is also judged by the names in it (diff/parse.ts). */
const smallDiff = 12;

const noKeys: DiffKeys = { lines: new Uint32Array(0), words: new Uint32Array(0), delta: new Uint32Array(0), paths: new Uint32Array(0) };

/** Keys of diffs, made when asked for the first time. */
export interface KeyCache {
  /** Undefined when the diff can't be known. */
  of(commit: string): DiffKeys | undefined;
}

export function keyCache(diffs: DiffStore, decode: Decode): KeyCache {
  const made = new Map<string, DiffKeys | undefined>();
  return {
    of(commit) {
      if (made.has(commit)) return made.get(commit);
      const record = diffs.record(commit);
      const known = record !== undefined && ["known", "too-large"].includes(diffHead(record, 0).state);
      const keys = known ? keysOf(record, 0, decode) : undefined;
      made.set(commit, keys);
      return keys;
    },
  };
}

/** Keys without keeping them: for a pass over all of mainline. */
export function keysOnce(diffs: DiffStore, decode: Decode, commit: string): DiffKeys {
  const record = diffs.record(commit);
  return record === undefined ? noKeys : keysOf(record, 0, decode);
}

/** Rarity as far as the diffs at hand tell it. */
export function rarityAmong(commits: readonly DiffKeys[]): Rarity {
  const table = new LineTable(commits.reduce((sum, { lines, words, paths }) => sum + lines.length + words.length + paths.length, 0));
  const seen = new Uint32Array(commits.reduce((sum, { lines, words, paths }) => sum + lines.length + words.length + paths.length, 1));
  for (const keys of commits) {
    eachKey(keys, (key) => {
      const id = table.add(key);
      seen[id] = (seen[id] ?? 0) + 1;
    });
  }
  return rarityOf(table, seen, Math.max(commits.length, 1000));
}

export interface Scale {
  readonly candidates: readonly CommitFacts[];
  readonly headers: HeaderIndex | undefined;
  readonly keys: KeyCache;
  /** Names of the files that were there when both sides parted; undefined where that is not known. */
  readonly namesAtBase?: ReadonlySet<string> | undefined;
}

/** Weighs candidates for one commit, best first; equal ones keep mainline's order, oldest first. */
export function weigh(commit: CommitFacts, numbers: readonly number[], rarity: Rarity, habits: Habits, { candidates, headers, keys, namesAtBase }: Scale): readonly Weighed[] {
  const own = keys.of(commit.sha);
  const small = own !== undefined && own.lines.length <= smallDiff;
  const weighed = numbers.map((candidate): Weighed => {
    const other = keys.of(candidates[candidate]?.sha ?? "");
    const known = own !== undefined && other !== undefined && own.lines.length + other.lines.length > 0;
    const likeness = known ? compareKeys(own, other, rarity) : undefined;
    const header = headers?.agreement(commit, candidate);
    const sibling = likeness !== undefined && isElsewhere(likeness) && isSibling(commit, candidates[candidate], namesAtBase);
    const score = header === undefined ? (likeness === undefined ? 0 : diffScore(likeness, small, sibling)) : fullScore(likeness, small, header, habits, sibling);
    return { candidate, score, likeness, header };
  });
  return weighed.sort((a, b) => b.score - a.score || b.candidate - a.candidate);
}
