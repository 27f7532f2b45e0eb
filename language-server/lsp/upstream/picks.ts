import { availableParallelism } from "node:os";
import { cancelSource } from "../../adapters/cancel";
import { checkCancel, type Cancel } from "../../engine/ports";
import { prerequisites } from "../../engine/upstream/conflict/prerequisites";
import { oldGit, replays, type ReplayPorts } from "../../engine/upstream/conflict/replay";
import type { ReplayResult } from "../../engine/upstream/conflict/types";
import type { PairRef } from "../../protocol/upstream";
import type { PickClass, PickView, UpstreamPickRequests } from "../../protocol/upstream-picks";
import { Told } from "../guard";
import type { Services } from "../services";
import { decidedIn } from "./decisions";
import { rowsOf } from "./rows";
import type { Comparison } from "./store";
import { picksOf } from "./tried";

type Method = keyof UpstreamPickRequests;
type On = <M extends Method>(method: M, handler: (params: UpstreamPickRequests[M]["params"], cancel: Cancel) => Promise<UpstreamPickRequests[M]["result"]>) => void;

function viewOf({ class: found, files }: ReplayResult): PickView {
  return { class: found, files };
}

/** Connects the requests of protocol/upstream-picks.ts. */
export function registerUpstreamPicks(services: Services, on: On): void {
  const { upstream, words, workbench, activity } = services;
  const compared = async ({ folder, pair }: PairRef): Promise<Comparison> => {
    const comparison = await upstream.shown(await upstream.find({ folder, pair }));
    if (comparison === undefined) throw new Told(words.say({ id: "upstream.view.notCompared" }));
    return comparison;
  };
  const portsOf = async ({ pair }: Comparison): Promise<ReplayPorts> => {
    const version = await workbench.git().version();
    const old = oldGit(version);
    if (old !== undefined) throw new Told(words.say(old));
    return { repo: pair.repository, version, decode: workbench.decode, hash: workbench.hash };
  };
  /** Shown with a cancel of its own; the request's stops it too. */
  const work = async <T>(id: string, cancel: Cancel, body: (cancel: Cancel, report: (done: number, total: number) => void) => Promise<T>): Promise<T> => {
    const source = cancelSource(cancel);
    const task = activity.begin({ id }, () => {
      source.fire();
    });
    try {
      return await body(source.cancel, (done, total) => {
        task.report((100 * done) / total, { id: "upstream.pick.progress", args: { done, total } });
      });
    } finally {
      task.end();
      source.dispose();
    }
  };

  on("keelson/upstream/tryPicks", async ({ list, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const ports = await portsOf(comparison);
    const decided = new Set((await decidedIn(comparison.pair, services)).keys());
    const { index } = comparison;
    const known = picksOf(index);
    const commits = rowsOf(list, comparison, decided).map(({ facts }) => facts.sha);
    const open = commits.filter((sha) => !known.has(sha));
    const results = await work("upstream.pick.trying", cancel, (both, report) => replays(open.map((commit) => ({ commit, onto: index.map.downstream })), ports, { cancel: both, jobs: Math.min(4, availableParallelism()), onProgress: report }));
    for (const result of results) known.set(result.commit, viewOf(result));
    upstream.changed();
    const count = (wanted: PickClass): number => commits.filter((sha) => known.get(sha)?.class === wanted).length;
    const unknown = count("unknown");
    const said = words.say({ id: "upstream.pick.tried", args: { count: commits.length, clean: count("clean"), empty: count("empty"), conflict: count("conflict") } });
    return { text: unknown === 0 ? said : `${said} ${words.say({ id: "upstream.pick.unknown", args: { count: unknown } })}` };
  });

  on("keelson/upstream/prerequisites", async ({ commit, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const { index } = comparison;
    if (!/^[0-9a-f]{40,64}$/u.test(commit)) throw new Told(words.say({ id: "upstream.view.unknownRevision", args: { revision: commit.slice(0, 80) } }));
    const ports = await portsOf(comparison);
    return work("upstream.pick.searching", cancel, async (both) => {
      const [result] = await replays([{ commit, onto: index.map.downstream }], ports, { cancel: both });
      checkCancel(both);
      const none = (text: string): UpstreamPickRequests["keelson/upstream/prerequisites"]["result"] => ({ commits: [], whole: false, text });
      if (result === undefined) return none("");
      const found = await prerequisites(result, ports, { cancel: both });
      if (found === undefined) return none(words.say(result.reason ?? { id: `upstream.pick.needless.${result.class}` }));
      if (found.state !== "found") return none(words.say({ id: "upstream.conflict.noPrerequisites", args: { looked: found.looked, tried: found.tried, size: found.bound.size } }));
      const commits = found.commits.map((sha) => ({ commit: sha, subject: index.candidates.get(sha)?.subject ?? "" }));
      return { commits, whole: found.scope === "whole", text: words.say({ id: `upstream.pick.first.${found.scope ?? "files"}`, args: { count: commits.length } }) };
    });
  });
}
