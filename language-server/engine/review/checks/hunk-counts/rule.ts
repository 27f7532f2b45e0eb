import { hunkLines } from "../../../patch/lines";
import type { FileDiff, Hunk } from "../../../patch/types";
import type { Message } from "../../../text/message";
import { documentText, readableFiles } from "../../diff-lines";
import type { Draft, Fix, TextCheck, TextInput } from "../../types";
import { hunkCountsMessages } from "./messages";

const ranges = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/;

export const hunkCounts: TextCheck = {
  id: "hunk-counts",
  severity: "error",
  needs: "text",
  messages: hunkCountsMessages,
  run: (input) => readableFiles(input).flatMap((file) => inFile(input, file)),
};

function inFile(input: TextInput, file: FileDiff): readonly Draft[] {
  const drafts: Draft[] = [];
  let previous: Hunk | undefined;
  let shift = 0;
  for (const hunk of file.hunks) {
    const message = countMessage(hunk) ?? orderMessage(previous, hunk);
    if (message !== undefined) {
      const { fix, ...draft } = asDraft(input, file, hunk, message, shift);
      if (onlyBlankMore(input, hunk)) drafts.push({ ...draft, severity: "hint" });
      else drafts.push(fix === undefined ? draft : { ...draft, fix });
    } else if (firstNew(hunk) - firstOld(hunk) !== shift && file.status === "modified") {
      drafts.push({ ...asDraft(input, file, hunk, startMessage(hunk, shift), shift), severity: "hint" });
    }
    shift += hunk.actualNew - hunk.actualOld;
    previous = hunk;
  }
  return drafts;
}

/** With no line on a side, git names the line before the hunk. */
function firstOld(hunk: Hunk): number {
  return hunk.oldLines === 0 ? hunk.oldStart + 1 : hunk.oldStart;
}

function firstNew(hunk: Hunk): number {
  return hunk.newLines === 0 ? hunk.newStart + 1 : hunk.newStart;
}

function countMessage(hunk: Hunk): Message | undefined {
  if (hunk.oldLines === hunk.actualOld && hunk.newLines === hunk.actualNew) return undefined;
  const args = { oldLines: hunk.oldLines, newLines: hunk.newLines, actualOld: hunk.actualOld, actualNew: hunk.actualNew };
  return { id: hasMore(hunk) ? "hunk-counts.more" : "hunk-counts.counts", args };
}

/** git reads as many lines as the header promises; what is left over is dropped without a word. */
function hasMore(hunk: Hunk): boolean {
  return hunk.actualOld >= hunk.oldLines && hunk.actualNew >= hunk.newLines;
}

/** All that is left over is empty context at the end: the patch does what it should. */
function onlyBlankMore(input: TextInput, hunk: Hunk): boolean {
  const more = hunk.actualOld - hunk.oldLines;
  if (!hasMore(hunk) || more !== hunk.actualNew - hunk.newLines) return false;
  return hunkLines(input.patch, hunk, input.decode).slice(-more).every((line) => line.role === "context" && line.text.trim() === "");
}

function orderMessage(previous: Hunk | undefined, hunk: Hunk): Message | undefined {
  if (previous === undefined) return undefined;
  const end = firstOld(previous) + previous.actualOld;
  if (firstOld(hunk) >= end) return undefined;
  const args = { start: hunk.oldStart, before: previous.oldStart, end: end - 1 };
  return { id: firstOld(hunk) < firstOld(previous) ? "hunk-counts.order" : "hunk-counts.overlap", args };
}

function startMessage(hunk: Hunk, shift: number): Message {
  return { id: "hunk-counts.start", args: { start: hunk.newStart, expected: newStart(hunk, shift) } };
}

/** Where the hunk begins in the new file when it begins at its old line and the earlier hunks moved it by `shift`. */
function newStart(hunk: Hunk, shift: number): number {
  const first = hunk.oldStart + (hunk.actualOld === 0 ? 1 : 0) + shift;
  return Math.max(0, hunk.actualNew === 0 ? first - 1 : first);
}

function asDraft(input: TextInput, file: FileDiff, hunk: Hunk, message: Message, shift: number): Draft {
  const text = documentText(input, hunk.line, `@@ -${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)} @@`);
  const quote = ranges.exec(text)?.[0] ?? text.slice(0, 80);
  const draft: Draft = { message, side: "new", file: file.newPath, line: hunk.line, ...(input.patch.encoded ? {} : { startColumn: 0, endColumn: quote.length }), quote };
  // What git dropped so far would be applied: that is for a person to decide.
  const fix = (message.id === "hunk-counts.counts" || message.id === "hunk-counts.more") && ranges.test(text) ? { ...mend(hunk, quote, shift), safe: !hasMore(hunk) } : undefined;
  return fix === undefined ? draft : { ...draft, fix };
}

function mend(hunk: Hunk, quote: string, shift: number): Omit<Fix, "safe"> {
  const newText = `@@ -${range(hunk.oldStart, hunk.actualOld)} +${range(shift === 0 ? hunk.newStart : newStart(hunk, shift), hunk.actualNew)} @@`;
  return {
    title: { id: "hunk-counts.fix", args: { header: newText } },
    edits: [{ startLine: hunk.line, startColumn: 0, endLine: hunk.line, endColumn: quote.length, newText }],
  };
}

/** As git writes it: a count of one is left out. */
function range(start: number, count: number): string {
  return count === 1 ? String(start) : `${start},${count}`;
}
