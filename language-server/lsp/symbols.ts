import { FoldingRangeKind, SymbolKind, type DocumentSymbol, type FoldingRange } from "vscode-languageserver";
import type { FileDiff, Hunk, Patch } from "../engine/patch/types";
import type { PatchDocument } from "./documents";
import { linesRange, wholeLine } from "./positions";
import type { Words } from "../words";

/** patch › file › hunk. */
export function documentSymbols(document: PatchDocument, words: Words): DocumentSymbol[] {
  const { patches, format } = document.parsed.value;
  const only = patches[0];
  // A bare diff has no patch to speak of: its files stand at the top.
  if (format === "diff" && patches.length === 1 && only !== undefined && only.subject === "") return only.files.map((file) => fileSymbol(document, file, words));
  return patches.map((patch) => ({
    name: nonEmpty(patch.rawSubject || patch.subject, words.say({ id: "server.noSubject" })),
    detail: patch.author?.name ?? "",
    kind: SymbolKind.Package,
    range: linesRange(document.text, patch.lines),
    selectionRange: wholeLine(document.text, patch.subjectLine ?? patch.lines.first),
    children: patch.files.map((file) => fileSymbol(document, file, words)),
  }));
}

function fileSymbol(document: PatchDocument, file: FileDiff, words: Words): DocumentSymbol {
  const name = file.oldPath !== file.newPath && file.status !== "added" && file.status !== "deleted" ? `${file.oldPath} → ${file.newPath}` : file.newPath;
  return {
    name: nonEmpty(name, words.say({ id: "server.noPath" })),
    detail: file.binary ? words.say({ id: "server.binary" }) : `+${file.added} −${file.deleted}`,
    kind: SymbolKind.File,
    range: linesRange(document.text, file.lines),
    selectionRange: wholeLine(document.text, file.lines.first),
    children: file.hunks.map((hunk) => hunkSymbol(document, hunk)),
  };
}

function hunkSymbol(document: PatchDocument, hunk: Hunk): DocumentSymbol {
  return {
    name: `@@ −${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines}`,
    detail: hunk.section,
    kind: SymbolKind.Function,
    range: linesRange(document.text, hunk.lines),
    selectionRange: wholeLine(document.text, hunk.line),
  };
}

/** The protocol forbids an empty name: a client may drop the whole answer. */
function nonEmpty(name: string, other: string): string {
  return name.trim() === "" ? other : name;
}

/** Mail headers and covers, files and hunks fold; a series folds patch by patch. */
export function foldingRanges(document: PatchDocument): FoldingRange[] {
  const { patches } = document.parsed.value;
  return patches.flatMap((patch) => [...(patches.length > 1 ? fold(patch.lines.first, patch.lines.last, FoldingRangeKind.Region) : []), ...headerFold(patch), ...patch.files.flatMap((file) => [...fold(file.lines.first, file.lines.last), ...file.hunks.flatMap((hunk) => fold(hunk.lines.first, hunk.lines.last))])]);
}

function headerFold(patch: Patch): FoldingRange[] {
  const last = patch.header.at(-1);
  return last === undefined ? [] : fold(patch.header[0]?.lines.first ?? patch.lines.first, last.lines.last, FoldingRangeKind.Comment);
}

function fold(first: number, last: number, kind?: FoldingRangeKind): FoldingRange[] {
  return last > first ? [{ startLine: first - 1, endLine: last - 1, ...(kind === undefined ? {} : { kind }) }] : [];
}
