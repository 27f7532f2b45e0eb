import { availableParallelism } from "node:os";
import { conflictMessages } from "../../engine/upstream/conflict/messages";
import { replays } from "../../engine/upstream/conflict/replay";
import type { ReplayResult } from "../../engine/upstream/conflict/types";
import { render } from "../../engine/text/message";
import { printable } from "../terminal";
import { askWorkbench, jsonLine, openRepo, progressLine, readAsk, type AskRun } from "./ask";

export interface ConflictsOptions {
  readonly repo: string | undefined;
  /** For lines that name none; HEAD unless told. */
  readonly onto: string | undefined;
  /** File of `commit [onto]` lines, or `-`. */
  readonly commits: string;
  readonly format: "text" | "json" | "jsonl";
  readonly prerequisites: boolean;
}

/** `keelson upstream conflicts`: what picking each commit onto its base would give. 0 when all could be told, 1 when some are unknown. */
export async function runConflicts(run: AskRun, options: ConflictsOptions): Promise<number> {
  const workbench = askWorkbench(run);
  const repo = await openRepo(options.repo, workbench);
  const requests = (await readAsk(options.commits, workbench)).map(({ commit, other }) => ({ commit, onto: other ?? options.onto ?? "HEAD" }));
  const ports = { repo, version: await workbench.git().version(), decode: workbench.decode, hash: workbench.hash };
  const results = await replays(requests, ports, { cancel: run.cancel, jobs: Math.min(4, availableParallelism()), onProgress: progressLine(run, "merge-tree") });
  for (const result of results) run.terminal.out(line(result, run, options));
  return results.some((result) => result.class === "unknown") ? 1 : 0;
}

function reasonOf({ reason }: ReplayResult, run: AskRun): string | undefined {
  return reason === undefined ? undefined : render(reason, conflictMessages, run.words.locale);
}

function line(result: ReplayResult, run: AskRun, { format }: ConflictsOptions): string {
  const reason = reasonOf(result, run);
  if (format !== "text") return jsonLine({ commit: result.commit, onto: result.onto, class: result.class, files: result.files, ...(reason === undefined ? {} : { reason }) });
  return `${printable(`${result.class.padEnd(8)} ${result.commit} ${[...result.files, ...(reason === undefined ? [] : [reason])].join(", ")}`).trimEnd()}\n`;
}
