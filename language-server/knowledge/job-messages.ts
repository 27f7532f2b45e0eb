import type { KnowledgeReading } from "../protocol/knowledge";
import type { IndexReport } from "./index-report";

/** What a thread that reads a source is started with. */
export interface KnowledgeJob {
  readonly reading: KnowledgeReading;
  /** Tells where the store is, and how it is entered; never written anywhere. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** What it says; the last two end it. */
export type KnowledgeJobAnswer =
  | { readonly kind: "progress"; readonly done: number; readonly total: number }
  | { readonly kind: "report"; readonly report: IndexReport }
  | { readonly kind: "error"; readonly name: string; readonly message: string; readonly code: string; readonly detail: string };
