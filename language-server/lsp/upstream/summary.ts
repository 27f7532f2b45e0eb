import type { Cancel } from "../../engine/ports";
import type { UpstreamFilter, UpstreamList, UpstreamSummary } from "../../protocol/upstream";
import type { PickClass } from "../../protocol/upstream-picks";
import type { Services } from "../services";
import { decidedIn } from "./decisions";
import { matcher, type Filtered } from "./filters";
import { pairView, tipOf, type ResolvedPair } from "./pairs";
import { pickOf } from "./tried";
import { rowsOf, type Row } from "./rows";
import type { Comparison, Moved } from "./store";
import { readSubsystems } from "./subsystems";

const mapLists: readonly UpstreamList[] = ["wrong", "unsure", "partial", "adapted", "same", "ours", "revert"];
const fixLists: readonly UpstreamList[] = ["missing", "not-built", "decided"];

/** Counts of every list under a filter, and how old they are. */
export async function summaryOf(pair: ResolvedPair, filter: UpstreamFilter, services: Services, cancel: Cancel): Promise<UpstreamSummary> {
  const { upstream, words } = services;
  const about = await pairView(pair, services);
  const nothing = { ...about, tips: undefined, counts: {}, commits: 0, candidates: 0, notices: [] };
  const comparison = await upstream.known(pair);
  const running = upstream.running(pair);
  if (comparison === undefined) {
    if (running !== undefined) return { ...nothing, state: "running", note: words.say(running) };
    const unknown = await unknownRevision(pair, services, cancel);
    if (unknown !== undefined) return { ...nothing, state: "broken", note: words.say({ id: "upstream.view.unknownRevision", args: { revision: unknown } }) };
    return { ...nothing, state: "none", note: words.say({ id: "upstream.view.notCompared" }) };
  }
  const { map } = comparison.index;
  const moved = running === undefined ? await upstream.moved(comparison, cancel) : [];
  return {
    ...about,
    state: running !== undefined ? "running" : moved.length > 0 ? "stale" : "known",
    note: running !== undefined ? words.say(running) : await movedText(moved, comparison, services, cancel),
    tips: { mainline: map.mainline, downstream: map.downstream },
    counts: await countsOf(comparison, filter, services, cancel),
    commits: map.commits.length,
    candidates: map.candidates.length,
    notices: map.notices.map(({ code, commits }) => ({ code, text: words.say({ id: `upstream.notice.${code}`, args: { count: commits.length } }) })),
  };
}

async function unknownRevision(pair: ResolvedPair, services: Services, cancel: Cancel): Promise<string | undefined> {
  for (const revision of [pair.mainline, pair.downstream]) if ((await tipOf(pair.repository, revision, services, cancel)) === undefined) return revision;
  return undefined;
}

async function movedText(moved: Moved, { pair }: Comparison, services: Services, cancel: Cancel): Promise<string> {
  const texts: string[] = [];
  for (const { side, from, to } of moved) {
    const revision = pair[side];
    if (to === undefined) {
      texts.push(services.words.say({ id: "upstream.view.moved.gone", args: { revision } }));
      continue;
    }
    const counted = await pair.repository.run(["rev-list", "--count", `${from}..${to}`], { cancel });
    const count = counted.status === 0 ? Number(services.workbench.decode.text(counted.stdout)) : 0;
    const id = count === 0 ? "upstream.view.moved.elsewhere" : count === 1 ? "upstream.view.moved.one" : "upstream.view.moved.many";
    texts.push(services.words.say({ id, args: { revision, count } }));
  }
  return texts.join(" · ");
}

async function countsOf(comparison: Comparison, filter: UpstreamFilter, services: Services, cancel: Cancel): Promise<UpstreamSummary["counts"]> {
  const select = await selector(comparison, filter, services, cancel);
  const decided = new Set((await decidedIn(comparison.pair, services)).keys());
  const lists = comparison.missing === undefined ? mapLists : [...fixLists, ...mapLists];
  return Object.fromEntries(lists.map((list) => [list, rowsOf(list, comparison, decided).filter(select).length]));
}

/** The rows of a list that a filter leaves. */
export async function selectedRows(list: UpstreamList, comparison: Comparison, filter: UpstreamFilter, decided: ReadonlySet<string>, services: Services, cancel: Cancel): Promise<readonly Row[]> {
  return rowsOf(list, comparison, decided).filter(await selector(comparison, filter, services, cancel));
}

/** The filter as a test; the paths of its subsystem are looked up first. */
async function selector(comparison: Comparison, filter: UpstreamFilter, services: Services, cancel: Cancel): Promise<(row: Filtered) => boolean> {
  const { subsystem, unfiled } = filter;
  const pick = (sha: string): PickClass | undefined => pickOf(comparison.index, sha)?.class;
  if (subsystem === undefined && unfiled === undefined) return matcher(filter, () => true, pick);
  const sections = await subsystemsOf(comparison, services, cancel);
  if (subsystem !== undefined) return matcher(filter, (path) => sections.get(subsystem)?.has(path) === true, pick);
  const filed = new Set([...sections.values()].flatMap((paths) => [...paths]));
  return matcher(filter, (path) => sections.size === 0 || filed.has(path), pick);
}

const known = new WeakMap<Comparison["index"], Promise<ReadonlyMap<string, ReadonlySet<string>>>>();

/** The paths of each subsystem that commits of the comparison touch; worked out once a map. */
export function subsystemsOf(comparison: Comparison, services: Services, cancel: Cancel): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const { index } = comparison;
  let promise = known.get(index);
  if (promise === undefined) {
    promise = readPaths(comparison, services, cancel);
    known.set(index, promise);
    promise.catch(() => known.delete(index));
  }
  return promise;
}

async function readPaths({ pair, index, missing }: Comparison, services: Services, cancel: Cancel): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const subsystems = await readSubsystems(pair.repository, index.map.downstream, services.workbench, cancel);
  const touched = new Set(index.map.commits.flatMap(({ paths }) => paths));
  for (const { fix } of missing ?? []) for (const path of index.candidates.get(fix)?.paths ?? []) touched.add(path);
  const found = new Map<string, Set<string>>();
  for (const path of touched) for (const title of await subsystems.of(path, cancel)) found.set(title, (found.get(title) ?? new Set()).add(path));
  return found;
}
