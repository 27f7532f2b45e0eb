import type { MarkerDialect } from "../../patch/types";
import type { Message, MessageText } from "../../text/message";
import type { Author } from "../types";

/**
 * How a team writes that a commit carries one of mainline's. Text with placeholders: {sha} {subject} {tag} {cve} {bug} {signer}
 * {signoff} {message}, each with an optional default: {cve|NA}. A line whose placeholders have neither value nor default goes.
 */
export interface InclusionTemplate {
  readonly id: string;
  readonly title: MessageText;
  readonly subject: string;
  /** Fields of the mail's header, below the subject. */
  readonly fields: readonly string[];
  readonly body: string;
  /** What its keepers ask for on every commit. */
  readonly needs: readonly ("bug" | "tag")[];
  /** What a bug of digits alone becomes; `{bug}` stands for the digits. */
  readonly bugForm: string | undefined;
  /** What a reader of markers finds in it; undefined for a team's own. */
  readonly dialect: MarkerDialect | undefined;
}

export interface PickedCommit {
  /** Full sha of mainline's commit. */
  readonly sha: string;
  /** First mainline tag that contains it. */
  readonly tag: string | undefined;
  readonly cves: readonly string[];
}

export interface PickRequest {
  readonly commits: readonly PickedCommit[];
  readonly template: InclusionTemplate;
  /** Who picks; undefined leaves the sign-off out, and tells. */
  readonly signer: Author | undefined;
  /** As the team writes it: a number or an address; empty when there is none. */
  readonly bug: string;
  /** Full sha that the downstream already has: nothing below it is looked at for the order. */
  readonly base: string | undefined;
}

/** Something that the person who sends the series has to know. */
export interface PickProblem {
  readonly code: string;
  /** Full sha; empty when it is about all. */
  readonly commit: string;
  readonly message: Message;
}

export interface PickedMail {
  readonly sha: string;
  readonly subject: string;
}

/** A mailbox for `git am`, in mainline's order. */
export interface PickedSeries {
  readonly bytes: Uint8Array;
  readonly mails: readonly PickedMail[];
  /** Options that `git am` needs so that nothing of a message or a file is lost. */
  readonly amOptions: readonly string[];
}
