import type { Weighed } from "./candidates";
import type { Habits } from "../types";
import { diffScore, usualHabits } from "./judge";

/** A share of the commits that can't be chance: so many twins by their lines whose headers differ are a habit. */
const habitual = 0.2;
const sure = 0.9;

/** Candidates that are a commit's twin by their lines and files, whatever the headers say. */
function twinByLines(list: readonly Weighed[]): Weighed | undefined {
  const best = list.reduce<Weighed | undefined>((top, entry) => ((entry.likeness?.likeness ?? 0) > (top?.likeness?.likeness ?? 0) ? entry : top), undefined);
  const { likeness } = best ?? {};
  return likeness !== undefined && likeness.paths > 0.01 && diffScore(likeness, false) >= sure ? best : undefined;
}

/** What the keepers of these commits do to headers, by the pairs that need no header to be known. */
export function habitsOf(lists: readonly (readonly Weighed[])[]): Habits {
  const headers = lists.flatMap((list) => twinByLines(list)?.header ?? []);
  const rewritten = (keeps: (header: (typeof headers)[number]) => boolean): boolean => headers.filter((header) => !keeps(header)).length >= habitual * Math.max(lists.length, 1);
  const habits = { keepsTitles: !rewritten(({ title }) => title), keepsAuthors: !rewritten(({ author }) => author), keepsTimes: !rewritten(({ time }) => time) };
  return Object.values(habits).includes(false) ? habits : usualHabits;
}
