import { unpackDiff } from "../diff/record";
import { namesAt } from "../revisions";
import type { CommitFacts, Habits } from "../types";
import { keysOnce, rarityAmong, weigh, type Weighed } from "./candidates";
import { pause, turn, type Ground } from "./ground";
import { sameAuthor, titleLikeness } from "./headers";
import { habitsOf } from "./habits";
import { diffScore, usualHabits } from "./judge";
import { keysOf, type DiffKeys } from "./keys";
import { compareKeys } from "./overlap";
import { candidatePool } from "./pool";
import type { Rarity } from "./rarity";
import { searchLines } from "./search";

/** From this score on a proposal of title or trailer is not looked beyond. */
const settled = 0.97;
/** More paths than this are no narrower than whole diffs. */
const maxPaths = 256;

export interface Found {
  /** Weighed candidates of the i-th commit, and the rarity that weighed them. */
  of(i: number): { readonly list: readonly Weighed[]; readonly rarity: Rarity };
  readonly habits: Habits;
}

/** Keys of candidates by number: from whole diffs where they are at hand, else from the files that matter here. */
type Peeked = ReadonlyMap<number, DiffKeys>;

/** What a first look needs of the ground. */
export type PeekGround = Pick<Ground, "commits" | "candidates" | "diffs" | "decode" | "job" | "options" | "keys">;

/** Commits whose whole diffs are being read for other reasons. */
export interface Coming {
  readonly names: ReadonlySet<string>;
  readonly read: Promise<void>;
}

const nothing: Coming = { names: new Set(), read: Promise.resolve() };

/**
 * A first look at where twins of `commits` can be: most candidates that touch the same files are large and have nothing to do with
 * them, so only these files are compared.
 */
export async function peek(commits: readonly CommitFacts[], ground: PeekGround, coming: Coming = nothing): Promise<Peeked> {
  const { candidates, diffs, decode, job, options } = ground;
  const seen = new Map<number, DiffKeys>();
  if (commits.length === 0) return seen;
  const { numbers: pool, paths } = options.evidence === "diff" || isHeadless(commits, ground) ? { numbers: candidates.map((_, i) => i), paths: [] } : candidatePool(tellingly(commits, ground), candidates, keepsHeaders(commits, ground) ? akin : undefined);
  const unread = pool.filter((i) => diffs.record(candidates[i]?.sha ?? "") === undefined && !coming.names.has(candidates[i]?.sha ?? ""));
  if (paths.length === 0 || paths.length > maxPaths) await diffs.need(unread.map((i) => candidates[i]?.sha ?? ""), job.cancel);
  else {
    const numbers = new Map(unread.map((i) => [candidates[i]?.sha ?? "", i]));
    await diffs.glimpse([...numbers.keys()], paths, (sha, record) => seen.set(numbers.get(sha) ?? -1, keysOf(record, 0, decode)), job.cancel);
  }
  await coming.read;
  for (const i of pool) if (!seen.has(i)) seen.set(i, keysOnce(diffs, decode, candidates[i]?.sha ?? ""));
  return seen;
}

/** Changed lines from which on a file is data, such as a list of vendors; to compare one takes as long as a hundred of code. */
const dataLines = 512;

/**
 * Commits with the paths by which to look for their twins. What is data in one of them is data in all, since its twin may rewrite what
 * ours only touches; it is left out as long as a commit has other files.
 */
function tellingly(commits: readonly CommitFacts[], { diffs, decode }: PeekGround): readonly CommitFacts[] {
  const data = new Set<string>();
  for (const { sha, paths } of commits) {
    const record = diffs.record(sha);
    if (paths.length < 2 || record === undefined) continue;
    const { state, files } = unpackDiff(sha, record, 0, decode);
    for (const { oldPath, newPath, groups } of files) if (groups.reduce((sum, { oldCount, newCount }) => sum + oldCount + newCount, 0) >= dataLines) data.add(newPath).add(oldPath);
    // Of a diff that was cut, what has no lines any more lies behind the cut.
    const kept = new Set(state === "too-large" ? files.filter(({ groups }) => groups.length > 0).map(({ newPath }) => newPath) : paths);
    for (const path of paths) if (!kept.has(path)) data.add(path);
  }
  return commits.map((commit) => {
    const code = commit.paths.filter((path) => !data.has(path));
    return code.length === 0 ? commit : { ...commit, paths: code };
  });
}

