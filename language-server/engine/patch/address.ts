import type { Person } from "./types";

/** Runs of white space become one space, as git's cleanup_space does. */
export function collapseSpace(text: string): string {
  return / {2}|[^\S ]/.test(text) ? text.replace(/\s+/g, " ") : text;
}

interface Piece {
  readonly text: string;
  readonly next: number;
}

function takeQuoted(value: string, from: number): Piece {
  let text = "";
  for (let i = from; i < value.length; i++) {
    const c = value.charAt(i);
    if (c === '"') return { text, next: i + 1 };
    if (c === "\\") text += value.charAt(++i);
    else text += c;
  }
  return { text, next: value.length };
}

function takeComment(value: string, from: number): Piece {
  let text = "(";
  let depth = 1;
  for (let i = from; i < value.length; i++) {
    const c = value.charAt(i);
    if (c === "\\") {
      text += value.charAt(++i);
      continue;
    }
    text += c;
    if (c === "(") depth++;
    if (c === ")" && --depth === 0) return { text, next: i + 1 };
  }
  return { text, next: value.length };
}

/** Quoted strings lose their quotes, escapes are taken literally (RFC 5322 quoted-pair). */
function unquotePairs(value: string): string {
  if (!/["(\\]/.test(value)) return value;
  let text = "";
  let i = 0;
  while (i < value.length) {
    const c = value.charAt(i);
    if (c !== '"' && c !== "(") {
      text += c;
      i++;
      continue;
    }
    const piece = c === '"' ? takeQuoted(value, i + 1) : takeComment(value, i + 1);
    text += piece.text;
    i = piece.next;
  }
  return text;
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}

/** git takes the address for a name that is too short, too long, or holds another address (mailinfo.c, get_sane_name). */
function saneName(name: string, email: string): string {
  const length = utf8Length(name);
  return length < 3 || length > 60 || /[@<>]/.test(name) ? email : name;
}

function withoutAt(value: string): Person | undefined {
  const match = /^([^<]*)<([^>]*)>/.exec(value);
  if (match === null) return undefined;
  const email = match[2] ?? "";
  return { name: saneName((match[1] ?? "").trim(), email), email };
}

/** Author of a `From:` value by the rules of `git mailinfo`; undefined when it holds no address. */
export function parsePerson(value: string): Person | undefined {
  const text = unquotePairs(collapseSpace(value));
  const at = text.indexOf("@");
  if (at < 0) return withoutAt(value);
  let start = at;
  while (start > 0 && !/[\s<]/.test(text.charAt(start - 1))) start--;
  const bracket = start > 0 && text.charAt(start - 1) === "<";
  const email = /^[^ \n\t\r\v\f>]*/.exec(text.slice(start))?.[0] ?? "";
  const before = bracket ? `${text.slice(0, start - 1)} ` : text.slice(0, start);
  let name = collapseSpace(before + text.slice(start + email.length + 1)).trim();
  if (name.startsWith("(") && name.endsWith(")")) name = name.slice(1, -1);
  return { name: saneName(name, email), email };
}
