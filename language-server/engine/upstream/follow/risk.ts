import { matchesGlob } from "../../text/glob";
import type { CommitFacts, RiskMark } from "../types";

/** The order in which a mark outweighs those behind it. */
const ranking: readonly RiskMark[] = ["cve", "stable", "syzbot", "marked-subsystem", "revert", "regression"];

const cveId = /^CVE-\d{4}-\d{4,}$/u;

/** Ids that a commit's own message names. */
export function cvesOf(commit: CommitFacts): readonly string[] {
  return commit.marks.filter((mark) => cveId.test(mark));
}

/** Words of subjects that the mark `regression` stands for, beside the word itself anywhere in the message. */
const regressionWords = /\bregress(?:ion|ions|ed|es)?\b|\bbisect(?:ed)?\b/iu;

export interface RiskInput {
  readonly commit: CommitFacts;
  readonly cves: readonly string[];
  /** It takes back a commit that downstream has. */
  readonly reverts: boolean;
  /** Globs of paths that the user marked. */
  readonly subsystems: readonly string[];
}

/** Marks of a fix, the weightiest first. */
export function riskOf({ commit, cves, reverts, subsystems }: RiskInput): readonly RiskMark[] {
  const marks: Readonly<Record<RiskMark, boolean>> = {
    cve: cves.length > 0,
    stable: commit.ccStable,
    syzbot: commit.marks.includes("syzbot"),
    "marked-subsystem": subsystems.some((glob) => commit.paths.some((path) => underGlob(glob, path))),
    revert: reverts,
    regression: commit.marks.includes("regression") || regressionWords.test(commit.subject),
  };
  return ranking.filter((mark) => marks[mark]);
}

/** A glob may name a folder: `net/` and `net` mean all below. */
function underGlob(glob: string, path: string): boolean {
  return matchesGlob(glob, path) || matchesGlob(`${glob.replace(/\/+$/u, "")}/**`, path);
}

/** Orders by the weightiest mark, then the next, then the newest. */
export function byRisk(one: { readonly risk: readonly RiskMark[]; readonly time: number; readonly fix: string }, other: typeof one): number {
  return weight(other.risk) - weight(one.risk) || other.time - one.time || (one.fix < other.fix ? -1 : one.fix > other.fix ? 1 : 0);
}

function weight(risk: readonly RiskMark[]): number {
  return risk.reduce((sum, mark) => sum + 2 ** (ranking.length - ranking.indexOf(mark)), 0);
}
