import type { Message } from "../../text/message";

/** A source tree to look in: a revision of the repository, or a folder that needs no git at all (absolute path). */
export type TreeRef = { readonly kind: "revision"; readonly name: string } | { readonly kind: "directory"; readonly path: string };

export interface PresenceRequest {
  /** Hex, may be abbreviated. */
  readonly commit: string;
  readonly tree: TreeRef;
}

export type PresenceState = "present" | "partial" | "absent" | "unknown";

/**
 * What a place in the tree says about one change. `inapplicable`: the code that it changes is not in this tree. `unreadable`: the
 * file is there, but the repository lacks this version of it.
 */
export type SiteState = "present" | "absent" | "unclear" | "inapplicable" | "unreadable";

/** One change of the commit and where the tree tells of it. */
export interface SiteEvidence {
  readonly state: SiteState;
  /** `path:line` of the change in the commit, new side. */
  readonly up: string;
  /** `path:line` in the tree of the line that decided; undefined when nothing was found. */
  readonly at: string | undefined;
  /** `added`: lines that the commit adds are there. `deleted`: lines that it takes away are still there. `gone`: they are not. */
  readonly by: "added" | "deleted" | "gone" | "file" | "blob" | "nothing";
  /** How much it counts. */
  readonly weight: number;
}

export interface Presence {
  /** As asked. */
  readonly commit: string;
  readonly state: PresenceState;
  /** 0 (absent) to 1 (present); the weighted share of the changes that are in the tree. */
  readonly share: number;
  readonly evidence: readonly SiteEvidence[];
  /** Why the state is `unknown`. */
  readonly reason: Message | undefined;
}
