import { byte, hasAt, lineEnd, lineHas, lineStart, textOf } from "./bytes";
import type { Decode } from "../ports";
import type { Lines } from "./types";

function isDigit(c: number | undefined): boolean {
  return c !== undefined && c >= byte.zero && c <= byte.nine;
}

/** The separator rule of `git mailsplit`: `From `, a time with seconds, a year after 1990. */
export function isSeparator(lines: Lines, i: number): boolean {
  const { bytes } = lines;
  const start = lineStart(lines, i);
  if (bytes[start] !== 70 || !hasAt(bytes, start, "From ")) return false;
  const end = lineEnd(lines, i, true);
  if (end - start < 19) return false;
  let colon = end - 1;
  while (colon >= start + 5 && bytes[colon] !== 58) colon--;
  if (colon < start + 9) return false;
  if (!isDigit(bytes[colon - 4]) || !isDigit(bytes[colon - 2]) || !isDigit(bytes[colon - 1]) || !isDigit(bytes[colon + 1]) || !isDigit(bytes[colon + 2])) return false;
  let at = colon + 3;
  while (bytes[at] === byte.space) at++;
  let year = 0;
  while (at < end && isDigit(bytes[at]) && year < 100000) year = year * 10 + (bytes[at++] ?? 0) - byte.zero;
  return year > 90;
}

/** Line numbers (0-based) of all separators. */
export function findSeparators(lines: Lines): readonly number[] {
  const found: number[] = [];
  const { bytes, lineStarts, lineCount } = lines;
  for (let i = 0; i < lineCount; i++) if (bytes[lineStarts[i] ?? 0] === 70 && isSeparator(lines, i)) found.push(i);
  return found;
}

/** The commit that format-patch names in `From <sha> Mon Sep 17 00:00:00 2001`. */
export function separatorCommit(lines: Lines, i: number, decode: Decode): string | undefined {
  if (!lineHas(lines, i, "From ")) return undefined;
  const text = textOf(lines.bytes, lineStart(lines, i), lineEnd(lines, i, true), "utf-8", decode);
  const sha = /^From ([0-9a-f]{40}|[0-9a-f]{64}) Mon Sep 17 00:00:00 2001$/.exec(text)?.[1];
  return sha === undefined || /^0+$/.test(sha) ? undefined : sha;
}
