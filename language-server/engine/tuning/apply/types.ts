import type { Words } from "../suggest/types";

/** One value that is to be written, or is kept in sight because writing its pair changes it. */
export interface PlannedChange {
  readonly name: string;
  /** Below the root that the kernel shows its settings in: `vm/dirty_ratio`. */
  readonly path: string;
  readonly old: string;
  /** Undefined is not written: only remembered. */
  readonly value?: string;
}

export interface ApplyPlan {
  readonly changes: readonly PlannedChange[];
  /** What will not be done, and why. */
  readonly refused: readonly { readonly name: string; readonly why: Words }[];
}

/** What the machine said of one step. */
export interface StepReport {
  /** `old` and `now` are values that were read; `error` ended the work; `state` is how it stands. */
  readonly what: "old" | "now" | "back" | "error" | "state";
  readonly name: string;
  readonly value: string;
}

/** Kept on our side, so that a value comes back even when the machine has forgotten. */
export interface RollbackFile {
  readonly format: 1;
  readonly id: string;
  readonly host: string;
  readonly root: string;
  /** ISO 8601. */
  readonly at: string;
  readonly changes: readonly PlannedChange[];
}
