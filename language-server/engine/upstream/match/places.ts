import type { CommitFacts } from "../types";

/** Name of a file without its directories. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

function directoryOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1);
}

/**
 * Whether a commit that has no file in common with ours is the like of it in another place, as a sweep over drivers makes many: it
 * touches a file that both sides had when they parted, so that ours was not moved there later, and none near ours. `names` are
 * those of files that both had; where they are not known nothing is held against a commit.
 */
export function isSibling(ours: CommitFacts, other: CommitFacts | undefined, names: ReadonlySet<string> | undefined): boolean {
  if (names === undefined || other === undefined) return false;
  if (!other.paths.some((path) => names.has(nameOf(path)))) return false;
  const near = ours.paths.map(directoryOf);
  return !other.paths.map(directoryOf).some((there) => near.some((here) => there.startsWith(here) || here.startsWith(there)));
}
