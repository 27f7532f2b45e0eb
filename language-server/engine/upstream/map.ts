import { checkCancel, type Decode, type GitRepository } from "../ports";
import { diffHead, unpackDiff } from "./diff/record";
import { keyCache, keysOnce, rarityAmong, weigh, type Scale, type Weighed } from "./match/candidates";
import { settleTies, distance } from "./match/choose";
import { expandShas, resolveClaims, type ResolvedClaim } from "./match/claims";
import { alternativesOf, choose, lonelyRow, thresholds, type Choice, type Thresholds } from "./match/decide";
import { habitsOf } from "./match/habits";
import { headerIndex } from "./match/headers";
import { compareHunks, verdictOf } from "./match/hunks";
import { usualHabits, type Habits } from "./match/judge";
import type { DiffKeys } from "./match/keys";
import { candidatePool } from "./match/pool";
import type { Rarity } from "./match/rarity";
import { findReverts, markSplits, withRevert } from "./match/reverts";
import { searchLines } from "./match/search";
import { squashParts } from "./match/squash";
import { mergeBase, resolveCommit } from "./revisions";
import type { DiffStore, FactsStore, Job } from "./sources";
import type { CommitDiff, CommitFacts, DiffState, MapNotice, MapOptions, MapRow, UpstreamMap } from "./types";

export interface MapInput {
  readonly repository: GitRepository;
  readonly decode: Decode;
  readonly facts: FactsStore;
  readonly diffs: DiffStore;
  readonly options: MapOptions;
  readonly job: Job;
}

