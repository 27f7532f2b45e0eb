import { parseMarkers } from "../../patch/markers";
import type { Claim, CommitFacts, ShaReference } from "../types";

/** What a message says beside its words. */
export type MessageFacts = Pick<CommitFacts, "claims" | "fixes" | "reverts" | "ccStable" | "marks">;

const nothing: MessageFacts = { claims: [], fixes: [], reverts: [], ccStable: false, marks: [] };

/** Cheap enough to ask of every message: without one of these words there is nothing to find. */
const worthALook = /commit|picked|ported|fixes|revert|stable|cve-|syzbot|regress|inclusion|upstream|backport|fromlist|fromgit/iu;

/** Without one of these words no line claims anything (patch/markers.ts). */
const mayClaim = /commit|picked|ported|inclusion/iu;

/** Documentation/process/submitting-patches.rst: `Fixes: <12 digits> ("<title>")`; brackets and quotes are often left out. */
const fixesLine = /^fixes:\s*(?:commit\s+)?([0-9a-f]{6,64})\b[\s,:-]*(.*)$/iu;
const revertLine = /\breverts?\s+(?:upstream\s+)?commit\s+([0-9a-f]{7,64})\b[\s,]*(\("[^"]*"\))?/giu;
const stableLine = /^cc:\s*<?"?[^>]*\bstable\b[^>]*@/imu;
const markPatterns: readonly (readonly [RegExp, (found: string) => string])[] = [
  [/\bCVE-\d{4}-\d{4,8}\b/giu, (found) => found.toUpperCase()],
  [/\bsyzbot\b/giu, () => "syzbot"],
  [/\bregression\b/giu, () => "regression"],
];

/** Reads trailers, claims and the words that tell a risk from a commit's subject and body. */
export function messageFacts(subject: string, body: string): MessageFacts {
  if (!worthALook.test(body) && !worthALook.test(subject)) return nothing;
  const lines = body.split("\n").map((text, i) => ({ text: text.trimEnd(), line: i + 3 }));
  return { claims: mayClaim.test(body) ? claims(subject, lines) : [], fixes: fixes(lines), reverts: reverts(body), ccStable: stableLine.test(body), marks: marks(`${subject}\n${body}`) };
}

function claims(subject: string, body: readonly { readonly text: string; readonly line: number }[]): readonly Claim[] {
  return parseMarkers({ body, header: [], subject, subjectLine: 1 }).flatMap(({ sha, dialect, origin }) => (sha === undefined ? [] : [{ sha, dialect, origin }]));
}

function titleIn(text: string): string {
  return /["(]+\s*([^"]*[^")\s])\s*["']?\)?\s*$/u.exec(text.trim())?.[1]?.trim() ?? text.trim().replace(/^[("']+|[)"']+$/gu, "");
}

function fixes(lines: readonly { readonly text: string }[]): readonly ShaReference[] {
  const found: ShaReference[] = [];
  for (const [i, { text }] of lines.entries()) {
    const match = fixesLine.exec(text.trim());
    if (match === null) continue;
    const [, named = "", rest = ""] = match;
    // A title that did not fit is folded; it ends with its quote.
    const next = lines[i + 1]?.text ?? "";
    const folded = rest.includes('("') && !rest.includes('")') && /^\s*\S/u.test(next) ? `${rest} ${next.trim()}` : rest;
    found.push({ sha: named.toLowerCase(), title: titleIn(folded) });
  }
  return found;
}

function reverts(body: string): readonly ShaReference[] {
  if (!/revert/iu.test(body)) return [];
  const flat = body.replace(/\s*\n\s*/gu, " ");
  return [...flat.matchAll(revertLine)].map((match) => ({ sha: (match[1] ?? "").toLowerCase(), title: titleIn(match[2] ?? "") }));
}

function marks(text: string): readonly string[] {
  if (!/cve-|syzbot|regression/iu.test(text)) return [];
  const found = markPatterns.flatMap(([pattern, name]) => [...text.matchAll(pattern)].map(([word]) => name(word)));
  return [...new Set(found)].slice(0, 16);
}
