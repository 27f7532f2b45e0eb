import type { TextChange, TextGroup } from "../presence/change-text";

/** Lines `[from, to)` of a file, 0-based. */
interface Region {
  readonly from: number;
  readonly to: number;
}

/** Lines around a change that git compares when it merges; a change of one of them makes a conflict. */
const context = 3;

/** A boundary of the file after the groups, as one of the file before; inside of a group it goes to that group's end. */
function before(groups: readonly TextGroup[], at: number, end: "from" | "to"): number {
  let shift = 0;
  for (const { at: oldAt, newLine, added, deleted } of groups) {
    const start = newLine - 1;
    if (at <= start) break;
    if (at < start + added.length) return end === "from" ? oldAt : oldAt + deleted.length;
    shift += deleted.length - added.length;
  }
  return at + shift;
}

function touches({ newLine, added }: TextGroup, { from, to }: Region): boolean {
  const start = newLine - 1;
  return start <= to && start + added.length >= from;
}

/** The commit's own regions in its parent, by path. */
function regionsOf(change: TextChange, paths: ReadonlySet<string>): Map<string, readonly Region[]> {
  const regions = new Map<string, readonly Region[]>();
  for (const { oldPath, newPath, groups } of change.files) {
    if (!paths.has(oldPath) && !paths.has(newPath)) continue;
    regions.set(oldPath, groups.map(({ at, deleted }) => ({ from: Math.max(0, at - context), to: at + deleted.length + context })));
  }
  return regions;
}

/**
 * Which of the earlier changes (newest first) touch the lines that `change` replaces or stands on: what `git log -L` follows.
 * History is taken as one line; lines that a merge moved may be followed wrongly.
 */
export function changesBelow(change: TextChange, earlier: readonly TextChange[], paths: ReadonlySet<string>): readonly TextChange[] {
  const regions = regionsOf(change, paths);
  return earlier.filter(({ files }) => {
    let touched = false;
    for (const { oldPath, newPath, kind, groups } of files) {
      const own = regions.get(newPath);
      if (own === undefined) continue;
      if (kind === "added" || groups.some((group) => own.some((region) => touches(group, region)))) touched = true;
      regions.delete(newPath);
      if (kind !== "added") regions.set(oldPath, own.map(({ from, to }) => ({ from: before(groups, from, "from"), to: before(groups, to, "to") })));
    }
    return touched;
  });
}
