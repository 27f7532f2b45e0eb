import type { Stage } from "../engine/upstream/sources";
import type { MissingFix, UpstreamMap } from "../engine/upstream/types";

/** What a worker that reads diffs is told when it starts. */
export interface WorkerSettings {
  /** A path in the repository. */
  readonly root: string;
  readonly gitPath: string;
}

/** Commits to read. An id of -1 cancels the tasks that `commits` numbers. */
export interface DiffTask {
  readonly id: number;
  readonly commits: readonly string[];
}

/** Records as they are read; the last answer of a task says so. */
export interface DiffAnswer {
  readonly id: number;
  readonly last: boolean;
  readonly records: readonly { readonly sha: string; readonly record: Uint8Array<ArrayBuffer> }[];
  readonly error: string | undefined;
}

interface Sides {
  readonly mainline: string;
  readonly downstream: string;
}

/** What a thread that compares is started with. */
export interface JobRequest extends WorkerSettings {
  readonly storage: string;
  readonly ask: ({ readonly kind: "map" } & Sides) | ({ readonly kind: "missing"; readonly vulns: string; readonly config: string; readonly subsystems: readonly string[] } & Sides);
}

/** What it says; the last three end it. */
export type JobAnswer =
  | { readonly kind: "progress"; readonly stage: Stage; readonly done: number; readonly total: number }
  | { readonly kind: "log"; readonly level: "debug" | "info" | "warn" | "error"; readonly text: string }
  | { readonly kind: "map"; readonly map: UpstreamMap }
  | { readonly kind: "missing"; readonly fixes: readonly MissingFix[] }
  | { readonly kind: "error"; readonly name: string; readonly message: string; readonly revision: string };
