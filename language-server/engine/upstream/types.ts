/** A person as a commit names them. */
export interface Author {
  readonly name: string;
  readonly email: string;
}

/** A sha (or an abbreviation) that a message names, lower-case hex. */
export interface ShaReference {
  readonly sha: string;
  /** The title that stands beside it, in quotes; empty when there is none. */
  readonly title: string;
}

/** A trailer's word that the commit carries another one. It is a claim until the diff agrees. */
export interface Claim {
  /** As written, lower-case hex; may be abbreviated. */
  readonly sha: string;
  readonly dialect: string;
  /** Whose commit the sha names: `stable` shas are followed to mainline by that commit's own claim. */
  readonly origin: "mainline" | "stable" | "other";
}

/** What is known of a commit without its diff. */
export interface CommitFacts {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Author;
  /** Seconds since the epoch. */
  readonly authorTime: number;
  readonly commitTime: number;
  readonly subject: string;
  readonly claims: readonly Claim[];
  /** `Fixes:` trailers. */
  readonly fixes: readonly ShaReference[];
  /** "This reverts commit X" and reverts named in trailers. */
  readonly reverts: readonly ShaReference[];
  /** "Cc: stable@…" in any spelling. */
  readonly ccStable: boolean;
  /** `Reported-by: syzbot…`, `CVE-…` and the like: words that raise the risk of missing it. */
  readonly marks: readonly string[];
  /** Old and new paths that it touches, sorted, each once. */
  readonly paths: readonly string[];
}

export type ClaimFacts = Pick<CommitFacts, "sha" | "claims">;

/** Adjacent changed lines of one file: what `diff -U0` calls a hunk. Line numbers are 1-based. */
export interface ChangeGroup {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** One 32-bit hash a deleted line, white space ignored; 0 for a line of white space only. */
  readonly deleted: Uint32Array;
  readonly added: Uint32Array;
}

export interface FileChanges {
  readonly oldPath: string;
  readonly newPath: string;
  readonly status: "modified" | "added" | "deleted" | "renamed" | "copied" | "binary" | "mode";
  /** A binary file, a mode or a submodule has one group at line 0 whose hashes stand for the two sides as a whole. */
  readonly groups: readonly ChangeGroup[];
}

/** The diff of one commit against its first parent. */
export interface CommitDiff {
  readonly sha: string;
  readonly files: readonly FileChanges[];
  /** `missing-blob`: git could not read a side, so nothing is known of its lines. */
  readonly state: DiffState;
  /** Two words that are equal when the changed lines and their paths are, white space aside. */
  readonly id: readonly [number, number];
}

/** `too-large`: only the first lines are kept. `unreadable`: git failed for another reason. */
export type DiffState = "known" | "missing-blob" | "too-large" | "unreadable";

export type Verdict = "same" | "adapted" | "partial" | "extended" | "squash" | "split" | "revert" | "downstream-only" | "unsure";

export type HunkState = "same" | "adapted" | "dropped" | "extra";

/** `up` and `down` are `path:line`: the new side's first line of the hunk's @@ header with three lines of context. */
export interface HunkVerdict {
  readonly state: HunkState;
  readonly up: string | undefined;
  readonly down: string | undefined;
}

export interface Alternative {
  readonly commit: string;
  /** 0 to 1. */
  readonly score: number;
}

/** Where a claim leads. */
export interface ClaimCheck {
  /** As the message says it. */
  readonly claimed: string;
  /** Full sha when the repository knows it. */
  readonly commit: string | undefined;
  /**
   * `verified`: the diffs agree. `wrong`: they do not, or another commit is meant. `unknown-commit`: not in this repository.
   * `unproven`: there is no diff to compare.
   */
  readonly state: "verified" | "wrong" | "unknown-commit" | "unproven";
  /** Commits between the claim and mainline: stable's own commit, when the claim named that. */
  readonly via: readonly string[];
}

