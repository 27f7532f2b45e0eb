import { basename, dirname } from "node:path";
import type { Cancel } from "../../engine/ports";
import { StoreError, type KnowledgeStore } from "../../engine/tuning/store/types";
import type { KnowledgeJob } from "../../knowledge/job-messages";
import { runKnowledgeJob } from "../../knowledge/run-job";
import type { PlacedStore } from "../../knowledge/store";
import { isTeamAddress, type TeamPassword } from "../../knowledge/team-setting";
import { isVersionsOrigin } from "../../knowledge/versions/index-versions";
import type { KnowledgeOrigin, KnowledgeReading, KnowledgeReport, KnowledgeRequests, KnowledgeSummary } from "../../protocol/knowledge";
import { Told } from "../guard";
import type { Services } from "../services";
import { hitView, placeIn } from "./hits";
import { reportView } from "./report";

type Method = keyof KnowledgeRequests;
type On = <M extends Method>(method: M, handler: (params: KnowledgeRequests[M]["params"], cancel: Cancel) => Promise<KnowledgeRequests[M]["result"]>) => void;

/** Connects the requests of protocol/knowledge.ts. The store is opened when it is first asked. */
export function registerKnowledgeRequests(services: Services, on: On, setPassword: (password: TeamPassword | undefined) => void): void {
  const { knowledge: session, settings, words } = services;
  const placed = (): PlacedStore => {
    const address = settings.current().knowledge.store;
    if (address !== "" && !isTeamAddress(address)) throw new Told(words.say({ id: "knowledge.view.address" }));
    return session.now();
  };
  const store = (): KnowledgeStore => placed().store;
  const knowledge: KnowledgeDoor = { services, place: () => placed().place, store };
  const told = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      // Which store it is stands in the settings.
      await settings.for();
      return await work();
    } catch (error) {
      if (error instanceof StoreError) throw new Told(words.say({ id: `knowledge.view.${error.code}`, args: { detail: error.detail } }));
      throw error;
    }
  };
  on("keelson/knowledge/summary", () => told(() => summaryOf(knowledge)));
  on("keelson/knowledge/search", ({ text, kinds, components, limit }, cancel) => told(async () => ({ hits: await search(knowledge, { text, limit: Math.min(Math.max(1, limit), 100), ...(kinds === undefined ? {} : { kinds }), ...(components === undefined ? {} : { components }) }, cancel) })));
  on("keelson/knowledge/read", (reading, cancel) => told(() => read(knowledge, reading, cancel)));
  on("keelson/knowledge/readAgain", ({ origin }, cancel) => told(async () => (isVersionsOrigin(origin) ? compareAgain(knowledge, origin, cancel) : read(knowledge, await readingOf(knowledge, origin), cancel))));
  on("keelson/knowledge/password", (given) => {
    setPassword(given.password === "" ? undefined : given);
    void services.connection.sendNotification("keelson/knowledge/changed", {});
    return Promise.resolve(null);
  });
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
      if (isVersionsOrigin(one.origin)) return { ...one, kind: "versions", present: true };
      if (placeIn(one.origin, "") === undefined) return { ...one, kind: "running", present: true };
      const found = await services.workbench.files.stat(one.origin);
      return { ...one, kind: found?.directory === false ? "file" : "folder", present: found !== undefined };
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
        const place = placeIn(basename(origin) === source.file ? dirname(origin) : origin, source.file);
        if (place !== undefined && !place.endsWith(".gz") && (await files.stat(place))?.directory === false) return place;
      }
      return undefined;
    },
  };
  return Promise.all(hits.map((hit) => hitView(hit, context)));
}

/** How an origin was read is told by what the store has of it: a kernel tree has a file that only a kernel has. */
async function readingOf({ services, store }: KnowledgeDoor, origin: string): Promise<KnowledgeReading> {
  if (placeIn(origin, "") === undefined) return { kind: "running" };
  const found = await services.workbench.files.stat(origin);
  if (found === undefined) throw new Told(services.words.say({ id: "knowledge.view.gone", args: { origin } }));
  if (!found.directory) return { kind: "file", path: origin };
  const known = await store().hashes(origin);
  const kernel = [...known.keys()].some((file) => /(?:^|\/)Kconfig$|^Documentation\/admin-guide\/(?:sysctl\/|kernel-parameters)/u.test(file));
  return kernel ? { kind: "tree", path: origin } : { kind: "folder", path: origin };
}

/** The same tags or folders once more. */
async function compareAgain({ services, store }: KnowledgeDoor, origin: string, cancel: Cancel): Promise<KnowledgeReport> {
  const { words, connection, workbench, settings } = services;
  store();
  const answer = await inThread({ kind: "versions", origin, gitPath: settings.current().git.path, trusted: workbench.trusted() }, services, cancel);
  if (answer.kind !== "report") throw new Told(words.say(answer.kind === "gone" ? { id: "knowledge.view.gone", args: { origin } } : { id: "knowledge.view.notCompared", args: { label: answer.label } }));
  void connection.sendNotification("keelson/knowledge/changed", {});
  return reportView(answer.report, words);
}

/** The editor is answered meanwhile, and told how far it is. */
function inThread(reading: KnowledgeJob["reading"], { connection, workbench, knowledge }: Services, cancel: Cancel): ReturnType<typeof runKnowledgeJob> {
  return runKnowledgeJob({ reading, environment: { ...knowledge.environment() }, now: workbench.clock.now() }, cancel, (done, total) => {
    void connection.sendNotification("keelson/knowledge/progress", { done, total });
  });
}

async function read({ services, store }: KnowledgeDoor, reading: KnowledgeReading, cancel: Cancel): Promise<KnowledgeReport> {
  const { words, connection, workbench } = services;
  // Asked before a thread is begun for it: what is wrong with the address is told here.
  store();
  if (reading.kind !== "running" && (await workbench.files.stat(reading.path))?.directory !== (reading.kind !== "file")) throw new Told(words.say({ id: reading.kind === "file" ? "knowledge.view.noFile" : "knowledge.view.noFolder", args: { path: basename(reading.path) } }));
  const answer = await inThread(reading, services, cancel);
  if (answer.kind !== "report") throw new Told(words.say({ id: "knowledge.view.gone", args: { origin: answer.label } }));
  const { report } = answer;
  if (report.files === 0 && report.gone === 0) throw new Told(words.say({ id: reading.kind === "tree" ? "knowledge.view.noTree" : "knowledge.view.nothing", args: { path: reading.kind === "running" ? "/proc/sys" : basename(reading.path) } }));
  void connection.sendNotification("keelson/knowledge/changed", {});
  return reportView(report, words);
}
