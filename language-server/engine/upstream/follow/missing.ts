import { checkCancel, type Cancel } from "../../ports";
import type { CveRecord } from "../cve/types";
import { revertedTitle, revertsWhole, whatStands, type Undoing } from "./alive";
import { add, carriedBy, type Carried } from "./carried";
import { quotedTitle } from "./names";
import type { NamedCommits } from "./read-named";
import { byRisk, cvesOf, riskOf } from "./risk";
import type { CommitFacts, FixReason, MissingFix, ShaReference, UpstreamMap } from "../types";

export interface FollowOptions {
  /** Reasons that list a fix. `stable` alone proves no culprit; leave it out where each line must be proven. */
  readonly kinds: ReadonlySet<FixReason["kind"]>;
  /** Globs of paths (or folders) that the user marked; they raise the risk. */
  readonly subsystems: readonly string[];
}

/** What is known beside the map. */
export interface FollowFacts {
  readonly named: NamedCommits;
  readonly cves: readonly CveRecord[];
}

/** A fix and one commit that it mends. */
interface Mends {
  /** Index among the candidates. */
  readonly fix: number;
  readonly kind: FixReason["kind"];
  readonly by: "sha" | "title";
}

/** Everything that {@link missingFixes} must have looked up before: what mainline's and downstream's messages and the records name. */
export function followReferences(map: Pick<UpstreamMap, "candidates" | "commits">, cves: readonly CveRecord[]): readonly ShaReference[] {
  const wanted = new Set(map.candidates.map(({ sha }) => sha));
  const bare = (sha: string): ShaReference => ({ sha, title: "" });
  return [
    ...map.candidates.flatMap(({ fixes, reverts }) => [...fixes, ...reverts]),
    ...map.commits.flatMap(({ reverts }) => reverts),
    ...cves.filter(({ fixes }) => fixes.some((sha) => wanted.has(sha))).flatMap(({ introduced }) => introduced.map(bare)),
  ];
}

/**
 * Mainline's fixes that downstream lacks although it has what they mend, the riskiest first. A fix of a fix that is listed is listed as
 * well. Left out: fixes that downstream carries, also in part; those that mainline took back; those of commits that downstream took back.
 */
export function missingFixes(map: UpstreamMap, facts: FollowFacts, options: FollowOptions, cancel?: Cancel): readonly MissingFix[] {
  const carried = carriedBy(map, facts.named, cancel);
  const mends = mendsOf(map, facts, cancel);
  const undone = mainlineReverts(map, facts.named);
  const open = (index: number): boolean => {
    const sha = map.candidates[index]?.sha ?? "";
    const presence = carried.presence(sha);
    // A doubtful pick must not hide a fix: it is listed together with the doubt.
    const lacks = presence.how === "absent" || presence.how === "taken-back" || (presence.how === "commit" && !presence.sure);
    return lacks && undone(index) === undefined;
  };
  const reasons = listed(map, carried, mends, open, options.kinds, cancel);
  if (options.kinds.has("stable")) addStable(map, reasons, open);
  const ids = cveIds(map, facts.cves);
  const fixes = [...reasons].map(([index, found]) => describe(index, found, { map, carried, ids, options }));
  return fixes.flatMap((fix) => fix ?? []).sort(byRisk);
}

/** Who mends what: culprits by full sha. */
function mendsOf(map: UpstreamMap, { named, cves }: FollowFacts, cancel: Cancel | undefined): ReadonlyMap<string, readonly Mends[]> {
  const mends = new Map<string, Mends[]>();
  const index = new Map(map.candidates.map(({ sha }, i) => [sha, i]));
  const note = (reference: ShaReference, fix: number, kind: Mends["kind"]): void => {
    const culprit = named.find(reference);
    if (culprit === undefined || index.get(culprit.commit) === fix) return;
    if (mends.get(culprit.commit)?.some((other) => other.fix === fix && other.kind === kind) !== true) add(mends, culprit.commit, { fix, kind, by: culprit.by });
  };
  for (const [fix, commit] of map.candidates.entries()) {
    if (fix % 1000 === 0) checkCancel(cancel);
    for (const reference of commit.fixes) note(reference, fix, "fixes");
    for (const reference of commit.reverts) note(reference, fix, "reverts");
  }
  for (const { fixes, introduced } of cves) {
    const indices = fixes.flatMap((sha) => index.get(sha) ?? []);
    for (const fix of indices) for (const sha of introduced) note({ sha, title: "" }, fix, "cve");
  }
  return mends;
}

