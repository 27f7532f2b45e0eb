import { basename } from "node:path";
import type { Cancel } from "../../engine/ports";
import { StoreError, type KnowledgeStore } from "../../engine/tuning/store/types";
import { indexDocuments } from "../../knowledge/index-documents";
import type { IndexReport, IndexSettings } from "../../knowledge/index-report";
import { indexRunning } from "../../knowledge/index-running";
import { indexTree } from "../../knowledge/index-tree";
import { isDatabaseOrigin } from "../../knowledge/running-database";
import { placedStore, type PlacedStore } from "../../knowledge/store";
import { comparedAgain, indexVersions, isVersionsOrigin } from "../../knowledge/versions/index-versions";
import type { KnowledgeOrigin, KnowledgeReading, KnowledgeReport, KnowledgeRequests, KnowledgeSummary } from "../../protocol/knowledge";
import { Told } from "../guard";
import type { Services } from "../services";
import { hitView, placeIn } from "./hits";
import { reportView } from "./report";

type Method = keyof KnowledgeRequests;
type On = <M extends Method>(method: M, handler: (params: KnowledgeRequests[M]["params"], cancel: Cancel) => Promise<KnowledgeRequests[M]["result"]>) => void;

/** Connects the requests of protocol/knowledge.ts. The store is opened when it is first asked. */
export function registerKnowledgeRequests(services: Services, on: On): void {
  let opened: PlacedStore | undefined;
  const placed = (): PlacedStore => (opened ??= placedStore(process.env));
  const store = (): KnowledgeStore => placed().store;
  const knowledge: KnowledgeDoor = { services, place: () => placed().place, store };
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work();
    } catch (error) {
      if (error instanceof StoreError) throw new Told(services.words.say({ id: `knowledge.view.${error.code}`, args: { detail: error.detail } }));
      throw error;
    }
  };
  on("keelson/knowledge/summary", () => told(() => summaryOf(knowledge)));
  on("keelson/knowledge/search", ({ text, kinds, components, limit }, cancel) => told(async () => ({ hits: await search(knowledge, { text, limit: Math.min(Math.max(1, limit), 100), ...(kinds === undefined ? {} : { kinds }), ...(components === undefined ? {} : { components }) }, cancel) })));
  on("keelson/knowledge/read", (reading, cancel) => told(() => read(knowledge, reading, cancel)));
  on("keelson/knowledge/readAgain", ({ origin }, cancel) => told(async () => (isVersionsOrigin(origin) ? compareAgain(knowledge, origin, cancel) : read(knowledge, await readingOf(knowledge, origin), cancel))));
  on("keelson/knowledge/forget", ({ origin }, cancel) =>
    told(async () => {
      const gone = [...(await store().hashes(origin)).keys()];
      await store().put({ origin, updates: [], gone, at: services.workbench.clock.now() }, cancel);
      void services.connection.sendNotification("keelson/knowledge/changed", {});
      return null;
    }),
  );
}

interface KnowledgeDoor {
  readonly services: Services;
  /** Where the store is, as it may be shown. */
  readonly place: () => string;
  readonly store: () => KnowledgeStore;
}

async function summaryOf({ services, place: where, store }: KnowledgeDoor): Promise<KnowledgeSummary> {
  const { records, kinds, components, origins, damaged } = await store().stats();
  const counts = (of: Readonly<Record<string, number>>): KnowledgeSummary["kinds"] => Object.entries(of).map(([name, count]) => ({ name, records: count })).sort((a, b) => b.records - a.records || (a.name < b.name ? -1 : 1));
  const shown = await Promise.all(
    // One that was taken out keeps its time in the store and nothing else.
    origins.filter(({ files }) => files > 0).map(async (one): Promise<KnowledgeOrigin> => {
      const folder = placeIn(one.origin, "");
      if (isVersionsOrigin(one.origin)) return { ...one, kind: "versions", present: true };
      if (isDatabaseOrigin(one.origin)) return { ...one, kind: "database", present: true };
      return { ...one, kind: folder === undefined ? "running" : "folder", present: folder === undefined || (await services.workbench.files.stat(one.origin))?.directory === true };
    }),
  );
  return { store: where(), records, origins: shown.sort((a, b) => b.records - a.records), kinds: counts(kinds), components: counts(components), damaged };
}

