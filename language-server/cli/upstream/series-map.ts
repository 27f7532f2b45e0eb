import { resolve } from "node:path";
import { nodeDecode } from "../../adapters/decode";
import { nodeFiles } from "../../adapters/files";
import { mapCommits } from "../../engine/upstream/map";
import { resolveCommit } from "../../engine/upstream/revisions";
import type { DiffStore } from "../../engine/upstream/sources";
import { seriesMessages } from "../../engine/upstream/series/messages";
import { readSeries } from "../../engine/upstream/series/read";
import type { SeriesCommit } from "../../engine/upstream/series/types";
import { render } from "../../engine/text/message";
import type { MapRow } from "../../engine/upstream/types";
import { openSources } from "../../upstream/sources";
import type { AskRun } from "./ask";
import { computeSettings, printRows } from "./map";

export interface SeriesMapOptions {
  readonly repo: string | undefined;
  /** Undefined: no history is at hand, and only what the patches say of themselves is told. */
  readonly mainline: string | undefined;
  /** The commit or tag that the stack lies on; mainline's commits in it are no candidates. */
  readonly base: string | undefined;
  readonly series: string;
  readonly ignoreTrailers: boolean;
  readonly format: "text" | "json" | "jsonl";
}

/** `keelson upstream map --downstream-series`: a patch stack in place of downstream's commits. */
export async function runSeriesMap(run: AskRun, options: SeriesMapOptions): Promise<number> {
  const { value, problems } = await readSeries(nodeFiles, nodeDecode, resolve(options.series), run.cancel);
  for (const { path, line, message } of problems) run.log.warn(`${path}:${line}: ${render(message, seriesMessages, run.words.locale)}`);
  const rows = options.mainline === undefined ? value.map(claimedRow) : await mapped(run, options, options.mainline, value);
  printRows(run, rows, options.format);
  return 0;
}

/** Without a history nothing can be verified: the claim stands as what it is. */
function claimedRow({ facts }: SeriesCommit): MapRow {
  const named = facts.claims.find(({ origin, sha }) => origin !== "other" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(sha));
  return {
    commit: facts.sha,
    upstream: named === undefined ? [] : [named.sha],
    verdict: "unsure",
    score: named === undefined ? 0 : 0.5,
    method: named === undefined ? "none" : "unverified claim",
    claims: facts.claims.map(({ sha }) => ({ claimed: sha, commit: undefined, state: "unknown-commit", via: [] })),
    alternatives: [],
    hunks: [],
  };
}

async function mapped(run: AskRun, { repo, mainline, base, ignoreTrailers }: SeriesMapOptions, tip: string, series: readonly SeriesCommit[]): Promise<readonly MapRow[]> {
  const settings = await computeSettings(run, repo);
  const { repository, cancel, onProgress } = settings;
  const include = await resolveCommit(repository, nodeDecode, tip, cancel);
  const exclude = base === undefined ? undefined : await resolveCommit(repository, nodeDecode, base, cancel);
  const sources = await openSources(settings, cancel);
  try {
    const candidates = await sources.facts.range(include, exclude, cancel);
    const own = new Map(series.map(({ facts, record }) => [facts.sha, record]));
    const diffs = {
      record: (commit: string) => own.get(commit) ?? sources.diffs.record(commit),
      need: (commits: readonly string[], _: unknown, each?: () => void) => sources.diffs.need(commits.filter((commit) => !own.has(commit)), cancel, each),
      glimpse: (...asked: Parameters<DiffStore["glimpse"]>) => sources.diffs.glimpse(...asked),
      store: (commits: readonly string[]) => sources.diffs.store(commits, cancel),
      adopt: (pairs: readonly (readonly [string, string])[]) => sources.diffs.adopt(pairs),
    };
    const job = { cancel, onProgress, breathe: () => new Promise<void>((done) => void setImmediate(done)) };
    const options = { mainline: mainline ?? tip, downstream: base ?? "", ignoreTrailers, evidence: "all", excluded: new Set<string>() } as const;
    const { rows } = await mapCommits({ repository, decode: nodeDecode, facts: sources.facts, diffs, options, job }, series.map(({ facts }) => facts), candidates);
    return rows;
  } finally {
    await sources.dispose();
  }
}
