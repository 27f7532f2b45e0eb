import type { Decode } from "../ports";
import { byte, documentLine, lineEnd, lineStart, textOf } from "./bytes";
import { patchAt } from "./locate";
import type { Content, Hunk, LineRole, Patch, PatchLine, PatchSet } from "./types";

const materialised = new WeakMap<Hunk, readonly PatchLine[]>();

/** Role of a line inside a hunk by its first byte; an empty line is context whose blank an editor took. Undefined: no hunk line. */
export function roleAt(content: Content, i: number): LineRole | undefined {
  const first = content.bytes[lineStart(content, i)];
  switch (first) {
    case byte.space:
    case byte.lf:
      return "context";
    case byte.plus:
      return "added";
    case byte.minus:
      return "deleted";
    case byte.backslash:
      return "eof";
    case byte.cr:
      return lineEnd(content, i, true) === lineStart(content, i) ? "context" : undefined;
    default:
      return undefined;
  }
}

/** Text of content line `i` (0-based), without line end. */
export function contentText(patch: Patch, i: number, decode: Decode): string {
  const { content } = patch;
  if (i < 0 || i >= content.lineCount) return "";
  return textOf(content.bytes, lineStart(content, i), lineEnd(content, i, patch.crlf), content.charset, decode);
}

function countsIn(role: LineRole): { readonly old: number; readonly new: number } {
  return { old: role === "context" || role === "deleted" ? 1 : 0, new: role === "context" || role === "added" ? 1 : 0 };
}

function materialise(patch: Patch, hunk: Hunk, decode: Decode): readonly PatchLine[] {
  const { content } = patch;
  const lines: PatchLine[] = [];
  let oldNumber = hunk.oldStart;
  let newNumber = hunk.newStart;
  for (let i = hunk.start; i < hunk.end; i++) {
    const role = roleAt(content, i);
    // What a mailer wrapped stands inside the hunk but is no line of it; the parser has told.
    if (role === undefined) continue;
    const offset = lineStart(content, i);
    const textStart = role === "eof" ? offset : offset + 1;
    const counts = countsIn(role);
    lines.push({
      role,
      text: textOf(content.bytes, textStart, lineEnd(content, i, patch.crlf), content.charset, decode),
      line: documentLine(content, i),
      oldNumber: counts.old === 1 ? oldNumber : 0,
      newNumber: counts.new === 1 ? newNumber : 0,
      offset,
      noEol: role !== "eof" && i + 1 < hunk.end && roleAt(content, i + 1) === "eof",
    });
    oldNumber += counts.old;
    newNumber += counts.new;
  }
  return lines;
}

/** The lines of a hunk, decoded when first asked for. */
export function hunkLines(patch: Patch, hunk: Hunk, decode: Decode): readonly PatchLine[] {
  const known = materialised.get(hunk);
  if (known !== undefined) return known;
  const lines = materialise(patch, hunk, decode);
  materialised.set(hunk, lines);
  return lines;
}

/** Text of a document line (1-based) as it stands there, without line end; empty beyond the document. */
export function sourceLineText(set: PatchSet, line: number, decode: Decode): string {
  const i = line - 1;
  if (i < 0 || i >= set.source.lineCount) return "";
  const patch = patchAt(set, line);
  const charset = patch === undefined || patch.content.sourceLines !== undefined ? "utf-8" : patch.content.charset;
  return textOf(set.source.bytes, lineStart(set.source, i), lineEnd(set.source, i, true), charset, decode);
}
