import type { PairRef, UpstreamList } from "./upstream";

/** What picking a commit of mainline onto our tip would give, as `git cherry-pick` merges. `empty`: it is in already. */
export type PickClass = "clean" | "empty" | "conflict" | "unknown";

export interface PickView {
  readonly class: PickClass;
  /** Files that conflict. */
  readonly files: readonly string[];
}

export interface PrerequisitesView {
  /** Commits of mainline to pick first, in that order; none when no set was found. */
  readonly commits: readonly { readonly commit: string; readonly subject: string }[];
  /** Each of them picks clean as well. Else their changes to the conflicting files alone are needed. */
  readonly whole: boolean;
  /** In the reader's language. */
  readonly text: string;
}

/** Nothing of these is written to the repository. */
export interface UpstreamPickRequests {
  /** Tries the commits of a list; rows tell the class from then on, as long as our tip is the same. */
  "keelson/upstream/tryPicks": { params: PairRef & { readonly list: UpstreamList }; result: { readonly text: string } };
  /** What a commit that conflicts needs first. */
  "keelson/upstream/prerequisites": { params: PairRef & { readonly commit: string }; result: PrerequisitesView };
}
