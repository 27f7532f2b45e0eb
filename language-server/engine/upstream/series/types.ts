import type { Message } from "../../text/message";
import type { CommitDiff, CommitFacts } from "../types";

/** One patch that a series applies, in its order. */
export interface StackEntry {
  /** As the list names it: a path below the folder that the list's names start from, or a bare file name. */
  readonly name: string;
  /** 1-based line of the list that names it; 0 where there is no list. */
  readonly line: number;
  /** `patch -pN`: leading parts of each path that go. */
  readonly strip: number;
  /** `patch -R`. */
  readonly reversed: boolean;
}

/** What stood out in a list; nothing else of it is lost. `line` is 1-based in the list. */
export interface StackProblem {
  readonly line: number;
  /** Stable: the end of a message id in messages.ts. */
  readonly code: string;
  readonly severity: "error" | "warning" | "information";
  readonly message: Message;
}

export interface Stack {
  readonly entries: readonly StackEntry[];
  readonly problems: readonly StackProblem[];
}

/** A problem with the file that it is in. */
export interface SeriesProblem extends StackProblem {
  /** The machine's own form. */
  readonly path: string;
}

/** One patch of a stack, as a commit would give it. */
export interface SeriesCommit {
  readonly facts: CommitFacts;
  readonly diff: CommitDiff;
  /** The same diff packed (diff/record.ts), as stores of diffs keep it. */
  readonly record: Uint8Array<ArrayBuffer>;
  /** The file that holds it, in the machine's own form, and its place there from 0. */
  readonly path: string;
  readonly ordinal: number;
}
