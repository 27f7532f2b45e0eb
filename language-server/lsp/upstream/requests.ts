import type { Cancel } from "../../engine/ports";
import type { PairRef, UpstreamRequests, UpstreamRow } from "../../protocol/upstream";
import { Told } from "../guard";
import type { Services } from "../services";
import { repositoryAt } from "../sources";
import { decide, decidedIn } from "./decisions";
import { orderedRows, partsOf } from "./order";
import { fixPlaces } from "./places";
import { pairView } from "./pairs";
import { entryRow, laterFixesOf, rowView, type Row } from "./rows";
import type { Comparison } from "./store";
import { checkPair, suggestPairs } from "./suggest";
import { subsystemsOf, summaryOf } from "./summary";

type Method = keyof UpstreamRequests;
type On = <M extends Method>(method: M, handler: (params: UpstreamRequests[M]["params"], cancel: Cancel) => Promise<UpstreamRequests[M]["result"]>) => void;

/** A page of rows is never larger; a client that asks for more gets this many. */
const largestPage = 5000;

/** Connects the requests of protocol/upstream.ts. `refresh` makes lenses and the like ask again. */
export function registerUpstreamRequests(services: Services, on: On, refresh: () => void): void {
  const { upstream, words, workbench } = services;
  const compared = async (ref: PairRef): Promise<Comparison> => {
    const comparison = await upstream.shown(await upstream.find(ref));
    if (comparison === undefined) throw new Told(words.say({ id: "upstream.view.notCompared" }));
    return comparison;
  };

  on("keelson/upstream/pairs", async () => {
    const pairs = await upstream.pairs();
    return { pairs: await Promise.all(pairs.map((pair) => pairView(pair, services))), note: workbench.trusted() ? "" : words.say({ id: "server.untrusted" }) };
  });
  on("keelson/upstream/summary", async ({ filter, ...ref }, cancel) => summaryOf(await upstream.find(ref), filter, services, cancel));
  on("keelson/upstream/rows", async ({ list, filter, sort, offset, limit, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const reasons = await decidedIn(comparison.pair, services);
    const { rows, subsystem } = await orderedRows(comparison, { list, filter, sort }, new Set(reasons.keys()), services, cancel);
    const page = rows.slice(offset, offset + Math.min(limit, largestPage));
    const view = (row: Row): UpstreamRow => rowView(row, list, comparison, reasons, words);
    return { total: rows.length, rows: page.map((row) => (sort === "subsystem" ? { ...view(row), subsystem: subsystem(row) } : view(row))) };
  });
  on("keelson/upstream/parts", async ({ list, filter, sort, size, ...ref }, cancel) => {
    const comparison = await compared(ref);
    const decided = new Set((await decidedIn(comparison.pair, services)).keys());
    const ordered = await orderedRows(comparison, { list, filter, sort }, decided, services, cancel);
    const marks = ({ risk }: Row): string => risk.map((mark) => words.say({ id: `upstream.risk.${mark}` })).join(" · ");
    return { parts: partsOf(ordered, Math.max(1, Math.min(size, largestPage)), { list, sort }, marks) };
  });
  on("keelson/upstream/row", async ({ commit, ...ref }) => {
    const comparison = await compared(ref);
    const row = rowOf(commit, comparison);
    return row === undefined ? null : rowView(row, undefined, comparison, await decidedIn(comparison.pair, services), words);
  });
  on("keelson/upstream/laterFixes", async ({ commit, ...ref }) => ({ fixes: laterFixesOf(commit, await compared(ref), words) }));
  on("keelson/upstream/refresh", async (ref, cancel) => {
    await upstream.refresh(await upstream.find(ref), cancel);
    refresh();
    return null;
  });
  on("keelson/upstream/subsystems", async (ref, cancel) => {
    const comparison = await compared(ref);
    const paths = await subsystemsOf(comparison, services, cancel);
    const subsystems = [...paths].map(([name, inside]) => ({ name, commits: comparison.index.map.commits.filter((facts) => facts.paths.some((path) => inside.has(path))).length }));
    return { subsystems: subsystems.sort((a, b) => b.commits - a.commits || (a.name < b.name ? -1 : 1)) };
  });
  on("keelson/upstream/suggestPairs", async ({ folder }, cancel) => suggestPairs(await repositoryAt(folder, services), services, cancel));
  on("keelson/upstream/checkPair", async ({ folder, mainline, downstream }, cancel) => checkPair(await repositoryAt(folder, services), mainline, downstream, services, cancel));
  on("keelson/upstream/decide", async ({ commit, reason, ...ref }) => {
    const pair = await upstream.find(ref);
    if (!/^[0-9a-f]{40,64}$/u.test(commit)) throw new Told(words.say({ id: "upstream.view.unknownRevision", args: { revision: commit.slice(0, 80) } }));
    await decide(pair, commit, reason.trim(), services);
    upstream.changed();
    return null;
  });
  on("keelson/upstream/fixPlaces", async ({ path, fixes, function: name, ...ref }, cancel) => ({ places: await fixPlaces(await compared(ref), path, fixes, name, services, cancel) }));
}

function rowOf(commit: string, { index, missingBySha }: Comparison): Row | undefined {
  const entry = index.entries.get(commit);
  if (entry !== undefined) return entryRow(entry);
  const facts = index.candidates.get(commit);
  return facts === undefined ? undefined : { facts, verdict: undefined, risk: [], entry: undefined, fix: missingBySha.get(commit) };
}
