import type { Patch, PatchSet } from "../../patch/types";
import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";
import type { Message } from "../../text/message";
import { openTrial, seriesOrder } from "../apply/apply";
import { commitIndex, GitFailure } from "../apply/index-state";
import type { ApplyResult } from "../types";
import { countMatches, newestWithBlobs, wantedBlobs, type WantedBlob } from "./blobs";

/** A commit that could be the base, with what speaks for it and how the first patch fares on it. */
export interface BaseCandidate {
  readonly sha: string;
  readonly reason: Message;
  /** Wanted file versions that it has, of how many the patch names. */
  readonly matched: number;
  readonly total: number;
  /** How the first patch of the series fares there; undefined when it was not tried. */
  readonly apply: ApplyResult | undefined;
}

export interface BaseChoice {
  readonly sha: string;
  readonly reason: Message;
  readonly candidates: readonly BaseCandidate[];
}

export interface BaseSettings {
  /** Commit, tag or branch that the user named; wins over every guess. */
  readonly base?: string;
}

/** Full name of the commit that `name` means; undefined when there is none. The name is data, never an option. */
export async function resolveCommit(repo: GitRepository, name: string, decode: Decode, cancel?: Cancel): Promise<string | undefined> {
  if (name === "" || name.startsWith("-") || /[\s\0]/u.test(name)) return undefined;
  const { status, stdout } = await repo.run(["rev-parse", "--verify", "--quiet", `${name}^{commit}`], cancel === undefined ? {} : { cancel });
  const sha = decode.text(stdout).trim();
  return status === 0 && /^[0-9a-f]{40,64}$/u.test(sha) ? sha : undefined;
}

/** A patch is made from a tree that is not much older than itself. */
function searchSince(patches: readonly Patch[]): string | undefined {
  const times = patches.map((patch) => Date.parse(patch.date ?? "")).filter((time) => !Number.isNaN(time));
  if (times.length === 0) return undefined;
  const threeYears = 3 * 365 * 24 * 3600 * 1000;
  return new Date(Math.min(...times) - threeYears).toISOString();
}

interface Guess {
  readonly sha: string;
  readonly reason: Message;
}

async function guesses(repo: GitRepository, set: PatchSet, wanted: readonly WantedBlob[], settings: BaseSettings, decode: Decode, cancel: Cancel | undefined): Promise<readonly Guess[]> {
  const found: Guess[] = [];
  const total = wanted.length;
  if (settings.base !== undefined && settings.base !== "") {
    const sha = await resolveCommit(repo, settings.base, decode, cancel);
    if (sha !== undefined) found.push({ sha, reason: { id: "base.setting", args: { name: settings.base } } });
  }
  const patches = seriesOrder(set);
  const stated = set.patches.find((patch) => patch.baseCommit !== undefined)?.baseCommit?.sha;
  if (stated !== undefined) {
    const sha = await resolveCommit(repo, stated, decode, cancel);
    if (sha !== undefined) found.push({ sha, reason: { id: "base.stated", args: { commit: sha.slice(0, 12) } } });
  }
  const head = await resolveCommit(repo, "HEAD", decode, cancel);
  if (head === undefined) return found;
  const atHead = await countMatches(repo, head, wanted, decode, cancel);
  if (total > 0 && atHead === total) return [...found, { sha: head, reason: { id: "base.headBlobs", args: { matched: atHead, total } } }];
  const match = total === 0 ? undefined : await newestWithBlobs(repo, head, wanted, searchSince(patches), decode, cancel);
  // A commit that has only some of the versions is a better base than HEAD only when HEAD has fewer of them.
  if (match !== undefined && match.commit !== head && match.matched > atHead) found.push({ sha: match.commit, reason: { id: "base.blobs", args: { matched: match.matched, total } } });
  return [...found, { sha: head, reason: total === 0 ? { id: "base.headNoBlobs" } : { id: "base.head" } }];
}

async function tryFirst(repo: GitRepository, sha: string, first: Patch | undefined, decode: Decode, cancel: Cancel | undefined): Promise<ApplyResult | undefined> {
  if (first === undefined) return undefined;
  const trial = openTrial(await commitIndex(repo, sha, decode), sha, decode);
  try {
    return await trial.next(first, cancel);
  } catch (error) {
    if (error instanceof GitFailure) return undefined;
    throw error;
  } finally {
    trial.dispose();
  }
}

/**
 * Chooses the commit that a set is judged against: what the user named, what the patch states, the newest commit of the
 * branch with the file versions of the `index` lines, HEAD. Every candidate is tried with the first patch and told.
 * Undefined when the repository has no commit yet.
 */
export async function chooseBase(repo: GitRepository, set: PatchSet, settings: BaseSettings, decode: Decode, cancel?: Cancel): Promise<BaseChoice | undefined> {
  const wanted = wantedBlobs(set);
  const first = seriesOrder(set)[0];
  const candidates: BaseCandidate[] = [];
  for (const { sha, reason } of await guesses(repo, set, wanted, settings, decode, cancel)) {
    checkCancel(cancel);
    if (candidates.some((candidate) => candidate.sha === sha)) continue;
    const matched = await countMatches(repo, sha, wanted, decode, cancel);
    candidates.push({ sha, reason, matched, total: wanted.length, apply: await tryFirst(repo, sha, first, decode, cancel) });
  }
  const [chosen] = candidates;
  return chosen === undefined ? undefined : { sha: chosen.sha, reason: chosen.reason, candidates };
}
