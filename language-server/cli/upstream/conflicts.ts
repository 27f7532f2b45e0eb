import { availableParallelism } from "node:os";
import { conflictMessages } from "../../engine/upstream/conflict/messages";
import { prerequisites, type Prerequisites } from "../../engine/upstream/conflict/prerequisites";
import { replays } from "../../engine/upstream/conflict/replay";
import type { ReplayResult } from "../../engine/upstream/conflict/types";
import { render, type Message } from "../../engine/text/message";
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
  const jobs = Math.min(4, availableParallelism());
  const results = await replays(requests, ports, { cancel: run.cancel, jobs, onProgress: progressLine(run, "merge-tree") });
  const search = progressLine(run, "prerequisites");
  const conflicts = results.filter((result) => result.class === "conflict").length;
  let searched = 0;
  // The next searches run while the first one is waited for; results stay in order.
  const begun = new Map<number, Promise<Prerequisites | undefined>>();
  const begin = (i: number): void => {
    const result = results[i];
    if (result === undefined || begun.has(i)) return;
    const promise = options.prerequisites ? prerequisites(result, ports, { cancel: run.cancel }) : Promise.resolve(undefined);
    promise.catch(() => undefined);
    begun.set(i, promise);
  };
  for (const [i, result] of results.entries()) {
    for (let ahead = 0; ahead < jobs; ahead++) begin(i + ahead);
    const found = await begun.get(i);
    begun.delete(i);
    if (found !== undefined) search(++searched, conflicts);
    run.terminal.out(line(result, found, run, options));
  }
  return results.some((result) => result.class === "unknown") ? 1 : 0;
}

function reasonOf({ reason }: ReplayResult, run: AskRun): string | undefined {
  return reason === undefined ? undefined : render(reason, conflictMessages, run.words.locale);
}

function line(result: ReplayResult, found: Prerequisites | undefined, run: AskRun, { format }: ConflictsOptions): string {
  const reason = reasonOf(result, run);
  if (format !== "text") {
    const { commit, onto, files } = result;
    const asked = found === undefined ? {} : { prerequisites: { state: found.state, commits: found.commits, looked: found.looked, tried: found.tried, scope: found.scope ?? null, smallest: found.smallest, bound: found.bound } };
    return jsonLine({ commit, onto, class: result.class, files, ...(reason === undefined ? {} : { reason }), ...asked });
  }
  const first = `${printable(`${result.class.padEnd(8)} ${result.commit} ${[...result.files, ...(reason === undefined ? [] : [reason])].join(", ")}`).trimEnd()}\n`;
  return found === undefined ? first : `${first}         ${render(told(found), conflictMessages, run.words.locale)}\n`;
}

function told({ state, commits, looked, tried, bound }: Prerequisites): Message {
  if (state === "found") return { id: "upstream.conflict.prerequisites", args: { count: commits.length, commits: commits.map((sha) => sha.slice(0, 12)).join(" ") } };
  return { id: "upstream.conflict.noPrerequisites", args: { looked, tried, size: bound.size } };
}
