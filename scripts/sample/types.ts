/** A change to a file of the sample's tree. */
export type Edit =
  /** Replaces a text that the file holds exactly once. */
  | { readonly path: string; readonly from: string; readonly to: string }
  | { readonly path: string; readonly create: string | Uint8Array }
  | { readonly path: string; readonly executable: true };

export interface Author {
  readonly name: string;
  readonly email: string;
}

export interface Commit {
  /** Stable name, for `{sha:name}`, `{short:name}` and `{subject:name}` in messages of later commits. */
  readonly name: string;
  readonly subject: string;
  /** Message lines below the subject, trailers included. */
  readonly body: string;
  readonly author: Author;
  readonly edits: readonly Edit[];
}

/** What a check says of a sample patch. */
export interface Expected {
  readonly check: string;
  /** Part of the line that the finding points at. */
  readonly at: string;
}

/** A commit that becomes a mail, and how that mail is then spoiled as a person or a mail program spoils one. */
export interface SamplePatch extends Commit {
  readonly damage?: (mail: string) => string;
  readonly expected: readonly Expected[];
}

/** Patches that travel together. They become files in `patches/<name>/`, or one `patches/<name>.mbox`. */
export interface SampleSeries {
  readonly name: string;
  /** A commit's name or a branch; `main` when absent. */
  readonly start?: string;
  readonly version?: number;
  readonly cover?: { readonly subject: string; readonly text: string };
  readonly mbox?: boolean;
  /** Each patch is a mail of its own, without [n/m]. */
  readonly single?: boolean;
  /** No patch builds on another. */
  readonly independent: boolean;
  /** Loses or shuffles mails, as happens on the way. */
  readonly arrange?: (mails: readonly string[]) => readonly string[];
  /** What is said of an mbox as a whole. */
  readonly expected?: readonly Expected[];
  readonly patches: readonly SamplePatch[];
}
