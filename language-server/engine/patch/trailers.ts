import type { MessageLine, Trailer } from "./types";

/** trailer.c, git_generated_prefixes. */
const gitGenerated: readonly string[] = ["Signed-off-by: ", "(cherry picked from commit "];
const commentMark = "#";

function isBlank(text: string): boolean {
  return text.trim() === "";
}

function startsBlank(text: string): boolean {
  return /^\s/.test(text);
}

/** trailer.c, find_separator: alphanumerics and dashes, then blanks, then the colon. */
function separatorAt(text: string): number {
  const match = /^[A-Za-z0-9-]+[ \t]*:/.exec(text);
  return match === null ? -1 : match[0].length - 1;
}

/** builtin's ignore_non_trailer: comments, empty lines and an old `Conflicts:` block at the end are no part of the message. */
function endOfMessage(texts: readonly string[]): number {
  let firstDropped = -1;
  let conflicts = false;
  for (const [i, text] of texts.entries()) {
    if (text.startsWith(commentMark) || text === "") {
      if (firstDropped < 0) firstDropped = i;
    } else if (text === "Conflicts:") {
      conflicts = true;
      if (firstDropped < 0) firstDropped = i;
    } else if (!(conflicts && text.startsWith("\t"))) {
      firstDropped = -1;
      conflicts = false;
    }
  }
  return firstDropped < 0 ? texts.length : firstDropped;
}

interface Tally {
  trailers: number;
  others: number;
  /** Lines that may go on a trailer or something else above them. */
  pending: number;
  recognised: boolean;
}

function count(text: string, tally: Tally): void {
  if (gitGenerated.some((prefix) => text.startsWith(prefix))) {
    tally.trailers++;
    tally.pending = 0;
    tally.recognised = true;
  } else if (separatorAt(text) >= 1) {
    tally.trailers++;
    tally.pending = 0;
  } else if (startsBlank(text)) {
    tally.pending++;
  } else {
    tally.others += 1 + tally.pending;
    tally.pending = 0;
  }
}

function isTrailerBlock(tally: Tally): boolean {
  const others = tally.others + tally.pending;
  return (tally.recognised && tally.trailers * 3 >= others) || (tally.trailers > 0 && others === 0);
}

/** trailer.c, find_trailer_start: the last paragraph, when it is all trailers or one of git's own and a quarter trailers. */
function startOfTrailers(texts: readonly string[], titleEnd: number, end: number): number {
  const tally: Tally = { trailers: 0, others: 0, pending: 0, recognised: false };
  let seen = false;
  for (let i = end - 1; i >= titleEnd; i--) {
    const text = texts[i] ?? "";
    if (text.startsWith(commentMark)) {
      tally.others += tally.pending;
      tally.pending = 0;
    } else if (!isBlank(text)) {
      seen = true;
      count(text, tally);
    } else if (seen) {
      return isTrailerBlock(tally) ? i + 1 : end;
    }
  }
  return end;
}

function endOfTitle(texts: readonly string[]): number {
  const blank = texts.findIndex((text) => !text.startsWith(commentMark) && isBlank(text));
  return blank < 0 ? texts.length : blank;
}

/** 0-based lines of the trailer block in a message whose first paragraph is its title; empty when there is none. */
function trailerBlock(texts: readonly string[]): { readonly start: number; readonly end: number } {
  const end = endOfMessage(texts);
  return { start: startOfTrailers(texts, endOfTitle(texts), end), end };
}

/**
 * Trailers as `git interpret-trailers --parse --no-divider` tells them (trailer.c of git 2.39).
 * `titled`: the title stands elsewhere, in a Subject field, so that the body's first paragraph may be trailers.
 */
export function parseTrailers(body: readonly MessageLine[], titled: boolean): readonly Trailer[] {
  const lead = titled ? ["title", ""] : [];
  const texts = [...lead, ...body.map((line) => line.text)];
  const { start, end } = trailerBlock(texts);
  const trailers: { key: string; value: string; lines: { first: number; last: number }; text: string }[] = [];
  let open = false;
  for (let i = Math.max(start, lead.length); i < end; i++) {
    const line = body[i - lead.length];
    if (line === undefined) break;
    const last = trailers.at(-1);
    if (open && last !== undefined && startsBlank(line.text)) {
      last.value = `${last.value} ${line.text.trim()}`.trim();
      last.lines.last = line.line;
      continue;
    }
    const separator = separatorAt(line.text);
    open = separator >= 1;
    if (open) trailers.push({ key: line.text.slice(0, separator).trim(), value: line.text.slice(separator + 1).trim(), lines: { first: line.line, last: line.line }, text: line.text });
  }
  return trailers;
}
