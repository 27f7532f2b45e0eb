import { contextHunks } from "../../engine/upstream/diff/hunks";
import { pairFiles } from "../../engine/upstream/match/align";
import { compareHunks } from "../../engine/upstream/match/hunks";
import type { CommitDiff, FileChanges, HunkVerdict } from "../../engine/upstream/types";
import type { HunkSide, TwinFile, TwinHunk } from "../../protocol/upstream-panels";

const context = 3;

/** The hunks of a file as git shows them, by their first line behind the change. */
function sidesOf(file: FileChanges): ReadonlyMap<number, HunkSide> {
  return new Map(
    contextHunks(file).map((hunk) => {
      const last = hunk.groups.at(-1);
      const end = last === undefined ? hunk.line : last.newStart + Math.max(0, last.newCount - 1) + context;
      return [hunk.line, { line: hunk.line, count: Math.max(1, end - hunk.line + 1) }];
    }),
  );
}

function pathOf(file: FileChanges): string {
  return file.status === "deleted" ? file.oldPath : file.newPath;
}

interface Place {
  readonly path: string;
  readonly line: number;
}

/** `path:line` of a verdict; a path may hold colons. */
function readPlace(text: string | undefined): Place | undefined {
  const cut = text?.lastIndexOf(":") ?? -1;
  return text === undefined || cut < 0 ? undefined : { path: text.slice(0, cut), line: Number(text.slice(cut + 1)) };
}

/**
 * The files of two commits side by side with their hunks in the order of the file. `part`: what the map said of our whole commit,
 * when mainline's is only one of several that it carries; what came from another one is then no extra.
 */
export function twinFiles(up: CommitDiff, down: CommitDiff, part: readonly HunkVerdict[] | undefined): readonly TwinFile[] {
  const own = new Set((part ?? []).filter(({ state }) => state === "extra").map((verdict) => verdict.down));
  const verdicts = compareHunks(up, down).filter(({ state, down: at }) => part === undefined || state !== "extra" || own.has(at));
  const partner = new Map(pairFiles(up.files, down.files).map(([i, j]) => [j, i]));
  const paired = new Set(partner.values());
  const both = down.files.map((file, j) => {
    const i = partner.get(j);
    return fileOf(i === undefined ? undefined : up.files[i], file, verdicts);
  });
  const left = up.files.filter((_, i) => !paired.has(i)).map((file) => fileOf(file, undefined, verdicts));
  return [...both, ...left].filter((file) => part === undefined || file.upPath !== undefined || file.hunks.length > 0);
}

function fileOf(up: FileChanges | undefined, down: FileChanges | undefined, verdicts: readonly HunkVerdict[]): TwinFile {
  const upSides = up === undefined ? undefined : sidesOf(up);
  const downSides = down === undefined ? undefined : sidesOf(down);
  const hunks = verdicts.flatMap((verdict): TwinHunk[] => {
    const upPlace = readPlace(verdict.up);
    const downPlace = readPlace(verdict.down);
    const upHere = up !== undefined && upPlace?.path === pathOf(up);
    const downHere = down !== undefined && downPlace?.path === pathOf(down);
    // A hunk that both have stands with our file.
    if (downPlace === undefined ? !upHere : !downHere) return [];
    return [{ state: verdict.state, up: upHere ? upSides?.get(upPlace.line) : undefined, down: downHere ? downSides?.get(downPlace.line) : undefined }];
  });
  const at = ({ up: one, down: other }: TwinHunk): number => other?.line ?? one?.line ?? 0;
  const shift = shiftOf(hunks);
  return {
    upPath: up === undefined ? undefined : pathOf(up),
    downPath: down === undefined ? undefined : pathOf(down),
    hunks: hunks.sort((a, b) => at(a) + (a.down === undefined ? shift : 0) - at(b) - (b.down === undefined ? shift : 0)),
    binary: [up, down].some((file) => file?.status === "binary"),
    missing: [],
  };
}

/** How far our lines lie from mainline's, by the first hunk that both have, so that a dropped one stands among its neighbours. */
function shiftOf(hunks: readonly TwinHunk[]): number {
  const both = hunks.find(({ up, down }) => up !== undefined && down !== undefined);
  return both?.up === undefined || both.down === undefined ? 0 : both.down.line - both.up.line;
}

/** Files by path alone, for commits whose lines are not known. `sides` are those that can't be read. */
export function pathsOnly(up: readonly string[], down: readonly string[], sides: TwinFile["missing"]): readonly TwinFile[] {
  const [left, right] = [new Set(up), new Set(down)];
  return [...new Set([...down, ...up])].map((path) => ({ upPath: left.has(path) ? path : undefined, downPath: right.has(path) ? path : undefined, hunks: [], binary: false, missing: sides }));
}
