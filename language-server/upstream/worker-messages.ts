import type { Stage } from "../engine/upstream/sources";
import type { MissingFix, UpstreamMap } from "../engine/upstream/types";

interface Sides {
  readonly mainline: string;
  readonly downstream: string;
}

/** What a thread that compares is started with. */
export interface JobRequest {
  /** A path in the repository. */
  readonly root: string;
  readonly gitPath: string;
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
