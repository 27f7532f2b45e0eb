import { resolve } from "node:path";
import type { MapOptions, MapRow } from "../../engine/upstream/types";
import { askedMap, computeRows, type ComputeSettings } from "../../upstream/compute";
import { UsageError } from "../usage";
import { printable } from "../terminal";
import { askLines, askWorkbench, jsonLine, openRepo, progressLine, type AskRun } from "./ask";

export interface MapVerbOptions {
  readonly repo: string | undefined;
  readonly mainline: string;
  readonly downstream: string;
  readonly ignoreTrailers: boolean;
  readonly evidence: "all" | "diff";
  /** File of full shas that are no candidates. */
  readonly exclude: string | undefined;
  readonly format: "text" | "json" | "jsonl";
}

/** What the verbs that need a map hand to it. */
export async function computeSettings(run: AskRun, repo: string | undefined): Promise<ComputeSettings> {
  const workbench = askWorkbench(run);
  const repository = await openRepo(repo, workbench);
  const lines = { history: progressLine(run, "history"), diffs: progressLine(run, "diffs"), matching: progressLine(run, "matching") };
  return {
    repository,
    storage: workbench.storage,
    log: run.log,
    cache: await workbench.cacheOf(repository),
    cancel: run.cancel,
    onProgress: (stage, done, total) => {
      lines[stage](done, total);
    },
  };
}

export async function mapOptions(run: AskRun, options: MapVerbOptions): Promise<MapOptions> {
  const { mainline, downstream, ignoreTrailers, evidence, exclude } = options;
  const bytes = exclude === undefined ? new Uint8Array(0) : await askWorkbench(run).files.read(resolve(exclude));
  if (bytes === undefined) throw new UsageError({ id: "cli.noSuchFile", args: { path: exclude ?? "" } });
  return { mainline, downstream, ignoreTrailers, evidence, excluded: new Set(askLines(new TextDecoder().decode(bytes)).map(({ commit }) => commit)) };
}

/** `keelson upstream map`: one answer for each of downstream's own commits, newest first. */
export async function runMap(run: AskRun, options: MapVerbOptions): Promise<number> {
  const settings = await computeSettings(run, options.repo);
  const asked = await askedMap(settings, await mapOptions(run, options));
  const { rows, notices } = await computeRows(settings, asked);
  for (const { code, commits } of notices) run.log.warn(run.words.say({ id: `upstream.notice.${code}`, args: { count: commits.length, commits: commits.slice(0, 3).map((sha) => sha.slice(0, 12)).join(", ") } }));
  printRows(run, rows, options.format);
  return 0;
}

export function printRows(run: AskRun, rows: readonly MapRow[], format: MapVerbOptions["format"]): void {
  run.terminal.out(format === "text" ? rows.map(textLine).join("") : rows.map((row) => jsonLine(jsonRow(row))).join(""));
}

function jsonRow({ commit, upstream, verdict, score, method, claims, alternatives, hunks }: MapRow): unknown {
  return {
    commit,
    upstream,
    verdict,
    score,
    method,
    claimed: claims.map(({ claimed }) => claimed),
    claims: claims.map((claim) => ({ ...claim, commit: claim.commit ?? null })),
    alternatives,
    hunks: hunks.map(({ state, up, down }) => ({ state, up: up ?? null, down: down ?? null })),
  };
}

function textLine({ commit, upstream, verdict, hunks, claims }: MapRow): string {
  const states = (["adapted", "dropped", "extra"] as const).map((state) => [state, hunks.filter((hunk) => hunk.state === state).length] as const).filter(([, count]) => count > 0);
  const wrong = claims.filter(({ state }) => state === "wrong").map(({ claimed }) => `claims ${claimed.slice(0, 12)}`);
  const detail = [...states.map(([state, count]) => `${count} ${state}`), ...wrong].join(", ");
  return `${commit.slice(0, 12)} ${verdict.padEnd(15)} ${upstream.map((sha) => sha.slice(0, 12)).join(" ")} ${printable(detail)}`.trimEnd() + "\n";
}
