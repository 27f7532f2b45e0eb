import type { KnowledgeReading } from "../protocol/knowledge";
import type { IndexReport } from "./index-report";

/** What a thread that reads a source is started with. */
export interface KnowledgeJob {
  readonly reading: KnowledgeReading | VersionsReading;
  /** Tells where the store is, and how it is entered; never written anywhere. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What was compared once, by its name in the store, to be compared again with this git. */
export interface VersionsReading {
  readonly kind: "versions";
  readonly origin: string;
  readonly gitPath: string;
  readonly trusted: boolean;
}

/** Why versions were not compared again: they are no longer there, or one is none of a kernel. */
export interface NotCompared {
  readonly kind: "gone" | "no-kernel";
  readonly label: string;
}

/** What it says; all but the first end it. */
export type KnowledgeJobAnswer =
  | NotCompared
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "report"; readonly report: IndexReport }
  | { readonly kind: "error"; readonly name: string; readonly message: string; readonly code: string; readonly detail: string };
