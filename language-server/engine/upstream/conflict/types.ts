import type { Message } from "../../text/message";

/** What happens when a commit's change is picked onto another tree. `empty`: the pick changes nothing there. */
export type ReplayClass = "clean" | "empty" | "conflict" | "unknown";

export interface ReplayRequest {
  /** Hex, may be abbreviated. */
  readonly commit: string;
  /** Any revision, e.g. `SHA^` or a branch. */
  readonly onto: string;
}

/** One thing that git could not merge by itself. */
export interface ReplayConflict {
  readonly path: string;
  /** git's own short word: `contents`, `modify/delete`, `rename/delete`, … */
  readonly kind: string;
}

export interface ReplayResult {
  /** Both as they were asked for. */
  readonly commit: string;
  readonly onto: string;
  readonly class: ReplayClass;
  /** Paths in conflict, sorted, each once; empty unless the class is `conflict`. */
  readonly files: readonly string[];
  readonly conflicts: readonly ReplayConflict[];
  /** Tree that the pick gives; undefined when it is unknown. With conflicts it holds conflict markers. */
  readonly tree: string | undefined;
  /** Why the class is `unknown`. */
  readonly reason: Message | undefined;
}

/** A pick as three trees: what git merges. All are full object names. */
export interface TreePick {
  readonly base: string;
  readonly onto: string;
  readonly pick: string;
}

/** What git said about one {@link TreePick}. */
export type TreeMerge = { readonly merged: true; readonly clean: boolean; readonly tree: string; readonly files: readonly string[]; readonly conflicts: readonly ReplayConflict[] } | { readonly merged: false; readonly reason: Message };