/** Mainline's own reverts among the candidates, those without a sha by their title. */
function mainlineReverts({ candidates }: UpstreamMap, named: NamedCommits): (index: number) => number | undefined {
  const index = new Map(candidates.map(({ sha }, i) => [sha, i]));
  const titles = new Map<string, number[]>();
  for (const [i, { subject }] of candidates.entries()) add(titles, quotedTitle(subject).key, i);
  const undoings: Undoing[] = [];
  for (const [by, commit] of candidates.entries()) {
    if (!revertsWhole(commit)) continue;
    const targets = commit.reverts.flatMap((reference) => index.get(named.find(reference)?.commit ?? "") ?? []);
    const title = commit.reverts.length > 0 ? undefined : revertedTitle(commit);
    // The nearest commit of that title before it; candidates are newest first.
    const before = title === undefined ? undefined : titles.get(quotedTitle(title).key)?.find((other) => other > by);
    undoings.push({ by, targets: before === undefined ? targets : [before] });
  }
  return whatStands(undoings);
}

/** Reasons by fix: from every culprit that downstream has to the fixes of it, and on to the fixes of those. */
function listed(map: UpstreamMap, carried: Carried, mends: ReadonlyMap<string, readonly Mends[]>, open: (index: number) => boolean, kinds: FollowOptions["kinds"], cancel: Cancel | undefined): Map<number, FixReason[]> {
  const reasons = new Map<number, FixReason[]>();
  const judged = new Map<number, boolean>();
  /** Grows while it is walked. */
  const queue: number[] = [];
  const follow = (culprit: string, carriedBy: FixReason["carriedBy"]): void => {
    for (const { fix, kind, by } of mends.get(culprit) ?? []) {
      const isOpen = judged.get(fix) ?? open(fix);
      judged.set(fix, isOpen);
      if (!isOpen || !kinds.has(kind)) continue;
      if (!reasons.has(fix)) queue.push(fix);
      add(reasons, fix, { kind, culprit, carriedBy, ...(by === "title" ? { by } : {}) });
    }
  };
  for (const culprit of mends.keys()) {
    const presence = carried.presence(culprit);
    if (presence.how === "base") follow(culprit, presence);
    else if (presence.how === "commit") follow(culprit, { how: "commit", commit: presence.commit });
  }
  for (const fix of queue) {
    checkCancel(cancel);
    const commit = map.candidates[fix]?.sha ?? "";
    follow(commit, { how: "fix", commit });
  }
  return reasons;
}

/** Commits that ask for stable trees and name no culprit: downstream may need them, and nothing proves it. */
function addStable({ candidates }: UpstreamMap, reasons: Map<number, FixReason[]>, open: (index: number) => boolean): void {
  for (const [index, { ccStable, fixes, reverts }] of candidates.entries()) {
    if (ccStable && fixes.length === 0 && reverts.length === 0 && !reasons.has(index) && open(index)) reasons.set(index, [{ kind: "stable", culprit: "", carriedBy: { how: "base" } }]);
  }
}

/** Ids by the index of mainline's fix. */
function cveIds({ candidates }: UpstreamMap, cves: readonly CveRecord[]): ReadonlyMap<number, readonly string[]> {
  const index = new Map(candidates.map(({ sha }, i) => [sha, i]));
  const ids = new Map<number, string[]>();
  for (const { id, fixes } of cves) for (const fix of fixes.flatMap((sha) => index.get(sha) ?? [])) add(ids, fix, id);
  return ids;
}

interface Described {
  readonly map: UpstreamMap;
  readonly carried: Carried;
  readonly ids: ReadonlyMap<number, readonly string[]>;
  readonly options: FollowOptions;
}

function describe(index: number, reasons: readonly FixReason[], { map, carried, ids, options }: Described): MissingFix | undefined {
  const commit: CommitFacts | undefined = map.candidates[index];
  if (commit === undefined) return undefined;
  const cves = [...new Set([...(ids.get(index) ?? []), ...cvesOf(commit)])];
  const presence = carried.presence(commit.sha);
  const maybe = carried.maybe(commit.sha);
  return {
    fix: commit.sha,
    subject: commit.subject,
    time: commit.commitTime,
    reasons,
    risk: riskOf({ commit, cves, reverts: reasons.some(({ kind }) => kind === "reverts"), subsystems: options.subsystems }),
    cves,
    revertedBy: presence.how === "taken-back" ? presence.by : undefined,
    notBuilt: undefined,
    ...(maybe.length > 0 ? { maybeCarriedBy: maybe } : {}),
  };
}