async function search({ services, store }: KnowledgeDoor, request: Parameters<KnowledgeStore["search"]>[0], cancel: Cancel): Promise<KnowledgeRequests["keelson/knowledge/search"]["result"]["hits"]> {
  const hits = await store().search(request, cancel);
  const { origins } = await store().stats();
  const { files } = services.workbench;
  const context = {
    words: services.words,
    records: (name: string) => store().get(name),
    async place(source: { readonly file: string }): Promise<string | undefined> {
      for (const { origin } of origins) {
        const place = placeIn(origin, source.file);
        if (place !== undefined && !place.endsWith(".gz") && (await files.stat(place))?.directory === false) return place;
      }
      return undefined;
    },
  };
  return Promise.all(hits.map((hit) => hitView(hit, context)));
}

/** How an origin was read is told by what the store has of it: a kernel tree has a file that only a kernel has. */
async function readingOf({ services, store }: KnowledgeDoor, origin: string): Promise<KnowledgeReading> {
  // Who asked and with what password is not kept.
  if (isDatabaseOrigin(origin)) throw new Told(services.words.say({ id: "knowledge.view.database", args: { origin } }));
  if (placeIn(origin, "") === undefined) return { kind: "running" };
  if ((await services.workbench.files.stat(origin))?.directory !== true) throw new Told(services.words.say({ id: "knowledge.view.gone", args: { origin } }));
  const known = await store().hashes(origin);
  const kernel = [...known.keys()].some((file) => /(?:^|\/)Kconfig$|^Documentation\/admin-guide\/(?:sysctl\/|kernel-parameters)/u.test(file));
  return kernel ? { kind: "tree", path: origin } : { kind: "folder", path: origin };
}

/** The same tags or folders once more. */
async function compareAgain({ services, store }: KnowledgeDoor, origin: string, cancel: Cancel): Promise<KnowledgeReport> {
  const { words, connection, workbench } = services;
  const compared = await comparedAgain(origin, await store().hashes(origin), workbench.git(), cancel);
  if (compared === undefined) throw new Told(words.say({ id: "knowledge.view.gone", args: { origin } }));
  const report = await indexVersions({ ...compared, store: store(), now: workbench.clock.now(), cancel, onProgress: (done, total) => void connection.sendNotification("keelson/knowledge/progress", { done, total }) });
  if ("problem" in report) throw new Told(words.say({ id: "knowledge.view.notCompared", args: { label: report.label } }));
  void connection.sendNotification("keelson/knowledge/changed", {});
  return reportView(report, words);
}

async function read({ services, store }: KnowledgeDoor, reading: KnowledgeReading, cancel: Cancel): Promise<KnowledgeReport> {
  const { words, connection, workbench } = services;
  const settings: IndexSettings = {
    store: store(),
    now: workbench.clock.now(),
    cancel,
    onProgress(done, total) {
      void connection.sendNotification("keelson/knowledge/progress", { done, total });
    },
  };
  if (reading.kind !== "running" && (await workbench.files.stat(reading.path))?.directory !== true) throw new Told(words.say({ id: "knowledge.view.noFolder", args: { path: basename(reading.path) } }));
  const report = await readOrigin(reading, settings);
  if (report.files === 0 && report.gone === 0) throw new Told(words.say({ id: reading.kind === "tree" ? "knowledge.view.noTree" : "knowledge.view.nothing", args: { path: reading.kind === "running" ? "/proc/sys" : basename(reading.path) } }));
  void connection.sendNotification("keelson/knowledge/changed", {});
  return reportView(report, words);
}

function readOrigin(reading: KnowledgeReading, settings: IndexSettings): Promise<IndexReport> {
  switch (reading.kind) {
    case "tree":
      return indexTree({ ...settings, tree: reading.path });
    case "folder":
      return indexDocuments({ ...settings, folder: reading.path, component: reading.component });
    case "running":
      return indexRunning(settings);
  }
}
