import type { Decode } from "../../ports";
import { unpackDiff } from "../diff/record";
import type { DiffStore } from "../sources";
import type { CommitDiff, HunkVerdict } from "../types";
import type { KeyCache } from "./candidates";
import { compareHunks } from "./hunks";

export interface HunkStore {
  /** Undefined when a diff of the two can't be known. */
  of(up: readonly string[], down: string): readonly HunkVerdict[] | undefined;
  /** Compares as many of the pairs that were announced as have both diffs by now. */
  prepare(): void;
  announce(pairs: readonly (readonly [up: string, down: string])[]): void;
}

const readable: ReadonlySet<string> = new Set(["known", "too-large"]);

/** Verdicts on hunks; most are made while git still reads the next diffs, since it is known early who belongs to whom. */
export function hunkStore(diffs: DiffStore, keys: KeyCache, decode: Decode): HunkStore {
  const made = new Map<string, readonly HunkVerdict[] | undefined>();
  let waiting: (readonly [string, string])[] = [];
  const unpack = (sha: string): CommitDiff | undefined => {
    const record = diffs.record(sha);
    const diff = record === undefined ? undefined : unpackDiff(sha, record, 0, decode);
    return diff !== undefined && readable.has(diff.state) ? diff : undefined;
  };
  const compare = (ups: readonly string[], down: string): readonly HunkVerdict[] | undefined => {
    const right = unpack(down);
    const left = ups.map(unpack).filter((diff) => diff !== undefined);
    if (right === undefined || left.length < ups.length) return undefined;
    return compareHunks({ sha: "", state: "known", id: [0, 0], files: left.flatMap(({ files }) => files) }, right);
  };
  const of = (ups: readonly string[], down: string): readonly HunkVerdict[] | undefined => {
    const name = `${ups.join(" ")} ${down}`;
    if (!made.has(name)) made.set(name, compare(ups, down));
    return made.get(name);
  };
  return {
    of,
    announce(pairs) {
      waiting = [...pairs];
    },
    prepare() {
      const later: (readonly [string, string])[] = [];
      for (const pair of waiting) {
        const [up, down] = pair;
        if (diffs.record(up) === undefined || diffs.record(down) === undefined) later.push(pair);
        else {
          keys.of(up);
          keys.of(down);
          of([up], down);
        }
      }
      waiting = later;
    },
  };
}
