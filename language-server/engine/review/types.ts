import type { Patch, PatchSet } from "../patch/types";
import type { Cancel, Decode } from "../ports";
import type { Message, MessageTable } from "../text/message";

export type Severity = "error" | "warning" | "information" | "hint";
export const severities: readonly Severity[] = ["error", "warning", "information", "hint"];

/** Where a finding points. `message`: commit message or remarks; `header`: mail header; `old`, `new`: a side of the diff. */
export type Side = "header" | "message" | "old" | "new";

/** A change to the document. Lines are 1-based, columns 0-based UTF-16 units; the end is exclusive. */
export interface TextEdit {
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly newText: string;
}

export interface Fix {
  readonly title: Message;
  readonly edits: readonly TextEdit[];
  /** Safe ones take part in fix-all: they never change what the patch does to the tree. */
  readonly safe: boolean;
}

export interface Related {
  readonly message: Message;
  /** A line of the same document… */
  readonly line?: number;
  /** …or of a file in the repository (path relative to its root, 1-based line). */
  readonly path?: string;
  readonly pathLine?: number;
}

/** What a check says of one place; the runner adds check, severity and patch. */
export interface Draft {
  readonly message: Message;
  readonly side: Side;
  /** Path in the tree, for findings in the diff. */
  readonly file?: string;
  /** 1-based document line. */
  readonly line: number;
  /** 0-based UTF-16 columns in the document's line; the whole line when absent. */
  readonly startColumn?: number;
  readonly endColumn?: number;
  /** The exact text that the finding is about, so that it can be found again. */
  readonly quote: string;
  /** Overrides the check's default, e.g. to demote a doubtful hit. */
  readonly severity?: Severity;
  readonly related?: readonly Related[];
  readonly fix?: Fix;
}

export interface Finding extends Draft {
  readonly check: string;
  readonly severity: Severity;
  /** Ordinal of the patch in its set. */
  readonly patch: number;
}

interface CheckBase {
  /** Folder name, setting key and diagnostic code. */
  readonly id: string;
  readonly severity: Severity;
  readonly messages: MessageTable;
}

export interface TextInput {
  readonly set: PatchSet;
  readonly patch: Patch;
  /** For the text of lines, see `patch/lines.ts`. */
  readonly decode: Decode;
}

/** Needs nothing but the text; all text checks together stay under 200 ms on a 10,000-line patch. */
export interface TextCheck extends CheckBase {
  readonly needs: "text";
  run(input: TextInput, cancel: Cancel | undefined): readonly Draft[];
}

export interface CommitInfo {
  readonly sha: string;
  readonly subject: string;
  /** ISO 8601. */
  readonly authorDate: string;
  readonly authorName: string;
}

export type CommitLookup =
  | { readonly kind: "found"; readonly commit: CommitInfo }
  | { readonly kind: "missing" }
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] };

/** Questions to the repository's history, answered lazily and remembered. `base` is the commit that patches are judged against. */
export interface History {
  readonly base: string;
  /** How the base was chosen, for the user. */
  readonly baseReason: Message;
  /** By full or abbreviated sha, in the whole object store. */
  findCommit(sha: string, cancel?: Cancel): Promise<CommitLookup>;
  /** Commits whose subject is exactly this, reachable from any ref; newest first, at most 5. */
  findSubject(subject: string, cancel?: Cancel): Promise<readonly CommitInfo[]>;
  isAncestor(sha: string, of: string, cancel?: Cancel): Promise<boolean>;
  /** A commit reachable from base whose backport marker names this sha. */
  carriedAs(sha: string, cancel?: Cancel): Promise<CommitInfo | undefined>;
  /** Later commits reachable from any ref whose `Fixes:` names this sha; oldest first. */
  fixesOf(sha: string, cancel?: Cancel): Promise<readonly CommitInfo[]>;
  /** Subjects of the newest commits that touch any of the paths, at most `limit`. */
  subjectsTouching(paths: readonly string[], limit: number, cancel?: Cancel): Promise<readonly string[]>;
}

/** A tree that patches are judged against: the base's files, by path. */
export interface Tree {
  /** Undefined when the tree has no such file. */
  read(path: string, cancel?: Cancel): Promise<Uint8Array | undefined>;
  exists(path: string, cancel?: Cancel): Promise<boolean>;
}

export interface ApplyStep {
  readonly how: "3way" | "strict" | "C2" | "reverse";
  readonly ok: boolean;
  /** git's own words. */
  readonly error: string;
}

/** How one hunk fits. */
export interface HunkFit {
  readonly file: string;
  /** 1-based document line of the @@. */
  readonly line: number;
  readonly state: "exact" | "offset" | "reduced" | "ambiguous" | "rejected" | "applied" | "merged";
  /** Lines that it moved, when known. */
  readonly offset: number;
  /** Where else in the file the hunk's context matches: 1-based line numbers. */
  readonly places: readonly number[];
  /** False when the function above the place is another than the one that the hunk's header names; undefined when neither tells. */
  readonly sameSection?: boolean;
}

/** `clean`: 3-way or strict, every hunk exact; `doubtful`: it goes in, but not where or how it says; `no-tree`: nothing to apply to. */
export interface ApplyResult {
  readonly state: "clean" | "doubtful" | "conflict" | "fails" | "already-applied" | "no-tree";
  readonly base: string;
  readonly steps: readonly ApplyStep[];
  readonly hunks: readonly HunkFit[];
}

export interface MaintainerEntry {
  readonly name: string;
  /** Empty for a list without a name. */
  readonly email: string;
  readonly role: "maintainer" | "reviewer" | "list" | "supporter" | "odd fixer";
  /** The MAINTAINERS section's title. */
  readonly section: string;
}

export interface RepositoryInput extends TextInput {
  readonly history: History;
  readonly tree: Tree;
  /** The result of trying this patch on its base, after the earlier patches of its series. */
  apply(cancel?: Cancel): Promise<ApplyResult>;
  maintainers(cancel?: Cancel): Promise<readonly MaintainerEntry[]>;
}

/** Needs a repository; runs in the background. */
export interface RepositoryCheck extends CheckBase {
  readonly needs: "repository";
  /** Also says something true of a source tree that has no git history (`history.base` is empty there). */
  readonly worksWithoutHistory?: true;
  run(input: RepositoryInput, cancel: Cancel | undefined): Promise<readonly Draft[]>;
}

export type Check = TextCheck | RepositoryCheck;

/** `off` silences; absent keeps the check's own. */
export type SeveritySetting = Severity | "off";

export interface CheckSettings {
  readonly checks: Readonly<Record<string, SeveritySetting>>;
  /** Glob of the touched path → overrides; later entries win. */
  readonly byPath: Readonly<Record<string, Readonly<Record<string, SeveritySetting>>>>;
}
