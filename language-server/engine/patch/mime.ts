import type { Decode } from "../ports";
import { byte, documentLine, endsInCrlf, hasAt, lineEnd, lineStart } from "./bytes";
import { lastField, readHeader } from "./header";
import { report, type Problems } from "./problems";
import { decodeBase64, decodeQuotedPrintableLine } from "./transfer";
import type { Content, HeaderField, Lines } from "./types";

/** What a mail's header says of its body. */
export interface Envelope {
  /** Lower case: `text/plain`. */
  readonly type: string;
  readonly charset: string;
  readonly boundary: string | undefined;
  readonly encoding: "plain" | "base64" | "quoted-printable";
  readonly flowed: boolean;
  readonly delsp: boolean;
  /** Name of an attachment, else empty. */
  readonly filename: string;
}

function parameterNamed(name: string): RegExp {
  return new RegExp(`;\\s*${name}\\s*=\\s*(?:"([^"]*)"|([^\\s;"]+))`, "i");
}

const parameters = { charset: parameterNamed("charset"), boundary: parameterNamed("boundary"), format: parameterNamed("format"), delsp: parameterNamed("delsp"), filename: parameterNamed("filename"), name: parameterNamed("name") } as const;

function parameter(value: string, name: keyof typeof parameters): string | undefined {
  const match = value.includes(";") ? parameters[name].exec(value) : null;
  return match?.[1] ?? match?.[2];
}

function encodingOf(value: string | undefined): Envelope["encoding"] {
  const encoding = value?.trim().toLowerCase();
  return encoding === "base64" || encoding === "quoted-printable" ? encoding : "plain";
}

/** The envelope of a mail that says nothing of its body, as those of format-patch mostly do. */
const plainEnvelope: Envelope = { type: "text/plain", charset: "utf-8", boundary: undefined, encoding: "plain", flowed: false, delsp: false, filename: "" };

export function readEnvelope(fields: readonly HeaderField[]): Envelope {
  if (!fields.some((field) => /^content-/i.test(field.name))) return plainEnvelope;
  const contentType = lastField(fields, "Content-Type")?.value ?? "text/plain";
  const disposition = lastField(fields, "Content-Disposition")?.value ?? "";
  return {
    type: (contentType.split(";")[0] ?? "").trim().toLowerCase(),
    charset: (parameter(contentType, "charset") ?? "utf-8").toLowerCase(),
    boundary: parameter(contentType, "boundary"),
    encoding: encodingOf(lastField(fields, "Content-Transfer-Encoding")?.value),
    flowed: parameter(contentType, "format")?.toLowerCase() === "flowed",
    delsp: parameter(contentType, "delsp")?.toLowerCase() === "yes",
    filename: parameter(disposition, "filename") ?? parameter(contentType, "name") ?? "",
  };
}

/** True when the body can't be read from the document's own bytes. */
export function needsDecoding(envelope: Envelope): boolean {
  return envelope.encoding !== "plain" || envelope.flowed || envelope.type.startsWith("multipart/");
}

/** Decoded bytes with the document line that each of their lines began in. */
interface Writer {
  bytes: Uint8Array;
  length: number;
  readonly starts: number[];
  readonly sources: number[];
  open: boolean;
}

function reserve(writer: Writer, extra: number): void {
  if (writer.length + extra <= writer.bytes.length) return;
  const larger = new Uint8Array(Math.max(writer.bytes.length * 2, writer.length + extra));
  larger.set(writer.bytes.subarray(0, writer.length));
  writer.bytes = larger;
}

/** Tells that bytes of document line `line` come next; a line of the content begins here unless one is open. */
function openLine(writer: Writer, line: number): void {
  if (writer.open) return;
  writer.starts.push(writer.length);
  writer.sources.push(line);
  writer.open = true;
}

function append(writer: Writer, bytes: Uint8Array, start: number, end: number, line: number): void {
  if (start >= end) return;
  reserve(writer, end - start);
  for (let i = start; i < end; i++) {
    openLine(writer, line);
    const c = bytes[i] ?? 0;
    writer.bytes[writer.length++] = c;
    if (c === byte.lf) writer.open = false;
  }
}

