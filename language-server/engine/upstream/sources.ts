import type { Cancel } from "../ports";
import type { CommitFacts } from "./types";

/** Diffs by commit, as records (diff/record.ts); who makes them may keep them on disk and read them in other threads. */
export interface DiffStore {
  /** Makes the records of these commits available, reading what is not at hand. */
  need(commits: readonly string[], cancel?: Cancel): Promise<void>;
  /** Undefined before it was needed. */
  record(commit: string): Uint8Array | undefined;
}

/** Facts of a range, newest first, kept beside the repository where that is possible. */
export interface FactsStore {
  range(include: string, exclude: string | undefined, cancel?: Cancel): Promise<readonly CommitFacts[]>;
  of(commits: readonly string[], cancel?: Cancel): Promise<readonly CommitFacts[]>;
}

/** One piece of work: how it is told to stop, how it tells how far it is, and how it lets others have a turn. */
export interface Job {
  readonly cancel: Cancel | undefined;
  /** Yields to the event loop, so that a cancel can arrive. */
  breathe(): Promise<void>;
  onProgress(stage: Stage, done: number, total: number): void;
}

export type Stage = "history" | "diffs" | "matching";
