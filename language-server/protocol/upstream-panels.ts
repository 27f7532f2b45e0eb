import type { Claim, ClaimCheck, FixReason, HunkState, RiskMark, Verdict } from "../engine/upstream/types";
import type { PairRef, UpstreamFilter, UpstreamList } from "./upstream";

/** What the panels of `upstream` ask and are told. Plain data: words are the panel's own, texts of commits are shown as they are. */

/** What the two sides are called, or what they point at. */
export interface Sides {
  readonly mainline: string;
  readonly downstream: string;
}

/** A commit as a panel names it. */
export interface CommitCard {
  /** Full sha. */
  readonly sha: string;
  /** Empty when the repository does not know the commit. */
  readonly subject: string;
  /** `Name <email>`. */
  readonly author: string;
  /** Author time, seconds since the epoch; 0 when unknown. */
  readonly time: number;
}

export interface TwinParams extends PairRef {
  /** Our commit, full sha. */
  readonly commit: string;
  /** The twin to show; the map's own answer unless given. */
  readonly upstream?: string;
  /** Names the work in `panelProgress` and `cancelPanelJob`. */
  readonly job: string;
}

/** A hunk with its context in an after-image: 1-based first line, number of lines. */
export interface HunkSide {
  readonly line: number;
  readonly count: number;
}

/** One hunk and how it came over; a side that lacks it is undefined. */
export interface TwinHunk {
  readonly state: HunkState;
  readonly up: HunkSide | undefined;
  readonly down: HunkSide | undefined;
}

export interface TwinFile {
  /** Path behind mainline's change; undefined when mainline's commit does not touch the file. */
  readonly upPath: string | undefined;
  readonly downPath: string | undefined;
  /** In the order of ours, dropped ones where mainline has them. Empty where nothing is known of the lines; a binary file is one hunk. */
  readonly hunks: readonly TwinHunk[];
  readonly binary: boolean;
  /** The sides whose content this repository lacks. */
  readonly missing: readonly ("mainline" | "ours")[];
}

/** A word of our message that names another commit, and where it leads. */
export interface ClaimView {
  readonly claimed: string;
  /** The line of the message that makes it; empty when it is not found there. */
  readonly line: string;
  readonly dialect: string;
  readonly origin: Claim["origin"];
  readonly state: ClaimCheck["state"];
  readonly commit: string | undefined;
  readonly via: readonly string[];
  /** The commit that the diff agrees with, when the claim is wrong and such a one was found. */
  readonly likely: CommitCard | undefined;
}

export interface TwinNote {
  /** `missing-blob`: contents that the commit's diff needs are not here. `too-large`: only its first lines were compared. `unreadable`: git failed for another reason. */
  readonly code: "missing-blob" | "too-large" | "unreadable";
  readonly commit: string;
}

export interface TwinView {
  /** Revisions of the pair, as the user gave them. */
  readonly sides: Sides;
  readonly commit: CommitCard;
  /** Undefined when the commit is ours alone; the files are then compared with what they were before. */
  readonly upstream: CommitCard | undefined;
  /** What the map answers: several only for a squash. */
  readonly answer: readonly CommitCard[];
  readonly alternatives: readonly { readonly card: CommitCard; readonly score: number }[];
  readonly verdict: Verdict;
  /** 0 to 1. */
  readonly score: number;
  /** What found it: `claim`, `title`, `patch-id`, `lines`, … */
  readonly method: string;
  readonly claims: readonly ClaimView[];
  readonly files: readonly TwinFile[];
  readonly notes: readonly TwinNote[];
}

/** Mainline's commits that name the twin in `Fixes:` or take it back. */
export interface TwinFix {
  readonly card: CommitCard;
  /** `missing`: proven to be needed. `present`: ours has it. `other`: in mainline, but not listed as missing, e.g. reverted there. */
  readonly state: "missing" | "present" | "other";
  readonly relation: FixReason["kind"];
  readonly risk: readonly RiskMark[];
  readonly cves: readonly string[];
  /** Our commit that carries it. */
  readonly carriedBy: CommitCard | undefined;
}

