/** Where a suggestion is for. */
export type TuningMachine = { readonly kind: "here" } | { readonly kind: "ssh"; readonly host: string } | { readonly kind: "file"; readonly path: string } | { readonly kind: "none" };

/** A setting that is suggested; its words are in the reader's language. */
export interface SuggestionView {
  readonly name: string;
  readonly component: string;
  readonly current: string | undefined;
  readonly value: string;
  readonly reason: string;
  /** Who says so first of all, in a few words. */
  readonly by: string;
  /** Who says so, one line each, the strongest first. */
  readonly evidence: readonly string[];
  readonly risk: "low" | "medium" | "high";
  readonly riskReason: string;
  readonly restart: "none" | "service" | "reboot";
  /** Whether it can be written to the running kernel; else it belongs into a file. */
  readonly live: boolean;
}

export interface SuggestionsView {
  /** What was understood and what was looked at, in a line. */
  readonly title: string;
  readonly suggestions: readonly SuggestionView[];
  /** What is missing and what was left out, a sentence each. */
  readonly notes: readonly string[];
  /** All of it with the sources, as Markdown. */
  readonly report: string;
}

export interface TuningChoice {
  readonly name: string;
  readonly value: string;
}

/** A configuration file on the machine as it is and as it would be. */
export interface TuningFileView {
  readonly path: string;
  /** Empty for a file that is to be made. */
  readonly before: string;
  readonly after: string;
  /** Settings that it gets. */
  readonly names: readonly string[];
  /** What it takes to be in force, in a sentence; empty when it is at once. */
  readonly note: string;
  /** Of what the user is shown; the file is written only if it still is so. */
  readonly hash: string;
}

export interface TuningPlanView {
  /** The values as they are and as they would be, for a diff. */
  readonly before: string;
  readonly after: string;
  /** What will not be written, and why. */
  readonly refused: readonly string[];
  /** Values that would be written to the running kernel. */
  readonly count: number;
  /** Files that make values last or that programs read, edited only when that is asked for. */
  readonly files: readonly TuningFileView[];
  /** Text of a file for `/etc/sysctl.d`. */
  readonly file: string;
}

/** What settings make of a document that is open in the editor. */
export interface TuningEditView {
  /** The whole text; undefined when none of the settings belongs into such a file or all are set so already. */
  readonly text: string | undefined;
  readonly names: readonly string[];
}

export interface TuningOutcomeView {
  readonly ok: boolean;
  /** In one sentence. */
  readonly text: string;
  /** Each value as it reads now, against before. */
  readonly report: string;
  /** Rollback file; what confirm and rollback take. */
  readonly path: string;
}

export interface RollbackChoice {
  readonly path: string;
  readonly label: string;
  readonly description: string;
}

export interface TuningSuggestRequests {
  "keelson/tuning/suggest": { params: { readonly workload: string; readonly machine: TuningMachine }; result: SuggestionsView };
  /** What applying would do; nothing is written. */
  "keelson/tuning/plan": { params: { readonly choices: readonly TuningChoice[]; readonly machine: TuningMachine }; result: TuningPlanView };
  /** Writes the values, and the files that were shown; the machine puts the old ones back after `seconds` unless they are confirmed. */
  "keelson/tuning/apply": { params: { readonly choices: readonly TuningChoice[]; readonly machine: TuningMachine; readonly seconds: number; readonly files: readonly { readonly path: string; readonly hash: string }[] }; result: TuningOutcomeView };
  /** What the settings make of an open document; nothing is written. */
  "keelson/tuning/edit": { params: { readonly choices: readonly TuningChoice[]; readonly path: string; readonly text: string }; result: TuningEditView };
  "keelson/tuning/confirm": { params: { readonly path: string }; result: TuningOutcomeView };
  "keelson/tuning/rollback": { params: { readonly path: string }; result: TuningOutcomeView };
  /** The newest first. */
  "keelson/tuning/rollbacks": { params: null; result: { readonly choices: readonly RollbackChoice[] } };
}
