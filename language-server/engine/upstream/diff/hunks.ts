import type { ChangeGroup, FileChanges } from "../types";

/** A hunk as `git show` prints it, with three lines of context: one or more groups that lie close together. */
export interface ContextHunk {
  /** First line of the hunk's @@ header, new side; 0 in a file that is gone, as git prints it. */
  readonly line: number;
  readonly oldLine: number;
  readonly groups: readonly ChangeGroup[];
}

const context = 3;

/** The line that a group's side starts at; git names the line before when a side is empty. */
function start(at: number, count: number): number {
  return count === 0 ? at + 1 : at;
}

/**
 * What `-U3` would show for groups of `-U0`: xdiff's rule (xemit.c, xdl_get_hunk) joins changes with at most twice the
 * context between them.
 */
export function contextHunks(file: FileChanges): readonly ContextHunk[] {
  const hunks: ChangeGroup[][] = [];
  let end = -1;
  for (const group of file.groups) {
    const from = start(group.oldStart, group.oldCount);
    const last = hunks.at(-1);
    if (last !== undefined && from - end <= 2 * context) last.push(group);
    else hunks.push([group]);
    end = from + group.oldCount;
  }
  return hunks.map((groups) => {
    const [first] = groups;
    const line = (at: number, count: number, gone: boolean): number => (first === undefined || gone ? 0 : Math.max(1, start(at, count) - context));
    return { groups, line: line(first?.newStart ?? 0, first?.newCount ?? 0, file.status === "deleted"), oldLine: line(first?.oldStart ?? 0, first?.oldCount ?? 0, file.status === "added") };
  });
}
