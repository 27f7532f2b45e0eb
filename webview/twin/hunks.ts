import type { TwinFile, TwinHunk } from "../../language-server/protocol/upstream-panels";
import { element, icon } from "../kit/dom";
import type { Say } from "../kit/words";
import type { DiffMark } from "../monaco/api";
import type { ShownPatch } from "./patch";
import type { words } from "./words";

type HunkState = TwinHunk["state"];

export const hunkStates: readonly HunkState[] = ["same", "adapted", "dropped", "extra"];

/** A shape for each state, so that nobody has to tell them by colour. */
export const hunkIcons: Readonly<Record<HunkState, string>> = { same: "pass", adapted: "edit", dropped: "circle-slash", extra: "diff-added" };

export type HunkCounts = Readonly<Record<HunkState, number>>;

export function countHunks(files: readonly TwinFile[]): HunkCounts {
  const counts = { same: 0, adapted: 0, dropped: 0, extra: 0 };
  for (const file of files) for (const hunk of file.hunks) counts[hunk.state]++;
  return counts;
}

/** Counts with their signs; in full with words, or short for a row. States without a hunk are left out. */
export function countSigns(counts: HunkCounts, say: Say<typeof words>, full: boolean): readonly HTMLElement[] {
  return hunkStates
    .filter((state) => counts[state] > 0)
    .map((state) => {
      const word = say(`hunk.${state}`);
      const sign = element("span", { class: `mark-${state}` }, icon(hunkIcons[state]));
      const label = full ? element("span", {}, ` ${word}`) : element("span", { class: "visually-hidden" }, ` ${word} `);
      return element("span", { class: "count", title: `${word}: ${say(`hunk.${state}.why`)}` }, sign, element("span", { class: "number" }, String(counts[state])), label);
    });
}

function labelOf(hunk: TwinHunk, say: Say<typeof words>): string {
  return `${say(`hunk.${hunk.state}`)} – ${say(`hunk.${hunk.state}.why`)}`;
}

/** Marks of a file's hunks in the two patches, found by their line in the file behind the change. */
export function patchMarks(hunks: readonly TwinHunk[], up: ShownPatch | undefined, down: ShownPatch | undefined, say: Say<typeof words>): readonly DiffMark[] {
  return hunks.flatMap((hunk, index) => {
    const label = labelOf(hunk, say);
    return (["up", "down"] as const).flatMap((side) => {
      const at = hunk[side];
      const shown = (side === "up" ? up : down)?.hunks.find(({ start }) => start === at?.line);
      return shown === undefined ? [] : [{ side, hunk: index, line: shown.first, endLine: shown.last, state: hunk.state, icon: hunkIcons[hunk.state], word: say(`hunk.${hunk.state}`), where: "before" as const, label }];
    });
  });
}

/** Marks of a file's hunks in the two files. */
export function fileMarks(hunks: readonly TwinHunk[], say: Say<typeof words>): readonly DiffMark[] {
  return hunks.flatMap((hunk, index) =>
    (["up", "down"] as const).flatMap((side) => {
      const at = hunk[side];
      if (at === undefined) return [];
      const line = Math.max(1, at.line);
      return [{ side, hunk: index, line, endLine: line + Math.max(1, at.count) - 1, state: hunk.state, icon: hunkIcons[hunk.state], word: say(`hunk.${hunk.state}`), where: "after" as const, label: labelOf(hunk, say) }];
    }),
  );
}

/** Where a hunk is to be shown: on our side, or on mainline's when ours lacks it. */
export function placeOf(marks: readonly DiffMark[], hunk: number): DiffMark | undefined {
  const own = marks.filter((mark) => mark.hunk === hunk);
  return own.find(({ side }) => side === "down") ?? own[0];
}
