import { hunkLines } from "../../patch/lines";
import type { FileDiff, Hunk, Patch, PatchLine } from "../../patch/types";
import type { Decode } from "../../ports";
import type { HunkVerdict } from "../types";
import type { DifferenceFact, DifferenceInput, LinePlace, Side } from "./types";

export interface FoundHunk {
  readonly file: FileDiff;
  readonly hunk: Hunk;
  readonly lines: readonly PatchLine[];
}

/** The hunk that a verdict's `path:line` names: the new side's first line of its header. */
export function hunkAt(patch: Patch, place: string | undefined, decode: Decode): FoundHunk | undefined {
  const parts = /^(.*):(\d+)$/su.exec(place ?? "");
  if (parts === null) return undefined;
  const [, path, line] = parts;
  for (const file of patch.files) {
    if (file.newPath !== path) continue;
    const hunk = file.hunks.find(({ newStart }) => newStart === Number(line));
    if (hunk !== undefined) return { file, hunk, lines: hunkLines(patch, hunk, decode) };
  }
  return undefined;
}

function folded(line: PatchLine): string {
  return `${line.role} ${line.text.replace(/\s+/gu, "")}`;
}

/** Changed lines of one hunk that the other does not have, blank ones left out. */
function onlyIn(one: FoundHunk, other: FoundHunk | undefined): readonly PatchLine[] {
  const counts = new Map<string, number>();
  for (const line of other?.lines ?? []) counts.set(folded(line), (counts.get(folded(line)) ?? 0) + 1);
  return one.lines.filter((line) => {
    if (line.role !== "added" && line.role !== "deleted") return false;
    const left = counts.get(folded(line)) ?? 0;
    counts.set(folded(line), left - 1);
    return left <= 0 && line.text.trim() !== "";
  });
}

export function placeOf(side: Side, file: FileDiff, line: PatchLine): LinePlace {
  const deleted = line.role === "deleted";
  return { side, path: deleted ? file.oldPath : file.newPath, line: deleted ? line.oldNumber : line.newNumber, quote: line.text };
}

/** Lines of a hunk that are told; more than this is read in the diff itself. */
const mostLines = 3;
const mostHunks = 8;

function lineFacts(side: Side, found: FoundHunk, other: FoundHunk | undefined): readonly DifferenceFact[] {
  return onlyIn(found, other)
    .slice(0, mostLines)
    .map((line): DifferenceFact => ({ kind: "line", message: { id: `upstream.explain.line.${side}`, args: { line: `${line.role === "added" ? "+" : "-"}${line.text.trim()}` } }, place: placeOf(side, found.file, line) }));
}

function hunkFacts(verdict: HunkVerdict, input: DifferenceInput, decode: Decode): readonly DifferenceFact[] {
  const { up = "", down = "", state } = verdict;
  const mainline = hunkAt(input.mainline.patch, verdict.up, decode);
  const ours = hunkAt(input.ours.patch, verdict.down, decode);
  const shown = ours ?? mainline;
  const first = shown?.lines[0];
  const place = shown === undefined || first === undefined ? undefined : placeOf(shown === ours ? "ours" : "mainline", shown.file, first);
  const head: DifferenceFact = { kind: "hunk", message: { id: `upstream.explain.hunk.${state}`, args: { up, down } }, place };
  return [head, ...(mainline === undefined ? [] : lineFacts("mainline", mainline, ours)), ...(ours === undefined ? [] : lineFacts("ours", ours, mainline))];
}

function verdictFact({ row }: DifferenceInput): DifferenceFact {
  const count = (state: HunkVerdict["state"]): number => row.hunks.filter((hunk) => hunk.state === state).length;
  const counts = { total: row.hunks.length, same: count("same"), adapted: count("adapted"), dropped: count("dropped"), extra: count("extra") };
  const message =
    row.hunks.length === 0
      ? { id: row.verdict === "same" ? "upstream.explain.verdict.same" : "upstream.explain.verdict.unknown", args: { method: row.method } }
      : counts.same === counts.total
        ? { id: "upstream.explain.verdict.same" }
        : { id: "upstream.explain.verdict.hunks", args: counts };
  return { kind: "verdict", message, place: undefined };
}

/** A line of the message, counted from its subject. */
export function messageLine(patch: Patch, documentLine: number): number {
  return documentLine - (patch.subjectLine ?? documentLine) + 1;
}

/** What whoever carried the commit wrote about it: the best evidence there is. */
function noteFacts({ patch }: DifferenceInput["ours"]): readonly DifferenceFact[] {
  const { notes, body } = patch.message;
  const told = notes.map(({ who, text, lines }): DifferenceFact => ({ kind: "note", message: { id: "upstream.explain.note", args: { text: who === "" ? text : `${who}: ${text}` } }, place: { side: "ours", path: "", line: messageLine(patch, lines.first), quote: text } }));
  const conflict = body.find(({ text }) => /^(?:#\s*)?conflicts?:/iu.test(text.trim()));
  const below = conflict === undefined ? [] : body.filter(({ line, text }) => line > conflict.line && line <= conflict.line + 8 && /^[#\s]\s*\S/u.test(text)).map(({ text }) => text.replace(/^[#\s]+/u, "").trim());
  const written = conflict === undefined ? "" : [conflict.text.replace(/^[#\s]*conflicts?:/iu, "").trim(), ...below].filter((text) => text !== "").join(", ");
  return conflict === undefined || written === "" ? told : [...told, { kind: "note", message: { id: "upstream.explain.conflicts", args: { text: written } }, place: { side: "ours", path: "", line: messageLine(patch, conflict.line), quote: conflict.text } }];
}

function fileFacts({ mainline, ours, row }: DifferenceInput): readonly DifferenceFact[] {
  const fact = (id: string, args: Readonly<Record<string, string>>): DifferenceFact => ({ kind: "file", message: { id: `upstream.explain.file.${id}`, args }, place: undefined });
  const moved = new Map<string, string>();
  for (const { up, down } of row.hunks) {
    const [from, to] = [up, down].map((place) => place?.replace(/:\d+$/u, ""));
    if (from !== undefined && to !== undefined && from !== to) moved.set(from, to);
  }
  const theirs = new Set(mainline.patch.files.map(({ newPath }) => newPath));
  const here = new Set(ours.patch.files.map(({ newPath }) => newPath));
  const known = new Set(moved.values());
  return [
    ...[...moved].map(([from, to]) => fact("moved", { mainline: from, ours: to })),
    ...[...theirs].filter((path) => !here.has(path) && !moved.has(path)).slice(0, mostHunks).map((path) => fact("left", { path })),
    ...[...here].filter((path) => !theirs.has(path) && !known.has(path)).slice(0, mostHunks).map((path) => fact("more", { path })),
  ];
}

/** What the two diffs themselves tell of a difference, in reading order. Needs no model and always works. */
export function differenceFacts(input: DifferenceInput, decode: Decode): readonly DifferenceFact[] {
  const odd = input.row.hunks.filter(({ state }) => state !== "same");
  const more: readonly DifferenceFact[] = odd.length > mostHunks ? [{ kind: "hunk", message: { id: "upstream.explain.more", args: { count: odd.length - mostHunks } }, place: undefined }] : [];
  return [verdictFact(input), ...noteFacts(input.ours), ...fileFacts(input), ...odd.slice(0, mostHunks).flatMap((verdict) => hunkFacts(verdict, input, decode)), ...more];
}
