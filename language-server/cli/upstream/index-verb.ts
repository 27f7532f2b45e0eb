import { stat } from "node:fs/promises";
import { nodeDecode } from "../../adapters/decode";
import { resolveCommit } from "../../engine/upstream/revisions";
import { indexPath, openSources } from "../../upstream/sources";
import { jsonLine, type AskRun } from "./ask";
import { computeSettings } from "./map";

export interface IndexVerbOptions {
  readonly repo: string | undefined;
  readonly mainline: string;
  /** Undefined: the whole history of `mainline`. */
  readonly downstream: string | undefined;
  readonly format: "text" | "json" | "jsonl";
}

/** `keelson upstream index`: reads facts and diffs of every commit of a range, so that later comparisons need not. */
export async function runIndex(run: AskRun, options: IndexVerbOptions): Promise<number> {
  const settings = await computeSettings(run, options.repo);
  const mainline = await resolveCommit(settings.repository, nodeDecode, options.mainline, run.cancel);
  const downstream = options.downstream === undefined ? undefined : await resolveCommit(settings.repository, nodeDecode, options.downstream, run.cancel);
  const sources = await openSources(settings, run.cancel);
  try {
    const ranges = [await sources.facts.store(mainline, downstream, run.cancel), downstream === undefined ? [] : await sources.facts.store(downstream, mainline, run.cancel)];
    await sources.diffs.store(ranges.flat(), run.cancel);
    const { size } = await stat(sources.path).catch(() => ({ size: 0 }));
    const told = { path: sources.path, facts: sources.index.stored.facts, diffs: sources.index.stored.diffs, bytes: size };
    run.terminal.out(options.format === "text" ? `${run.words.say({ id: "upstream.indexed", args: told })}\n` : jsonLine(told));
    return 0;
  } finally {
    await sources.dispose();
  }
}

/** `keelson upstream status`: where the index is and what it holds. */
export async function runStatus(run: AskRun, options: { readonly repo: string | undefined; readonly format: "text" | "json" | "jsonl" }): Promise<number> {
  const settings = await computeSettings(run, options.repo);
  const path = await indexPath(settings.repository, settings.storage, run.cancel);
  const { openIndexFile } = await import("../../upstream/index-file");
  const index = await openIndexFile(path, run.log);
  const told = { path, facts: index.facts.size, diffs: index.diffs.size, bytes: index.bytes, damaged: index.damaged };
  run.terminal.out(options.format === "text" ? `${run.words.say({ id: "upstream.indexed", args: { ...told, damaged: String(told.damaged) } })}\n` : jsonLine(told));
  return 0;
}
