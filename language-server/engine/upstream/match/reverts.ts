import { revertDepth, titleKey } from "../facts/title";
import type { CommitFacts, MapRow } from "../types";
import { inverted, type DiffKeys } from "./keys";

function lineKey(lines: Uint32Array): string {
  return lines.join(",");
}

/** Downstream commits that take back another downstream commit, by sha of the one that does it. */
export function findReverts(commits: readonly CommitFacts[], keys: (sha: string) => DiffKeys | undefined, expand: (sha: string) => string | undefined, headers: boolean): ReadonlyMap<string, string> {
  const byLines = new Map<string, string[]>();
  const byTitle = new Map<string, string[]>();
  const own = new Set(commits.map(({ sha }) => sha));
  const put = (map: Map<string, string[]>, key: string, sha: string): void => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [sha]);
    else list.push(sha);
  };
  // Oldest first: what is taken back is older than what takes it back.
  const found = new Map<string, string>();
  for (const commit of [...commits].reverse()) {
    const lines = keys(commit.sha)?.lines;
    const named = headers ? commit.reverts.map(({ sha }) => expand(sha)).find((sha) => sha !== undefined && own.has(sha)) : undefined;
    const { depth, title } = revertDepth(commit.subject);
    const titled = headers && depth % 2 === 1 ? byTitle.get(titleKey(title))?.at(-1) : undefined;
    const inverse = lines === undefined || lines.length < 2 ? undefined : byLines.get(lineKey(inverted(lines)))?.at(-1);
    const target = named ?? titled ?? inverse;
    if (target !== undefined) found.set(commit.sha, target);
    if (lines !== undefined && lines.length > 1) put(byLines, lineKey(lines), commit.sha);
    put(byTitle, titleKey(commit.subject), commit.sha);
  }
  return found;
}

/** A row that no mainline commit stands for is a revert when it takes back one of downstream's own. */
export function withRevert(row: MapRow, reverts: ReadonlyMap<string, string>): MapRow {
  const takesBack = reverts.get(row.commit);
  if (takesBack === undefined) return row;
  return row.upstream.length === 0 ? { ...row, takesBack, verdict: "revert", method: "revert", score: 1 } : { ...row, takesBack };
}

/** Several downstream commits that each carry another part of one mainline commit. */
export function markSplits(rows: readonly MapRow[]): readonly MapRow[] {
  const carriers = new Map<string, MapRow[]>();
  for (const row of rows) {
    const [upstream] = row.upstream;
    if (row.upstream.length !== 1 || upstream === undefined || row.verdict === "same") continue;
    const list = carriers.get(upstream);
    if (list === undefined) carriers.set(upstream, [row]);
    else list.push(row);
  }
  const split = new Set<MapRow>();
  for (const list of carriers.values()) {
    const parts = list.map((row) => new Set(row.hunks.flatMap(({ state, up }) => (up !== undefined && state !== "dropped" ? [up] : []))));
    const disjoint = parts.every((part, i) => part.size > 0 && parts.every((other, j) => i === j || [...part].every((hunk) => !other.has(hunk))));
    if (list.length > 1 && disjoint) for (const row of list) split.add(row);
  }
  return rows.map((row) => (split.has(row) ? { ...row, verdict: "split" } : row));
}