/** All that the steps below share. */
interface Ground extends MapInput, Scale {
  readonly commits: readonly CommitFacts[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly claims: ReadonlyMap<string, readonly ResolvedClaim[]>;
  readonly limit: Thresholds;
}

/** Rows computed before others get a turn. */
const turn = 64;
/** From this score on a proposal of title or trailer is not looked beyond. */
const settled = 0.97;

/**
 * Which of downstream's own commits are mainline's, and how far. Titles, authors and claims propose, diffs decide; where headers
 * propose nothing, every candidate that touches the same files is compared by its lines.
 * Throws `UnknownRevision` and `HistoryError`.
 */
export async function buildMap(input: MapInput): Promise<UpstreamMap> {
  const { repository, decode, options, job } = input;
  const cancel = job.cancel;
  const [mainline, downstream] = await Promise.all([resolveCommit(repository, decode, options.mainline, cancel), resolveCommit(repository, decode, options.downstream, cancel)]);
  job.onProgress("history", 0, 2);
  // Our own diffs are read while git still walks mainline's longer history.
  const own = input.facts.range(downstream, mainline, cancel).then(async (facts) => {
    await input.diffs.need(facts.map(({ sha }) => sha), cancel);
    return facts;
  });
  const [base, all, commits] = await Promise.all([mergeBase(repository, decode, mainline, downstream, cancel), input.facts.range(mainline, downstream, cancel), own]);
  const candidates = options.excluded.size === 0 ? all : all.filter(({ sha }) => !options.excluded.has(sha));
  const rows = await mapCommits(input, commits, candidates);
  return { mainline, downstream, base, candidates, commits, rows, notices: unreadable(input, commits, rows) };
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

/** The rows of given commits against given candidates; a series of patches has no range of its own. */
export async function mapCommits(input: MapInput, commits: readonly CommitFacts[], candidates: readonly CommitFacts[]): Promise<readonly MapRow[]> {
  const { repository, decode, options, job } = input;
  const numbers = new Map(candidates.map(({ sha }, i) => [sha, i]));
  const headers = options.evidence === "all" ? headerIndex(candidates) : undefined;
  const trusting = options.evidence === "all" && !options.ignoreTrailers;
  const claims = trusting ? await resolveClaims(repository, decode, commits, numbers, input.facts, job.cancel) : new Map<string, readonly ResolvedClaim[]>();
  const ground: Ground = { ...input, commits, candidates, numbers, headers, claims, keys: keyCache(input.diffs, decode), limit: thresholds[options.evidence] };
  const proposals = commits.map((commit) => propose(commit, ground));
  // What nothing is proposed for is searched for in any case. In the order of history: git keeps what it unpacked last, and
  // neighbours share most of it.
  const lonely = commits.filter((_, i) => proposals[i]?.length === 0);
  const searched = options.evidence === "diff" ? candidates.map((_, i) => i) : candidatePool(lonely, candidates);
  const proposed = [...new Set([...proposals.flat(), ...searched])].sort((a, b) => a - b).map((i) => candidates[i]?.sha ?? "");
  await input.diffs.need([...commits.map(({ sha }) => sha), ...proposed], job.cancel);
  const found = await search(ground, proposals);
  const rows: MapRow[] = [];
  for (const [i, commit] of commits.entries()) {
    if (i % turn === 0) await pause(job, i, commits.length);
    rows.push(rowOf(commit, found(i), ground));
  }
  const expanded = trusting ? await expandShas(repository, decode, commits.flatMap(({ reverts }) => reverts.map(({ sha }) => sha)), job.cancel) : new Map<string, string>();
  const reverts = findReverts(commits, (sha) => ground.keys.of(sha), (sha) => expanded.get(sha), options.evidence === "all");
  return markSplits(rows.map((row) => withRevert(row, reverts)));
}

async function pause(job: Job, done: number, total: number): Promise<void> {
  job.onProgress("matching", done, total);
  await job.breathe();
  checkCancel(job.cancel);
}

function propose(commit: CommitFacts, { headers, claims, numbers }: Ground): readonly number[] {
  const claimed = (claims.get(commit.sha) ?? []).flatMap(({ commit: sha }) => (sha === undefined ? [] : [numbers.get(sha) ?? -1]));
  return [...new Set([...claimed, ...(headers?.propose(commit) ?? [])])].filter((number) => number >= 0);
}

/** Weighed candidates of the i-th commit, and the rarity that weighed them. */
type Found = (i: number) => { readonly list: readonly Weighed[]; readonly rarity: Rarity };

/** Weighs the proposals, and looks further for commits whose proposals leave a doubt. */
async function search(ground: Ground, proposals: readonly (readonly number[])[]): Promise<Found> {
  const { commits, candidates, keys, job, diffs, decode, options } = ground;
  const keysAmong = (shas: readonly string[]): readonly DiffKeys[] => shas.map((sha) => keys.of(sha)).filter((entry) => entry !== undefined);
  const nearby = rarityAmong(keysAmong([...commits.map(({ sha }) => sha), ...new Set(proposals.flat().map((i) => candidates[i]?.sha ?? ""))]));
  const first: (readonly Weighed[])[] = [];
  for (const [i, commit] of commits.entries()) {
    if (i % turn === 0) await pause(job, i, commits.length);
    first.push(weigh(commit, proposals[i] ?? [], nearby, usualHabits, ground));
  }
  const open = commits.flatMap((_, i) => ((first[i]?.[0]?.score ?? 0) >= settled ? [] : [i]));
  const unresolved = open.map((i) => commits[i]).filter((commit) => commit !== undefined);
  const pool = options.evidence === "diff" ? candidates.map((_, i) => i) : candidatePool(unresolved, candidates);
  await diffs.need(pool.map((i) => candidates[i]?.sha ?? ""), job.cancel);
  const lines = searchLines(
    unresolved.map(({ sha }) => keys.of(sha) ?? keysOnce(diffs, decode, sha)),
    Math.max(pool.length, 1000),
    (visit) => {
      for (const i of pool) visit(i, keysOnce(diffs, decode, candidates[i]?.sha ?? ""));
    },
    job.cancel,
  );
  const lists = [...first];
  const weighOpen = async (habits: Habits): Promise<void> => {
    for (const [at, i] of open.entries()) {
      if (at % turn === 0) await pause(job, at, open.length);
      const commit = commits[i];
      if (commit !== undefined) lists[i] = weigh(commit, [...new Set([...(proposals[i] ?? []), ...lines.candidates(at)])], lines.rarity, habits, ground);
    }
  };
  await weighOpen(usualHabits);
  const habits = habitsOf(lists);
  if (habits !== usualHabits) await weighOpen(habits);
  const searched = new Set(open);
  return (i) => ({ list: lists[i] ?? [], rarity: searched.has(i) ? lines.rarity : nearby });
}

function unpack({ diffs, decode }: Ground, sha: string): CommitDiff | undefined {
  const record = diffs.record(sha);
  return record === undefined ? undefined : unpackDiff(sha, record, 0, decode);
}

function rowOf(commit: CommitFacts, { list, rarity }: ReturnType<Found>, ground: Ground): MapRow {
  const sha = (candidate: number): string => ground.candidates[candidate]?.sha ?? "";
  const down = unpack(ground, commit.sha);
  const far = (candidate: number): number => {
    const up = unpack(ground, sha(candidate));
    return up === undefined || down === undefined ? Infinity : distance(up, down);
  };
  const choice = choose(settleTies(list, far), ground.claims.get(commit.sha) ?? [], ground.numbers, ground.limit);
  if (choice.upstream.length === 0) return lonelyRow(commit.sha, choice, ground.limit, sha);
  const upstream = parts(commit, choice, list, rarity, ground).map(sha);
  const row = { commit: commit.sha, upstream, score: Math.round(choice.score * 1000) / 1000, method: choice.method, claims: choice.claims, alternatives: alternativesOf(choice, sha) };
  const ups = upstream.map((one) => unpack(ground, one)).filter((diff) => diff !== undefined);
  const readable = down !== undefined && [down, ...ups].every(({ state }) => state === "known" || state === "too-large");
  if (!readable) return { ...row, verdict: "unsure", hunks: [] };
  const hunks = compareHunks({ sha: "", state: "known", id: [0, 0], files: ups.flatMap(({ files }) => files) }, down);
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
