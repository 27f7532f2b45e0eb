import type { CommitFacts } from "../types";

/** A path that more than this share of the candidates touch says nothing, unless the commit touches nothing else. */
const commonShare = 0.01;
const maxNameTwins = 64;

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/**
 * Numbers of the candidates that touch a file that one of `commits` touches, or one of the same name: where a twin can be. A
 * change that moved to a file with another name is found by title or claim only.
 */
export function candidatePool(commits: readonly CommitFacts[], candidates: readonly CommitFacts[]): readonly number[] {
  const byPath = new Map<string, number[]>();
  const byName = new Map<string, number[]>();
  const put = (map: Map<string, number[]>, key: string, value: number): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else if (list.at(-1) !== value) list.push(value);
  };
  for (const [i, { paths }] of candidates.entries()) {
    for (const path of paths) {
      put(byPath, path, i);
      put(byName, nameOf(path), i);
    }
  }
  const limit = Math.max(64, commonShare * candidates.length);
  const pool = new Set<number>();
  for (const { paths } of commits) {
    const lists = paths.map((path) => byPath.get(path) ?? []);
    const telling = lists.filter((list) => list.length <= limit);
    for (const list of telling.some((entries) => entries.length > 0) ? telling : lists) for (const i of list) pool.add(i);
    for (const path of paths) {
      const list = byName.get(nameOf(path)) ?? [];
      if (list.length <= maxNameTwins) for (const i of list) pool.add(i);
    }
  }
  return [...pool].sort((a, b) => a - b);
}
