import type { ClaimCheck, MapRow } from "../types";
import type { ResolvedClaim } from "./claims";
import type { Weighed } from "./candidates";

/** Scores from which an answer is given; below `doubt` nothing is worth showing. */
export interface Thresholds {
  readonly answer: number;
  readonly doubt: number;
}

/** With headers a wrong answer is rare well below certainty; by the diff alone the odds are what the regression says. */
export const thresholds: Readonly<Record<"all" | "diff", Thresholds>> = { all: { answer: 0.5, doubt: 0.2 }, diff: { answer: 0.4, doubt: 0.15 } };

/** Mainline's commits that the answer names, before hunks are looked at. */
export interface Choice {
  readonly upstream: readonly number[];
  readonly score: number;
  readonly method: string;
  readonly claims: readonly ClaimCheck[];
  /** Best first, without the chosen ones. */
  readonly others: readonly Weighed[];
}

const maxAlternatives = 5;

/** Whether the changed lines speak for a claimed commit. */
function linesAgree({ likeness }: Weighed): boolean {
  if (likeness === undefined) return false;
  return likeness.lines >= 0.15 || likeness.likeness >= 0.3 || likeness.common / Math.max(likeness.up, 1e-9) >= 0.5;
}

/** Another candidate that is the commit line by line: a claim that only the headers support is a slip of the pen then. */
function isPlainlyIt({ likeness, score }: Weighed): boolean {
  return score >= 0.9 && (likeness?.lines ?? 0) >= 0.8;
}

/** Whether evidence other than the trailer speaks for a claimed commit: its lines, or its headers as long as nothing better is there. */
function agrees(claimed: Weighed, list: readonly Weighed[]): boolean {
  if (linesAgree(claimed)) return true;
  if (list.some((other) => other !== claimed && isPlainlyIt(other))) return false;
  const { header, likeness } = claimed;
  return header?.title === true || (header?.author === true && header.time && (likeness === undefined || likeness.common > 0));
}

function checkClaim({ claim, commit, via }: ResolvedClaim, list: readonly Weighed[], numbers: ReadonlyMap<string, number>): ClaimCheck {
  const check = (state: ClaimCheck["state"]): ClaimCheck => ({ claimed: claim.sha, commit, state, via });
  if (commit === undefined) return check("unknown-commit");
  const number = numbers.get(commit);
  const weighed = number === undefined ? undefined : list.find((entry) => entry.candidate === number);
  if (weighed === undefined) return check("unproven");
  if (agrees(weighed, list)) return check("verified");
  return check(weighed.likeness === undefined ? "unproven" : "wrong");
}

/** `list` is sorted, best first, and holds every claimed candidate. */
export function choose(list: readonly Weighed[], resolved: readonly ResolvedClaim[], numbers: ReadonlyMap<string, number>, limit: Thresholds): Choice {
  const claims = resolved.map((claim) => checkClaim(claim, list, numbers));
  const without = (taken: readonly number[]): readonly Weighed[] => list.filter(({ candidate, score }) => !taken.includes(candidate) && score >= 0.02).slice(0, maxAlternatives);
  // Of a chain of picks the hops are stable's; what is left are mainline's commits, several only for a squash.
  const verified = [...new Set(claims.filter(({ state }) => state === "verified").flatMap(({ commit }) => (commit === undefined ? [] : [numbers.get(commit) ?? -1])))].filter((number) => number >= 0);
  if (verified.length > 0) return { upstream: verified, score: 1, method: "claim", claims, others: without(verified) };
  const [best] = list;
  const trusted = claims.find(({ state, commit }) => state === "unproven" && commit !== undefined && numbers.has(commit));
  const number = trusted?.commit === undefined ? undefined : numbers.get(trusted.commit);
  // What is claimed but can't be read is likelier the twin than a sibling that can.
  const outdone = number === undefined || best?.header?.title === true || (best !== undefined && isPlainlyIt(best));
  if (best !== undefined && best.score >= limit.answer && outdone) return { upstream: [best.candidate], score: best.score, method: methodOf(best), claims, others: without([best.candidate]) };
  if (number !== undefined) return { upstream: [number], score: 0.6, method: "claim", claims, others: without([number]) };
  return { upstream: [], score: best?.score ?? 0, method: "none", claims, others: without([]) };
}

function methodOf({ likeness, header }: Weighed): string {
  if (header?.title === true) return header.time && header.author ? "title, author and date" : "title";
  if (header?.author === true && header.time) return "author and date";
  return likeness?.lines === 1 ? "patch-id" : "lines";
}

/** The row of a commit that has no counterpart, as far as is known before reverts are looked at. */
export function lonelyRow(commit: string, choice: Choice, limit: Thresholds, sha: (candidate: number) => string): MapRow {
  const doubtful = choice.score >= limit.doubt && choice.others.length > 0;
  return { commit, upstream: [], verdict: doubtful ? "unsure" : "downstream-only", score: choice.score, method: choice.method, claims: choice.claims, alternatives: alternativesOf(choice, sha), hunks: [] };
}

export function alternativesOf(choice: Choice, sha: (candidate: number) => string): MapRow["alternatives"] {
  return choice.others.map(({ candidate, score }) => ({ commit: sha(candidate), score: Math.round(score * 1000) / 1000 }));
}
