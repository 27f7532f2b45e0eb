import type { Patch } from "../../patch/types";
import type { Cache, Decode, Hash, Model, Random } from "../../ports";
import type { Locale, Message } from "../../text/message";
import type { MapRow } from "../types";

export type Side = "mainline" | "ours";

/** One of the two commits that differ, as git shows it. */
export interface ShownCommit {
  readonly sha: string;
  readonly patch: Patch;
}

export interface DifferenceInput {
  readonly row: MapRow;
  readonly mainline: ShownCommit;
  readonly ours: ShownCommit;
  readonly locale: Locale;
  /** Ask anew even when an answer is kept. */
  readonly again?: boolean;
}

/** A line of one of the two commits. */
export interface LinePlace {
  readonly side: Side;
  /** Empty for the message. */
  readonly path: string;
  /** 1-based: in the new file, for a deleted line in the old one; in the message, counted from its subject. */
  readonly line: number;
  readonly quote: string;
}

/** What is known of a difference without a model. */
export interface DifferenceFact {
  readonly kind: "verdict" | "note" | "file" | "hunk" | "line";
  readonly message: Message;
  readonly place: LinePlace | undefined;
}

/** A sentence of a model's, each place that it points at found in the commits. */
export interface DifferenceStatement {
  readonly text: string;
  readonly evidence: readonly LinePlace[];
}

export const noteSections = ["security", "fixes", "features", "hardware", "performance", "other"] as const;
export type NoteSection = (typeof noteSections)[number];

/** A line of release notes; every commit that it speaks of is in the range, and its subject says what is quoted. */
export interface NoteStatement {
  readonly section: NoteSection;
  readonly text: string;
  readonly evidence: readonly { readonly commit: string; readonly quote: string }[];
}

export interface ExplainPorts {
  readonly model: Model;
  readonly decode: Decode;
  readonly hash: Hash;
  readonly random: Random;
  readonly cache?: Cache;
}

export interface Explained<S> {
  /** `none`: no endpoint is set. `error`: the endpoint failed; what it said before is kept. */
  readonly state: "none" | "done" | "error";
  readonly endpoint: { readonly id: string; readonly model: string } | undefined;
  readonly statements: readonly S[];
  /** Statements whose evidence was not found, and which are therefore not shown. */
  readonly dropped: number;
  readonly fromCache: boolean;
  readonly promptTokens: number;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
  /** What the user should know, a cut answer among it. */
  readonly warnings: readonly Message[];
  readonly error: { readonly code: string; readonly message: Message; readonly advice: Message; readonly detail: string } | undefined;
}
