import type { CommitFacts, MapRow, MissingFix, UpstreamMap, Verdict } from "../../../../language-server/engine/upstream/types";

/** A full sha that begins with the given digits. */
export function sha(start: string): string {
  return start.padEnd(40, "0");
}

export function facts(start: string, given: Partial<CommitFacts> = {}): CommitFacts {
  return { sha: sha(start), parents: [], author: { name: "Alice Example", email: "alice@example.com" }, authorTime: 1_700_000_000, commitTime: 1_700_000_000, subject: `subject ${start}`, claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths: ["net/a.c"], ...given };
}

export function row(commit: string, verdict: Verdict, upstream: readonly string[], given: Partial<MapRow> = {}): MapRow {
  return { commit: sha(commit), upstream: upstream.map(sha), verdict, score: 1, method: "title", claims: [], alternatives: [], hunks: [], ...given };
}

export function map(rows: readonly MapRow[], candidates: readonly CommitFacts[], commits = rows.map((entry) => facts(entry.commit))): UpstreamMap {
  return { mainline: sha("aaaa"), downstream: sha("bbbb"), base: undefined, candidates, commits, rows, notices: [], habits: { keepsTitles: true, keepsAuthors: true, keepsTimes: true } };
}

export function fix(start: string, culprit: string, given: Partial<MissingFix> = {}): MissingFix {
  return { fix: sha(start), subject: `subject ${start}`, time: 1_700_000_000, reasons: [{ kind: "fixes", culprit: sha(culprit), carriedBy: { how: "base" } }], risk: [], cves: [], revertedBy: undefined, notBuilt: undefined, ...given };
}
