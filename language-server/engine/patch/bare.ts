import { parsePerson } from "./address";
import { messageOf, readBody, remarksOf, type Body, type BodyInput } from "./body";
import { endsInCrlf, isBlankLine, lineEnd, lineHas, lineStart, textOf } from "./bytes";
import { lastField, readHeader } from "./header";
import { readCommitMessage, type Reading, type Section } from "./mail";
import { parseSubject } from "./subject";
import type { Content, HeaderField, MessageLine, Patch, Person } from "./types";

/** What a section without mail header knows of its commit. */
interface Commitlike {
  readonly header: readonly HeaderField[];
  /** First content line of the message. */
  readonly bodyFrom: number;
  readonly indent: number;
  readonly commit: string | undefined;
  readonly date: string | undefined;
  readonly author: Person | undefined;
}

interface Titled {
  readonly rawSubject: string;
  readonly subjectLine: number | undefined;
  readonly body: readonly MessageLine[];
}

function bodyOf(reading: Reading, section: Section, content: Content, known: Commitlike): { readonly body: Body; readonly crlf: boolean } {
  const { decode, problems, cancel } = reading;
  const crlf = endsInCrlf(content, section.from);
  const input: BodyInput = { content, from: known.bodyFrom, to: section.to, crlf, indent: known.indent, inBodyHeaders: false, bare: known.indent === 0, unquote: false, decode, problems, cancel };
  return { body: readBody(input), crlf };
}

function lastTextLine(content: Content, section: Section): number {
  let to = section.to;
  while (to > section.from + 1 && isBlankLine(content, to - 1)) to--;
  return to;
}

function assemble(reading: Reading, section: Section, content: Content, known: Commitlike, parts: { readonly body: Body; readonly crlf: boolean }, titled: Titled): Patch {
  const { body } = parts;
  const subject = parseSubject(titled.rawSubject);
  return {
    kind: body.files.length > 0 ? "patch" : "empty",
    ordinal: reading.ordinal,
    lines: { first: section.from + 1, last: lastTextLine(content, section) },
    content,
    encoded: known.indent > 0,
    crlf: parts.crlf,
    bodyLine: known.bodyFrom + 1,
    messageIndent: known.indent,
    separatorLine: body.separatorLine,
    header: known.header,
    subject: subject.subject,
    rawSubject: titled.rawSubject,
    subjectLine: titled.subjectLine,
    prefixes: subject.prefixes,
    version: subject.version,
    index: subject.index,
    total: subject.total,
    author: known.author,
    date: known.date?.replace(/\s+/g, " "),
    messageId: undefined,
    inReplyTo: undefined,
    commit: known.commit,
    message: readCommitMessage(titled.body, remarksOf(body), known.header, titled.rawSubject, titled.subjectLine),
    baseCommit: body.baseCommit,
    prerequisites: body.prerequisites,
    files: body.files,
  };
}

/** `commit <sha>` of git log and git show, with what may stand after it: `(HEAD -> main)`, `(from <sha>)`. */
const commitLine = /^commit ([0-9a-f]{7,64})(?: \(.*\))?$/;

function textAt(content: Content, i: number, reading: Reading): string {
  return textOf(content.bytes, lineStart(content, i), lineEnd(content, i, true), content.charset, reading.decode);
}

/** Lines (0-based) that open a commit in the output of `git log -p` or `git show`. */
export function findCommits(reading: Reading): readonly number[] {
  const content = reading.contentIn("utf-8");
  const found: number[] = [];
  for (let i = 0; i < content.lineCount; i++) {
    if (content.bytes[lineStart(content, i)] !== 99 || !lineHas(content, i, "commit ")) continue;
    const next = ["Author:", "Merge:", "AuthorDate:"].some((name) => lineHas(content, i + 1, name));
    if (next && commitLine.test(textAt(content, i, reading))) found.push(i);
  }
  return found;
}

/** The first paragraph is the subject, joined as git's %s does. */
function titleOf(message: readonly MessageLine[]): Titled {
  const blank = message.findIndex((line) => line.text.trim() === "");
  const end = blank < 0 ? message.length : blank;
  const rawSubject = message.slice(0, end).map((line) => line.text.trim()).join(" ");
  let from = end;
  while (from < message.length && message[from]?.text.trim() === "") from++;
  return { rawSubject, subjectLine: message[0]?.line, body: message.slice(from) };
}

/** Reads one commit of `git show` or `git log -p`. */
export function readLogCommit(reading: Reading, section: Section): Patch {
  const content = reading.contentIn("utf-8");
  const header = readHeader(content, section.from + 1, section.to, reading.decode);
  const author = lastField(header.fields, "Author")?.value;
  const known: Commitlike = {
    header: header.fields,
    bodyFrom: Math.min(section.to, header.end + 1),
    indent: 4,
    commit: commitLine.exec(textAt(content, section.from, reading))?.[1],
    date: (lastField(header.fields, "AuthorDate") ?? lastField(header.fields, "Date"))?.value,
    author: author === undefined ? undefined : parsePerson(author),
  };
  const parts = bodyOf(reading, section, content, known);
  return assemble(reading, section, content, known, parts, titleOf(messageOf(parts.body)));
}

/** Fields of DEP-3 (Debian's patch tagging guidelines) that open such a header. */
const dep3 = /^(?:Description|Origin|Bug|Bug-[A-Za-z]+|Forwarded|Author|Last-Update|Applied-Upstream|Reviewed-by|Acked-by)$/i;

function isDep3(fields: readonly HeaderField[]): boolean {
  return fields.some((field) => dep3.test(field.name));
}

/** Subject and text of a DEP-3 header: the first line of Description is the subject. */
function dep3Title(content: Content, fields: readonly HeaderField[], message: readonly MessageLine[], reading: Reading): Titled {
  const subject = lastField(fields, "Subject");
  const description = lastField(fields, "Description") ?? subject;
  if (description === undefined) return { rawSubject: "", subjectLine: undefined, body: message };
  const { first, last } = description.lines;
  const lines: MessageLine[] = [];
  for (let line = first; line <= last; line++) {
    const text = textAt(content, line - 1, reading);
    lines.push({ text: line === first ? text.slice(text.indexOf(":") + 1).trim() : text.trim().replace(/^\.$/, ""), line });
  }
  const [title, ...rest] = lines;
  const gap = rest.length > 0 && message.length > 0 ? [{ text: "", line: last + 1 }] : [];
  return { rawSubject: title?.text ?? "", subjectLine: first, body: [...rest, ...gap, ...message] };
}

/** A bare diff, with whatever text stands above it: a quilt patch's header, DEP-3 fields, or nothing. */
export function readBare(reading: Reading, section: Section): Patch {
  const content = reading.contentIn("utf-8");
  const block = readHeader(content, section.from, section.to, reading.decode);
  const header = isDep3(block.fields) ? block.fields : [];
  const author = lastField(header, "Author") ?? lastField(header, "From");
  const known: Commitlike = {
    header,
    bodyFrom: header.length > 0 ? block.end : section.from,
    indent: 0,
    commit: undefined,
    date: lastField(header, "Date")?.value,
    author: author === undefined ? undefined : parsePerson(author.value),
  };
  const parts = bodyOf(reading, section, content, known);
  const titled = header.length > 0 ? dep3Title(content, header, messageOf(parts.body), reading) : { rawSubject: "", subjectLine: undefined, body: messageOf(parts.body) };
  return assemble(reading, section, content, known, parts, titled);
}
