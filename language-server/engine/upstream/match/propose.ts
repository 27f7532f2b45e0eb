import type { CommitFacts } from "../types";
import { resolveClaims, type ResolvedClaim } from "./claims";
import type { Ground } from "./ground";
import { headerIndex, type HeaderIndex } from "./headers";

/** Who may be whose twin by headers and claims, before any line is looked at. */
export interface Proposals {
  readonly headers: HeaderIndex | undefined;
  readonly claims: ReadonlyMap<string, readonly ResolvedClaim[]>;
  /** Candidates of the i-th commit: claimed ones first. */
  readonly lists: readonly (readonly number[])[];
  /** All proposed commits. */
  readonly names: readonly string[];
  /** Done when their diffs are at hand; those of our commits are already. */
  readonly read: Promise<void>;
}

/** `all` are downstream's commits, `early` is when what was asked of their diffs before is read. Throws `HistoryError`. */
export async function proposeTwins(ground: Ground, all: readonly CommitFacts[], early: Promise<void>): Promise<Proposals> {
  const { repository, decode, candidates, commits, numbers, options, facts, diffs, hunks, job } = ground;
  const cancel = job.cancel;
  const name = (candidate: number): string => candidates[candidate]?.sha ?? "";
  // In the order of history: git keeps what it unpacked last, and neighbours share most of it.
  const inOrder = (numbered: readonly number[]): readonly string[] => [...new Set(numbered)].sort((a, b) => a - b).map(name);
  const prepare = (): void => {
    hunks.prepare();
  };
  const headers = options.evidence === "all" ? headerIndex(candidates) : undefined;
  const byHeader = commits.map((commit) => ({ sha: commit.sha, ups: headers?.propose(commit) ?? [] }));
  // Claims are followed while git reads what headers propose. Equal blobs have equal diffs: those need no reading.
  const first = diffs.need(inOrder(byHeader.flatMap(({ sha, ups }) => ups.filter((up) => !facts.sameBlobs(sha, name(up))))), cancel, prepare);
  // Told by `read`; until then nobody listens.
  first.catch(() => undefined);
  const trusting = options.evidence === "all" && !options.ignoreTrailers;
  const claims = trusting ? await resolveClaims(repository, decode, commits, numbers, facts, cancel) : new Map<string, readonly ResolvedClaim[]>();
  const claimed = (sha: string): readonly number[] => (claims.get(sha) ?? []).flatMap(({ commit }) => (commit === undefined ? [] : (numbers.get(commit) ?? [])));
  const lists = byHeader.map(({ sha, ups }) => [...new Set([...claimed(sha), ...ups])]);
  await early;
  await diffs.need(all.map(({ sha }) => sha), cancel);
  await diffs.adopt(byHeader.flatMap(({ sha }, i) => (lists[i] ?? []).map(name).filter((up) => facts.sameBlobs(sha, up)).map((up) => [sha, up] as const)));
  hunks.announce(byHeader.flatMap(({ sha }, i) => (lists[i] ?? []).slice(0, 1).map((up) => [name(up), sha] as const)));
  const names = inOrder(lists.flat());
  const read = first.then(() => diffs.need(names, cancel, prepare));
  read.catch(() => undefined);
  return { headers, claims, lists, names, read };
}
