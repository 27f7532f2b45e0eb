import { checkCancel, type Cancel } from "../../ports";
import { revertedTitle, revertsWhole, whatStands, type Undoing } from "./alive";
import { quotedTitle } from "./names";
import type { NamedCommits } from "./read-named";
import type { CommitFacts, UpstreamMap } from "../types";

/** How downstream has one of mainline's commits. */
export type Presence =
  /** In the history of both. */
  | { readonly how: "base" }
  /** `commit` carries it, or is it where downstream merged it from a stable branch. Not `sure`: the map answers so, and could not compare the diffs. */
  | { readonly how: "commit"; readonly commit: string; readonly sure: boolean }
  /** It was there, and `by` took it back. */
  | { readonly how: "taken-back"; readonly by: string }
  | { readonly how: "absent" };

export interface Carried {
  /** `sha` is full: mainline's, or one of downstream's own. */
  presence(sha: string): Presence;
  /** Downstream's commits that may carry it: the map could not decide. */
  maybe(sha: string): readonly string[];
}

interface Context {
  readonly map: UpstreamMap;
  readonly named: NamedCommits;
  readonly mainline: ReadonlyMap<string, CommitFacts>;
  /** Indices of downstream's commits by their titles, newest first. */
  readonly titles: ReadonlyMap<string, readonly number[]>;
}

/** What downstream has at its tip: picks and shared history, less what it took back and has not put in again. */
export function carriedBy(map: UpstreamMap, named: NamedCommits, cancel?: Cancel): Carried {
  const own = new Map(map.commits.map(({ sha }, i) => [sha, i]));
  const mainline = new Map(map.candidates.map((facts) => [facts.sha, facts]));
  const carriers = new Map<string, number[]>();
  const unsure = new Map<string, string[]>();
  for (const [i, row] of map.rows.entries()) {
    if (row.verdict === "unsure") for (const sha of new Set([...row.upstream, ...row.alternatives.map(({ commit }) => commit)])) add(unsure, sha, row.commit);
    for (const sha of row.upstream) if (carries(row.verdict, mainline.get(sha))) add(carriers, sha, i);
  }
  const undoings: Undoing[] = [];
  /** Shared commits that downstream reverts itself, by sha. */
  const takers = new Map<string, number[]>();
  const context: Context = { map, named, mainline, titles: indexTitles(map.commits) };
  for (const [by, facts] of map.commits.entries()) {
    if (by % 1000 === 0) checkCancel(cancel);
    const targets: number[] = [];
    for (const sha of takenBack(facts, by, context)) {
      const index = own.get(sha);
      // A copy that came after the revert (commits are newest first) is not what it took back.
      if (index === undefined) targets.push(...(carriers.get(sha) ?? []).filter((carrier) => carrier > by));
      else targets.push(index);
      if (index === undefined) add(takers, sha, by);
    }
    if (targets.length > 0) undoings.push({ by, targets });
  }
  const undone = whatStands(undoings);
  const shaAt = (index: number): string => map.commits[index]?.sha ?? "";
  return {
    maybe: (sha) => unsure.get(sha) ?? [],
    presence(sha) {
      const index = own.get(sha);
      const holders = index === undefined ? (carriers.get(sha) ?? []) : [index];
      const standing = holders.filter((holder) => undone(holder) === undefined);
      const best = standing.find((holder) => holder === index || map.rows[holder]?.verdict !== "unsure") ?? standing[0];
      if (best !== undefined) return { how: "commit", commit: shaAt(best), sure: best === index || map.rows[best]?.verdict !== "unsure" };
      const lost = holders.map(undone).find((by) => by !== undefined);
      if (lost !== undefined) return { how: "taken-back", by: shaAt(lost) };
      if (mainline.has(sha) || !named.shared(sha)) return { how: "absent" };
      const taker = takers.get(sha)?.find((by) => undone(by) === undefined);
      return taker === undefined ? { how: "base" } : { how: "taken-back", by: shaAt(taker) };
    },
  };
}

/** A row of verdict `revert` may name what it takes back instead of the revert that it carries. */
function carries(verdict: string, upstream: CommitFacts | undefined): boolean {
  return verdict !== "revert" || (upstream !== undefined && (upstream.reverts.length > 0 || revertedTitle(upstream) !== undefined));
}

function indexTitles(commits: readonly CommitFacts[]): ReadonlyMap<string, readonly number[]> {
  const titles = new Map<string, number[]>();
  for (const [i, { subject }] of commits.entries()) add(titles, quotedTitle(subject).key, i);
  return titles;
}

/** Full shas that a commit of downstream takes back: as its message names them, as the mainline revert that it carries does, and as the mapping says. */
function takenBack(facts: CommitFacts, index: number, context: Context): readonly string[] {
  const { map, named, mainline, titles } = context;
  const row = map.rows[index];
  const shas = new Set<string>(row?.takesBack === undefined ? [] : [row.takesBack]);
  for (const sha of row?.verdict === "unsure" ? [] : (row?.upstream ?? [])) {
    const upstream = mainline.get(sha);
    if (row?.verdict === "revert" && !carries("revert", upstream)) shas.add(sha);
    else if (upstream !== undefined) for (const target of namedTargets(upstream, named)) shas.add(target);
  }
  for (const target of namedTargets(facts, named)) shas.add(target);
  const title = shas.size === 0 ? revertedTitle(facts) : undefined;
  const before = title === undefined ? undefined : titles.get(quotedTitle(title).key)?.find((other) => other > index);
  if (before !== undefined) shas.add(map.commits[before]?.sha ?? "");
  return [...shas];
}

function namedTargets(facts: CommitFacts, named: NamedCommits): readonly string[] {
  return revertsWhole(facts) ? facts.reverts.flatMap((reference) => named.find(reference)?.commit ?? []) : [];
}

export function add<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
