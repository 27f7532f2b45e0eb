import type { TwinHunk } from "../../language-server/protocol/upstream-panels";

/** What the monaco bundle gives to a panel: a diff editor and nothing of monaco itself, which is a file of its own and loads when first needed. */
export interface MonacoBundle {
  readonly createDiff: (host: HTMLElement) => DiffEditor;
}

export interface DiffSide {
  /** Read out for the side, e.g. "Mainline: lib/ring.c". */
  readonly label: string;
  readonly text: string;
  /** Monaco's language id, or `patch`. */
  readonly language: string;
  /** What stands beside each line, when that is not its own number. */
  readonly numbers?: readonly string[];
}

/** A verdict in the margin. Lines are 1-based lines of the side's text. */
export interface DiffMark {
  readonly side: "up" | "down";
  /** Index of the hunk in its file; both sides of one hunk have the same. */
  readonly hunk: number;
  readonly line: number;
  readonly endLine: number;
  readonly state: TwinHunk["state"];
  /** Codicon without its prefix. */
  readonly icon: string;
  /** One word, shown in the text before the line or behind it. */
  readonly word: string;
  readonly where: "before" | "after";
  /** A sentence, shown on hover. */
  readonly label: string;
}

export interface DiffShown {
  readonly up: DiffSide;
  readonly down: DiffSide;
  readonly marks: readonly DiffMark[];
  /** Fold what neither side changed. */
  readonly fold: boolean;
}

export interface DiffEditor {
  show(shown: DiffShown): void;
  /** Puts the cursor on a line and brings it into the middle; `focus` moves the focus there. */
  reveal(side: "up" | "down", line: number, focus: boolean): void;
  ignoreWhitespace(on: boolean): void;
  /** The differences as a list that a screen reader can read. */
  readDifferences(): void;
  dispose(): void;
}

declare global {
  var keelsonMonaco: MonacoBundle | undefined;
  var MonacoEnvironment: { readonly getWorker: () => Worker } | undefined;
}
