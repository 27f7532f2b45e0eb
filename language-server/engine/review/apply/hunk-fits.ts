import type { FileDiff, Hunk, Patch } from "../../patch/types";
import type { Cancel } from "../../ports";
import type { HunkFit } from "../types";
import { hunkBody, splitLines, type ByteLine, type HunkBody } from "./content";
import { fitHunks, type HunkToFit, type Placement } from "./fit";
import type { IndexEntry } from "./index-state";

/** The touched files as they are before the patch. */
export interface FileState {
  readonly entries: ReadonlyMap<string, IndexEntry>;
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

/** `merged`: git's 3-way merge did it. `strict`, `reduced`: plain application. `reverse`: is it already there? */
export interface FitMode {
  readonly mode: "merged" | "strict" | "reduced" | "reverse";
}

function turned(body: HunkBody): HunkBody {
  return { ...body, before: body.after, after: body.before };
}

function toFit(patch: Patch, file: FileDiff, reverse: boolean, unixLines: boolean): readonly HunkToFit[] {
  return file.hunks.map((hunk) => {
    const body = hunkBody(patch, hunk, unixLines);
    if (reverse) return { oldStart: hunk.newStart, newStart: hunk.oldStart, body: turned(body) };
    return { oldStart: hunk.oldStart, newStart: hunk.newStart, body };
  });
}

/** True when the file is byte for byte the one that the patch was made from: then each hunk is where it says. */
function isKnownBlob(file: FileDiff, state: FileState): boolean {
  const blob = state.entries.get(file.oldPath)?.blob;
  return file.oldBlob !== undefined && file.oldBlob.length >= 7 && blob?.startsWith(file.oldBlob) === true;
}

function forwardState(placement: Placement, mode: FitMode["mode"], known: boolean): HunkFit["state"] {
  const { at, offset, reduced, elsewhere } = placement;
  if (mode === "merged") return at !== undefined && offset === 0 && !reduced ? "exact" : "merged";
  if (at === undefined) return "rejected";
  if (reduced) return "reduced";
  if (elsewhere.length > 0 && !known) return "ambiguous";
  return offset === 0 ? "exact" : "offset";
}

function textOf(line: ByteLine): string {
  return String.fromCharCode(...line.bytes.subarray(line.start, Math.min(line.end, line.start + 200))).trim();
}

/**
 * git writes the nearest line above a hunk that starts with a letter, `_` or `$` behind the second @@. Whether the same
 * line is above the place where the hunk went tells a moved function from a twin of it.
 */
function isSameSection(hunk: Hunk, placement: Placement, lines: readonly ByteLine[]): boolean | undefined {
  const section = asBytes(hunk.section.trim());
  if (section === "" || placement.original < 2) return undefined;
  for (let i = placement.original - 2; i >= 0; i--) {
    const line = lines[i];
    const first = line === undefined ? 0 : (line.bytes[line.start] ?? 0);
    if (line === undefined || !/[A-Za-z_$]/u.test(String.fromCharCode(first))) continue;
    const text = textOf(line);
    if (text.startsWith(section) || (section.length >= 40 && section.startsWith(text))) return true;
    // A label is no function; git's rules for C pass over it.
    if (!/^[A-Za-z_]\w*:/u.test(text)) return false;
  }
  return false;
}

/** The section was decoded with the mail's charset; only its ASCII part is compared. */
function asBytes(text: string): string {
  const end = text.search(/[^\x20-\x7e\t]/u);
  return end < 0 ? text : text.slice(0, end);
}

function toFits(file: FileDiff, placements: readonly Placement[], name: (placement: Placement) => HunkFit["state"], lines: readonly ByteLine[] = []): readonly HunkFit[] {
  return file.hunks.map((hunk, i) => {
    const placement = placements[i] ?? { at: undefined, original: 0, offset: 0, reduced: false, elsewhere: [] };
    const fit: HunkFit = { file: file.newPath, line: hunk.line, state: name(placement), offset: placement.offset, places: placement.elsewhere };
    const sameSection = placement.at === undefined ? undefined : isSameSection(hunk, placement, lines);
    return sameSection === undefined ? fit : { ...fit, sameSection };
  });
}

/** How each hunk of a patch fits, told from the files' own bytes in the way that `git apply` looks for places. */
export function fitsOf(patch: Patch, files: readonly FileDiff[], state: FileState, { mode }: FitMode, unixLines: boolean, cancel?: Cancel): readonly HunkFit[] {
  const minContext = mode === "reduced" ? 2 : undefined;
  return files.flatMap((file) => {
    const reverse = mode === "reverse";
    const made = reverse ? "deleted" : "added";
    const path = reverse ? file.newPath : file.oldPath;
    const present = state.entries.has(path);
    const expectsNone = file.status === made;
    if (expectsNone ? state.entries.has(file.newPath) : !present) return toFits(file, [], () => "rejected");
    const content = expectsNone ? new Uint8Array() : (state.contents.get(path) ?? new Uint8Array());
    const lines = splitLines(content);
    const placements = fitHunks(lines, toFit(patch, file, reverse, unixLines), minContext, cancel);
    const known = isKnownBlob(file, state);
    if (reverse) return toFits(file, placements, ({ at }) => (at === undefined ? "rejected" : "applied"));
    return toFits(file, placements, (placement) => forwardState(placement, mode, known), lines);
  });
}
