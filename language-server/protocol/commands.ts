import type { ExplainTarget } from "./requests";
import type { PairRef } from "./upstream";

/**
 * Commands that the server puts into code lenses and code actions; the editor registers them. Each takes one argument,
 * a plain object. Lines are 1-based document lines.
 */
export interface Commands {
  readonly "keelson.review.explain": { readonly uri: string; readonly target: ExplainTarget };
  /** Shows what the checks say of one patch: moves to its first finding and opens the Problems view. */
  readonly "keelson.review.showFindings": { readonly uri: string; readonly patch: number; readonly lines: readonly number[] };
  readonly "keelson.review.applyToWorktree": { readonly uri: string; readonly patch: number };
  /** Tells how the base was chosen and what git said at each step. `details` is already in the reader's language. */
  readonly "keelson.review.showBase": { readonly uri: string; readonly patch: number; readonly title: string; readonly details: string };
  /** Asks for a reason, then sends `keelson/review/suppress`. */
  readonly "keelson.review.suppress": { readonly uri: string; readonly patch: number; readonly check: string; readonly quote: string; readonly line: number };
  /** Asks for `keelson/review/fixAll` and previews the edits. */
  readonly "keelson.review.fixAll": { readonly uri: string };
  readonly "keelson.review.openCheckPage": { readonly check: string };
  /** Shows our commit beside mainline's. */
  readonly "keelson.upstream.openTwin": PairRef & { readonly commit: string };
  /** Lists what mainline fixed of a commit of either side. */
  readonly "keelson.upstream.laterFixes": PairRef & { readonly commit: string };
  /** Peeks at missing fixes from a function of our file. */
  readonly "keelson.upstream.peekFixes": PairRef & { readonly uri: string; readonly line: number; readonly path: string; readonly function: string; readonly fixes: readonly string[] };
}

export type CommandName = keyof Commands;
