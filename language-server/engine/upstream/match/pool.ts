import type { CommitFacts } from "../types";
import { nameOf } from "./places";

/** A path that more than this share of the candidates touch says nothing, unless the commit touches nothing else. */
const commonShare = 0.01;
/** A name that more files than this bear says nothing: Makefile, meson.build. */
const maxNamesakes = 4;

/** Where twins can be. */
export interface Pool {
  /** Candidates, in order. */
  readonly numbers: readonly number[];
  /** The files that brought them in. */
  readonly paths: readonly string[];
}

/** Whether headers leave it possible that a candidate is the commit. */
export type Akin = (commit: CommitFacts, candidate: CommitFacts | undefined) => boolean;

/** Candidates of one file up to which each is worth a look. */
const busy = 8;

function bear(byName: Map<string, Set<string>>, name: string, path: string): void {
  const paths = byName.get(name);
  if (paths === undefined) byName.set(name, new Set([path]));
  else paths.add(path);
}

/**
 * Numbers of the candidates that touch a file that one of `commits` touches, or one of the same name: where a twin can be. A
 * change that moved to a file with another name is found by title or claim only. `akin` says which candidates are worth it in a
 * file that many touch.
 */
export function candidatePool(commits: readonly CommitFacts[], candidates: readonly CommitFacts[], akin?: Akin): Pool {
  const byPath = new Map<string, number[]>();
  const byName = new Map<string, Set<string>>();
  const put = (map: Map<string, number[]>, key: string, value: number): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [value]);
    else if (list.at(-1) !== value) list.push(value);
  };
  for (const [i, { paths }] of candidates.entries()) {
    for (const path of paths) {
      if (!byPath.has(path)) bear(byName, nameOf(path), path);
      put(byPath, path, i);
    }
  }
  const limit = Math.max(64, commonShare * candidates.length);
  const few = (list: readonly number[] = []): readonly number[] => (list.length <= limit ? list : []);
  const pool = new Set<number>();
  const where = new Set<string>();
  const take = (path: string, list: readonly number[]): void => {
    where.add(path);
    for (const i of list) pool.add(i);
  };
  for (const commit of commits) {
    const { paths } = commit;
    const narrow = (list: readonly number[]): readonly number[] => (akin === undefined || list.length <= busy ? list : list.filter((i) => akin(commit, candidates[i])));
    const lists = paths.map((path) => ({ path, list: byPath.get(path) ?? [] }));
    const telling = lists.filter(({ list }) => list.length <= limit);
    for (const { path, list } of telling.some((one) => one.list.length > 0) ? telling : lists) take(path, narrow(list));
    for (const path of paths) {
      const namesakes = byName.get(nameOf(path)) ?? new Set();
      if (namesakes.size <= maxNamesakes) for (const namesake of namesakes) if (namesake !== path) take(namesake, few(byPath.get(namesake)));
    }
  }
  return { numbers: [...pool].sort((a, b) => a - b), paths: [...where] };
}
