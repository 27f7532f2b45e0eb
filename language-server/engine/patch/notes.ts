import type { MessageLine, Note } from "./types";

/** Lines that one bracketed note may span. */
const longest = 12;

const person = /^([^\s:[\]][^:[\]]{0,80}?):\s+(\S.*)$/s;
/** `[ Upstream commit … ]` and the like are markers, `[1]` is a reference. */
const noNote = /^\s*(?:\d+\s*$|upstream commit|backported from|cherry[- ]picked from|https?:)/i;

interface Bracketed {
  readonly text: string;
  readonly next: number;
}

function bracketedAt(body: readonly MessageLine[], i: number): Bracketed | undefined {
  const parts: string[] = [];
  for (let at = i; at < body.length && at < i + longest; at++) {
    const text = body[at]?.text.trim() ?? "";
    if (text === "") return undefined;
    parts.push(text);
    if (text.endsWith("]")) return { text: parts.join(" ").slice(1, -1).trim(), next: at + 1 };
  }
  return undefined;
}

/** Notes of those who carried the commit on: `[name: adjust context]` on lines of their own, and `[reason]` from the first trailer on. */
export function parseNotes(body: readonly MessageLine[], firstTrailerLine: number | undefined): readonly Note[] {
  const notes: Note[] = [];
  let i = 0;
  while (i < body.length) {
    const line = body[i];
    const bracketed = line?.text.startsWith("[") === true ? bracketedAt(body, i) : undefined;
    if (line === undefined || bracketed === undefined || noNote.test(bracketed.text)) {
      i++;
      continue;
    }
    const named = person.exec(bracketed.text);
    const amongTrailers = firstTrailerLine !== undefined && line.line >= firstTrailerLine;
    const lines = { first: line.line, last: body[bracketed.next - 1]?.line ?? line.line };
    if (named !== null) notes.push({ who: (named[1] ?? "").trim(), text: named[2] ?? "", lines });
    else if (amongTrailers) notes.push({ who: "", text: bracketed.text, lines });
    i = bracketed.next;
  }
  return notes;
}