/** As long as headers propose a twin for nearly all commits, those of the others were not written anew either. */
const fewOthers = 0.1;

function keepsHeaders(others: readonly CommitFacts[], { commits, options }: PeekGround): boolean {
  return options.evidence === "all" && others.length <= fewOthers * commits.length;
}

/** Where headers propose nothing for most commits, and mainline is not too long for it, every candidate is looked at. */
const mostOthers = 0.5;
const longHistory = 20_000;

function isHeadless(others: readonly CommitFacts[], { commits, candidates }: PeekGround): boolean {
  return others.length > mostOthers * commits.length && candidates.length <= longHistory;
}

/** Below this share of common words two titles speak of different things. */
const someWords = 0.2;

function akin(commit: CommitFacts, candidate: CommitFacts | undefined): boolean {
  return candidate !== undefined && (sameAuthor(commit, candidate) || titleLikeness(commit.subject, candidate.subject) >= someWords);
}

/** What a first look gives less than this, the whole diff gives even less: that has more that is not in common. */
const worthReading = 0.02;

/** Weighs the proposals, and looks further for commits whose proposals leave a doubt; `early` are the first looks at some of
 * them, `known` are the habits of these keepers as far as an earlier comparison saw them. */
export async function seek(ground: Ground, proposals: readonly (readonly number[])[], takesBack: (sha: string) => boolean, early: Peeked, known?: Habits): Promise<Found> {
  const { commits, candidates, keys, job, diffs, decode } = ground;
  const name = (candidate: number): string => candidates[candidate]?.sha ?? "";
  const keysAmong = (shas: readonly string[]): readonly DiffKeys[] => shas.map((sha) => keys.of(sha)).filter((entry) => entry !== undefined);
  const nearby = rarityAmong(keysAmong([...commits.map(({ sha }) => sha), ...new Set(proposals.flat().map(name))]));
  const first: (readonly Weighed[])[] = [];
  for (const [i, commit] of commits.entries()) {
    if (i % turn === 0) await pause(job, i, commits.length);
    first.push(weigh(commit, proposals[i] ?? [], nearby, usualHabits, ground));
  }
  const open = commits.flatMap(({ sha }, i) => ((first[i]?.[0]?.score ?? 0) >= settled || (proposals[i]?.length === 0 && takesBack(sha)) ? [] : [i]));
  const unresolved = open.map((i) => commits[i]).filter((commit) => commit !== undefined);
  const seen = new Map([...early, ...(await peek(unresolved.filter((_, at) => proposals[open[at] ?? -1]?.length !== 0), ground))]);
  const pool = [...seen.keys()].sort((a, b) => a - b);
  const own = unresolved.map(({ sha }) => keys.of(sha) ?? keysOnce(diffs, decode, sha));
  const lines = searchLines(
    own,
    Math.max(pool.length, 1000),
    (visit) => {
      for (const i of pool) {
        const found = seen.get(i);
        if (found !== undefined) visit(i, found);
      }
    },
    job.cancel,
  );
  const worth = (at: number): readonly number[] => {
    const mine = own[at];
    return lines.candidates(at).filter((i) => {
      const other = seen.get(i);
      return mine !== undefined && other !== undefined && diffScore(compareKeys(mine, other, lines.rarity), false) >= worthReading;
    });
  };
  const near = unresolved.map((_, at) => worth(at));
  await diffs.need([...new Set(near.flat())].map(name), job.cancel);
  const { repository, base } = ground;
  const namesAtBase = base === undefined || near.every((list) => list.length === 0) ? undefined : await namesAt(repository, decode, base, job.cancel);
  const lists = [...first];
  const weighOpen = async (habits: Habits): Promise<void> => {
    for (const [at, i] of open.entries()) {
      if (at % turn === 0) await pause(job, at, open.length);
      const commit = commits[i];
      if (commit !== undefined) lists[i] = weigh(commit, [...new Set([...(proposals[i] ?? []), ...(near[at] ?? [])])], lines.rarity, habits, { ...ground, namesAtBase });
    }
  };
  await weighOpen(known ?? usualHabits);
  const habits = known ?? habitsOf(lists);
  if (known === undefined && habits !== usualHabits) await weighOpen(habits);
  const searched = new Set(open);
  return { of: (i) => ({ list: lists[i] ?? [], rarity: searched.has(i) ? lines.rarity : nearby }), habits };
}
