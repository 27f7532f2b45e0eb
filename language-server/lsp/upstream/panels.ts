import { cancelSource, type CancelSource } from "../../adapters/cancel";
import { Cancelled, type Cancel } from "../../engine/ports";
import type { PairRef } from "../../protocol/upstream";
import type { HeatmapParams, HeatmapView, UpstreamPanelRequests } from "../../protocol/upstream-panels";
import { Told } from "../guard";
import type { Services } from "../services";
import { repositoryAt } from "../sources";
import { decidedIn } from "./decisions";
import { byDirectories, bySections, countHeat } from "./heatmap";
import type { ResolvedPair } from "./pairs";
import { rowsOf } from "./rows";
import type { Comparison } from "./store";
import { subsystemsOf } from "./summary";
import { twinFixes, twinOf } from "./twin";
import { twinTexts } from "./twin-text";

type Method = keyof UpstreamPanelRequests;
type On = <M extends Method>(method: M, handler: (params: UpstreamPanelRequests[M]["params"], cancel: Cancel) => Promise<UpstreamPanelRequests[M]["result"]>) => void;

/** How often a waiting panel is told what is being done. */
const tellEveryMs = 250;

/** Connects the requests of protocol/upstream-panels.ts. A webview can't cancel a request, so each long one has a name. */
export function registerUpstreamPanels(services: Services, on: On): void {
  const { upstream, workbench } = services;
  const jobs = new Map<string, CancelSource>();

  /** Work that `cancelPanelJob` can stop. */
  const cancellable = async <T>(job: string, cancel: Cancel, work: (cancel: Cancel) => Promise<T>): Promise<T> => {
    const source = cancelSource(cancel);
    jobs.get(job)?.fire();
    jobs.set(job, source);
    try {
      return await work(source.cancel);
    } catch (error) {
      if (error instanceof Cancelled && !cancel.cancelled) throw new Told(services.words.say({ id: "upstream.view.cancelled" }));
      throw error;
    } finally {
      if (jobs.get(job) === source) jobs.delete(job);
      source.dispose();
    }
  };

  const compared = async (params: PairRef & { readonly job: string }, cancel: Cancel): Promise<Comparison> => {
    const pair = await upstream.find(params);
    const known = await upstream.known(pair);
    if (known !== undefined) return known;
    await telling(params.job, pair, services, () => upstream.refresh(pair, cancel));
    return fresh(pair, services);
  };

  on("keelson/upstream/twin", (params, cancel) => cancellable(params.job, cancel, async (inner) => twinOf(params, await compared(params, inner), services, inner)));
  on("keelson/upstream/twinFixes", async (params, cancel) => ({ fixes: twinFixes(params, await withFixes(await upstream.find(params), services, cancel), services) }));
  on("keelson/upstream/twinFile", async (params, cancel) => twinTexts(params, await repositoryAt(params.folder, services), workbench.decode, cancel));
  on("keelson/upstream/heatmap", (params, cancel) => cancellable(params.job, cancel, (inner) => heatmapOf(params, services, inner)));
  on("keelson/upstream/cancelPanelJob", ({ job }) => {
    jobs.get(job)?.fire();
    return Promise.resolve(null);
  });
}

async function fresh(pair: ResolvedPair, { upstream, words }: Services): Promise<Comparison> {
  const made = await upstream.known(pair);
  if (made === undefined) throw new Told(words.say({ id: "upstream.view.notCompared" }));
  return made;
}

/** Tells a panel what is being done for it until it is done. */
async function telling(job: string, pair: ResolvedPair, { upstream, connection, words }: Services, work: () => Promise<void>): Promise<void> {
  const timer = setInterval(() => {
    const text = upstream.running(pair);
    if (text !== undefined) void connection.sendNotification("keelson/upstream/panelProgress", { job, text: words.say(text), done: 0, total: 0 });
  }, tellEveryMs);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
}

/** The comparison once its missing fixes are known. */
async function withFixes(pair: ResolvedPair, services: Services, cancel: Cancel): Promise<Comparison> {
  const known = await services.upstream.withFixes(pair, cancel);
  if (known?.missing !== undefined) return known;
  await services.upstream.refresh(pair, cancel);
  return fresh(pair, services);
}

async function heatmapOf(params: HeatmapParams, services: Services, cancel: Cancel): Promise<HeatmapView | null> {
  const { upstream } = services;
  const pair = await upstream.find(params);
  if (params.compute) await telling(params.job, pair, services, () => upstream.refresh(pair, cancel));
  const comparison = await upstream.known(pair);
  if (comparison === undefined) return null;
  const { index, missing } = comparison;
  const { map } = index;
  const sections = await subsystemsOf(comparison, services, cancel);
  const decided = new Set((await decidedIn(pair, services)).keys());
  const fixes = rowsOf("missing", comparison, decided).map(({ facts }) => facts);
  const entries = [...index.entries.values()];
  const byTitle = sections.size > 0;
  return {
    sides: { mainline: pair.mainline, downstream: pair.downstream },
    rowsAre: byTitle ? "subsystems" : "directories",
    ...countHeat(entries, fixes, byTitle ? bySections(sections) : byDirectories(map.commits)),
    fixesKnown: missing !== undefined,
    tips: { mainline: map.mainline, downstream: map.downstream },
    stale: (await upstream.moved(comparison, cancel)).length > 0,
    unread: new Set(map.notices.filter(({ code }) => code === "missing-blobs" || code === "large-commit").flatMap(({ commits }) => commits)).size,
  };
}
