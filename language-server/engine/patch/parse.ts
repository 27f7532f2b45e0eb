import { checkCancel, type Cancel, type Decode } from "../ports";
import { findCommits, readBare, readLogCommit } from "./bare";
import { isBlankLine, toLines } from "./bytes";
import { lastField, readHeader } from "./header";
import { readMail, type Reading, type Section } from "./mail";
import { findSeparators } from "./mbox";
import { report, type Problems } from "./problems";
import type { Content, Lines, Parsed, Patch, PatchSet, SetFormat } from "./types";

type Reader = (reading: Reading, section: Section) => Patch;

/** How a document divides into patches. */
interface Plan {
  readonly format: SetFormat;
  readonly sections: readonly (Section & { readonly read: Reader })[];
}

function contentsOf(source: Lines): (charset: string) => Content {
  const known = new Map<string, Content>();
  return (charset) => {
    const before = known.get(charset);
    if (before !== undefined) return before;
    const content = { bytes: source.bytes, lineStarts: source.lineStarts, lineCount: source.lineCount, sourceLines: undefined, charset };
    known.set(charset, content);
    return content;
  };
}

/** Fields that only a mail begins with. */
const mailFields: readonly string[] = ["From", "Subject", "Message-ID", "Received", "Return-Path", "Delivered-To", "MIME-Version", "In-Reply-To", "References", "Date"];

function looksLikeMail(reading: Reading, section: Section): boolean {
  const { fields } = readHeader(reading.contentIn("utf-8"), section.from, section.to, reading.decode);
  const first = fields[0]?.name.toLowerCase() ?? "";
  if (/^(?:description|origin|author)$/.test(first) && lastField(fields, "From") === undefined) return false;
  return fields.length > 0 && mailFields.some((name) => lastField(fields, name) !== undefined) && /^[a-z0-9-]+$/.test(first);
}

function between(starts: readonly number[], end: number): readonly Section[] {
  return starts.map((from, i) => ({ from, to: starts[i + 1] ?? end }));
}

function planSingle(reading: Reading, section: Section): Plan {
  const mail = looksLikeMail(reading, section);
  return { format: mail ? "mail" : "diff", sections: [{ ...section, read: mail ? readMail : readBare }] };
}

/** What stands above the first separator of a damaged mailbox is read by itself. */
function planMails(reading: Reading, from: number, starts: readonly number[], end: number): Plan {
  const mails = starts.map((start, i) => ({ from: start, to: starts[i + 1] ?? end, read: readMail }));
  const first = starts[0] ?? end;
  const lead = first > from ? planSingle(reading, { from, to: first }).sections : [];
  return { format: mails.length > 1 ? "mbox" : "mail", sections: [...lead, ...mails] };
}

function planOf(reading: Reading, source: Lines): Plan {
  const end = source.lineCount;
  let from = 0;
  while (from < end && isBlankLine(source, from)) from++;
  if (from === end) return { format: "empty", sections: [] };
  const separators = findSeparators(reading.contentIn("utf-8"));
  if (separators.length > 0) return planMails(reading, from, separators, end);
  const commits = findCommits(reading);
  if (commits[0] === from) return { format: "diff", sections: between(commits, end).map((section) => ({ ...section, read: readLogCommit })) };
  return planSingle(reading, { from, to: end });
}

/** Windows tools write UTF-16 when told to redirect; the rest of the parser wants bytes of UTF-8. */
function asUtf8(bytes: Uint8Array, decode: Decode, problems: Problems): Uint8Array {
  const little = bytes[0] === 0xff && bytes[1] === 0xfe;
  const big = bytes[0] === 0xfe && bytes[1] === 0xff;
  if (!little && !big) return bytes;
  report(problems, 1, "utf-16");
  return decode.bytes(decode.text(bytes.subarray(2), little ? "utf-16le" : "utf-16be"));
}

/** Text without any patch in it is told as such rather than shown as an empty patch. */
function isNothing(plan: Plan, patches: readonly Patch[]): boolean {
  return plan.format === "diff" && patches.every((patch) => patch.files.length === 0 && patch.commit === undefined);
}

/**
 * Parses whatever a patch may come as: one mail or a mailbox, bare diffs, the output of git show or git log -p.
 * Never fails: what stands out is told in `problems`. Throws only `Cancelled`.
 */
export function parsePatchSet(bytes: Uint8Array, decode: Decode, cancel?: Cancel): Parsed<PatchSet> {
  const problems: Problems = [];
  const source = toLines(asUtf8(bytes, decode, problems));
  const contentIn = contentsOf(source);
  const plan = planOf({ contentIn, decode, problems, cancel, ordinal: 0 }, source);
  const patches: Patch[] = [];
  for (const section of plan.sections) {
    checkCancel(cancel);
    patches.push(section.read({ contentIn, decode, problems, cancel, ordinal: patches.length }, section));
  }
  if (isNothing(plan, patches)) {
    report(problems, 1, "nothing-found");
    return { value: { format: "empty", source, patches: [] }, problems };
  }
  return { value: { format: plan.format, source, patches }, problems };
}
