import type { InlayHint } from "vscode-languageserver";
import type { Patch } from "../../engine/patch/types";
import type { HunkVerdict } from "../../engine/upstream/types";
import type { Words } from "../../words";
import type { PatchDocument } from "../documents";
import { lineText, position } from "../positions";
import type { Services } from "../services";
import { placeOf } from "./patch";
import { short } from "./rows";
import type { Comparison } from "./store";

/** At the hunks of a commit of either side how the other side has them, and at a file which hunks of mainline's are not there. */
export function upstreamHints(document: PatchDocument, patch: Patch, first: number, last: number, services: Services): InlayHint[] {
  if (!services.settings.current().upstream.patchLenses) return [];
  return services.upstream.ready().flatMap((comparison) => hintsOf(patch, comparison, services.words).filter(({ line }) => line >= first && line <= last).map((hint) => inlay(document, hint)));
}

interface Hint {
  /** 1-based document line, at whose end it stands. */
  readonly line: number;
  readonly label: string;
  readonly tooltip: string | undefined;
}

function inlay(document: PatchDocument, { line, label, tooltip }: Hint): InlayHint {
  return { position: position(line, lineText(document.text, line).length), label, ...(tooltip === undefined ? {} : { tooltip }), paddingLeft: true };
}

export function hintsOf(patch: Patch, comparison: Comparison, words: Words): readonly Hint[] {
  const place = placeOf(patch, comparison);
  if (place === undefined) return [];
  if (place.kind === "ours") {
    const twin = place.entry.row.upstream[0];
    return twin === undefined ? [] : [...hunkHints(patch, place.entry.row.hunks, "down", short(twin), words), ...droppedHints(patch, place.entry.row.hunks, short(twin), words)];
  }
  const carrier = place.carriers[0];
  // A claim may stand on a patch that looks quite different: only the commit itself has mainline's hunks.
  return carrier === undefined || place.kind === "claimed" ? [] : hunkHints(patch, carrier.row.hunks, "up", short(carrier.facts.sha), words);
}

/** Hunks are named by their path and the new side's first line, on the side that the document shows. */
function hunkHints(patch: Patch, hunks: readonly HunkVerdict[], side: "up" | "down", commit: string, words: Words): readonly Hint[] {
  const verdicts = new Map(hunks.flatMap((hunk) => (hunk[side] === undefined ? [] : [[hunk[side], hunk.state] as const])));
  return patch.files.flatMap((file) =>
    file.hunks.flatMap((hunk): readonly Hint[] => {
      const state = verdicts.get(`${file.newPath}:${hunk.newStart}`);
      return state === undefined || state === "same" ? [] : [{ line: hunk.line, label: words.say({ id: `upstream.hint.${state}`, args: { commit } }), tooltip: undefined }];
    }),
  );
}

/** Hunks that our commit lacks have no line of their own: they are told at the file, or at the first one. */
function droppedHints(patch: Patch, hunks: readonly HunkVerdict[], commit: string, words: Words): readonly Hint[] {
  const places = new Map<number, string[]>();
  for (const { state, up } of hunks) {
    if (state !== "dropped" || up === undefined) continue;
    const path = up.slice(0, up.lastIndexOf(":"));
    const line = (patch.files.find((file) => file.newPath === path || file.oldPath === path) ?? patch.files[0])?.lines.first;
    if (line !== undefined) places.set(line, [...(places.get(line) ?? []), up]);
  }
  return [...places].map(([line, ups]) => ({
    line,
    label: words.say({ id: ups.length === 1 ? "upstream.hint.droppedHere.one" : "upstream.hint.droppedHere.many", args: { count: ups.length, commit } }),
    tooltip: words.say({ id: "upstream.hint.droppedPlaces", args: { places: ups.join(", ") } }),
  }));
}
