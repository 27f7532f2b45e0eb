import type { KnowledgeSource, ParameterRecord } from "../types";

/** What a machine must be like for a statement to hold; an absent field asks nothing. */
export interface HardwareCondition {
  /** Bytes. */
  readonly minMemory?: number;
  readonly maxMemory?: number;
  readonly minNumaNodes?: number;
  readonly minCpus?: number;
  readonly disk?: "rotational" | "ssd" | "nvme";
  readonly accelerator?: boolean;
  readonly architecture?: "x86_64" | "aarch64";
}

/** What became of a name, with the version of the component that did it. */
export interface VersionMove {
  readonly version: string;
  readonly what: "added" | "removed" | "renamed" | "moved" | "default-changed";
  /** The new name, the new place, or the new default. */
  readonly to?: string;
  readonly source: KnowledgeSource;
}

/** Two settings that do not go together. */
export interface PairConflict {
  /** The other setting, of the same component unless told. */
  readonly other: string;
  readonly component?: string;
  /**
   * `exclusive`: the one that is set last wins and the other reads 0.
   * `at-most`/`at-least`: the value of this one against that of the other.
   * `needs`: no effect unless the other is on.
   */
  readonly rule: "exclusive" | "at-most" | "at-least" | "needs";
  readonly why: string;
  readonly whyZh: string;
}

/** A setting of the built-in pack: our words, with where each fact can be looked up. */
export interface PackSetting extends Omit<ParameterRecord, "source" | "confidence"> {
  readonly descriptionZh: string;
  /** The first one is the main one. */
  readonly sources: readonly KnowledgeSource[];
  readonly moves?: readonly VersionMove[];
  readonly conflicts?: readonly PairConflict[];
  /** A mistake that people make with the unit or the value. */
  readonly trap?: { readonly en: string; readonly zh: string };
  /** Larger or smaller than this is nearly always a mistake, though the program takes it. */
  readonly sane?: { readonly min?: string; readonly max?: string };
}

/** A workload that somebody tuned: what was set, on what, and what came of it. */
export interface TuningCase {
  readonly id: string;
  /** What the workload is, in words that people search with. */
  readonly workload: { readonly en: string; readonly zh: string };
  /** `ours`: the source names the setting, the value is Keelson's. */
  readonly settings: readonly { readonly name: string; readonly component: string; readonly value: string; readonly ours?: boolean }[];
  readonly hardware?: HardwareCondition;
  /** What was measured; undefined when nobody did. */
  readonly effect?: string;
  readonly origin: "profile" | "document" | "measurement";
  readonly source: KnowledgeSource;
}
