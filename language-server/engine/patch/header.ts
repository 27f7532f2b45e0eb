import type { Decode } from "../ports";
import { byte, documentLine, isBlankLine, lineEnd, lineHas, lineStart, textOf } from "./bytes";
import { decodeEncodedWords } from "./encoded-word";
import type { Content, HeaderField } from "./types";

export interface HeaderBlock {
  readonly fields: readonly HeaderField[];
  /** First content line after the fields: the blank line, or what is no field. */
  readonly end: number;
}

/** Position of the colon when the line starts with a field name (RFC 5322, 3.6.8), else -1. */
function fieldNameEnd(content: Content, i: number): number {
  const start = lineStart(content, i);
  const end = lineStart(content, i + 1);
  for (let at = start; at < end; at++) {
    const c = content.bytes[at] ?? 0;
    if (c === 58) return at > start ? at : -1;
    if (c <= byte.space || c >= 127) return -1;
  }
  return -1;
}

function startsFolded(content: Content, i: number): boolean {
  const first = content.bytes[lineStart(content, i)];
  return (first === byte.space || first === byte.tab) && !isBlankLine(content, i);
}

interface RawField {
  readonly name: string;
  readonly raw: string;
  readonly next: number;
}

function readField(content: Content, i: number, to: number, colon: number, decode: Decode): RawField {
  const name = textOf(content.bytes, lineStart(content, i), colon, "utf-8", decode);
  let raw = textOf(content.bytes, colon + 1, lineEnd(content, i, true), "utf-8", decode).trim();
  let next = i + 1;
  while (next < to && startsFolded(content, next)) {
    raw += ` ${textOf(content.bytes, lineStart(content, next), lineEnd(content, next, true), "utf-8", decode).trim()}`;
    next++;
  }
  return { name, raw, next };
}

export interface HeaderSkim {
  /** As {@link HeaderBlock} has it. */
  readonly end: number;
  /** Some field speaks of the body's form: Content-Type and the like. */
  readonly speaksOfContent: boolean;
}

function speaksOfContent(content: Content, i: number): boolean {
  const { bytes } = content;
  const start = lineStart(content, i);
  for (let at = 0; at < contentDash.length; at++) if (((bytes[start + at] ?? 0) | 0x20) !== contentDash.charCodeAt(at)) return false;
  return true;
}

const contentDash = "content-";

/** Where the fields from line `from` end, told without decoding one. */
export function skimHeader(content: Content, from: number, to: number): HeaderSkim {
  let speaks = false;
  let i = from;
  while (i < to && !isBlankLine(content, i)) {
    const mark = lineHas(content, i, "From ") || lineHas(content, i, ">From ");
    if (!mark && fieldNameEnd(content, i) < 0) break;
    speaks ||= speaksOfContent(content, i);
    i++;
    while (!mark && i < to && startsFolded(content, i)) i++;
  }
  return { end: i, speaksOfContent: speaks };
}

/** Reads header fields from line `from` until a blank line or a line that is no field. */
export function readHeader(content: Content, from: number, to: number, decode: Decode): HeaderBlock {
  const fields: HeaderField[] = [];
  let i = from;
  while (i < to && !isBlankLine(content, i)) {
    if (lineHas(content, i, "From ") || lineHas(content, i, ">From ")) {
      i++;
      continue;
    }
    const colon = fieldNameEnd(content, i);
    if (colon < 0) break;
    const { name, raw, next } = readField(content, i, to, colon, decode);
    fields.push({ name, value: decodeEncodedWords(raw, decode), lines: { first: documentLine(content, i), last: documentLine(content, next - 1) } });
    i = next;
  }
  return { fields, end: i };
}

/** The last field of that name, as git takes it; names are compared without case. */
export function lastField(fields: readonly HeaderField[], name: string): HeaderField | undefined {
  for (let i = fields.length - 1; i >= 0; i--) {
    const field = fields[i];
    if (field?.name.length === name.length && (field.name === name || field.name.toLowerCase() === name.toLowerCase())) return field;
  }
  return undefined;
}

/** `<id@host>` without its angle brackets. */
export function messageIdOf(value: string | undefined): string | undefined {
  if (value === undefined) return undefined;
  const id = /<([^<>\s]+)>/.exec(value)?.[1] ?? value.trim();
  return id === "" ? undefined : id;
}
