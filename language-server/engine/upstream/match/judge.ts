import type { Habits } from "../types";
import type { Likeness } from "./overlap";

/** What the headers of two commits have in common; undefined where headers are not to be looked at. */
export interface HeaderAgreement {
  /** Equal keys of the titles. */
  readonly title: boolean;
  /** How many candidates have that title. */
  readonly titleCount: number;
  /** 0 to 1: words of the titles in common. */
  readonly titleLikeness: number;
  readonly author: boolean;
  /** The same second of the author's clock. */
  readonly time: boolean;
}

function logistic(z: number): number {
  return 1 / (1 + Math.exp(-z));
}

/**
 * Log odds that two diffs are one change, from the shares of rarity that they have in common. The weights are those of a
 * logistic regression over pairs of DPDK 20.11 and systemd v250 and v252 (true twins against the nearest commit that nobody
 * picked); docs/upstream.md gives the figures on branches that it did not see.
 */
function diffOdds({ common, down, up, likeness, lines, paths, delta }: Likeness, small: boolean): number {
  const shares = [common / Math.max(down, 1e-9), common / Math.max(up, 1e-9)];
  let z = -6.86 + 2.57 * likeness + 1.53 * likeness * likeness + 1.99 * lines + (paths > 0.01 ? 1.07 : 0) + 0.89 * paths + 2.73 * Math.max(...shares) + 1.97 * Math.min(...shares);
  z += (0.07 * Math.log2(1 + common)) / 10;
  if (small) z += -0.19 - 0.2 * lines;
  if (delta !== undefined) z += -1.27 + 1.18 * delta + 1.23 * delta * delta;
  return z;
}

/** Below so many bits in common the diffs say nothing: a brace and a return. */
const leastBits = 15;

/** The same change in other files: a sweep over drivers makes many such twins, and a renamed file keeps its title or its date. */
const otherFiles = -4;
/** The same where no header can speak for it: not even equal lines make a sibling the twin. */
const siblingByLines = -6;

/** Whether the two have neither a path nor a file's name in common. */
export function isElsewhere({ paths }: Likeness): boolean {
  return paths <= 0.01;
}

/**
 * 0 to 1: how sure it is that the downstream diff carries the upstream one. `small`: at most twelve changed lines. `sibling`: it
 * stands elsewhere, in files that ours can't have been moved to.
 */
export function diffScore(likeness: Likeness, small: boolean, sibling = false): number {
  return likeness.common < leastBits ? 0 : logistic(diffOdds(likeness, small) + (sibling ? siblingByLines : 0));
}

export const usualHabits: Habits = { keepsTitles: true, keepsAuthors: true, keepsTimes: true };

/** Log odds of the headers. What they add when they agree is fixed; what they take away depends on the habits. */
function headerOdds({ title, titleCount, titleLikeness, author, time }: HeaderAgreement, habits: Habits): number {
  let z = 0;
  if (title) z += titleCount === 1 ? 6 : 4.5;
  else if (habits.keepsTitles) z -= titleLikeness >= 0.6 ? 0.5 : 2;
  if (author) z += 1;
  else if (habits.keepsAuthors) z -= 1;
  if (time) z += author ? 5 : 2;
  else if (habits.keepsTimes) z -= 1.5;
  return z;
}

/** Diffs that share nothing: a title alone (“fix error handling”, “update to latest”) must not outweigh that, a title with its date may. */
const nothingAlike = -6.5;

/** Too little to tell: a diff that can't be read, or a line or two that are in the other one. */
const littleKnown = -2.5;

function alikeOdds(likeness: Likeness, small: boolean): number {
  const { common, down, up } = likeness;
  if (common >= leastBits) return Math.max(nothingAlike, diffOdds(likeness, small));
  return common > 0 && common >= 0.5 * Math.min(down, up) ? littleKnown : nothingAlike;
}

/** The same with what the headers say; a claim is no part of it. */
export function fullScore(likeness: Likeness | undefined, small: boolean, header: HeaderAgreement, habits: Habits, sibling = false): number {
  const odds = likeness === undefined ? littleKnown : alikeOdds(likeness, small);
  const elsewhere = likeness !== undefined && isElsewhere(likeness) && !header.title && (habits.keepsTitles || sibling) ? otherFiles : 0;
  return logistic(odds + elsewhere + headerOdds(header, habits));
}