/** The answer for one downstream commit. */
export interface MapRow {
  readonly commit: string;
  /** Mainline's commits that it carries; several only for a squash. */
  readonly upstream: readonly string[];
  readonly verdict: Verdict;
  /** 0 to 1: how sure the answer is. */
  readonly score: number;
  /** What found it: `claim`, `title`, `patch-id`, `lines`, `revert`, … */
  readonly method: string;
  readonly claims: readonly ClaimCheck[];
  readonly alternatives: readonly Alternative[];
  readonly hunks: readonly HunkVerdict[];
  /** For a revert: downstream's own commit that it takes back. */
  readonly takesBack?: string;
}

export interface MapOptions {
  /** Revisions as the user gave them. */
  readonly mainline: string;
  readonly downstream: string;
  readonly ignoreTrailers: boolean;
  readonly evidence: "all" | "diff";
  /** Full shas that are no candidates. */
  readonly excluded: ReadonlySet<string>;
}

/** What a map is made of and what it found. */
export interface UpstreamMap {
  /** Full shas of the two tips. */
  readonly mainline: string;
  readonly downstream: string;
  /** Nearest common ancestor; undefined when the histories share nothing. */
  readonly base: string | undefined;
  /** Mainline's commits that downstream does not have, without merges, newest first. */
  readonly candidates: readonly CommitFacts[];
  /** Downstream's own commits, without merges, newest first. */
  readonly commits: readonly CommitFacts[];
  /** One for each of `commits`, in that order. */
  readonly rows: readonly MapRow[];
  /** What could not be read, e.g. commits with missing blobs; shown to the user. */
  readonly notices: readonly MapNotice[];
  /** What downstream's keepers were seen to do to headers. */
  readonly habits: Habits;
}

/**
 * What a downstream's keepers do to headers. Mostly they keep title, author and author's date, so that a header that differs
 * speaks against a pair; where they write them anew it says nothing.
 */
export interface Habits {
  readonly keepsTitles: boolean;
  readonly keepsAuthors: boolean;
  readonly keepsTimes: boolean;
}

export interface MapNotice {
  readonly code: "missing-blobs" | "index-damaged" | "index-read-only" | "shallow" | "large-commit";
  readonly commits: readonly string[];
  readonly detail: string;
}

/** Why a listed fix is missed: each step is proven. */
export interface FixReason {
  /** `fixes`: its trailer names `culprit`. `reverts`: it takes `culprit` back. `cve`: the kernel CNA's record says so. `stable`: Cc: stable and nothing else. */
  readonly kind: "fixes" | "reverts" | "cve" | "stable";
  /** Mainline's commit that is at fault; empty for `stable`. */
  readonly culprit: string;
  /** How downstream has the culprit: `base` (before the fork), or the downstream commit that carries it, or the missing fix above it in the chain. */
  readonly carriedBy: { readonly how: "base" } | { readonly how: "commit"; readonly commit: string } | { readonly how: "fix"; readonly commit: string };
  /** Set when the quoted title told the culprit, because the sha beside it is unknown or another commit's. */
  readonly by?: "title";
}

export type RiskMark = "cve" | "stable" | "syzbot" | "marked-subsystem" | "revert" | "regression";

export interface MissingFix {
  /** Mainline's commit. */
  readonly fix: string;
  readonly subject: string;
  /** Committer time, seconds since the epoch. */
  readonly time: number;
  readonly reasons: readonly FixReason[];
  readonly risk: readonly RiskMark[];
  readonly cves: readonly string[];
  /** Downstream's commits that may carry it after all: the map is unsure of them. */
  readonly maybeCarriedBy?: readonly string[];
  /** Downstream picked it and took it back later. */
  readonly revertedBy: string | undefined;
  /** Set when the configuration does not build what it touches; evidence to show. */
  readonly notBuilt: NotBuilt | undefined;
}

export interface NotBuilt {
  /** Kconfig symbol without CONFIG_. */
  readonly symbol: string;
  /** Makefile and 1-based line that ties the file to the symbol. */
  readonly file: string;
  readonly line: number;
}
