import type { Cancel, Decode, GitRepository } from "../../ports";
import { HistoryError, lastWords } from "../facts/read";
import { wasKilled } from "../revisions";
import type { FactsStore } from "../sources";
import type { Claim, CommitFacts } from "../types";

/** A claim followed to the commit that it means. */
export interface ResolvedClaim {
  readonly claim: Claim;
  /** Full sha of the commit that the claim leads to; undefined when this repository does not have it. */
  readonly commit: string | undefined;
  /** Commits passed on the way: stable's own, whose claims name mainline's. */
  readonly via: readonly string[];
}

/** A commit of stable names mainline's; a vendor's may name another vendor's, which names stable's. */
const maxHops = 4;

/**
 * Full shas of commits that abbreviations name, in one git call at most: who is in `known` needs none. A name that is ambiguous,
 * unknown or no commit is left out. Throws `HistoryError` when git was killed.
 */
export async function expandShas(repository: GitRepository, decode: Decode, shas: readonly string[], known: ReadonlyMap<string, unknown>, cancel?: Cancel): Promise<ReadonlyMap<string, string>> {
  const named = new Set(shas);
  const found = new Map([...named].filter((sha) => known.has(sha)).map((sha) => [sha, sha]));
  const asked = [...named].filter((sha) => !found.has(sha) && /^[0-9a-f]{6,64}$/u.test(sha));
  if (asked.length === 0) return found;
  for (const [i, line] of (await checkNames(repository, decode, asked, cancel)).entries()) {
    const [name = "", type = ""] = line.split(" ");
    const short = asked[i];
    if (type === "commit" && short !== undefined) found.set(short, name);
  }
  return found;
}

/** Objects that git may die of in one list. */
const maxDeaths = 8;

/** What git says of each name; it dies of an object that is damaged, and is started again behind it. */
async function checkNames(repository: GitRepository, decode: Decode, names: readonly string[], cancel: Cancel | undefined): Promise<readonly string[]> {
  const lines: string[] = [];
  for (let deaths = 0; lines.length < names.length; deaths++) {
    const result = await repository.run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], { input: `${names.slice(lines.length).join("\n")}\n`, ...(cancel === undefined ? {} : { cancel }) });
    // Silence of a git that was killed must not pass for claims that lead nowhere.
    if (wasKilled(result) || deaths === maxDeaths) throw new HistoryError(lastWords(result));
    lines.push(...decode.text(result.stdout).split("\n").slice(0, -1));
    if (result.status === 0) break;
    lines.push("");
  }
  return lines;
}

/** Follows every claim to a candidate, over commits whose own claims lead there. `known` are the candidates. */
export async function resolveClaims(repository: GitRepository, decode: Decode, commits: readonly CommitFacts[], known: ReadonlyMap<string, unknown>, facts: FactsStore, cancel?: Cancel): Promise<ReadonlyMap<string, readonly ResolvedClaim[]>> {
  const full = await expandShas(repository, decode, commits.flatMap(({ claims }) => claims.map(({ sha }) => sha)), known, cancel);
  const next = new Map<string, string>();
  let open = [...new Set([...full.values()].filter((sha) => !known.has(sha)))];
  for (let hop = 0; hop < maxHops && open.length > 0; hop++) {
    const named = (await facts.claims(open, cancel)).flatMap(({ sha, claims }) => (claims[0] === undefined ? [] : [[sha, claims[0].sha] as const]));
    const expanded = await expandShas(repository, decode, named.map(([, sha]) => sha), known, cancel);
    for (const [sha, short] of named) {
      const target = expanded.get(short);
      if (target !== undefined) next.set(sha, target);
    }
    open = [...new Set(expanded.values())].filter((sha) => !known.has(sha) && !next.has(sha));
  }
  return new Map(commits.filter(({ claims }) => claims.length > 0).map(({ sha, claims }) => [sha, claims.map((claim) => follow(claim, full.get(claim.sha), known, next))]));
}

function follow(claim: Claim, start: string | undefined, known: ReadonlyMap<string, unknown>, next: ReadonlyMap<string, string>): ResolvedClaim {
  const via: string[] = [];
  let at = start;
  while (at !== undefined && !known.has(at) && via.length < maxHops) {
    const target = next.get(at);
    if (target === undefined) break;
    via.push(at);
    at = target;
  }
  return { claim, commit: at, via };
}
