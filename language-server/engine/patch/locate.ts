import type { FileDiff, Hunk, LineRange, Patch, PatchSet, Place } from "./types";

/** The last of the ranges (sorted by their first line) that starts at or before the line. */
function lastStarting<T>(items: readonly T[], line: number, rangeOf: (item: T) => LineRange): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = items[middle];
    if (item !== undefined && rangeOf(item).first <= line) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}

function holding<T>(items: readonly T[], line: number, rangeOf: (item: T) => LineRange): T | undefined {
  const item = lastStarting(items, line, rangeOf);
  return item !== undefined && rangeOf(item).last >= line ? item : undefined;
}

/** The patch that a 1-based document line belongs to. */
export function patchAt(set: PatchSet, line: number): Patch | undefined {
  return holding(set.patches, line, (patch) => patch.lines);
}

function zoneInText(patch: Patch, line: number): Place["zone"] {
  if (line < patch.bodyLine) return "header";
  const firstFile = patch.files[0]?.lines.first ?? Infinity;
  if (line >= firstFile) return "outside";
  if (patch.separatorLine !== undefined && line >= patch.separatorLine) return line === patch.separatorLine ? "outside" : "remarks";
  return "message";
}

function zoneInFile(file: FileDiff, hunk: Hunk | undefined, line: number): Place["zone"] {
  if (hunk === undefined) return line < (file.hunks[0]?.line ?? Infinity) ? "fileHeader" : "outside";
  return line === hunk.line ? "hunkHeader" : "hunk";
}

/** Where a 1-based document line is; undefined when no patch holds it. */
export function locate(set: PatchSet, line: number): Place | undefined {
  const patch = patchAt(set, line);
  if (patch === undefined) return undefined;
  const file = holding(patch.files, line, (item) => item.lines);
  if (file === undefined) return { patch, file: undefined, hunk: undefined, zone: zoneInText(patch, line) };
  const hunk = holding(file.hunks, line, (item) => item.lines);
  return { patch, file, hunk, zone: zoneInFile(file, hunk, line) };
}
