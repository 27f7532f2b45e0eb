import { titleKey } from "../facts/title";
import type { CommitFacts } from "../types";
import type { HeaderAgreement } from "./judge";

/** Candidates by what their headers say. */
export interface HeaderIndex {
  /** Numbers of candidates with the same title, or with the same author and author time. */
  propose(commit: CommitFacts): readonly number[];
  agreement(commit: CommitFacts, candidate: number): HeaderAgreement;
}

function timeKey({ author, authorTime }: CommitFacts): string {
  return `${author.email.toLowerCase()} ${authorTime}`;
}

function put(map: Map<string, number[]>, key: string, value: number): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function words(subject: string): ReadonlySet<string> {
  return new Set(subject.toLowerCase().match(/[\p{L}\p{N}_]{2,}/gu) ?? []);
}

/** 0 to 1: words in common out of all. */
export function titleLikeness(one: string, other: string): number {
  const [a, b] = [words(one), words(other)];
  let common = 0;
  for (const word of a) if (b.has(word)) common++;
  const all = a.size + b.size - common;
  return all === 0 ? 0 : common / all;
}

/** More than this many commits with one title ("update NEWS") make it a habit, no name. */
const maxTwins = 32;

export function headerIndex(candidates: readonly CommitFacts[]): HeaderIndex {
  const titles = new Map<string, number[]>();
  const times = new Map<string, number[]>();
  const keys = candidates.map(({ subject }) => titleKey(subject));
  for (const [i, candidate] of candidates.entries()) {
    put(titles, keys[i] ?? "", i);
    put(times, timeKey(candidate), i);
  }
  return {
    propose(commit) {
      const byTime = times.get(timeKey(commit)) ?? [];
      const byTitle = titles.get(titleKey(commit.subject)) ?? [];
      return [...new Set([...(byTime.length <= maxTwins ? byTime : []), ...(byTitle.length <= maxTwins ? byTitle : byTitle.filter((i) => candidates[i]?.author.email === commit.author.email).slice(0, maxTwins))])];
    },
    agreement(commit, i) {
      const candidate = candidates[i];
      const key = titleKey(commit.subject);
      const title = key !== "" && key === keys[i];
      return {
        title,
        titleCount: title ? (titles.get(key)?.length ?? 1) : 0,
        titleLikeness: candidate === undefined ? 0 : titleLikeness(commit.subject, candidate.subject),
        author: candidate !== undefined && sameAuthor(commit, candidate),
        time: candidate?.authorTime === commit.authorTime,
      };
    },
  };
}

export function sameAuthor(one: CommitFacts, other: CommitFacts): boolean {
  return one.author.email.toLowerCase() === other.author.email.toLowerCase() || (one.author.name !== "" && one.author.name.toLowerCase() === other.author.name.toLowerCase());
}
