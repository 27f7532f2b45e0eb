import { checkCancel, type Cancel } from "../ports";
import { skipBinary } from "./binary";
import { byte, documentLine, lineHas, lineStart } from "./bytes";
import { FileDraft, readGitHeader, readSides, restOf, setNames } from "./file-header";
import { isPlainFileStart, isSignature, readHunk, type DiffContext } from "./hunk";
import { readSide, isUnsafePath, stripPair, stripSingle } from "./paths";
import { report } from "./problems";
import type { FileDiff } from "./types";

/** Lines that belong to no file's diff are shown to `onText`. */
export interface DiffScan extends DiffContext {
  readonly from: number;
  readonly cancel: Cancel | undefined;
  readonly onText: (i: number) => void;
}

function readHunks(scan: DiffScan, from: number, draft: FileDraft): number {
  let i = from;
  while (i < scan.to && lineHas(scan.content, i, "@@ ")) i = readHunk(scan, i, draft);
  return i;
}

function readGitFile(scan: DiffScan, i: number, draft: FileDraft): number {
  const body = readGitHeader(scan, i, draft);
  draft.last = body - 1;
  if (lineHas(scan.content, body, "GIT binary patch") && body < scan.to) {
    draft.binary = true;
    const next = skipBinary(scan, body);
    draft.last = next - 1;
    return next;
  }
  if (body < scan.to && (lineHas(scan.content, body, "Binary files ") || lineHas(scan.content, body, "Files "))) {
    draft.binary = true;
    draft.last = body;
    return body + 1;
  }
  return readHunks(scan, body, draft);
}

function readPlainFile(scan: DiffScan, i: number, draft: FileDraft): number {
  const sides = readSides(scan, i, draft);
  setNames(draft, sides.old, sides.new);
  draft.guessExistence = draft.status === "modified";
  draft.last = i + 1;
  return readHunks(scan, i + 2, draft);
}

/** `diff a/x b/x	(rejected hunks)` of git apply --reject. */
function readRejected(scan: DiffScan, i: number, draft: FileDraft): number {
  const names = restOf(scan, i, "diff ").split("\t")[0] ?? "";
  const space = names.indexOf(" ");
  const pair = stripPair({ old: names.slice(0, space), new: names.slice(space + 1) });
  draft.oldPath = pair.old;
  draft.newPath = pair.new;
  return readHunks(scan, i + 1, draft);
}

/** `diff --cc path`: shown, not analysed. */
function readCombined(scan: DiffScan, i: number, draft: FileDraft): number {
  const { content } = scan;
  const name = readSide(restOf(scan, i, lineHas(content, i, "diff --cc ") ? "diff --cc " : "diff --combined "), scan.decode).name;
  draft.oldPath = name;
  draft.newPath = name;
  draft.status = "combined";
  report(scan.problems, documentLine(content, i), "combined-diff");
  let at = i + 1;
  while (at < scan.to && isCombinedHeader(scan, at)) at++;
  while (at < scan.to && isCombinedBody(scan, at)) at++;
  draft.last = at - 1;
  return at;
}

function isCombinedHeader(scan: DiffScan, i: number): boolean {
  return ["index ", "mode ", "new file mode ", "deleted file mode ", "--- ", "+++ ", "Binary files "].some((prefix) => lineHas(scan.content, i, prefix));
}

function isCombinedBody(scan: DiffScan, i: number): boolean {
  const first = scan.content.bytes[lineStart(scan.content, i)];
  if (first === byte.at) return lineHas(scan.content, i, "@@@");
  return (first === byte.space || first === byte.plus || first === byte.minus || first === byte.backslash) && !isSignature(scan, i);
}

interface BinaryPair {
  readonly old: string;
  readonly new: string;
}

function binaryPair(scan: DiffScan, i: number): BinaryPair | undefined {
  const text = restOf(scan, i, "Binary files ");
  const middle = text.indexOf(" and ");
  return middle > 0 && text.endsWith(" differ") ? { old: text.slice(0, middle), new: text.slice(middle + 5, -7) } : undefined;
}

