import { hunkLines, sourceLineText } from "../patch/lines";
import type { FileDiff, Hunk, PatchLine } from "../patch/types";
import type { TextInput } from "./types";

export interface LineInDiff {
  readonly file: FileDiff;
  readonly hunk: Hunk;
  readonly line: PatchLine;
}

/** The files of a patch whose lines can be read: combined diffs and binary files have none. */
export function readableFiles(input: TextInput): readonly FileDiff[] {
  return input.patch.files.filter((file) => !file.binary && file.status !== "combined");
}

/** Every added line, in document order. */
export function* addedLines(input: TextInput): Generator<LineInDiff> {
  for (const file of readableFiles(input)) {
    if (file.added === 0) continue;
    for (const hunk of file.hunks) {
      for (const line of hunkLines(input.patch, hunk, input.decode)) if (line.role === "added") yield { file, hunk, line };
    }
  }
}

/** A line's text without the carriage return of a file whose own lines end in CRLF. */
export function withoutCr(text: string): string {
  return text.endsWith("\r") ? text.slice(0, -1) : text;
}

/** The document line that a finding about a whole file points at. */
export function fileLine(file: FileDiff): number {
  return file.newPathLine ?? file.oldPathLine ?? file.lines.first;
}

/** A document line as evidence; a mail's encoding hides it, then what it must read is given. */
export function documentText(input: TextInput, line: number, decoded: string): string {
  return input.patch.encoded ? decoded : sourceLineText(input.set, line, input.decode);
}
