import { resolve } from "node:path";
import { htmlReport, jsonReport, markdownReport } from "../../engine/upstream/report/forms";
import { buildReport } from "../../engine/upstream/report/report";
import type { ReportFormat, ReportInput } from "../../engine/upstream/report/types";
import { createDecisions, notForUs } from "../../decisions";
import { readSubsystems } from "../../lsp/upstream/subsystems";
import { askedMap, computeMap, type ComputeSettings } from "../../upstream/compute";
import { findMissing } from "../../upstream/missing";
import { markNotBuilt } from "../../upstream/not-built";
import { askWorkbench, type AskRun } from "./ask";
import { computeSettings, mapOptions } from "./map";

export interface ReportVerbOptions {
  readonly repo: string | undefined;
  readonly mainline: string;
  readonly downstream: string;
  /** A kernel `.config`. */
  readonly config: string | undefined;
  /** A clone of the kernel's vulns repository. */
  readonly vulns: string | undefined;
  readonly subsystems: readonly string[];
  /** Name of the comparison in the editor's settings, whose "not for us" decisions count; none do without it. */
  readonly pair: string | undefined;
  readonly format: ReportFormat;
}

/** Titles of MAINTAINERS by path; undefined when the tree has none, so that directories are counted. */
async function titlesOf(run: AskRun, settings: ComputeSettings, input: Pick<ReportInput, "map" | "missing">): Promise<ReportInput["subsystems"]> {
  const { map, missing } = input;
  const subsystems = await readSubsystems(settings.repository, map.downstream, askWorkbench(run), run.cancel);
  if (!subsystems.known) return undefined;
  const lacked = new Set(missing?.map(({ fix }) => fix));
  const paths = new Set([...map.commits, ...map.candidates.filter(({ sha }) => lacked.has(sha))].flatMap((facts) => facts.paths));
  const titles = new Map<string, readonly string[]>();
  for (const path of paths) titles.set(path, await subsystems.of(path, run.cancel));
  return (path) => titles.get(path) ?? [];
}

/** `keelson upstream report`: the comparison as one document on standard output. Exit status 0. */
export async function runUpstreamReport(run: AskRun, options: ReportVerbOptions): Promise<number> {
  const settings = await computeSettings(run, options.repo);
  const { mainline, downstream, format } = options;
  const asked = await askedMap(settings, await mapOptions(run, { repo: options.repo, mainline, downstream, ignoreTrailers: false, evidence: "all", exclude: undefined, format: "jsonl" }));
  const map = await computeMap(settings, asked);
  const found = await findMissing(settings, map, { vulns: options.vulns === undefined ? "" : resolve(options.vulns), config: "", subsystems: options.subsystems });
  const missing = options.config === undefined ? found : (await markNotBuilt(settings.repository, map, found, resolve(options.config), run.cancel)).fixes;
  const workbench = askWorkbench(run);
  const decisions = await (await createDecisions(workbench.storage, run.log).of(settings.repository)).all();
  const input: ReportInput = { mainline, downstream, map, missing, decided: options.pair === undefined ? new Map() : notForUs(decisions, options.pair), subsystems: await titlesOf(run, settings, { map, missing }), now: workbench.clock.now() };
  if (format === "json") run.terminal.out(jsonReport(input));
  else {
    const report = buildReport(input, run.words.locale);
    run.terminal.out(format === "html" ? htmlReport(report) : markdownReport(report));
  }
  return 0;
}
