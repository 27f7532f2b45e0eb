import { diffHead, unpackDiff } from "./diff/record";
import { beforeSplit, carriesOn, staleCommits } from "./match/carry";
import { keyCache, type Weighed } from "./match/candidates";
import { settleTies, distance } from "./match/choose";
import { expandShas } from "./match/claims";
import { alternativesOf, choose, lonelyRow, thresholds, type Choice } from "./match/decide";
import { pause, turn, type Ground, type MapInput } from "./match/ground";
import { verdictOf } from "./match/hunks";
import { proposeTwins } from "./match/propose";
import type { Rarity } from "./match/rarity";
import { findReverts, markSplits, withRevert } from "./match/reverts";
import { peek, seek, type Found } from "./match/seek";
import { squashParts } from "./match/squash";
import { hunkStore } from "./match/verdicts";
import { mergeBase } from "./revisions";
import type { CommitDiff, CommitFacts, DiffState, MapNotice, MapRow, UpstreamMap } from "./types";

/**
 * Which of downstream's own commits are mainline's, and how far. Titles, authors and claims propose, diffs decide; where headers
 * propose nothing, every candidate that touches the same files is compared by its lines.
 * `options` name full shas. Throws `HistoryError`.
 */
export async function buildMap(input: MapInput): Promise<UpstreamMap> {
  const { repository, decode, options, job } = input;
  const cancel = job.cancel;
  const { mainline, downstream } = options;
  job.onProgress("history", 0, 2);
  // Our own diffs are read while git still walks mainline's longer history.
  const early = earlyDiffs(input);
  const [base, { mainline: all, downstream: commits }] = await Promise.all([mergeBase(repository, decode, mainline, downstream, cancel), input.facts.sides(mainline, downstream, cancel, early.add)]);
  const own = early.end();
  const candidates = options.excluded.size === 0 ? all : all.filter(({ sha }) => !options.excluded.has(sha));
  const { rows, habits } = await mapCommits(input, commits, candidates, { early: own, base });
  return { mainline, downstream, base, candidates, commits, rows, notices: unreadable(input, commits, rows), habits };
}

/** Diffs that are asked for as soon as there are some to ask for. */
function earlyDiffs({ diffs, job }: MapInput): { readonly add: (sha: string) => void; readonly end: () => Promise<void> } {
  let waiting: string[] = [];
  let asked = Promise.resolve();
  const ask = (): void => {
    asked = Promise.all([asked, diffs.need(waiting, job.cancel)]).then(() => undefined);
    // Told by `end`; until then nobody listens.
    asked.catch(() => undefined);
    waiting = [];
  };
  return {
    add: (sha) => {
      waiting.push(sha);
      if (waiting.length >= 2 * turn) ask();
    },
    end: () => {
      ask();
      return asked;
    },
  };
}

/** Commits whose diff git could not read, as far as the answer depends on them. */
function unreadable({ diffs }: MapInput, commits: readonly CommitFacts[], rows: readonly MapRow[]): readonly MapNotice[] {
  const asked = new Set([...commits.map(({ sha }) => sha), ...rows.flatMap(({ upstream, claims }) => [...upstream, ...claims.flatMap(({ commit }) => commit ?? [])])]);
  const inState = (state: DiffState): readonly string[] =>
    [...asked].filter((sha) => {
      const record = diffs.record(sha);
      return record !== undefined && diffHead(record, 0).state === state;
    });
  const missing = [...inState("missing-blob"), ...inState("unreadable")];
  const large = inState("too-large");
  return [...(missing.length === 0 ? [] : [{ code: "missing-blobs" as const, commits: missing, detail: "" }]), ...(large.length === 0 ? [] : [{ code: "large-commit" as const, commits: large, detail: "" }])];
}

/** What is known before the rows are made. */
interface Begun {
  /** Diffs of our commits that were asked for already. */
  readonly early: Promise<void>;
  readonly base: string | undefined;
}

const notBegun: Begun = { early: Promise.resolve(), base: undefined };