const newline = Uint8Array.of(byte.lf);

/** A part of a mail that is being decoded: lines of the document, end exclusive. */
interface Part {
  readonly source: Content;
  readonly from: number;
  readonly to: number;
  readonly envelope: Envelope;
  readonly decode: Decode;
  readonly problems: Problems;
  readonly depth: number;
}

function decodeBase64Part(part: Part, writer: Writer): void {
  let bad = 0;
  const rest = { bits: 0, count: 0 };
  for (let i = part.from; i < part.to; i++) {
    const result = decodeBase64(part.source.bytes, lineStart(part.source, i), lineEnd(part.source, i, true), rest);
    if (result.bad > 0 && ++bad === 1) report(part.problems, documentLine(part.source, i), "bad-base64");
    append(writer, result.bytes, 0, result.bytes.length, documentLine(part.source, i));
  }
}

function decodeQuotedPrintablePart(part: Part, writer: Writer): void {
  for (let i = part.from; i < part.to; i++) {
    const start = lineStart(part.source, i);
    const end = lineEnd(part.source, i, true);
    const line = documentLine(part.source, i);
    const buffer = new Uint8Array(end - start + 2);
    const decoded = decodeQuotedPrintableLine(part.source.bytes, start, end, buffer, 0);
    append(writer, buffer, 0, decoded.at, line);
    if (decoded.soft) continue;
    openLine(writer, line);
    append(writer, newline, 0, 1, line);
  }
}

function copyPart(part: Part, writer: Writer): void {
  for (let i = part.from; i < part.to; i++) {
    const line = documentLine(part.source, i);
    append(writer, part.source.bytes, lineStart(part.source, i), lineEnd(part.source, i, true), line);
    append(writer, newline, 0, 1, line);
  }
}

/** RFC 3676: undoes space-stuffing and joins lines that end in a blank. */
function unflow(lines: Lines, sourceLines: Uint32Array, delsp: boolean, writer: Writer): void {
  for (let i = 0; i < lines.lineCount; i++) {
    let start = lineStart(lines, i);
    let end = lineEnd(lines, i, true);
    const line = sourceLines[i] ?? 1;
    const signature = end - start === 3 && hasAt(lines.bytes, start, "-- ");
    if (!signature && lines.bytes[start] === byte.space && start < end) start++;
    const soft = !signature && end > start && lines.bytes[end - 1] === byte.space;
    if (soft && delsp) end--;
    append(writer, lines.bytes, start, end, line);
    if (!soft) append(writer, newline, 0, 1, line);
  }
}

function newWriter(capacity: number): Writer {
  return { bytes: new Uint8Array(Math.max(64, capacity)), length: 0, starts: [], sources: [], open: false };
}

function finish(writer: Writer): { readonly lines: Lines; readonly sourceLines: Uint32Array } {
  const lines = { bytes: writer.bytes.subarray(0, writer.length), lineStarts: Uint32Array.from([...writer.starts, writer.length]), lineCount: writer.starts.length };
  return { lines, sourceLines: Uint32Array.from(writer.sources) };
}

/** Decoded text is kept in UTF-8, so that parts of several charsets fit into one content. */
function appendRecoded(part: Part, decoded: Writer, writer: Writer): void {
  const { lines, sourceLines } = finish(decoded);
  const { charset } = part.envelope;
  if (charset === "utf-8" || charset === "us-ascii" || charset === "utf8") {
    for (let i = 0; i < lines.lineCount; i++) append(writer, lines.bytes, lineStart(lines, i), lineStart(lines, i + 1), sourceLines[i] ?? 1);
  } else {
    const texts = part.decode.text(lines.bytes, charset).split("\n");
    for (const [i, text] of texts.entries()) {
      const bytes = part.decode.bytes(i + 1 < texts.length ? `${text}\n` : text);
      append(writer, bytes, 0, bytes.length, sourceLines[Math.min(i, sourceLines.length - 1)] ?? 1);
    }
  }
  if (writer.open) append(writer, newline, 0, 1, sourceLines.at(-1) ?? 1);
}

