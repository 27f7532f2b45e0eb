import type { PatchSet } from "../../patch/types";
import type { Cache, Decode, Hash, Model, Random } from "../../ports";
import type { Locale, Message } from "../../text/message";
import type { Finding, Severity } from "../types";

/** What is to be explained. Ordinals count within the set, the patch, the file; lines are 1-based document lines, inclusive. */
export type ExplainTarget =
  | { readonly kind: "patch"; readonly patch: number }
  | { readonly kind: "file"; readonly patch: number; readonly file: number }
  | { readonly kind: "hunk"; readonly patch: number; readonly file: number; readonly hunk: number }
  | { readonly kind: "selection"; readonly firstLine: number; readonly lastLine: number };

export const explainSections = ["what", "why", "how", "risk", "test", "backport"] as const;
export type ExplainSection = (typeof explainSections)[number];

/** A place that was found in the patch; the quote is the patch's own text. */
export interface Evidence {
  /** Empty for the message. */
  readonly path: string;
  readonly side: "old" | "new" | "message";
  readonly quote: string;
  /** 1-based document line. */
  readonly line: number;
}

/** A sentence or two of the model's, each place it points at verified. */
export interface Statement {
  readonly section: ExplainSection;
  readonly text: string;
  readonly evidence: readonly Evidence[];
}

/** What is known without a model. */
export interface Fact {
  readonly kind: "subject" | "author" | "marker" | "fixes" | "files" | "base" | "finding" | "maintainer";
  readonly message: Message;
  readonly line: number | undefined;
  readonly severity: Severity | undefined;
  readonly check: string | undefined;
}

export interface ExplainRequest {
  readonly set: PatchSet;
  readonly target: ExplainTarget;
  readonly locale: Locale;
  /** Of the whole document; those of the target are shown and told to the model. */
  readonly findings: readonly Finding[];
  /** Finding texts for the prompt, in English. */
  readonly say: (message: Message) => string;
  /** Ask anew even when an answer is kept. */
  readonly again?: boolean;
}

export interface ExplainPorts {
  readonly model: Model;
  readonly decode: Decode;
  readonly hash: Hash;
  readonly random: Random;
  readonly cache?: Cache;
}

/** How an answer ended: `no-answer` when nothing usable came in three tries. */
export type ExplainOutcome = "complete" | "length" | "truncated" | "refusal" | "no-answer";

export type ExplainEvent =
  | { readonly type: "facts"; readonly facts: readonly Fact[] }
  /** No endpoint is set; the facts are all there is. */
  | { readonly type: "none" }
  | { readonly type: "start"; readonly endpoint: { readonly id: string; readonly model: string }; readonly promptTokens: number; readonly fromCache: boolean }
  | { readonly type: "statement"; readonly statement: Statement }
  /** How many statements are not shown because their evidence was not found; the newest count replaces the one before. */
  | { readonly type: "dropped"; readonly count: number }
  | { readonly type: "waiting"; readonly message: Message; readonly ms: number }
  | { readonly type: "warning"; readonly message: Message }
  | { readonly type: "done"; readonly outcome: ExplainOutcome; readonly message: Message | undefined; readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined }
  /** What was shown before stays. */
  | { readonly type: "error"; readonly code: string; readonly message: Message; readonly advice: Message; readonly detail: string };