/** The rows of given commits against given candidates; a series of patches has no range of its own. */
export async function mapCommits(input: MapInput, all: readonly CommitFacts[], candidates: readonly CommitFacts[], { early, base }: Begun = notBegun): Promise<Pick<UpstreamMap, "rows" | "habits">> {
  const { repository, decode, options, job } = input;
  const earlier = input.earlier !== undefined && carriesOn(input.earlier, all.map(({ sha }) => sha), candidates.map(({ sha }) => sha)) ? input.earlier : undefined;
  const numbers = new Map(candidates.map(({ sha }, i) => [sha, i]));
  const keys = keyCache(input.diffs, decode);
  const hunks = hunkStore(input.diffs, keys, decode);
  const bare: Ground = { ...input, commits: all, candidates, numbers, headers: undefined, claims: new Map(), keys, hunks, base, limit: thresholds[options.evidence] };
  if (earlier !== undefined) await early;
  const stale = earlier === undefined ? undefined : await staleCommits(earlier, bare);
  const commits = stale === undefined ? all : all.filter(({ sha }) => stale.has(sha));
  if (earlier !== undefined && commits.length === 0) return earlier;
  const { headers, claims, lists, names, read } = await proposeTwins({ ...bare, commits }, all, early);
  const ground: Ground = { ...bare, commits, headers, claims };
  const own = new Map(all.map((commit) => [commit.sha, commit]));
  const expanded = options.evidence === "all" && !options.ignoreTrailers ? await expandShas(repository, decode, all.flatMap(({ reverts }) => reverts.map(({ sha }) => sha)), own, job.cancel) : new Map<string, string>();
  const reverts = findReverts(all, (sha) => keys.of(sha), (sha) => expanded.get(sha), options.evidence === "all");
  // What nothing is proposed for is looked for in any case, unless it takes back one of ours: a revert that is mainline's too has a header there.
  const takesBack = (sha: string): boolean => headers !== undefined && reverts.has(sha);
  const lonely = commits.filter(({ sha }, i) => lists[i]?.length === 0 && !takesBack(sha));
  const [peeked] = await Promise.all([peek(lonely, ground, { names: new Set(names), read }), read]);
  const found = await seek(ground, lists, takesBack, peeked, earlier?.habits);
  // Keepers who write headers anew leave the lines to decide.
  const judged = found.habits.keepsTitles || found.habits.keepsTimes ? ground : { ...ground, limit: thresholds.diff };
  const rows = new Map(earlier?.rows.map((row) => [row.commit, beforeSplit(row)]));
  for (const [i, commit] of commits.entries()) {
    if (i % turn === 0) await pause(job, i, commits.length);
    rows.set(commit.sha, withRevert(rowOf(commit, found.of(i), judged), reverts));
  }
  return { rows: markSplits(all.flatMap(({ sha }) => rows.get(sha) ?? [])), habits: found.habits };
}

function unpack({ diffs, decode }: Ground, sha: string): CommitDiff | undefined {
  const record = diffs.record(sha);
  return record === undefined ? undefined : unpackDiff(sha, record, 0, decode);
}

function rowOf(commit: CommitFacts, { list, rarity }: ReturnType<Found["of"]>, ground: Ground): MapRow {
  const sha = (candidate: number): string => ground.candidates[candidate]?.sha ?? "";
  const far = (candidate: number): number => {
    const [up, down] = [unpack(ground, sha(candidate)), unpack(ground, commit.sha)];
    return up === undefined || down === undefined ? Infinity : distance(up, down);
  };
  const choice = choose(settleTies(list, far), ground.claims.get(commit.sha) ?? [], ground.numbers, ground.limit);
  if (choice.upstream.length === 0) return lonelyRow(commit.sha, choice, ground.limit, sha);
  const upstream = parts(commit, choice, list, rarity, ground).map(sha);
  const row = { commit: commit.sha, upstream, score: Math.round(choice.score * 1000) / 1000, method: choice.method, claims: choice.claims, alternatives: alternativesOf(choice, sha) };
  const hunks = ground.hunks.of(upstream, commit.sha);
  if (hunks === undefined) return { ...row, verdict: "unsure", hunks: [] };
  return { ...row, verdict: upstream.length > 1 ? "squash" : verdictOf(hunks), hunks };
}

/** Several mainline commits only when each is in the downstream commit as a whole. */
function parts(commit: CommitFacts, choice: Choice, list: readonly Weighed[], rarity: Rarity, { keys, candidates }: Ground): readonly number[] {
  const [first] = choice.upstream;
  const own = keys.of(commit.sha);
  if (first === undefined || own === undefined || choice.upstream.length > 1) return choice.upstream;
  const others = list.map(({ candidate }) => candidate).filter((candidate) => candidate !== first);
  return squashParts(own, first, others, (candidate) => keys.of(candidates[candidate]?.sha ?? ""), rarity);
}
