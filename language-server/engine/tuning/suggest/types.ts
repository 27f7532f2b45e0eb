import type { KnowledgeSource, ParameterKind, ParameterRecord } from "../types";

export interface Words {
  readonly en: string;
  readonly zh: string;
}

export type EvidenceOrigin = "profile" | "document" | "measurement" | "description" | "store";

export interface Evidence {
  readonly origin: EvidenceOrigin;
  readonly says: Words;
  /** What it set, when it is a case. */
  readonly value?: string;
  /** True when the source names the setting and the value is Keelson's. */
  readonly valueIsOurs?: boolean;
  /** 0 to 1: how like the workload the case is. */
  readonly likeness?: number;
  readonly source: KnowledgeSource;
}

export interface SuggestedSetting {
  readonly component: string;
  readonly kind: ParameterKind;
  readonly name: string;
  /** As it is now; undefined when nobody looked. */
  readonly current?: string;
  readonly value: string;
  readonly reason: Words;
  /** The strongest first; never empty. */
  readonly evidence: readonly Evidence[];
  /** What came of it where it was set, and who says so. */
  readonly effect: { readonly says: Words; readonly origin: EvidenceOrigin };
  readonly risk: { readonly level: "low" | "medium" | "high"; readonly says: Words };
  readonly restart: "none" | "service" | "reboot";
  readonly conflicts: readonly { readonly other: string; readonly says: Words }[];
  readonly score: number;
}

export interface LeftOut {
  readonly name: string;
  readonly why: Words;
}

export interface SuggestAnswer {
  readonly suggestions: readonly SuggestedSetting[];
  /** Set as it should be already. */
  readonly already: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Why nothing, or not more, is suggested; in the order of weight. */
  readonly missing: readonly Words[];
  /** Kinds of work that were understood. */
  readonly understood: readonly string[];
  /** Settings that the user's store describes with the workload's words and that no case sets: to read, without a value. */
  readonly reading: readonly ParameterRecord[];
}
