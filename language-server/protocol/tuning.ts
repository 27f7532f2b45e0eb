import * as z from "zod";

/** A version that a configuration file may be judged for. */
export interface TargetChoice {
  readonly label: string;
  readonly description: string;
  readonly detail?: string;
  /** Empty: what Keelson chooses by itself. */
  readonly version: string;
}

/** What an open configuration file is judged for; its words are in the reader's language. */
export interface TargetView {
  readonly component: string;
  readonly text: string;
  readonly version: string;
  readonly choices: readonly TargetChoice[];
}

export interface TuningRequests {
  /** Null for a document that is no configuration file of ours. */
  "keelson/tuning/target": { params: { readonly uri: string }; result: TargetView | null };
}

export const tuningSettingsSchema = z.object({
  /** Names that are never written to a running kernel. */
  locked: z.array(z.string().max(200)).default([]),
  diagnostics: z.boolean().default(true),
  /** Component → version, e.g. `{ "kernel": "6.1", "postgresql": "15" }`; what is not named Keelson chooses. */
  target: z.record(z.string().max(40), z.string().max(40)).default({}),
});
