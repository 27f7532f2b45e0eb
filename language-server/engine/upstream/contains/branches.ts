import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";
import { readFacts } from "../facts/read";
import { add, carriedBy } from "../follow/carried";
import { createNames, type Names } from "../follow/names";
import { followReferences } from "../follow/missing";
import { readNamed } from "../follow/read-named";
import type { UpstreamMap } from "../types";

/** How a branch has one of mainline's commits. */
export interface BranchHolding {
  readonly branch: string;
  /** `history`: it is an ancestor. `carried`: a map of the branch says so. `claimed`: a commit of the branch says so, and nobody looked at its diff. */
  readonly how: "history" | "carried" | "claimed";
  /** The branch's commit that carries it; undefined for `history`. */
  readonly commit: string | undefined;
}

export interface StableBranch {
  /** As the user calls it. */
  readonly name: string;
  /** Full sha. */
  readonly tip: string;
  /** Verdicts instead of claims, where one was made. */
  readonly map?: UpstreamMap;
}

/** Which of these branches have which of mainline's commits (full shas); a commit that none has is no key. Two git calls a branch, more with a map. */
export async function branchHoldings(repository: GitRepository, decode: Decode, mainline: string, commits: readonly string[], branches: readonly StableBranch[], cancel?: Cancel): Promise<ReadonlyMap<string, readonly BranchHolding[]>> {
  const holdings = new Map<string, BranchHolding[]>();
  const names = createNames(commits);
  for (const branch of branches) {
    checkCancel(cancel);
    const ancestors = await ancestorsAmong(repository, decode, commits, branch.tip, cancel);
    for (const sha of ancestors) add(holdings, sha, { branch: branch.name, how: "history", commit: undefined });
    const carried = branch.map === undefined ? await claimsOf(repository, decode, mainline, branch, names, cancel) : await carriedOf(repository, decode, branch.map, names, cancel);
    for (const [sha, commit] of carried) if (!ancestors.has(sha)) add(holdings, sha, { branch: branch.name, how: branch.map === undefined ? "claimed" : "carried", commit });
  }
  return holdings;
}

async function ancestorsAmong(repository: GitRepository, decode: Decode, commits: readonly string[], tip: string, cancel: Cancel | undefined): Promise<ReadonlySet<string>> {
  const input = `${[...commits, `^${tip}`].join("\n")}\n`;
  const result = await repository.run(["rev-list", "--stdin"], { input, ...(cancel === undefined ? {} : { cancel }) });
  if (result.status !== 0) return new Set();
  const elsewhere = new Set(decode.text(result.stdout).split("\n"));
  return new Set(commits.filter((sha) => !elsewhere.has(sha)));
}

async function claimsOf(repository: GitRepository, decode: Decode, mainline: string, { tip }: StableBranch, names: Names, cancel: Cancel | undefined): Promise<ReadonlyMap<string, string>> {
  const facts = await readFacts(repository, decode, { include: [tip], exclude: [mainline] }, cancel);
  const found = new Map<string, string>();
  for (const { sha, claims } of facts) {
    for (const claim of claims) {
      const named = claim.origin === "stable" ? undefined : names.find(claim.sha);
      if (named !== undefined && !found.has(named)) found.set(named, sha);
    }
  }
  return found;
}

async function carriedOf(repository: GitRepository, decode: Decode, map: UpstreamMap, names: Names, cancel: Cancel | undefined): Promise<ReadonlyMap<string, string>> {
  const named = await readNamed(repository, decode, map, followReferences(map, []), cancel);
  const carried = carriedBy(map, named, cancel);
  const found = new Map<string, string>();
  for (const sha of new Set(map.rows.flatMap(({ upstream }) => upstream))) {
    const presence = names.has(sha) ? carried.presence(sha) : undefined;
    if (presence?.how === "commit") found.set(sha, presence.commit);
  }
  return found;
}
