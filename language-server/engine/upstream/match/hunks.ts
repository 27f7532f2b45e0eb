import { contextHunks, type ContextHunk } from "../diff/hunks";
import type { ChangeGroup, CommitDiff, FileChanges, HunkState, HunkVerdict, Verdict } from "../types";
import { alignGroups, pairFiles } from "./align";

/** Where a group lies: the hunk with context that holds it. */
interface Placed {
  readonly file: FileChanges;
  readonly hunks: readonly ContextHunk[];
  /** Hunk of the i-th group. */
  readonly of: readonly number[];
}

function place(file: FileChanges): Placed {
  const hunks = contextHunks(file);
  return { file, hunks, of: hunks.flatMap((hunk, i) => hunk.groups.map(() => i)) };
}

function name(placed: Placed, hunk: number): string {
  const { file } = placed;
  return `${file.status === "deleted" ? file.oldPath : file.newPath}:${placed.hunks[hunk]?.line ?? 0}`;
}

/** Every hunk of both sides, once: mainline's in order, then what only downstream has. */
export function compareHunks(up: CommitDiff, down: CommitDiff): readonly HunkVerdict[] {
  const partner = new Map(pairFiles(up.files, down.files));
  const verdicts: HunkVerdict[] = [];
  const extras: HunkVerdict[] = [];
  const paired = new Set(partner.values());
  for (const [i, file] of up.files.entries()) {
    const j = partner.get(i);
    const other = j === undefined ? undefined : down.files[j];
    const left = place(file);
    if (other === undefined) {
      verdicts.push(...left.hunks.map((_, hunk) => ({ state: "dropped" as const, up: name(left, hunk), down: undefined })));
      continue;
    }
    const { found, extra } = compareFile(left, place(other));
    verdicts.push(...found);
    extras.push(...extra);
  }
  for (const [j, file] of down.files.entries()) {
    if (paired.has(j)) continue;
    const right = place(file);
    extras.push(...right.hunks.map((_, hunk) => ({ state: "extra" as const, up: undefined, down: name(right, hunk) })));
  }
  return [...verdicts, ...extras];
}

function compareFile(left: Placed, right: Placed): { readonly found: readonly HunkVerdict[]; readonly extra: readonly HunkVerdict[] } {
  const groups = (placed: Placed): readonly ChangeGroup[] => placed.file.groups;
  const matches = alignGroups(groups(left), groups(right));
  const usedRight = new Set(matches.map((match) => match.down));
  const byUp = new Map(matches.map((match) => [match.up, match]));
  /** Downstream hunks that also hold something of their own. */
  const mixed = new Set(right.of.filter((_, j) => !usedRight.has(j)));
  const touched = new Set<number>();
  let at = 0;
  const found = left.hunks.map((hunk, h): HunkVerdict => {
    const mine = hunk.groups.map(() => byUp.get(at++));
    const there = mine.flatMap((match) => (match === undefined ? [] : [right.of[match.down] ?? 0]));
    for (const down of there) touched.add(down);
    const exact = mine.every((match) => match?.exact === true) && !there.some((down) => mixed.has(down));
    const state: HunkState = there.length === 0 ? "dropped" : exact ? "same" : "adapted";
    return { state, up: name(left, h), down: there[0] === undefined ? undefined : name(right, there[0]) };
  });
  const extra = right.hunks.flatMap((_, h): HunkVerdict[] => (touched.has(h) ? [] : [{ state: "extra", up: undefined, down: name(right, h) }]));
  return { found, extra };
}

/** What the hunks say of the commit as a whole. */
export function verdictOf(hunks: readonly HunkVerdict[]): Verdict {
  const count = (state: HunkState): number => hunks.filter((hunk) => hunk.state === state).length;
  const [adapted, dropped, extra] = [count("adapted"), count("dropped"), count("extra")];
  if (adapted + dropped + extra === 0) return "same";
  if (dropped > 0 && extra === 0) return "partial";
  if (extra > 0 && adapted + dropped === 0) return "extended";
  return "adapted";
}
