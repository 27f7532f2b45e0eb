import type { Patch } from "../engine/patch/types";

/** Something in the text of a message that names a thing elsewhere. Columns are UTF-16, the end exclusive. */
export interface Reference {
  readonly kind: "commit" | "message-id" | "cve" | "bug" | "url";
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const urlShape = /https?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/gu;
const addressShape = /<?([^\s<>@]+@[^\s<>@]+)>?/gu;
const cveShape = /\bCVE-\d{4}-\d{4,7}\b/gu;
const commitShape = /(?<![\w.-])[0-9a-f]{8,40}(?![\w-]|\.\w)/gu;
const bugShape = /\b(?:bsc|boo|bnc)#\d{3,}\b|\bLP:\s*#\d{3,}\b|\b(?:rhbz|bz|kernel bugzilla|bugzilla)\s*[#:]\s*\d{3,}\b/giu;

/** A line that carries a message id: `Message-ID: <…>`, `In-Reply-To: <…>`, or one in a Link: address. */
const idField = /^(?:message-id|in-reply-to|references)\s*:/iu;

function commitLike(text: string, before: string, after: string): boolean {
  if (text.length === 40) return true;
  if (!/[a-f]/u.test(text) || !/\d/u.test(text)) return false;
  return text.length >= 12 || /(?:commit|fixes:|reverts?|upstream|from)\s+$/iu.test(before) || after.startsWith(' ("');
}

/** References in one line, in order, none overlapping another. */
export function referencesIn(line: string): readonly Reference[] {
  const found: Reference[] = [];
  const taken = (start: number, end: number) => found.some((other) => start < other.end && end > other.start);
  const add = (kind: Reference["kind"], start: number, text: string): void => {
    if (!taken(start, start + text.length)) found.push({ kind, text, start, end: start + text.length });
  };
  // A line this long is no message; the patterns are linear, but nobody reads it either.
  if (line.length > 4000) return [];
  for (const match of line.matchAll(urlShape)) add("url", match.index, match[0]);
  const skipped: (readonly [number, number])[] = [];
  for (const match of line.matchAll(addressShape)) {
    const id = match[1] ?? "";
    if (idField.test(line)) add("message-id", match.index + match[0].indexOf(id), id);
    else skipped.push([match.index, match.index + match[0].length]);
  }
  for (const match of line.matchAll(cveShape)) add("cve", match.index, match[0]);
  for (const match of line.matchAll(bugShape)) add("bug", match.index, match[0]);
  for (const match of line.matchAll(commitShape)) {
    const end = match.index + match[0].length;
    if (skipped.some(([from, to]) => match.index < to && end > from)) continue;
    if (commitLike(match[0], line.slice(0, match.index), line.slice(end))) add("commit", match.index, match[0]);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** The lines of a patch in which people write: mail header, message and remarks. */
export function messageLines(patch: Patch): { readonly first: number; readonly last: number } {
  const file = patch.files[0];
  return { first: patch.lines.first, last: file === undefined ? patch.lines.last : file.lines.first - 1 };
}
