import type { Cancel } from "../ports";
import type { ClaimFacts, CommitFacts } from "./types";

/** Diffs by commit, as records (diff/record.ts); who makes them may keep them on disk and read them in other threads. */
export interface DiffStore {
  /** Makes the records of these commits available, reading what is not at hand; `each` is called whenever some more are there. */
  need(commits: readonly string[], cancel?: Cancel, each?: () => void): Promise<void>;
  /** Makes records lasting without making them available: for an index that later runs use. */
  store(commits: readonly string[], cancel?: Cancel): Promise<void>;
  /** Hands over what these commits change in some files; none of it is kept. */
  glimpse(commits: readonly string[], paths: readonly string[], sink: (sha: string, record: Uint8Array) => void, cancel?: Cancel): Promise<void>;
  /** Gives the second commit of each pair the record of the first, whose diff is the same. */
  adopt(pairs: readonly (readonly [string, string])[]): Promise<void>;
  /** Undefined before it was needed. */
  record(commit: string): Uint8Array | undefined;
}

export interface SideFacts {
  readonly mainline: readonly CommitFacts[];
  readonly downstream: readonly CommitFacts[];
}

/** Facts of a range, newest first, kept beside the repository where that is possible. */
export interface FactsStore {
  range(include: string, exclude: string | undefined, cancel?: Cancel): Promise<readonly CommitFacts[]>;
  /** Makes facts of a range lasting without handing them over: their names, newest first. */
  store(include: string, exclude: string | undefined, cancel?: Cancel): Promise<readonly string[]>;
  /** Both sides of a comparison; `each` is given every downstream commit as soon as it is known to be one. */
  sides(mainline: string, downstream: string, cancel?: Cancel, each?: (sha: string) => void): Promise<SideFacts>;
  /** Whether two commits make the same blobs of the same blobs, as far as that was seen in this run. */
  sameBlobs(one: string, other: string): boolean;
  of(commits: readonly string[], cancel?: Cancel): Promise<readonly CommitFacts[]>;
  /** What commits say of others that they were picked from. */
  claims(commits: readonly string[], cancel?: Cancel): Promise<readonly ClaimFacts[]>;
}

/** One piece of work: how it is told to stop, how it tells how far it is, and how it lets others have a turn. */
export interface Job {
  readonly cancel: Cancel | undefined;
  /** Yields to the event loop, so that a cancel can arrive. */
  breathe(): Promise<void>;
  onProgress(stage: Stage, done: number, total: number): void;
}

export type Stage = "history" | "diffs" | "matching";
