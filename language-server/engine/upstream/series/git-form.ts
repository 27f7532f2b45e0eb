import { lineEnd, lineStart } from "../../patch/bytes";
import { roleAt } from "../../patch/lines";
import type { FileDiff, FileStatus, Hunk, Patch } from "../../patch/types";
import type { Decode } from "../../ports";
import { pathsAt, type PathPair } from "./paths";
import type { StackEntry } from "./types";

type How = Pick<StackEntry, "strip" | "reversed">;

/** Adjacent changed lines: content lines of each side, and the line numbers that they start at. */
interface Run {
  readonly oldStart: number;
  readonly newStart: number;
  readonly deleted: number[];
  readonly added: number[];
}

/** First line of a side; a side without lines is named by the line before it. */
function firstLine(start: number, count: number): number {
  return count === 0 ? start + 1 : start;
}

/** The runs of changed lines of a hunk with context. */
function runsOf(patch: Patch, hunk: Hunk): readonly Run[] {
  const runs: Run[] = [];
  let oldLine = firstLine(hunk.oldStart, hunk.oldLines);
  let newLine = firstLine(hunk.newStart, hunk.newLines);
  let run: Run | undefined;
  for (let i = hunk.start; i < hunk.end; i++) {
    const role = roleAt(patch.content, i);
    if (role === undefined || role === "eof") continue;
    if (role === "context") run = undefined;
    else if (run === undefined) {
      run = { oldStart: oldLine, newStart: newLine, deleted: [], added: [] };
      runs.push(run);
    }
    if (role !== "context") run?.[role].push(i);
    if (role !== "added") oldLine++;
    if (role !== "deleted") newLine++;
  }
  return runs;
}

/** Collects the pieces of a text of bytes. */
interface Sink {
  readonly pieces: Uint8Array[];
  readonly decode: Decode;
}

function put(sink: Sink, text: string): void {
  sink.pieces.push(sink.decode.bytes(`${text}\n`));
}

function putLines(sink: Sink, patch: Patch, sign: string, lines: readonly number[]): void {
  const [mark, end] = [sink.decode.bytes(sign), sink.decode.bytes("\n")];
  const { content, crlf } = patch;
  for (const i of lines) sink.pieces.push(mark, content.bytes.subarray(lineStart(content, i) + 1, lineEnd(content, i, crlf)), end);
}

/** Side of a -U0 header: git names the line before a side that has none. */
function side(start: number, count: number): string {
  return `${count === 0 ? Math.max(0, start - 1) : start},${count}`;
}

function putRun(sink: Sink, patch: Patch, run: Run, reversed: boolean): void {
  const [oldStart, deleted, newStart, added] = reversed ? [run.newStart, run.added, run.oldStart, run.deleted] : [run.oldStart, run.deleted, run.newStart, run.added];
  put(sink, `@@ -${side(oldStart, deleted.length)} +${side(newStart, added.length)} @@`);
  putLines(sink, patch, "-", deleted);
  putLines(sink, patch, "+", added);
}

/** A name as git writes it where it holds what would break a line (core.quotePath off). */
function quoted(prefix: string, name: string, decode: Decode): string {
  if (!/[\u0000-\u001f\u007f"\\]/u.test(name)) return `${prefix}${name}`;
  const bytes = [...decode.bytes(name)].map((byte) => (byte < 32 || byte === 127 || byte === 34 || byte === 92 ? `\\${byte.toString(8).padStart(3, "0")}` : String.fromCharCode(byte)));
  // Bytes above 127 are escaped too, since a string of characters is what is built here.
  return `"${prefix}${bytes.map((char) => (char.length === 1 && char.charCodeAt(0) > 126 ? `\\${char.charCodeAt(0).toString(8)}` : char)).join("")}"`;
}

function turned(status: FileStatus): FileStatus {
  if (status === "added") return "deleted";
  return status === "deleted" ? "added" : status;
}

function putHeader(sink: Sink, file: FileDiff, paths: PathPair, reversed: boolean): void {
  const { decode } = sink;
  const status = reversed ? turned(file.status) : file.status;
  const [oldMode, newMode] = reversed ? [file.newMode, file.oldMode] : [file.oldMode, file.newMode];
  const [oldBlob, newBlob] = reversed ? [file.newBlob, file.oldBlob] : [file.oldBlob, file.newBlob];
  put(sink, `diff --git ${quoted("a/", paths.old, decode)} ${quoted("b/", paths.new, decode)}`);
  if (status === "added") put(sink, `new file mode ${newMode ?? "100644"}`);
  else if (status === "deleted") put(sink, `deleted file mode ${oldMode ?? "100644"}`);
  else if (oldMode !== undefined && newMode !== undefined && oldMode !== newMode) {
    put(sink, `old mode ${oldMode}`);
    put(sink, `new mode ${newMode}`);
  }
  if (status === "renamed" || status === "copied") {
    const word = status === "renamed" ? "rename" : "copy";
    put(sink, `${word} from ${quoted("", paths.old, decode)}`);
    put(sink, `${word} to ${quoted("", paths.new, decode)}`);
  }
  if (oldBlob !== undefined && newBlob !== undefined) put(sink, `index ${oldBlob}..${newBlob}`);
  else if (file.binary) put(sink, "index 0000000..0000000");
  if (file.binary) put(sink, `Binary files ${quoted("a/", paths.old, decode)} and ${quoted("b/", paths.new, decode)} differ`);
}

function putFile(sink: Sink, patch: Patch, file: FileDiff, paths: PathPair, reversed: boolean): void {
  putHeader(sink, file, paths, reversed);
  if (file.binary || file.hunks.length === 0) return;
  put(sink, `--- ${quoted("a/", paths.old, sink.decode)}`);
  put(sink, `+++ ${quoted("b/", paths.new, sink.decode)}`);
  for (const hunk of file.hunks) for (const run of runsOf(patch, hunk)) putRun(sink, patch, run, reversed);
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

/**
 * A patch in the words of `git diff-tree -p -U0`, its files in git's order: what the reader of commits' diffs takes, so that a
 * patch and a commit with the same change are the same to it. A combined diff has no such form and is left out.
 */
export function gitForm(patch: Patch, how: How, decode: Decode): Uint8Array {
  const sink: Sink = { pieces: [], decode };
  const files = patch.files.filter((file) => file.status !== "combined").map((file) => {
    const { old, new: other } = pathsAt(how.strip, patch, file, decode);
    return { file, paths: how.reversed ? { old: other, new: old } : { old, new: other } };
  });
  files.sort((a, b) => (a.paths.new < b.paths.new ? -1 : a.paths.new > b.paths.new ? 1 : 0));
  for (const { file, paths } of files) putFile(sink, patch, file, paths, how.reversed);
  return joined(sink.pieces);
}
