import { nodeDecode } from "../../adapters/decode";
import { branchHoldings } from "../../engine/upstream/contains/branches";
import { readFirstTags } from "../../engine/upstream/contains/first-tag";
import { expandShas } from "../../engine/upstream/match/claims";
import { resolveCommit } from "../../engine/upstream/revisions";
import { printable } from "../terminal";
import { askWorkbench, jsonLine, openRepo, readAsk, type AskRun } from "./ask";

export interface ContainsOptions {
  readonly repo: string | undefined;
  readonly mainline: string;
  /** Stable branches to look in. */
  readonly branches: readonly string[];
  /** File of mainline's commits, or `-`. */
  readonly commits: string;
  readonly format: "text" | "json" | "jsonl";
}

/** `keelson upstream contains`: the first tag that has each of mainline's commits, and which branches have it. 1 when some are unknown. */
export async function runContains(run: AskRun, options: ContainsOptions): Promise<number> {
  const workbench = askWorkbench(run);
  const repository = await openRepo(options.repo, workbench);
  const { cancel } = run;
  const mainline = await resolveCommit(repository, nodeDecode, options.mainline, cancel);
  const branches = await Promise.all(options.branches.map(async (name) => ({ name, tip: await resolveCommit(repository, nodeDecode, name, cancel) })));
  const asked = (await readAsk(options.commits, workbench)).map(({ commit }) => commit);
  const full = await expandShas(repository, nodeDecode, asked, new Map(), cancel);
  const tags = await readFirstTags(repository, nodeDecode, { mainline, exclude: [] }, { cache: await workbench.cacheOf(repository), cancel });
  const holdings = await branchHoldings(repository, nodeDecode, mainline, [...new Set(full.values())], branches, cancel);
  for (const commit of asked) {
    const sha = full.get(commit);
    const tag = sha === undefined ? undefined : tags.of(sha);
    const held = (sha === undefined ? undefined : holdings.get(sha)) ?? [];
    if (options.format === "text") run.terminal.out(`${printable([commit, tag ?? "-", ...held.map(({ branch, how }) => `${branch} (${how})`)].join(" "))}\n`);
    else run.terminal.out(jsonLine({ commit, known: sha !== undefined, tag: tag ?? null, branches: held.map(({ branch, how, commit: carrier }) => ({ branch, how, commit: carrier ?? null })) }));
  }
  return full.size < new Set(asked).size ? 1 : 0;
}
