import type { KnowledgeKind } from "../engine/tuning/types";

/** A tree, a folder or a machine that was read. */
export interface KnowledgeOrigin {
  /** As the store names it: an absolute path, the name of a running system, or what versions were compared of. */
  readonly origin: string;
  readonly kind: "folder" | "file" | "running" | "versions";
  /** False when its folder or file is no longer there. */
  readonly present: boolean;
  readonly files: number;
  readonly records: number;
  /** Parts that could not be read. */
  readonly unread: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export interface KnowledgeCount {
  readonly name: string;
  readonly records: number;
}

export interface KnowledgeSummary {
  /** Path of the store. */
  readonly store: string;
  readonly records: number;
  readonly origins: readonly KnowledgeOrigin[];
  readonly kinds: readonly KnowledgeCount[];
  /** The largest first. */
  readonly components: readonly KnowledgeCount[];
  /** Changes of the store that were damaged and count as never written. */
  readonly damaged: number;
}

export type KnowledgeReading = { readonly kind: "tree"; readonly path: string } | { readonly kind: "folder"; readonly path: string; readonly component?: string } | { readonly kind: "file"; readonly path: string; readonly component?: string } | { readonly kind: "running" };

export interface KnowledgeReport {
  readonly origin: string;
  readonly files: number;
  readonly changed: number;
  readonly gone: number;
  readonly records: number;
  readonly unread: number;
  readonly conflicts: number;
  /** What was read and what was not, as Markdown, in the reader's language. */
  readonly details: string;
}

export interface KnowledgeHit {
  readonly name: string;
  readonly kind: KnowledgeKind;
  readonly component: string;
  /** The document's own words, one line. */
  readonly text: string;
  /** Type, default, range, unit, restart: what is known of them, one line. */
  readonly facts: string;
  /** `file:line` within its origin, with the section. */
  readonly source: string;
  /** Absolute path of the file that is on this machine, and its 1-based line. */
  readonly place: { readonly path: string; readonly line: number } | undefined;
  /** Everything known of it with every source, as Markdown; for what has no file. */
  readonly page: string;
}

export interface KnowledgeRequests {
  "keelson/knowledge/summary": { params: null; result: KnowledgeSummary };
  "keelson/knowledge/search": { params: { readonly text: string; readonly kinds?: readonly KnowledgeKind[]; readonly components?: readonly string[]; readonly limit: number }; result: { readonly hits: readonly KnowledgeHit[] } };
  /** Reads an origin; only what changed since it was last read. Progress comes as a notification of its own. */
  "keelson/knowledge/read": { params: KnowledgeReading; result: KnowledgeReport };
  /** Reads an origin again that the store has. */
  "keelson/knowledge/readAgain": { params: { readonly origin: string }; result: KnowledgeReport };
  /** The password of a team's store, for its address alone; empty takes it back. It is kept in memory. */
  "keelson/knowledge/password": { params: { readonly address: string; readonly password: string }; result: null };
  /** Takes an origin out of the store; its files stay as they are. */
  "keelson/knowledge/forget": { params: { readonly origin: string }; result: null };
}

export interface KnowledgeNotifications {
  "keelson/knowledge/progress": { readonly done: number; readonly total: number };
  /** The store has other contents now. */
  "keelson/knowledge/changed": Record<string, never>;
}
