import type { CommitFacts } from "../types";

/** A commit that takes others back, with the indices of those. */
export interface Undoing {
  readonly by: number;
  readonly targets: readonly number[];
}

/** For each commit the index of the revert that holds it undone; undefined while it stands. A revert that was itself reverted holds nothing. */
export type Undone = (index: number) => number | undefined;

/**
 * Works out what stands after reverts, reverts of reverts and so on. The answer does not depend on the order of the commits, which
 * clocks that were wrong may mix up. A circle, which no honest history has, is cut at some place.
 */
export function whatStands(undoings: readonly Undoing[]): Undone {
  const undoers = new Map<number, number[]>();
  for (const { by, targets } of undoings) {
    for (const target of targets) {
      if (target === by) continue;
      const list = undoers.get(target);
      if (list === undefined) undoers.set(target, [by]);
      else list.push(by);
    }
  }
  const answers = new Map<number, number | undefined>();
  return (index) => settle(index, undoers, answers);
}

/** Depth first with a stack of its own: a hostile chain of reverts must not end the program. */
function settle(start: number, undoers: ReadonlyMap<number, readonly number[]>, answers: Map<number, number | undefined>): number | undefined {
  const stack = [start];
  const open = new Set<number>();
  for (let index = stack.at(-1); index !== undefined; index = stack.at(-1)) {
    const list = undoers.get(index) ?? [];
    const waiting = answers.has(index) ? [] : list.filter((undoer) => !answers.has(undoer) && !open.has(undoer));
    if (waiting.length > 0) {
      open.add(index);
      stack.push(...waiting);
      continue;
    }
    if (!answers.has(index)) answers.set(index, list.find((undoer) => answers.has(undoer) && answers.get(undoer) === undefined));
    open.delete(index);
    stack.pop();
  }
  return answers.get(start);
}

const revertSubject = /^revert:?\s+"(.*)"\s*$/iu;
const reapplySubject = /^(?:reapply|reland|re-land):?\s+"(.*)"\s*$/iu;

/** The title that a revert without a sha names: `Revert "X"` takes X back, `Reapply "X"` takes `Revert "X"` back. */
export function revertedTitle(commit: CommitFacts): string | undefined {
  const reverted = revertSubject.exec(commit.subject)?.[1];
  if (reverted !== undefined) return reverted;
  const again = reapplySubject.exec(commit.subject)?.[1];
  return again === undefined ? undefined : `Revert "${again}"`;
}

/**
 * Whether a commit that names others as reverted takes them back whole. Messages also say "reverts commit" of a part, or of what the
 * commit then does in another way: only a subject that says so is believed.
 */
export function revertsWhole(commit: CommitFacts): boolean {
  return /\b(?:revert(?:s|ed|ing)?|reapply|reland|re-land)\b/iu.test(commit.subject) && !/\bpart(?:s|ial|ially|ly)?\b/iu.test(commit.subject);
}
