import type { Words } from "../suggest/types";

/** One value of the running kernel that is to be written, or is kept in sight because writing another changes it. */
export interface PlannedChange {
  readonly name: string;
  /** Below the root of the machine's files: `proc/sys/vm/dirty_ratio`, `sys/block/sda/queue/scheduler`. */
  readonly path: string;
  readonly old: string;
  /** Undefined is not written: only remembered. */
  readonly value?: string;
}

/** A piece of a text that becomes another. */
export interface TextEdit {
  /** UTF-16 units from the start of the text as it is before this edit. */
  readonly at: number;
  readonly old: string;
  readonly new: string;
}

/** One configuration file that is to be edited, or made. */
export interface PlannedFile {
  /** Where the machine has it, no link. */
  readonly path: string;
  readonly component: string;
  /** Undefined: there is no such file yet. */
  readonly before: string | undefined;
  readonly after: string;
  /** One after the other they make `after` of `before`. */
  readonly edits: readonly TextEdit[];
  /** Settings that it gets. */
  readonly names: readonly string[];
  /** What they take to be in force. */
  readonly restart: "none" | "service" | "reboot";
}

export interface ApplyPlan {
  readonly changes: readonly PlannedChange[];
  readonly files: readonly PlannedFile[];
  /** What will not be done, and why. */
  readonly refused: readonly { readonly name: string; readonly why: Words }[];
}

/** What the machine said of one step; of files it tells the SHA-256 of the content, `-` when there is none. */
export interface StepReport {
  /** `old` and `now` are values that were read; `error` ended the work; `state` is how it stands. */
  readonly what: "old" | "now" | "back" | "error" | "state";
  readonly name: string;
  readonly value: string;
}

/** What of an edited file is kept to take the edit back: never the whole of it, which may hold passwords. */
export interface FileUndo {
  readonly path: string;
  /** SHA-256; undefined when there was no file. */
  readonly oldHash?: string;
  readonly newHash: string;
  readonly edits: readonly TextEdit[];
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
  readonly files?: readonly FileUndo[];
}
