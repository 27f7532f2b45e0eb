import type { CodeLens } from "vscode-languageserver";
import type { Patch } from "../../engine/patch/types";
import type { Commands } from "../../protocol/commands";
import type { Words } from "../../words";
import type { PatchDocument } from "../documents";
import { wholeLine } from "../positions";
import type { Services } from "../services";
import { downstreamName, refOf } from "./pairs";
import { placeOf, type Place } from "./patch";
import { short, verdictText } from "./rows";
import type { Comparison } from "./store";

/** "mainline abc123def456 (adapted, 2 hunks differ) · 3 later fixes", for each comparison that knows the patch. */
export function upstreamLenses(document: PatchDocument, patch: Patch, services: Services): CodeLens[] {
  if (!services.settings.current().upstream.patchLenses) return [];
  const ready = services.upstream.ready();
  return ready.flatMap((comparison) => {
    const place = placeOf(patch, comparison);
    if (place === undefined) return [];
    const range = wholeLine(document.text, patch.subjectLine ?? patch.lines.first);
    const name = ready.length > 1 ? comparison.pair.name : "mainline";
    return lensesOf(place, comparison, name, services.words).map((command) => ({ range, command }));
  });
}

function lensesOf(place: Place, comparison: Comparison, name: string, words: Words): NonNullable<CodeLens["command"]>[] {
  const own = place.kind === "ours" ? place.entry : place.carriers[0];
  const ref = refOf(comparison.pair);
  const commit = own?.facts.sha ?? (place.kind === "ours" ? "" : place.facts.sha);
  const count = laterShas(place, comparison).length;
  const title = [placeText(place, comparison, name, words), ...fixesText(place, comparison, words)].join(" · ");
  const twin: Commands["keelson.upstream.openTwin"] = { ...ref, commit };
  const first = own === undefined || own.row.upstream.length === 0 ? { title, command: "" } : { title, command: "keelson.upstream.openTwin", arguments: [twin] };
  if (count === 0) return [first];
  const fixes: Commands["keelson.upstream.laterFixes"] = { ...ref, commit };
  return [first, { title: words.say({ id: "upstream.lens.showFixes" }), command: "keelson.upstream.laterFixes", arguments: [fixes] }];
}

/** Where the patch stands, in a few words. */
export function placeText(place: Place, comparison: Comparison, name: string, words: Words): string {
  const { mainline } = comparison.pair;
  const downstream = downstreamName(comparison.pair);
  if (place.kind === "ours") {
    const { row } = place.entry;
    const first = row.upstream[0];
    if (first === undefined) return row.verdict === "downstream-only" ? words.say({ id: "upstream.lens.ours", args: { mainline } }) : verdictText(row, words);
    return words.say({ id: "upstream.lens.mainline", args: { name, commit: short(first), verdict: verdictText(row, words) } });
  }
  const carrier = place.carriers[0];
  if (place.kind === "claimed") {
    const verdict = carrier === undefined ? words.say({ id: "upstream.lens.notCarriedYet", args: { downstream } }) : words.say({ id: "upstream.lens.alreadyCarried", args: { downstream, commit: short(carrier.facts.sha) } });
    return words.say({ id: "upstream.lens.mainline", args: { name, commit: short(place.facts.sha), verdict } });
  }
  if (carrier !== undefined) return words.say({ id: "upstream.lens.carried", args: { downstream, commit: short(carrier.facts.sha), verdict: verdictText(carrier.row, words) } });
  const missing = comparison.missingBySha.has(place.facts.sha);
  return words.say({ id: missing ? "upstream.lens.missing" : "upstream.lens.notCarried", args: { mainline, downstream } });
}

/** Mainline's later fixes of what the patch is. */
export function laterShas(place: Place, { index }: Comparison): readonly string[] {
  const shas = place.kind === "ours" ? place.entry.row.upstream : [place.facts.sha];
  return [...new Set(shas.flatMap((sha) => index.laterFixes(sha).map((facts) => facts.sha)))];
}

function fixesText(place: Place, comparison: Comparison, words: Words): readonly string[] {
  const later = laterShas(place, comparison);
  if (later.length === 0) return [];
  const missing = later.filter((sha) => comparison.missingBySha.has(sha)).length;
  const fixes = words.say({ id: later.length === 1 ? "upstream.lens.fixes.one" : "upstream.lens.fixes.many", args: { count: later.length } });
  return missing === 0 ? [fixes] : [fixes, words.say({ id: "upstream.lens.fixesMissing", args: { count: missing } })];
}
