import type { Message } from "../text/message";

/**
 * A text as bytes with its lines. Line starts are byte offsets; there is one more entry than there are lines, so that
 * line i (0-based) is `bytes[lineStarts[i] .. lineStarts[i + 1])`, its line end included.
 */
export interface Lines {
  readonly bytes: Uint8Array;
  readonly lineStarts: Uint32Array;
  readonly lineCount: number;
}

/**
 * The text a patch was read from: the source itself, or what its mail's transfer encoding, quoting or format=flowed hid.
 * `sourceLines` maps a content line (0-based) to the 1-based line of the document; undefined when content line i *is*
 * document line i + 1.
 */
export interface Content extends Lines {
  readonly sourceLines: Uint32Array | undefined;
  /** Charset for decoding to text. */
  readonly charset: string;
}

/** What stood out while reading; nothing was lost. `line` is 1-based in the document. */
export interface Problem {
  readonly line: number;
  /** Stable, e.g. `hunk-count`, `truncated`, `bad-base64`. */
  readonly code: string;
  readonly severity: "error" | "warning" | "information";
  readonly message: Message;
}

export interface Parsed<T> {
  readonly value: T;
  readonly problems: readonly Problem[];
}

export type SetFormat = "mbox" | "mail" | "diff" | "empty";

/** Everything one document (or folder, or series) holds. `patches` keeps the order of the document. */
export interface PatchSet {
  readonly format: SetFormat;
  readonly source: Lines;
  readonly patches: readonly Patch[];
}

/**
 * `patch`: a mail or commit with at least one diff, or a bare diff. `cover`: [0/n] without a diff. `reply`: a mail that
 * answers another and has no diff of its own. `empty`: a mail without diff that is neither.
 */
export type PatchKind = "patch" | "cover" | "reply" | "empty";

/** 1-based document lines, both inclusive. */
export interface LineRange {
  readonly first: number;
  readonly last: number;
}

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface HeaderField {
  readonly name: string;
  /** Unfolded and RFC 2047 decoded. */
  readonly value: string;
  /** 1-based document lines. */
  readonly lines: LineRange;
}

export interface Patch {
  readonly kind: PatchKind;
  /** Position in {@link PatchSet.patches}. */
  readonly ordinal: number;
  /** All of the patch's document lines, its mail header included. */
  readonly lines: LineRange;
  readonly content: Content;
  /** True when content differs from the document's own bytes (transfer encoding, >From quoting, flowed text): no edits. */
  readonly encoded: boolean;
  /** Lines end in CRLF; the CR is no part of their text. */
  readonly crlf: boolean;
  /** 1-based document line where the message begins, below the header's blank line; past `lines.last` when there is none. */
  readonly bodyLine: number;
  /** Spaces that `git show` and `git log` put before each message line; they are taken out of the message's text. */
  readonly messageIndent: number;
  /** Document line of the `---` under the message. */
  readonly separatorLine: number | undefined;
  readonly header: readonly HeaderField[];
  /** As `git mailinfo -b` gives it: brackets that hold PATCH removed, others kept; empty for a bare diff. */
  readonly subject: string;
  /** The decoded Subject field as it stood. */
  readonly rawSubject: string;
  readonly subjectLine: number | undefined;
  /** Words in the subject's bracket, e.g. `["RFC", "net-next"]`; numbers and version taken out. */
  readonly prefixes: readonly string[];
  /** v2 → 2; 1 when it says none. */
  readonly version: number;
  /** n of [n/m]. */
  readonly index: number | undefined;
  readonly total: number | undefined;
  /** In-body `From:` wins over the header's, as git does. */
  readonly author: Person | undefined;
  /** As written. */
  readonly date: string | undefined;
  readonly messageId: string | undefined;
  readonly inReplyTo: string | undefined;
  /** `From <sha> Mon Sep 17 00:00:00 2001` of format-patch, when it names one. */
  readonly commit: string | undefined;
  readonly message: CommitMessage;
  /** `base-commit:` and `prerequisite-patch-id:` lines of format-patch --base. */
  readonly baseCommit: { readonly sha: string; readonly line: number } | undefined;
  readonly prerequisites: readonly string[];
  readonly files: readonly FileDiff[];
}

/** The commit message without subject, and what follows its `---`. */
export interface CommitMessage {
  /** Body lines as git would commit them, plus what git drops (`dropped`). */
  readonly body: readonly MessageLine[];
  readonly trailers: readonly Trailer[];
  /** Notes between trailers or at the end in brackets: `[name: adjust context]`. */
  readonly notes: readonly Note[];
  /** Backport markers of every dialect, in body or trailers. */
  readonly markers: readonly BackportMarker[];
  /** Lines between `---` and the first diff (diffstat taken out): changelog and remarks. */
  readonly remarks: readonly MessageLine[];
}

