import type { KnowledgeNotifications, KnowledgeRequests } from "./knowledge";
import type { TuningRequests } from "./tuning";
import type { TuningSuggestRequests } from "./tuning-suggest";
import type { UpstreamNotifications, UpstreamRequests } from "./upstream";
import type { UpstreamActionRequests } from "./upstream-actions";
import type { UpstreamPickRequests } from "./upstream-picks";
import type { UpstreamPanelNotifications, UpstreamPanelRequests } from "./upstream-panels";

/**
 * Every custom message between the editor (or a panel) and the server, in one place. Plain data.
 * Method names start with `keelson/<capability>/`; a panel may call its own capability's methods only.
 */

/** What `Keelson: Explain` is asked about. Lines are 1-based document lines, inclusive. */
export type ExplainTarget =
  | { readonly kind: "patch"; readonly patch: number }
  | { readonly kind: "file"; readonly patch: number; readonly file: number }
  | { readonly kind: "hunk"; readonly patch: number; readonly file: number; readonly hunk: number }
  | { readonly kind: "selection"; readonly firstLine: number; readonly lastLine: number };

export type ExplainSection = "what" | "why" | "how" | "risk" | "test" | "backport";

export interface EvidenceView {
  readonly path: string;
  readonly side: "old" | "new" | "message";
  readonly quote: string;
  /** 1-based document line where the quote was found. */
  readonly line: number;
}

/** A statement whose evidence was found in the patch, byte by byte or after whitespace folding. */
export interface StatementView {
  readonly section: ExplainSection;
  /** Markdown of the model; shown as text, never as HTML. */
  readonly text: string;
  readonly evidence: readonly EvidenceView[];
}

/** A deterministic fact, shown with or without a model. Text is already in the reader's language. */
export interface FactView {
  readonly kind: "subject" | "author" | "marker" | "fixes" | "files" | "base" | "finding" | "maintainer";
  readonly text: string;
  /** 1-based document line. */
  readonly line: number | undefined;
  readonly severity: "error" | "warning" | "information" | "hint" | undefined;
  /** Check id of a finding. */
  readonly check: string | undefined;
}

export interface ExplainEndpoint {
  readonly id: string;
  readonly model: string;
}

/** All that the explanation view shows; the server keeps it, so that a reloaded view asks for it again. */
export interface ExplanationView {
  readonly session: string;
  readonly uri: string;
  readonly target: ExplainTarget;
  /** "0003-net-mana….patch — hunk 2 of drivers/…". */
  readonly title: string;
  readonly facts: readonly FactView[];
  /** `none`: no endpoint is set. */
  readonly state: "none" | "running" | "done" | "cancelled" | "error";
  readonly endpoint: ExplainEndpoint | undefined;
  readonly statements: readonly StatementView[];
  /** Statements that could not be verified and are therefore not shown. */
  readonly dropped: number;
  readonly fromCache: boolean;
  readonly estimate: { readonly promptTokens: number } | undefined;
  readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
  /** Rendered warnings, e.g. that the server cut the prompt. */
  readonly warnings: readonly string[];
  /** What is being waited for, e.g. "The endpoint asked to wait 20 s". */
  readonly waiting: string | undefined;
  readonly error: { readonly message: string; readonly advice: string; readonly details: string } | undefined;
}

/** What can be made a patch document of. */
export type SourceRequest =
  | { readonly kind: "staged"; readonly folder: string }
  | { readonly kind: "worktree"; readonly folder: string }
  | { readonly kind: "range"; readonly folder: string; readonly range: string };

export interface ServerState {
  readonly state: "idle" | "busy" | "failed";
  /** What it is doing, in the reader's language. */
  readonly text: string;
}

export interface CapabilityRow {
  readonly name: string;
  readonly state: "yes" | "no" | "unknown";
  readonly detail: string;
}

/** Plan of "Apply to a worktree", shown before anything is written. */
export interface WorktreePlan {
  readonly path: string;
  readonly base: string;
  readonly commands: readonly string[];
}

export interface Requests extends KnowledgeRequests, UpstreamRequests, UpstreamActionRequests, UpstreamPickRequests, UpstreamPanelRequests, TuningRequests, TuningSuggestRequests {
  /** Starts (or finds, when cached or running) an explanation and returns its first view. */
  "keelson/review/explain": { params: { readonly uri: string; readonly target: ExplainTarget; readonly again?: boolean }; result: ExplanationView };
  /** The current view of a session; undefined (null on the wire) when the server no longer knows it. */
  "keelson/review/explanation": { params: { readonly session: string }; result: ExplanationView | null };
  "keelson/review/cancelExplanation": { params: { readonly session: string }; result: null };
  /** The text of a patch document for staged changes, the working tree, a commit or a range. */
  "keelson/review/source": { params: SourceRequest; result: { readonly text: string; readonly title: string } };
  /** The exact model request for a target, redacted, as text. */
  "keelson/review/preview": { params: { readonly uri: string; readonly target: ExplainTarget }; result: { readonly text: string } };
  /** All safe fixes of a document, as edits to preview. */
  "keelson/review/fixAll": { params: { readonly uri: string }; result: { readonly edits: readonly { readonly startLine: number; readonly startColumn: number; readonly endLine: number; readonly endColumn: number; readonly newText: string; readonly title: string }[] } };
  "keelson/review/planWorktree": { params: { readonly uri: string; readonly patch: number }; result: WorktreePlan };
  "keelson/review/applyToWorktree": { params: { readonly uri: string; readonly patch: number; readonly plan: WorktreePlan }; result: { readonly ok: boolean; readonly output: string; /** The worktree was made, so that it is there to mend even when the patch stopped. */ readonly made: boolean } };
  /** Remembers that a person rejected a finding, with the reason. */
  "keelson/review/suppress": { params: { readonly uri: string; readonly patch: number; readonly check: string; readonly quote: string; readonly line: number; readonly reason: string }; result: { readonly where: string } };
  /** Takes a suppression back; `where` is what suppressing answered. */
  "keelson/review/restore": { params: { readonly uri: string; readonly check: string; readonly quote: string; readonly where: string }; result: null };
  /** Hands over model keys from SecretStorage; redacted in every trace. */
  "keelson/model/keys": { params: { readonly keys: Readonly<Record<string, string>> }; result: null };
  "keelson/model/test": { params: { readonly id?: string }; result: { readonly text: string; readonly rows: readonly CapabilityRow[] } };
  /** Redacted facts about server, settings, git and repositories. */
  "keelson/server/diagnose": { params: null; result: { readonly text: string } };
}

export interface Notifications extends KnowledgeNotifications, UpstreamNotifications, UpstreamPanelNotifications {
  /** The explanation changed; panels show the view that is in it. */
  "keelson/review/explanationChanged": ExplanationView;
  "keelson/server/state": ServerState;
}

export type RequestMethod = keyof Requests;
export type NotificationMethod = keyof Notifications;
