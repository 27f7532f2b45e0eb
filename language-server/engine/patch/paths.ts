import type { Decode } from "../ports";
import { byte } from "./bytes";

const escapes: Readonly<Record<string, number>> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, "\\": 92 };

export interface QuotedName {
  readonly name: string;
  /** Index after the closing quote. */
  readonly end: number;
}

/** Reads a name in git's C style at `from`, which must be its opening quote; octal escapes are bytes of UTF-8. */
export function unquoteName(text: string, from: number, decode: Decode): QuotedName | undefined {
  if (text.charCodeAt(from) !== byte.quote) return undefined;
  const parts: number[] = [];
  for (let i = from + 1; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"') return { name: decode.text(Uint8Array.from(parts)), end: i + 1 };
    if (c !== "\\") {
      const character = String.fromCodePoint(text.codePointAt(i) ?? 0);
      parts.push(...decode.bytes(character));
      i += character.length - 1;
      continue;
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(i + 1, i + 4))?.[0];
    const simple = escapes[text.charAt(i + 1)];
    if (octal !== undefined) parts.push(parseInt(octal, 8));
    else if (simple !== undefined) parts.push(simple);
    else return undefined;
    i += octal === undefined ? 1 : 3;
  }
  return undefined;
}

/** A timestamp that GNU diff puts after the name, with a tab or without. */
const timestamp = /[\t ]+((?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?(?: [+-]\d{4})?)|(?:\w{3} \w{3} [ \d]\d \d\d:\d\d:\d\d \d{4}))\s*$/;

/** A timestamp is no longer than this; only the end of a line is searched, so that a line of blanks costs nothing. */
const longestTimestamp = 64;

function timestampIn(text: string): { readonly at: number; readonly time: string } | undefined {
  const from = Math.max(0, text.length - longestTimestamp);
  const match = text.length > 20 && text.includes(":", from) ? timestamp.exec(text.slice(from)) : null;
  return match === null ? undefined : { at: from + match.index, time: match[1] ?? "" };
}

export interface NamedSide {
  /** With its prefix, unquoted. */
  readonly name: string;
  /** The side doesn't exist: /dev/null, or a time at the epoch. */
  readonly absent: boolean;
}

/** Reads what follows `--- ` or `+++ `. */
export function readSide(text: string, decode: Decode): NamedSide {
  const quoted = unquoteName(text, 0, decode);
  if (quoted !== undefined) return { name: quoted.name, absent: quoted.name === "/dev/null" };
  const time = timestampIn(text);
  const tab = text.indexOf("\t");
  const cut = time?.at ?? (tab < 0 ? text.length : tab);
  const name = text.slice(0, cut).trimEnd();
  const epoch = time !== undefined && /^19(?:70-01-01|69-12-31) /.test(time.time);
  return { name, absent: name === "/dev/null" || epoch };
}

export interface NamePair {
  readonly old: string;
  readonly new: string;
}

/** Prefixes of git: default, and those of diff.mnemonicPrefix. */
const gitPrefix = /^[abciow12]\//;

function withoutFirst(name: string): string | undefined {
  const slash = name.indexOf("/");
  return slash < 0 ? undefined : name.slice(slash + 1);
}

function commonSuffix(one: string, other: string): string {
  const left = one.split("/");
  const right = other.split("/");
  let count = 0;
  while (count < left.length && count < right.length && left[left.length - 1 - count] === right[right.length - 1 - count]) count++;
  return left.slice(left.length - count).join("/");
}

function hasGitPrefixes(pair: NamePair): boolean {
  return gitPrefix.test(pair.old) && gitPrefix.test(pair.new) && pair.old.charAt(0) !== pair.new.charAt(0);
}

/** Most files keep their name, and one string is enough for it. */
function samePair(old: string, other: string): NamePair {
  return old === other ? { old, new: old } : { old, new: other };
}

/** Paths in the tree from two names as a diff writes them: prefixes go, in whatever style they were written. */
export function stripPair(pair: NamePair): NamePair {
  if (hasGitPrefixes(pair)) return samePair(pair.old.slice(2), pair.new.slice(2));
  if (pair.old === pair.new) return pair;
  const rest = withoutFirst(pair.old);
  if (rest !== undefined && rest !== "" && rest === withoutFirst(pair.new)) return { old: rest, new: rest };
  if (/\.(?:orig|old|bak)$|~$/.test(pair.old)) {
    const original = pair.old.replace(/\.(?:orig|old|bak)$|~$/, "");
    if (original === pair.new) return { old: pair.new, new: pair.new };
    return stripPair({ old: original, new: pair.new });
  }
  const suffix = commonSuffix(pair.old, pair.new);
  return suffix === "" ? pair : { old: suffix, new: suffix };
}

/** The path of an added or deleted file, whose other side is /dev/null. */
export function stripSingle(name: string): string {
  return gitPrefix.test(name) ? name.slice(2) : name;
}

/** Both names of `diff --git A B` as written; undefined when it can't be told where the first ends. */
export function readGitPair(text: string, decode: Decode): NamePair | undefined {
  const first = unquoteName(text, 0, decode);
  if (first !== undefined) {
    const rest = text.slice(first.end).trimStart();
    return { old: first.name, new: unquoteName(rest, 0, decode)?.name ?? rest };
  }
  const quote = text.indexOf(' "');
  if (quote > 0) {
    const second = unquoteName(text, quote + 1, decode);
    if (second !== undefined && second.end === text.length) return { old: text.slice(0, quote), new: second.name };
  }
  return splitEqualNames(text);
}

/** Unquoted names may hold spaces; the two are the same but for their prefix, so only the split in the middle fits. */
function splitEqualNames(text: string): NamePair | undefined {
  const exact = (text.length - 1) / 2;
  for (let at = text.indexOf(" "); at >= 0; at = text.indexOf(" ", at + 1)) {
    if (Math.abs(at - exact) > 64) continue;
    const pair = { old: text.slice(0, at), new: text.slice(at + 1) };
    if (pair.old === pair.new || withoutFirst(pair.old) === withoutFirst(pair.new)) return pair;
  }
  const space = text.indexOf(" ");
  return space > 0 && text.indexOf(" ", space + 1) < 0 ? { old: text.slice(0, space), new: text.slice(space + 1) } : undefined;
}

/** A path that leaves the tree it is applied to. */
export function isUnsafePath(path: string): boolean {
  if (path.startsWith("/") || path.includes("\0")) return true;
  return (path.charAt(1) === ":" && /^[A-Za-z]:[\\/]/.test(path)) || (path.includes("..") && /(?:^|\/)\.\.(?:\/|$)/.test(path));
}