export interface MessageLine {
  readonly text: string;
  readonly line: number;
}

export interface Trailer {
  /** As written: `Signed-off-by`. */
  readonly key: string;
  /** Unfolded. */
  readonly value: string;
  readonly lines: LineRange;
  /** The first line's own text. */
  readonly text: string;
}

export interface Note {
  /** `name` of `[name: text]`, empty when there is none. */
  readonly who: string;
  readonly text: string;
  readonly lines: LineRange;
}

export type MarkerDialect =
  | "stable-upstream" // commit X upstream.
  | "stable-bracket" // [ Upstream commit X ]
  | "cherry-pick" // (cherry picked from commit X)
  | "backport" // (backported from commit X)
  | "dpdk" // [ upstream commit X ] and the like with other spelling
  | "openeuler" // mainline inclusion / stable inclusion … commit X
  | "anolis" // ANBZ: #n + commit X upstream.
  | "suse" // Git-commit: X
  | "ubuntu" // (cherry picked from commit X linux-next), BugLink header
  | "chromeos" // UPSTREAM: / BACKPORT: / FROMLIST: subject tag
  | "master-commit"; // master commit: X

/** A claim that the commit carries another one. It may be wrong; upstream verifies it against the diff. */
export interface BackportMarker {
  readonly dialect: MarkerDialect;
  /** As written; undefined for a marker that names none (a ChromeOS tag, an inclusion without commit). */
  readonly sha: string | undefined;
  /** openEuler: the tree that the sha names. */
  readonly origin: "mainline" | "stable" | "other";
  readonly lines: LineRange;
  readonly text: string;
  /** What is not as the dialect's keepers write it, e.g. `sha-too-short`. */
  readonly flaws: readonly string[];
}

export type FileStatus = "modified" | "added" | "deleted" | "renamed" | "copied" | "mode" | "combined";

export interface FileDiff {
  /** Without prefix, unquoted; /dev/null of an added file is the new path here as git's numstat does. */
  readonly oldPath: string;
  readonly newPath: string;
  readonly status: FileStatus;
  /** `100644`, when told. */
  readonly oldMode: string | undefined;
  readonly newMode: string | undefined;
  /** Blob names from `index a..b`, as abbreviated there. */
  readonly oldBlob: string | undefined;
  readonly newBlob: string | undefined;
  /** Similarity of a rename or copy, 0 to 100. */
  readonly similarity: number | undefined;
  readonly binary: boolean;
  /** Counted from the lines, not from the header. */
  readonly added: number;
  readonly deleted: number;
  /** From `diff --git` (or `---`) to the last hunk line. */
  readonly lines: LineRange;
  /** The document lines that name the old and new path, where there are such lines. */
  readonly oldPathLine: number | undefined;
  readonly newPathLine: number | undefined;
  readonly hunks: readonly Hunk[];
}

export interface Hunk {
  /** As the header says; the counts found in the lines are below. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly actualOld: number;
  readonly actualNew: number;
  /** Text after the second @@. */
  readonly section: string;
  /** 1-based document line of the @@ line. */
  readonly line: number;
  /** Document lines of header and body. */
  readonly lines: LineRange;
  /** Content lines of the body: 0-based, end exclusive. */
  readonly start: number;
  readonly end: number;
}

/** `eof`: "\ No newline at end of file", which speaks of the line before it. */
export type LineRole = "context" | "added" | "deleted" | "eof";

export interface PatchLine {
  readonly role: LineRole;
  /** Without the leading sign and without line end. */
  readonly text: string;
  /** 1-based document line. */
  readonly line: number;
  /** 1-based in the old file; 0 on an added line. */
  readonly oldNumber: number;
  /** 1-based in the new file; 0 on a deleted line. */
  readonly newNumber: number;
  /** Byte offset of the line in the patch's content. */
  readonly offset: number;
  /** True when the old or new text has no line end here. */
  readonly noEol: boolean;
}

/** Where a document line is. */
export interface Place {
  readonly patch: Patch;
  readonly file: FileDiff | undefined;
  readonly hunk: Hunk | undefined;
  readonly zone: "header" | "message" | "remarks" | "fileHeader" | "hunkHeader" | "hunk" | "outside";
}

/** One file of a folder or series, or the file that was asked for. */
export interface LoadedPatchSet {
  /** The machine's own form, as `Files` takes it. */
  readonly path: string;
  readonly set: PatchSet;
  readonly problems: readonly Problem[];
  /** Its place is told by a quilt series, so that [n/m] must not move it. */
  readonly placed?: boolean;
}
