import type { CommitFacts, MapRow, UpstreamMap } from "../types";
import { keyCache, rarityAmong } from "./candidates";
import type { MapInput } from "./ground";
import { headerIndex } from "./headers";
import { diffScore } from "./judge";
import { verdictOf } from "./hunks";
import { compareKeys } from "./overlap";
import { peek, type PeekGround } from "./seek";

/** An earlier answer whose commits are all still there: what has come since decides which rows are made anew. */
export type EarlierMap = Pick<UpstreamMap, "rows" | "habits"> & { readonly candidates: readonly string[]; readonly commits: readonly string[] };

/** With more news than this share a row kept is a row that may be worse than one made anew. */
const manyNews = 0.1;

/** Whether all that the earlier answer was made of is part of this one, and little else is. */
export function carriesOn(earlier: EarlierMap, commits: readonly string[], candidates: readonly string[]): boolean {
  const now = new Set([...commits, ...candidates]);
  const before = [...earlier.candidates, ...earlier.commits];
  return now.size - before.length <= manyNews * now.size && before.every((sha) => now.has(sha));
}

/** Whether every row of the earlier answer holds with the commits that came since; only their facts are read. */
export async function holdsStill(input: MapInput, earlier: EarlierMap, candidates: readonly string[], commits: readonly string[]): Promise<boolean> {
  if (commits.length !== earlier.commits.length || !carriesOn(earlier, commits, candidates)) return false;
  const known = new Set(earlier.candidates);
  const [fresh, own] = [await input.facts.of(candidates.filter((sha) => !known.has(sha)), input.job.cancel), await input.facts.of(commits, input.job.cancel)];
  const keys = keyCache(input.diffs, input.decode);
  return (await staleCommits(earlier, { ...input, commits: own, candidates: fresh, keys })).size === 0;
}

/** A doubtful row is made anew when the lines of a new commit alone give it this score. */
const worthShowing = 0.1;

/** Downstream's commits whose row has to be made, since it is new or a new candidate may be its twin. */
export async function staleCommits(earlier: EarlierMap, ground: PeekGround): Promise<ReadonlySet<string>> {
  const { commits, candidates, keys, job, diffs } = ground;
  const known = new Set(earlier.candidates);
  const fresh = candidates.filter(({ sha }) => !known.has(sha));
  const rows = new Map(earlier.rows.map((row) => [row.commit, row]));
  const headers = ground.options.evidence === "all" ? headerIndex(fresh) : undefined;
  const stale = new Set(commits.filter((commit) => mayClaim(rows.get(commit.sha), fresh) || isClose(rows.get(commit.sha)) || (headers?.propose(commit).length ?? 0) > 0).map(({ sha }) => sha));
  // What an earlier search by lines found, or did not find, a new candidate may outdo.
  const searched = commits.filter(({ sha }) => !stale.has(sha) && wasSearched(rows.get(sha)));
  await diffs.need(searched.map(({ sha }) => sha), job.cancel);
  const seen = await peek(searched, { ...ground, candidates: fresh });
  const rarity = rarityAmong([...seen.values()]);
  for (const { sha } of searched) {
    const own = keys.of(sha);
    if (own === undefined || [...seen.values()].some((other) => diffScore(compareKeys(own, other, rarity), false) >= worthShowing)) stale.add(sha);
  }
  return stale;
}

/** A row that is not there, or whose claim may mean a commit that has just come. */
function mayClaim(row: MapRow | undefined, fresh: readonly CommitFacts[]): boolean {
  return row === undefined || row.claims.some(({ claimed, commit, state }) => state !== "verified" && fresh.some(({ sha }) => sha === commit || sha.startsWith(claimed)));
}

/** Candidates this near to each other may change places with every commit that makes a line less rare. */
const near = 0.05;

function isClose(row: MapRow | undefined): boolean {
  return row !== undefined && row.method !== "claim" && row.upstream.length > 0 && row.alternatives.some(({ score }) => score >= row.score - near);
}

function wasSearched({ method, score, verdict }: MapRow | undefined = noRow): boolean {
  return verdict !== "revert" && method !== "claim" && score < 0.97;
}

const noRow = { method: "none", score: 0, verdict: "downstream-only" } as MapRow;

/** The row as it was before it was known to be one part of several. */
export function beforeSplit(row: MapRow): MapRow {
  return row.verdict === "split" ? { ...row, verdict: verdictOf(row.hunks) } : row;
}