/** `Binary files a/x and b/x differ` of a plain diff. */
function readPlainBinary(scan: DiffScan, i: number, draft: FileDraft): number {
  const pair = binaryPair(scan, i) ?? { old: "", new: "" };
  const names = pair.old === "/dev/null" || pair.new === "/dev/null" ? undefined : stripPair(pair);
  const single = stripSingle(pair.old === "/dev/null" ? pair.new : pair.old);
  draft.oldPath = names?.old ?? single;
  draft.newPath = names?.new ?? single;
  if (names === undefined) draft.status = pair.old === "/dev/null" ? "added" : "deleted";
  draft.binary = true;
  return i + 1;
}

function isContextDiff(scan: DiffScan, i: number): boolean {
  return lineHas(scan.content, i, "*** ") && lineHas(scan.content, i + 1, "--- ") && lineHas(scan.content, i + 2, "***************");
}

type Reader = (scan: DiffScan, i: number, draft: FileDraft) => number;

/** What starts at a line outside of hunks, by its first byte. */
function readerAt(scan: DiffScan, i: number): Reader | undefined {
  const { content } = scan;
  switch (content.bytes[lineStart(content, i)]) {
    case 100: // d
      if (lineHas(content, i, "diff --git ")) return readGitFile;
      if (lineHas(content, i, "diff --cc ") || lineHas(content, i, "diff --combined ")) return readCombined;
      return lineHas(content, i, "diff ") && lineHas(content, i + 1, "@@ ") && restOf(scan, i, "diff ").endsWith("(rejected hunks)") ? readRejected : undefined;
    case byte.minus:
      return isPlainFileStart(scan, i) && i + 2 < scan.to && lineHas(content, i + 2, "@@") ? readPlainFile : undefined;
    case 66: // B
      return lineHas(content, i, "Binary files ") && binaryPair(scan, i) !== undefined ? readPlainBinary : undefined;
    default:
      return undefined;
  }
}

/** `diff -urN …`, `Index: …` and `=====` above a plain file belong to it. */
function isPreamble(scan: DiffScan, i: number): boolean {
  return lineHas(scan.content, i, "diff -") || lineHas(scan.content, i, "Index: ") || lineHas(scan.content, i, "======");
}

function statusOf(draft: FileDraft): FileDiff["status"] {
  if (draft.status !== "modified") return draft.status;
  const only = draft.hunks.length === 1 ? draft.hunks[0] : undefined;
  if (draft.guessExistence && only?.oldStart === 0 && only.oldLines === 0) return "added";
  if (draft.guessExistence && only?.newStart === 0 && only.newLines === 0) return "deleted";
  const modeChange = draft.oldMode !== undefined && draft.newMode !== undefined && draft.oldMode !== draft.newMode;
  return modeChange && draft.hunks.length === 0 && !draft.binary ? "mode" : "modified";
}

function finished(scan: DiffScan, draft: FileDraft): FileDiff {
  if (isUnsafePath(draft.newPath) || isUnsafePath(draft.oldPath)) report(scan.problems, draft.newPathLine ?? draft.lines.first, "unsafe-path", { path: draft.newPath });
  draft.status = statusOf(draft);
  return draft;
}

function reportStray(scan: DiffScan, i: number): void {
  report(scan.problems, documentLine(scan.content, i), "hunk-without-file");
}

/** All file diffs between two lines of a content. Text in between is passed over, as git does. */
export function scanDiffs(scan: DiffScan): readonly FileDiff[] {
  const files: FileDiff[] = [];
  let draft: FileDraft | undefined;
  let preamble = -1;
  let i = scan.from;
  while (i < scan.to) {
    const reader = readerAt(scan, i);
    if (reader !== undefined) {
      checkCancel(scan.cancel);
      if (draft !== undefined) files.push(finished(scan, draft));
      draft = new FileDraft(scan.content, preamble < 0 ? i : preamble);
      preamble = -1;
      i = Math.max(i + 1, reader(scan, i, draft));
    } else if (lineHas(scan.content, i, "@@ -")) {
      // Text stood between two hunks: git would stop here, a reader wants to see the rest.
      reportStray(scan, i);
      i = draft === undefined ? i + 1 : Math.max(i + 1, readHunk(scan, i, draft));
    } else {
      if (!isPreamble(scan, i)) preamble = -1;
      else if (preamble < 0) preamble = i;
      if (isContextDiff(scan, i)) report(scan.problems, documentLine(scan.content, i), "context-diff");
      scan.onText(i);
      i++;
    }
  }
  if (draft !== undefined) files.push(finished(scan, draft));
  return files;
}
