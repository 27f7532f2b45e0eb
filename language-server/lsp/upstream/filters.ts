import { matchesGlob } from "../../engine/text/glob";
import { byRisk } from "../../engine/upstream/follow/risk";
import type { CommitFacts, MissingFix, RiskMark, Verdict } from "../../engine/upstream/types";
import type { UpstreamFilter, UpstreamSort } from "../../protocol/upstream";
import type { PickClass } from "../../protocol/upstream-picks";

/** What a filter looks at. */
export interface Filtered {
  readonly facts: CommitFacts;
  readonly verdict: Verdict | undefined;
  readonly risk: readonly RiskMark[];
}

/** Tells the rows that a filter leaves. `inSubsystem` answers for the filter's subsystem, or for any where it wants none. */
export function matcher(filter: UpstreamFilter, inSubsystem: (path: string) => boolean, pickOf: (sha: string) => PickClass | undefined = () => undefined): (row: Filtered) => boolean {
  const path = filter.path?.trim().replace(/^\.?\/+|\/+$/gu, "") ?? "";
  const author = filter.author?.trim().toLowerCase() ?? "";
  const text = filter.text?.trim().toLowerCase() ?? "";
  const { since, until, risk = [], verdict = [], subsystem, unfiled, pick } = filter;
  return ({ facts, verdict: own, risk: marks }) =>
    (since === undefined || facts.authorTime >= since) &&
    (until === undefined || facts.authorTime <= until) &&
    (author === "" || facts.author.name.toLowerCase().includes(author) || facts.author.email.toLowerCase().includes(author)) &&
    (text === "" || facts.subject.toLowerCase().includes(text) || facts.sha.startsWith(text)) &&
    (verdict.length === 0 || (own !== undefined && verdict.includes(own))) &&
    (pick === undefined || pickOf(facts.sha) === pick) &&
    (risk.length === 0 || risk.some((mark) => marks.includes(mark))) &&
    (path === "" || facts.paths.some((touched) => isBelow(touched, path))) &&
    (subsystem === undefined || facts.paths.some(inSubsystem)) &&
    (unfiled === undefined || !facts.paths.some(inSubsystem));
}

function isBelow(touched: string, wanted: string): boolean {
  return /[*?]/u.test(wanted) ? matchesGlob(wanted, touched) : touched === wanted || touched.startsWith(`${wanted}/`);
}

/** The marks that a commit itself shows; the missing fixes have their own. */
export function riskOf(facts: CommitFacts): readonly RiskMark[] {
  const marks = facts.marks.map((mark) => mark.toLowerCase());
  const found: RiskMark[] = [];
  if (marks.some((mark) => mark.includes("cve-"))) found.push("cve");
  if (marks.some((mark) => mark.includes("syzbot"))) found.push("syzbot");
  if (marks.some((mark) => mark.includes("regression"))) found.push("regression");
  if (facts.ccStable) found.push("stable");
  if (facts.reverts.length > 0) found.push("revert");
  return found;
}

/** A missing fix with what is known of its commit; facts are made up of what the fix says where the map does not hold it. */
export function factsOfFix(fix: MissingFix, candidates: ReadonlyMap<string, CommitFacts>): CommitFacts {
  const known = candidates.get(fix.fix);
  if (known !== undefined) return known;
  return { sha: fix.fix, parents: [], author: { name: "", email: "" }, authorTime: fix.time, commitTime: fix.time, subject: fix.subject, claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths: [] };
}

/** In the wanted order; `list` keeps the one that the rows have. `subsystem` names what a commit is filed under; nothing stands last. */
export function sorted<T extends Filtered>(rows: readonly T[], sort: UpstreamSort, subsystem: (facts: CommitFacts) => string = () => ""): readonly T[] {
  switch (sort) {
    case "list":
      return rows;
    case "newest":
      return [...rows].sort((a, b) => b.facts.authorTime - a.facts.authorTime);
    case "oldest":
      return [...rows].sort((a, b) => a.facts.authorTime - b.facts.authorTime);
    case "risk":
      return [...rows].sort((a, b) => byRisk(weighed(a), weighed(b)));
    case "subsystem":
      return rows
        .map((row) => ({ row, name: subsystem(row.facts) }))
        .sort((a, b) => Number(a.name === "") - Number(b.name === "") || (a.name < b.name ? -1 : a.name > b.name ? 1 : b.row.facts.authorTime - a.row.facts.authorTime))
        .map(({ row }) => row);
    case "subject":
      return [...rows].sort((a, b) => (a.facts.subject < b.facts.subject ? -1 : a.facts.subject > b.facts.subject ? 1 : 0));
  }
}

function weighed({ risk, facts }: Filtered): Parameters<typeof byRisk>[0] {
  return { risk, time: facts.authorTime, fix: facts.sha };
}
