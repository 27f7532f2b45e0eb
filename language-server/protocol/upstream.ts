import type { MapNotice, RiskMark, Verdict } from "../engine/upstream/types";
import type { PickView } from "./upstream-picks";

/** Messages of the comparison with mainline. Times are seconds since the epoch, shas are full and lower-case. */

/** Names one comparison: the repository's root and the pair's name in `keelson.upstream.pairs`. */
export interface PairRef {
  readonly folder: string;
  readonly pair: string;
}

export interface PairView extends PairRef {
  /** The repository's name, told apart by its branch where another has the same. */
  readonly repository: string;
  readonly mainline: string;
  readonly downstream: string;
}

/** What a row is listed under. `decided` holds the missing fixes that somebody marked as not for us, `not-built` those of code that the configuration leaves out. */
export type UpstreamList = "missing" | "wrong" | "unsure" | "partial" | "adapted" | "same" | "ours" | "revert" | "not-built" | "decided";

/** All that is given must hold. */
export interface UpstreamFilter {
  /** Title of a section of MAINTAINERS. */
  readonly subsystem?: string;
  /** Touches nothing that a section of MAINTAINERS is about; in a tree without one, no file at all. */
  readonly unfiled?: true;
  /** A path, a folder or a glob. */
  readonly path?: string;
  /** Part of the author's name or address, case ignored. */
  readonly author?: string;
  readonly since?: number;
  readonly until?: number;
  /** Any of these verdicts. */
  readonly verdict?: readonly Verdict[];
  /** Any of these marks. */
  readonly risk?: readonly RiskMark[];
  /** What picking it onto our tip gave; rows that were not tried have none. */
  readonly pick?: "clean" | "conflict";
  /** Part of the subject, or the beginning of a sha. */
  readonly text?: string;
}

/** `list`: the list's own order, risk for missing fixes and newest first for all else. Of equals the newest stands first. */
export type UpstreamSort = "list" | "risk" | "newest" | "oldest" | "subsystem" | "subject";

/** Neighbours in a list that is too long to be taken over at once. */
export interface RowsPart {
  readonly offset: number;
  readonly count: number;
  /** What its first and its last row are sorted by, in the reader's language: a day, a title, a subsystem, marks. */
  readonly first: string;
  readonly last: string;
}

export interface UpstreamSummary extends PairView {
  /** `none`: never compared. `stale`: a ref moved since. `broken`: it can't be compared, `note` says why. */
  readonly state: "none" | "running" | "known" | "stale" | "broken";
  /** In the reader's language: what is being done, what moved, what is wrong. */
  readonly note: string;
  /** The commits that were compared; undefined as long as none were. */
  readonly tips: { readonly mainline: string; readonly downstream: string } | undefined;
  /** Rows of each list under the filter; undefined as long as the list is not known. */
  readonly counts: Readonly<Partial<Record<UpstreamList, number>>>;
  /** Downstream's own commits and mainline's that downstream lacks. */
  readonly commits: number;
  readonly candidates: number;
  readonly notices: readonly { readonly code: MapNotice["code"]; readonly text: string }[];
}

export interface UpstreamRow {
  /** Downstream's commit; mainline's in the lists of missing fixes. */
  readonly commit: string;
  readonly side: "downstream" | "mainline";
  readonly subject: string;
  readonly author: string;
  readonly time: number;
  readonly verdict: Verdict | undefined;
  /** Mainline's commits that it carries. */
  readonly upstream: readonly string[];
  readonly risk: readonly RiskMark[];
  /** Fixes of what it carries that mainline has, and how many of them we lack. */
  readonly laterFixes: number;
  readonly missingFixes: number;
  /** The evidence in one line, in the reader's language. */
  readonly detail: string;
  /** Given once it was tried. */
  readonly pick?: PickView;
  /** Given when rows are sorted by it. */
  readonly subsystem?: string;
}

export interface LaterFixView {
  readonly commit: string;
  readonly subject: string;
  readonly time: number;
  /** Our commit that carries it. */
  readonly carriedAs: string | undefined;
  readonly risk: readonly RiskMark[];
  readonly detail: string;
}

/** A revision that may be one side of a comparison. */
export interface RefSuggestion {
  readonly ref: string;
  /** In the reader's language: what it is and its newest commit. */
  readonly description: string;
  /** Why it is likely; empty when it is one of many. */
  readonly reason: string;
}

export interface PairCheck {
  /** In the reader's language; undefined when the two can be compared. */
  readonly problem: string | undefined;
  /** Commits since the nearest common ancestor. */
  readonly mainlineCommits: number;
  readonly downstreamCommits: number;
}

/** A place in a document that holds a fix. */
export interface FixPlace {
  readonly uri: string;
  /** 1-based. */
  readonly line: number;
}

export interface UpstreamRequests {
  "keelson/upstream/pairs": { params: null; result: { readonly pairs: readonly PairView[]; /** Why there are none to compare, e.g. no trust; empty otherwise. */ readonly note: string } };
  /** Looks at what is known; builds nothing. */
  "keelson/upstream/summary": { params: PairRef & { readonly filter: UpstreamFilter }; result: UpstreamSummary };
  "keelson/upstream/rows": {
    params: PairRef & { readonly list: UpstreamList; readonly filter: UpstreamFilter; readonly sort: UpstreamSort; readonly offset: number; readonly limit: number };
    result: { readonly total: number; readonly rows: readonly UpstreamRow[] };
  };
  /** A list cut into parts of at most `size` rows. */
  "keelson/upstream/parts": {
    params: PairRef & { readonly list: UpstreamList; readonly filter: UpstreamFilter; readonly sort: UpstreamSort; readonly size: number };
    result: { readonly parts: readonly RowsPart[] };
  };
  /** The row of one commit of either side; null (on the wire) when the comparison does not know it. */
  "keelson/upstream/row": { params: PairRef & { readonly commit: string }; result: UpstreamRow | null };
  /** Fixes that mainline made of what a commit of either side brought. */
  "keelson/upstream/laterFixes": { params: PairRef & { readonly commit: string }; result: { readonly fixes: readonly LaterFixView[] } };
  /** Compares anew; waits until it is done. A cancel stops the work. */
  "keelson/upstream/refresh": { params: PairRef; result: null };
  /** Sections of MAINTAINERS that commits of the comparison touch, with how many. */
  "keelson/upstream/subsystems": { params: PairRef; result: { readonly subsystems: readonly { readonly name: string; readonly commits: number }[] } };
  /** Likely sides of a comparison in a repository, the likeliest first. */
  "keelson/upstream/suggestPairs": { params: { readonly folder: string }; result: { readonly name: string; readonly mainline: readonly RefSuggestion[]; readonly downstream: readonly RefSuggestion[] } };
  "keelson/upstream/checkPair": { params: { readonly folder: string; readonly mainline: string; readonly downstream: string }; result: PairCheck };
  /** Remembers that a missing fix is not for us, or takes that back with an empty reason. */
  "keelson/upstream/decide": { params: PairRef & { readonly commit: string; readonly reason: string }; result: null };
  /** Where the fixes of a function of our file are, in documents of mainline's commits. */
  "keelson/upstream/fixPlaces": { params: PairRef & { readonly path: string; readonly fixes: readonly string[]; readonly function: string }; result: { readonly places: readonly FixPlace[] } };
}

export interface UpstreamNotifications {
  /** What is known of comparisons changed: one was made, a ref moved, a decision was taken. */
  "keelson/upstream/changed": { readonly running: boolean };
}
