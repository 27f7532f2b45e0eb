import type { MessageLine, Patch } from "../../patch/types";

/** What a line that means to be `Fixes: <sha> ("<subject>")` holds, read as leniently as a person would. */
export interface FixesLine {
  readonly first: number;
  readonly last: number;
  /** Text of the first line, indentation included. */
  readonly text: string;
  /** What stands before the value: `Fixes: `, `fixes `. */
  readonly lead: string;
  readonly value: string;
  /** As written; undefined when the value names no commit. */
  readonly sha: string | undefined;
  /** Without quotes and parentheses; undefined when there is none. */
  readonly subject: string | undefined;
  /** The first thing that is not as it should be. */
  readonly flaw: FixesFlaw | undefined;
}

export type FixesFlaw = "key" | "report" | "no-sha" | "short" | "word" | "no-subject" | "quotes" | "folded" | "unclosed" | "trailing" | "several";

/** How many digits git's own documents ask for. */
export const shaDigits = 12;
const maxFolds = 3;

const lead = /^(\s*)(fixes)(\s*:\s*|\s+)/iu;
const named = /^((?:commit|sha)?[:\s]*)([0-9a-f]{5,64})(?![0-9a-z])[\s,:-]*(.*)$/iu;

/** A bug report, a CVE, a Coverity number. */
const report = /^(?:<?https?:\/\/|CVE-|CID\b|GHSA-|(?:bug|bz|issue)\b|#\d|\w+#\d)/iu;

/** The `Fixes:` lines of a message, above `---`. Prose that merely starts with the word is none. */
export function fixesLines(patch: Patch): readonly FixesLine[] {
  const { body } = patch.message;
  const found: FixesLine[] = [];
  for (let i = 0; i < body.length; i++) {
    const line = body[i];
    if (line === undefined) continue;
    const start = lead.exec(line.text);
    if (start === null) continue;
    const read = readFixes(body, i, start[0], !(start[3] ?? "").includes(":"));
    if (read === undefined) continue;
    found.push(read.fixes);
    i += read.folds;
  }
  return found;
}

function readFixes(body: readonly MessageLine[], at: number, start: string, noColon: boolean): { readonly fixes: FixesLine; readonly folds: number } | undefined {
  const line = body[at];
  if (line === undefined) return undefined;
  const own = line.text.slice(start.length).trimEnd();
  const match = named.exec(own);
  // "Fixes commit 0123456789ab by doing …" is a sentence; a tag without a colon quotes its subject.
  if (noColon && (match === null || !/^\s*\(["']/u.test(match[3] ?? ""))) return undefined;
  const { value, folds } = unfold(body, at, own);
  const last = body[at + folds]?.line ?? line.line;
  return { fixes: { first: line.line, last, text: line.text, lead: start, value, ...judge(value, start, folds > 0) }, folds };
}

/** Joins the lines of a subject whose closing quote stands on a later line. */
function unfold(body: readonly MessageLine[], at: number, own: string): { readonly value: string; readonly folds: number } {
  const open = /\(["']/u.test(own) && !/["']\)/u.test(own);
  const endsEarly = /^(?:commit\s+)?[0-9a-f]{7,40}$/iu.test(own) && /^\s*\("/u.test(body[at + 1]?.text ?? "");
  if (!open && !endsEarly) return { value: own, folds: 0 };
  let value = own;
  for (let folds = 1; folds <= maxFolds; folds++) {
    const next = body[at + folds]?.text.trim() ?? "";
    if (next === "" || /^[A-Za-z][A-Za-z-]+:\s/u.test(next) && folds > 1) break;
    value = `${value} ${next}`;
    if (/["']\)/u.test(next)) return { value, folds };
  }
  return { value: own, folds: 0 };
}

function judge(value: string, start: string, folded: boolean): Pick<FixesLine, "sha" | "subject" | "flaw"> {
  if (report.test(value)) return { sha: undefined, subject: undefined, flaw: "report" };
  const match = named.exec(value);
  if (match === null) return { sha: undefined, subject: undefined, flaw: "no-sha" };
  const [, word = "", sha = "", rest = ""] = match;
  const quoted = readSubject(rest);
  const flaw = firstFlaw([
    [folded, "folded"],
    [sha.length < shaDigits, "short"],
    [word !== "", "word"],
    [quoted.flaw !== undefined, quoted.flaw],
    [!/^Fixes: $/u.test(start) || !value.startsWith(`${sha} `), "key"],
  ]);
  return { sha, subject: quoted.subject, flaw };
}

function firstFlaw(candidates: readonly (readonly [boolean, FixesFlaw | undefined])[]): FixesFlaw | undefined {
  return candidates.find(([holds]) => holds)?.[1];
}

function readSubject(rest: string): { readonly subject: string | undefined; readonly flaw: FixesFlaw | undefined } {
  const text = rest.trim();
  if (text === "") return { subject: undefined, flaw: "no-subject" };
  const proper = /^\("(.*)"\)(.*)$/u.exec(text);
  if (proper !== null) {
    const [, subject = "", after = ""] = proper;
    if (/"\)[\s,;]*(?:and\s+)?(?:commit\s+)?[0-9a-f]{7,40}\b/iu.test(text)) return { subject: undefined, flaw: "several" };
    const tail = after.trim();
    return { subject, flaw: tail === "" || tail.startsWith("#") ? undefined : "trailing" };
  }
  if (/^(?:and|,|&)?\s*[0-9a-f]{7,40}\b/iu.test(text)) return { subject: undefined, flaw: "several" };
  if (/^\("/u.test(text) && !text.endsWith('"') && !text.endsWith(")")) return { subject: undefined, flaw: "unclosed" };
  const subject = text.replace(/^[("'“‘`]+/u, "").replace(/[)"'”’`]+\.?$/u, "").trim();
  return subject === "" ? { subject: undefined, flaw: "no-subject" } : { subject, flaw: "quotes" };
}

/** The line as git's documents write it. */
export function fixesText(sha: string, subject: string): string {
  return `Fixes: ${sha} ("${subject}")`;
}
