import type { Cancel, Decode } from "../ports";
import { collapseSpace, parsePerson } from "./address";
import { readBody, type Body } from "./body";
import { endsInCrlf, isBlankLine } from "./bytes";
import { lastField, messageIdOf, readHeader } from "./header";
import { lazily } from "./lazy";
import { parseMarkers } from "./markers";
import { isSeparator, separatorCommit } from "./mbox";
import { decodeBody, needsDecoding, readEnvelope } from "./mime";
import { parseNotes } from "./notes";
import type { Problems } from "./problems";
import { parseSubject, type SubjectParts } from "./subject";
import { parseTrailers } from "./trailers";
import type { CommitMessage, Content, HeaderField, MessageLine, Patch, PatchKind } from "./types";

/** Lines of the document that hold one mail, one commit or one bare diff; 0-based, end exclusive. */
export interface Section {
  readonly from: number;
  readonly to: number;
}

/** What the readers of all kinds of sections need. */
export interface Reading {
  /** The document as a content of a given charset; the same arrays every time. */
  readonly contentIn: (charset: string) => Content;
  readonly decode: Decode;
  readonly problems: Problems;
  readonly cancel: Cancel | undefined;
  readonly ordinal: number;
}

/** `titled`: the subject stands outside of the body. */
export function readCommitMessage(body: readonly MessageLine[], remarks: readonly MessageLine[], header: readonly HeaderField[], subject: string, subjectLine: number | undefined): CommitMessage {
  const trailers = parseTrailers(body, subject !== "");
  return {
    body,
    trailers,
    notes: parseNotes(body, trailers[0]?.lines.first),
    markers: parseMarkers({ body, header, subject, subjectLine }),
    remarks,
  };
}

function kindOf(files: number, subject: SubjectParts, inReplyTo: string | undefined): PatchKind {
  if (files > 0) return "patch";
  if (subject.reply) return "reply";
  if (subject.index === 0) return "cover";
  return inReplyTo !== undefined && subject.index === undefined ? "reply" : "empty";
}

function withoutBlankEnd(content: Content, section: Section): number {
  let to = section.to;
  while (to > section.from + 1 && isBlankLine(content, to - 1)) to--;
  return to;
}

interface Fields {
  readonly from: HeaderField | undefined;
  readonly date: HeaderField | undefined;
  readonly subject: HeaderField | undefined;
}

/** In-body headers win, but git only looks at them when there is a patch. */
function effectiveFields(header: readonly HeaderField[], body: Body): Fields {
  const inBody = body.files.length > 0 ? body.inBody : [];
  const pick = (name: string): HeaderField | undefined => lastField(inBody, name) ?? lastField(header, name);
  return { from: pick("From"), date: pick("Date"), subject: pick("Subject") };
}

/** Reads one mail. */
export function readMail(reading: Reading, section: Section): Patch {
  const plain = reading.contentIn("utf-8");
  let from = section.from;
  while (from < section.to && isBlankLine(plain, from)) from++;
  const separated = from < section.to && isSeparator(plain, from);
  const header = readHeader(plain, separated ? from + 1 : from, section.to, reading.decode);
  const envelope = readEnvelope(header.fields);
  const bodyFrom = Math.min(section.to, isBlankLine(plain, header.end) ? header.end + 1 : header.end);
  const decoded = needsDecoding(envelope) ? decodeBody(plain, bodyFrom, section.to, envelope, reading.decode, reading.problems) : undefined;
  const content = decoded?.content ?? reading.contentIn(envelope.charset);
  const range = decoded === undefined ? { from: bodyFrom, to: section.to } : { from: 0, to: decoded.content.lineCount };
  const crlf = decoded?.crlf ?? endsInCrlf(plain, Math.min(header.end, section.to - 1));
  const { decode, problems, cancel } = reading;
  const body = readBody({ content, ...range, crlf, indent: 0, inBodyHeaders: true, bare: false, unquote: separated, decode, problems, cancel });
  const fields = effectiveFields(header.fields, body);
  const rawSubject = fields.subject?.value ?? "";
  const subject = parseSubject(rawSubject);
  const subjectLine = fields.subject?.lines.first;
  const inReplyTo = messageIdOf(lastField(header.fields, "In-Reply-To")?.value);
  const message = lazily(() => readCommitMessage(body.message(), body.remarks(), header.fields, rawSubject, subjectLine));
  return {
    kind: kindOf(body.files.length, subject, inReplyTo),
    ordinal: reading.ordinal,
    lines: { first: section.from + 1, last: Math.max(section.from + 1, withoutBlankEnd(plain, section)) },
    content,
    encoded: decoded !== undefined || body.unquoted,
    crlf,
    bodyLine: bodyFrom + 1,
    messageIndent: 0,
    separatorLine: body.separatorLine,
    header: header.fields,
    subject: subject.subject,
    rawSubject,
    subjectLine,
    prefixes: subject.prefixes,
    version: subject.version,
    index: subject.index,
    total: subject.total,
    author: fields.from === undefined ? undefined : parsePerson(fields.from.value),
    date: fields.date === undefined ? undefined : collapseSpace(fields.date.value),
    messageId: messageIdOf(lastField(header.fields, "Message-ID")?.value),
    inReplyTo,
    commit: separated ? separatorCommit(plain, from, reading.decode) : undefined,
    get message() {
      return message();
    },
    baseCommit: body.baseCommit,
    prerequisites: body.prerequisites,
    files: body.files,
  };
}