function decodeLeaf(part: Part, writer: Writer): void {
  let decoded = newWriter(lineStart(part.source, part.to) - lineStart(part.source, part.from));
  if (part.envelope.encoding === "base64") decodeBase64Part(part, decoded);
  else if (part.envelope.encoding === "quoted-printable") decodeQuotedPrintablePart(part, decoded);
  else copyPart(part, decoded);
  if (part.envelope.flowed) {
    const { lines, sourceLines } = finish(decoded);
    decoded = newWriter(lines.bytes.length);
    unflow(lines, sourceLines, part.envelope.delsp, decoded);
  }
  appendRecoded(part, decoded, writer);
}

/** Text, or an attachment that is a patch by type or name; HTML and signatures are left out. */
function isReadable(envelope: Envelope): boolean {
  if (/\.(?:patch|diff|mbox|txt)$/i.test(envelope.filename)) return true;
  if (envelope.type === "text/html") return false;
  return envelope.type.startsWith("text/") || /^application\/(?:x-)?(?:patch|diff)$/.test(envelope.type) || envelope.type === "";
}

function boundaryAt(part: Part, i: number, boundary: string): "part" | "end" | undefined {
  const start = lineStart(part.source, i);
  if (!hasAt(part.source.bytes, start, "--") || !hasAt(part.source.bytes, start + 2, boundary)) return undefined;
  return hasAt(part.source.bytes, start + 2 + boundary.length, "--") ? "end" : "part";
}

function decodeSubpart(part: Part, from: number, to: number, writer: Writer): void {
  const header = readHeader(part.source, from, to, part.decode);
  const envelope = readEnvelope(header.fields);
  const start = Math.min(to, header.end + 1);
  // Of two renderings of one text the plain one is enough; HTML has been left out already.
  decodePart({ ...part, from: start, to, envelope, depth: part.depth + 1 }, writer);
}

function decodeMultipart(part: Part, boundary: string, writer: Writer): void {
  let start = -1;
  for (let i = part.from; i < part.to; i++) {
    const kind = boundaryAt(part, i, boundary);
    if (kind === undefined) continue;
    if (start >= 0) decodeSubpart(part, start, i, writer);
    start = i + 1;
    if (kind === "end") return;
  }
  report(part.problems, documentLine(part.source, Math.max(0, part.from - 1)), "no-closing-boundary");
  if (start < 0) decodeLeaf({ ...part, envelope: { ...part.envelope, encoding: "plain" } }, writer);
  else if (start < part.to) decodeSubpart(part, start, part.to, writer);
}

/** Parts in parts deeper than this come from no mailer. */
const deepest = 8;

function decodePart(part: Part, writer: Writer): void {
  const { type, boundary } = part.envelope;
  if (type.startsWith("multipart/") && boundary !== undefined && boundary !== "" && part.depth < deepest) decodeMultipart(part, boundary, writer);
  else if (type.startsWith("multipart/") || isReadable(part.envelope)) decodeLeaf(part, writer);
}

/** The text of a mail body (document lines, end exclusive) as it was before it was wrapped for transport. */
export function decodeBody(source: Content, from: number, to: number, envelope: Envelope, decode: Decode, problems: Problems): { readonly content: Content; readonly crlf: boolean } {
  const writer = newWriter(lineStart(source, to) - lineStart(source, from));
  decodePart({ source, from, to, envelope, decode, problems, depth: 0 }, writer);
  const { lines, sourceLines } = finish(writer);
  const content: Content = { bytes: lines.bytes, lineStarts: lines.lineStarts, lineCount: lines.lineCount, sourceLines, charset: "utf-8" };
  return { content, crlf: content.lineCount > 0 && endsInCrlf(content, 0) };
}
