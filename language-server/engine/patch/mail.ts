import type { Cancel, Decode } from "../ports";
import { collapseSpace, parsePerson } from "./address";
import { messageOf, readBody, remarksOf, type Body } from "./body";
import { endsInCrlf, isBlankLine } from "./bytes";
import { lastField, messageIdOf, readHeader, skimHeader } from "./header";
import { parseMarkers } from "./markers";
import { isSeparator, separatorCommit } from "./mbox";
import { decodeBody, needsDecoding, readEnvelope } from "./mime";
import { parseNotes } from "./notes";
import type { Problems } from "./problems";
import { parseSubject, type SubjectParts } from "./subject";
import { parseTrailers } from "./trailers";
import type { CommitMessage, Content, FileDiff, HeaderField, LineRange, MessageLine, Patch, PatchKind, Person } from "./types";

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

function kindWithoutDiff(subject: SubjectParts, inReplyTo: string | undefined): PatchKind {
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

/** Where a mail's parts stand. */
interface Layout {
  /** The `From ` line, when there is one. */
  readonly separator: number | undefined;
  readonly headerFrom: number;
  /** First document line (0-based) below the header. */
  readonly bodyFrom: number;
  readonly content: Content;
  /** The content is not the document's own bytes. */
  readonly decoded: boolean;
  readonly crlf: boolean;
}

/** What a mail's header tells, decoded. */
interface Head {
  readonly header: readonly HeaderField[];
  readonly rawSubject: string;
  readonly subjectLine: number | undefined;
  readonly subject: SubjectParts;
  readonly author: Person | undefined;
  readonly date: string | undefined;
  readonly inReplyTo: string | undefined;
}

/** A mail whose diffs have been read. Header and message are read when first asked for: in a large mailbox nobody looks at most of them. */
class Mail implements Patch {
  readonly ordinal: number;
  readonly lines: LineRange;
  readonly messageIndent = 0;
  private knownHead: Head | undefined = undefined;
  private knownMessage: CommitMessage | undefined = undefined;

  constructor(
    private readonly reading: Reading,
    section: Section,
    private readonly layout: Layout,
    private readonly body: Body,
  ) {
    this.ordinal = reading.ordinal;
    this.lines = { first: section.from + 1, last: Math.max(section.from + 1, withoutBlankEnd(reading.contentIn("utf-8"), section)) };
  }

  private get head(): Head {
    return (this.knownHead ??= this.readHead());
  }

  private readHead(): Head {
    const { layout, body, reading } = this;
    const header = readHeader(reading.contentIn("utf-8"), layout.headerFrom, layout.bodyFrom, reading.decode).fields;
    const fields = effectiveFields(header, body);
    const rawSubject = fields.subject?.value ?? "";
    return {
      header,
      rawSubject,
      subjectLine: fields.subject?.lines.first,
      subject: parseSubject(rawSubject),
      author: fields.from === undefined ? undefined : parsePerson(fields.from.value),
      date: fields.date === undefined ? undefined : collapseSpace(fields.date.value),
      inReplyTo: messageIdOf(lastField(header, "In-Reply-To")?.value),
    };
  }

  get kind(): PatchKind {
    return this.files.length > 0 ? "patch" : kindWithoutDiff(this.head.subject, this.head.inReplyTo);
  }
  get content(): Content {
    return this.layout.content;
  }
  get encoded(): boolean {
    return this.layout.decoded || this.body.unquoted;
  }
  get crlf(): boolean {
    return this.layout.crlf;
  }
  get bodyLine(): number {
    return this.layout.bodyFrom + 1;
  }
  get separatorLine(): number | undefined {
    return this.body.separatorLine;
  }
  get header(): readonly HeaderField[] {
    return this.head.header;
  }
  get subject(): string {
    return this.head.subject.subject;
  }
  get rawSubject(): string {
    return this.head.rawSubject;
  }
  get subjectLine(): number | undefined {
    return this.head.subjectLine;
  }
  get prefixes(): readonly string[] {
    return this.head.subject.prefixes;
  }
  get version(): number {
    return this.head.subject.version;
  }
  get index(): number | undefined {
    return this.head.subject.index;
  }
  get total(): number | undefined {
    return this.head.subject.total;
  }
  get author(): Person | undefined {
    return this.head.author;
  }
  get date(): string | undefined {
    return this.head.date;
  }
  get messageId(): string | undefined {
    return messageIdOf(lastField(this.header, "Message-ID")?.value);
  }
  get inReplyTo(): string | undefined {
    return this.head.inReplyTo;
  }
  get commit(): string | undefined {
    const { separator } = this.layout;
    return separator === undefined ? undefined : separatorCommit(this.reading.contentIn("utf-8"), separator, this.reading.decode);
  }
  get message(): CommitMessage {
    const { header, rawSubject, subjectLine } = this.head;
    return (this.knownMessage ??= readCommitMessage(messageOf(this.body), remarksOf(this.body), header, rawSubject, subjectLine));
  }
  get baseCommit(): Patch["baseCommit"] {
    return this.body.baseCommit;
  }
  get prerequisites(): readonly string[] {
    return this.body.prerequisites;
  }
  get files(): readonly FileDiff[] {
    return this.body.files;
  }
}

/** Reads one mail. */
export function readMail(reading: Reading, section: Section): Patch {
  const plain = reading.contentIn("utf-8");
  let from = section.from;
  while (from < section.to && isBlankLine(plain, from)) from++;
  const separated = from < section.to && isSeparator(plain, from);
  const headerFrom = separated ? from + 1 : from;
  const skim = skimHeader(plain, headerFrom, section.to);
  const envelope = readEnvelope(skim.speaksOfContent ? readHeader(plain, headerFrom, section.to, reading.decode).fields : []);
  const bodyFrom = Math.min(section.to, isBlankLine(plain, skim.end) ? skim.end + 1 : skim.end);
  const decoded = needsDecoding(envelope) ? decodeBody(plain, bodyFrom, section.to, envelope, reading.decode, reading.problems) : undefined;
  const content = decoded?.content ?? reading.contentIn(envelope.charset);
  const range = decoded === undefined ? { from: bodyFrom, to: section.to } : { from: 0, to: decoded.content.lineCount };
  const crlf = decoded?.crlf ?? endsInCrlf(plain, Math.min(skim.end, section.to - 1));
  const { decode, problems, cancel } = reading;
  const body = readBody({ content, from: range.from, to: range.to, crlf, indent: 0, inBodyHeaders: true, bare: false, unquote: separated, decode, problems, cancel });
  return new Mail(reading, section, { separator: separated ? from : undefined, headerFrom, bodyFrom, content, decoded: decoded !== undefined, crlf }, body);
}
