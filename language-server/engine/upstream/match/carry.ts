import type { CommitFacts, MapRow, UpstreamMap } from "../types";
import { rarityAmong } from "./candidates";
import type { Ground } from "./ground";
import { headerIndex } from "./headers";
import { leastBits } from "./judge";
import { verdictOf } from "./hunks";
import { compareKeys } from "./overlap";
import { peek } from "./seek";

/** An earlier answer whose commits are all still there: what has come since decides which rows are made anew. */
export type EarlierMap = Pick<UpstreamMap, "rows" | "habits"> & { readonly candidates: readonly string[]; readonly commits: readonly string[] };

/** With more news than this share a row kept is a row that may be worse than one made anew. */
const manyNews = 0.1;

/** Whether all that the earlier answer was made of is part of this one, and little else is. */
export function carriesOn(earlier: EarlierMap, commits: readonly CommitFacts[], candidates: readonly CommitFacts[]): boolean {
  const now = new Set([...commits, ...candidates].map(({ sha }) => sha));
  const before = [...earlier.candidates, ...earlier.commits];
  return now.size - before.length <= manyNews * now.size && before.every((sha) => now.has(sha));
}

/** A doubtful row is looked at again when a new commit has even less than this in common with it. */
const someBits = leastBits * 0.6;

/** Downstream's commits whose row has to be made, since it is new or a new candidate may be its twin. */
export async function staleCommits(earlier: EarlierMap, ground: Ground): Promise<ReadonlySet<string>> {
  const { commits, candidates, keys, job, diffs } = ground;
  const known = new Set(earlier.candidates);
  const fresh = candidates.filter(({ sha }) => !known.has(sha));
  const rows = new Map(earlier.rows.map((row) => [row.commit, row]));
  const headers = ground.headers === undefined ? undefined : headerIndex(fresh);
  const stale = new Set(commits.filter((commit) => isUnsettled(rows.get(commit.sha)) || (headers?.propose(commit).length ?? 0) > 0).map(({ sha }) => sha));
  // What an earlier search by lines found, or did not find, a new candidate may outdo.
  const searched = commits.filter(({ sha }) => !stale.has(sha) && wasSearched(rows.get(sha)));
  await diffs.need(searched.map(({ sha }) => sha), job.cancel);
  const seen = await peek(searched, { ...ground, candidates: fresh });
  const rarity = rarityAmong([...seen.values()]);
  for (const { sha } of searched) {
    const own = keys.of(sha);
    if (own === undefined || [...seen.values()].some((other) => compareKeys(own, other, rarity).common >= someBits)) stale.add(sha);
  }
  return stale;
}

/** A row that is not there, or whose claim could not be followed or proven so far. */
function isUnsettled(row: MapRow | undefined): boolean {
  return row === undefined || row.claims.some(({ state }) => state === "unknown-commit" || state === "unproven");
}

function wasSearched({ method, score, verdict }: MapRow | undefined = noRow): boolean {
  return verdict !== "revert" && method !== "claim" && score < 0.97;
}

const noRow = { method: "none", score: 0, verdict: "downstream-only" } as MapRow;

/** The row as it was before it was known to be one part of several. */
export function beforeSplit(row: MapRow): MapRow {
  return row.verdict === "split" ? { ...row, verdict: verdictOf(row.hunks) } : row;
}