export interface TwinFileParams {
  readonly folder: string;
  readonly commit: string;
  readonly upstream: string | undefined;
  readonly upPath: string | undefined;
  readonly downPath: string | undefined;
  /** `patch`: the change of the file on each side, as git writes it. `file`: the file behind each change. */
  readonly view: "patch" | "file";
  /** Show it although it is large. */
  readonly force: boolean;
}

export type TwinText =
  | { readonly state: "text"; readonly text: string }
  | { readonly state: "large"; readonly bytes: number }
  /** `absent`: the commit has no such file. `missing`: this repository lacks the content. */
  | { readonly state: "absent" | "binary" | "missing" };

export interface TwinFileView {
  readonly up: TwinText;
  readonly down: TwinText;
}

/** `combined`: a squash or a split. `ours`: in no mainline commit. `missing` counts mainline's fixes, `wrong` our commits with a wrong claim; both stand beside the verdicts. */
export type HeatColumn = "same" | "adapted" | "partial" | "extended" | "combined" | "revert" | "unsure" | "ours" | "missing" | "wrong";

export interface HeatmapParams extends PairRef {
  /** False: only what is already known. */
  readonly compute: boolean;
  readonly job: string;
}

export interface HeatRow {
  /** MAINTAINERS title or directory; empty for commits that touch none. */
  readonly name: string;
  /** What lists the row's commits. */
  readonly filter: Pick<UpstreamFilter, "subsystem" | "unfiled" | "path">;
  /** Our commits that touch it. */
  readonly commits: number;
  /** In the order of the view's columns. */
  readonly counts: readonly number[];
}

export interface HeatmapView {
  /** Revisions of the pair, as the user gave them. */
  readonly sides: Sides;
  readonly rowsAre: "subsystems" | "directories";
  readonly columns: readonly HeatColumn[];
  /** A commit counts in each row that it touches, and once in `total`. */
  readonly rows: readonly HeatRow[];
  readonly total: HeatRow;
  /** False while the missing fixes were not looked for. */
  readonly fixesKnown: boolean;
  /** Full shas of the tips that were compared. */
  readonly tips: Sides;
  /** The branches have moved since. */
  readonly stale: boolean;
  /** Commits of which nothing is known but their message, because contents are missing. */
  readonly unread: number;
}

export interface UpstreamPanelRequests {
  "keelson/upstream/twin": { params: TwinParams; result: TwinView };
  "keelson/upstream/twinFixes": { params: TwinParams; result: { readonly fixes: readonly TwinFix[] } };
  "keelson/upstream/twinFile": { params: TwinFileParams; result: TwinFileView };
  /** Null when nothing is known yet and `compute` was false. */
  "keelson/upstream/heatmap": { params: HeatmapParams; result: HeatmapView | null };
  "keelson/upstream/cancelPanelJob": { params: { readonly job: string }; result: null };
}

export interface UpstreamPanelNotifications {
  /** `text` is in the reader's language. */
  "keelson/upstream/panelProgress": { readonly job: string; readonly text: string; readonly done: number; readonly total: number };
}

/** What the Upstream view is asked to list: the argument of `keelson.upstream.showRows`. */
export interface UpstreamRows extends PairRef {
  /** All lists under the filter when left out. */
  readonly list?: UpstreamList;
  readonly filter: Pick<UpstreamFilter, "subsystem" | "unfiled" | "path" | "verdict">;
}

/** State of the twin panel; what was fetched is not kept. */
export interface TwinPanelState {
  readonly request: Omit<TwinParams, "job">;
  readonly view?: TwinFileParams["view"];
  /** Path of the open file. */
  readonly file?: string;
}

export interface HeatmapPanelState {
  readonly request: Omit<HeatmapParams, "job" | "compute">;
  readonly sort?: { readonly column: HeatColumn | "name" | "commits"; readonly down: boolean };
  readonly search?: string;
}
