import type { Decode } from "../../ports";
import type { Author } from "../types";
import type { CommitText } from "./commits";
import { fill, fillBody, type Values } from "./fill";
import type { InclusionTemplate, PickedCommit } from "./types";

/** What a mail may not hold within a line of its header. */
function oneLine(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f]+/gu, " ").trim();
}

/** RFC 5322: a name with other than these characters stands in quotes. */
function mailbox({ name, email }: Author): string {
  const plain = oneLine(name).replace(/[<>]/gu, "");
  const quoted = /[()[\]:;@\\,."]/u.test(plain) ? `"${plain.replace(/["\\]/gu, "\\$&")}"` : plain;
  return `${quoted} <${oneLine(email).replace(/[<> ]/gu, "")}>`;
}

/** Lines of a message that git mailinfo or mailsplit takes for the start of a patch, or of the next mail. */
const breaks = /^(?:diff -|Index: |---(?:\s*$| \S)|From .*\d:\d)/u;
/** Fields that git mailinfo takes off the top of a body. */
const inBodyField = /^(?:>?from|date|subject|\[patch)/iu;

interface SafeBody {
  readonly text: string;
  /** The first line that had to be indented. */
  readonly indented: string | undefined;
}

/** The body with what would end it early one blank to the right. */
export function safeBody(body: string): SafeBody {
  let indented: string | undefined;
  let top = true;
  const lines = body.split("\n").map((line) => {
    const bad = breaks.test(line) || (top && inBodyField.test(line) && /^(?:\[patch|[^\s:]+:)/iu.test(line));
    if (line.trim() !== "") top = false;
    if (!bad) return line;
    indented ??= line;
    return ` ${line}`;
  });
  return { text: lines.join("\n"), indented };
}

function bugOf(bug: string, template: InclusionTemplate): string {
  const given = oneLine(bug);
  const digits = /^#?(\d{1,12})$/u.exec(given)?.[1];
  return digits === undefined || template.bugForm === undefined ? given : template.bugForm.replace("{bug}", digits);
}

/** What the placeholders stand for. */
export function valuesOf(commit: CommitText, picked: PickedCommit, template: InclusionTemplate, signer: Author | undefined, bug: string): Values {
  const signature = signer === undefined ? "" : `${oneLine(signer.name)} <${oneLine(signer.email)}>`;
  return {
    sha: commit.sha,
    subject: oneLine(commit.subject),
    tag: oneLine(picked.tag ?? ""),
    cve: picked.cves.filter((cve) => /^CVE-\d{4}-\d{4,10}$/u.test(cve)).join(" "),
    bug: bugOf(bug, template),
    signer: signature,
    signoff: signature === "" ? "" : `Signed-off-by: ${signature}`,
  };
}

export interface Mail {
  readonly bytes: Uint8Array;
  readonly subject: string;
  readonly indented: string | undefined;
}

export interface Numbered {
  readonly index: number;
  readonly total: number;
}

/** One mail as `git format-patch` writes it, with the template's words. `diff` is what git printed: statistics, then the patch. */
export function mailOf(commit: CommitText, template: InclusionTemplate, values: Values, number: Numbered, diff: Uint8Array, decode: Decode): Mail {
  const subject = oneLine(fill(template.subject, values));
  const { text, indented } = safeBody(fillBody(template.body, commit.body, values));
  const count = number.total === 1 ? "" : ` ${String(number.index).padStart(String(number.total).length, "0")}/${number.total}`;
  const fields = template.fields.map((field) => oneLine(fill(field, values)).replace(/ {2,}/gu, " ")).filter((field) => field !== "");
  const head = [
    `From ${commit.sha} Mon Sep 17 00:00:00 2001`,
    `From: ${mailbox(commit)}`,
    `Date: ${oneLine(commit.date)}`,
    `Subject: [PATCH${count}] ${subject}`,
    ...fields,
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=UTF-8",
    "Content-Transfer-Encoding: 8bit",
    "",
    text,
    "---",
    "",
  ].join("\n");
  const parts = [decode.bytes(head), diff, decode.bytes("-- \nKeelson\n\n")];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return { bytes, subject, indented };
}
