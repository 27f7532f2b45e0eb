import { resolve } from "node:path";
import { render } from "../../engine/text/message";
import type { GitRepository } from "../../engine/ports";
import { presenceMessages } from "../../engine/upstream/presence/messages";
import { presences } from "../../engine/upstream/presence/presence";
import { isRevision } from "../../engine/upstream/presence/resolve";
import type { Presence, PresenceRequest, SiteEvidence, TreeRef } from "../../engine/upstream/presence/types";
import { UsageError } from "../usage";
import { printable } from "../terminal";
import { askWorkbench, jsonLine, openRepo, progressLine, readAsk, type AskRun } from "./ask";

export interface PresenceOptions {
  readonly repo: string | undefined;
  /** A revision of the repository or a directory, for lines that name none; HEAD unless told. */
  readonly tree: string | undefined;
  /** File of `commit [tree]` lines, or `-`. */
  readonly commits: string;
  readonly format: "text" | "json" | "jsonl";
}

/** `keelson upstream presence`: whether each commit's change is in a source tree. 0 when all could be told, 1 when some are unknown. */
export async function runPresence(run: AskRun, options: PresenceOptions): Promise<number> {
  const workbench = askWorkbench(run);
  const repo = await openRepo(options.repo, workbench);
  const asked = await readAsk(options.commits, workbench);
  const trees = new Map<string, TreeRef>();
  for (const name of new Set(asked.map(({ other }) => other ?? options.tree ?? "HEAD"))) trees.set(name, await treeOf(name, repo, run));
  const requests = asked.map(({ commit, other }): PresenceRequest => ({ commit, tree: trees.get(other ?? options.tree ?? "HEAD") ?? { kind: "revision", name: "HEAD" } }));
  const results = await presences(requests, { repo, files: workbench.files, decode: workbench.decode, hash: workbench.hash }, { cancel: run.cancel, onProgress: progressLine(run, "presence") });
  results.forEach((result, i) => {
    run.terminal.out(line(result, asked[i]?.other, run, options));
  });
  return results.some(({ state }) => state === "unknown") ? 1 : 0;
}

/** Full shas need no look; a name that is written like a path is one; otherwise a revision goes before a directory. */
async function treeOf(name: string, repo: GitRepository, run: AskRun): Promise<TreeRef> {
  if (/^[0-9a-f]{40,64}[\^~\d]*$/u.test(name)) return { kind: "revision", name };
  const path: TreeRef = { kind: "directory", path: resolve(name) };
  if (/^(?:\.{0,2}[/\\]|\.{1,2}$|[a-z]:[/\\])/iu.test(name) || !isRevision(name)) return path;
  const { status } = await repo.run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{tree}`], { cancel: run.cancel });
  if (status === 0) return { kind: "revision", name };
  if (name.length > 4096) throw new UsageError({ id: "cli.noSuchFile", args: { path: name.slice(0, 80) } });
  return path;
}

/** Places shown of one commit; the ones that count most come first. */
const maxPlaces = 12;

function shown(evidence: readonly SiteEvidence[]): readonly SiteEvidence[] {
  return [...evidence].sort((a, b) => b.weight - a.weight).slice(0, maxPlaces);
}

function line(result: Presence, tree: string | undefined, run: AskRun, { format }: PresenceOptions): string {
  const reason = result.reason === undefined ? undefined : render(result.reason, presenceMessages, run.words.locale);
  const places = shown(result.evidence);
  if (format === "text") {
    const at = places.flatMap((place) => place.at ?? [])[0];
    return `${printable(`${result.state.padEnd(8)} ${result.commit} ${reason ?? at ?? ""}`).trimEnd()}\n`;
  }
  const evidence = places.map(({ state, up, at, by }) => ({ state, by, up, at: at ?? null }));
  return jsonLine({ commit: result.commit, ...(tree === undefined ? {} : { tree }), state: result.state, share: Number(result.share.toFixed(3)), evidence, ...(reason === undefined ? {} : { reason }) });
}
