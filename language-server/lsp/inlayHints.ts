import { InlayHintKind, type InlayHint, type Range } from "vscode-languageserver";
import { documentDecode } from "../adapters/document-decode";
import { hunkLines } from "../engine/patch/lines";
import type { Hunk, Patch } from "../engine/patch/types";
import type { HunkFit } from "../engine/review/types";
import type { PatchDocument } from "./documents";
import { signed } from "./codeLens";
import { lineText, position } from "./positions";
import type { Services } from "./services";
import { upstreamHints } from "./upstream/hints";

/** How each hunk goes in where that is not as it says, and line numbers when they are wanted. */
export function inlayHints(document: PatchDocument, range: Range, lineNumbers: boolean, services: Services): InlayHint[] {
  const first = range.start.line + 1;
  const last = range.end.line + 1;
  const { facts } = services.findings.known(document);
  return document.parsed.value.patches.flatMap((patch) => {
    if (patch.lines.last < first || patch.lines.first > last) return [];
    const fits = new Map((facts?.patches.get(patch.ordinal)?.applies?.hunks ?? []).map((fit) => [fit.line, fit]));
    const hunks = patch.files.flatMap((file) => file.hunks).filter((hunk) => hunk.lines.last >= first && hunk.lines.first <= last);
    const own = hunks.flatMap((hunk) => [...fitHint(document, hunk, fits.get(hunk.line), services), ...(lineNumbers ? numberHints(patch, hunk, first, last) : [])]);
    return [...own, ...upstreamHints(document, patch, first, last, services)];
  });
}

function fitHint(document: PatchDocument, hunk: Hunk, fit: HunkFit | undefined, services: Services): InlayHint[] {
  if (fit === undefined || (fit.state === "exact" && fit.offset === 0)) return [];
  const { words } = services;
  const args = { file: fit.file, line: fit.line, offset: signed(fit.offset), places: fit.places.join(", ") };
  return [
    {
      position: position(hunk.line, lineText(document.text, hunk.line).length),
      label: words.say({ id: `server.hint.${fit.state}`, args }),
      tooltip: words.say({ id: `server.hunk.${fit.state}`, args }),
      paddingLeft: true,
    },
  ];
}

function numberHints(patch: Patch, hunk: Hunk, first: number, last: number): InlayHint[] {
  const width = String(Math.max(hunk.oldStart + hunk.actualOld, hunk.newStart + hunk.actualNew)).length;
  // U+2007 is as wide as a digit, so that the columns stand straight in any font.
  const pad = (number: number) => (number === 0 ? "" : String(number)).padStart(width, "\u2007");
  return hunkLines(patch, hunk, documentDecode)
    .filter((line) => line.line >= first && line.line <= last && line.role !== "eof")
    .map((line) => ({ position: position(line.line), label: `${pad(line.oldNumber)} ${pad(line.newNumber)}`, kind: InlayHintKind.Parameter, paddingRight: true }));
}
