import { resolve } from "node:path";
import { heldBy } from "../../engine/tuning/store/held";
import { StoreError, type KnowledgeStore, type SearchHit, type SearchMeans } from "../../engine/tuning/store/types";
import { defaultStorePath, oldStorePath, placedStore } from "../../knowledge/store";
import { UsageError } from "../usage";
import type { Run } from "../main";
import { paint, printable, printableJson, wrap } from "../terminal";
import { readKnowledgeArguments, type KnowledgeArguments } from "./arguments";
import { runIndex } from "./index-command";

export type KnowledgeRun = Pick<Run, "settings" | "words" | "terminal" | "log" | "cancel">;

/** Runs `keelson knowledge …`; the result is the exit status. */
export async function runKnowledge(run: KnowledgeRun, args: readonly string[]): Promise<number> {
  const asked = readKnowledgeArguments(args);
  if (asked.verb === undefined) {
    run.terminal.out(run.words.say({ id: "knowledge.help" }));
    return 0;
  }
  const { store, place: path } = placedStore(process.env, asked.store === undefined ? undefined : resolve(asked.store));
  try {
    switch (asked.verb) {
      case "index":
        return await runIndex(run, store, path, asked);
      case "embed":
        return await (await import("./embed")).runEmbed(run, store, asked.format);
      case "search":
        return await runSearch(run, store, path, asked);
      case "stats":
        return await runStats(run, store, path, asked);
    }
  } catch (error) {
    if (error instanceof StoreError) throw new UsageError({ id: `knowledge.store.${error.code}`, args: { detail: error.detail } });
    throw error;
  } finally {
    await store.dispose();
  }
}

async function runSearch(run: KnowledgeRun, store: KnowledgeStore, path: string, { query, kinds, components, target, limit, format }: KnowledgeArguments): Promise<number> {
  if (query.trim() === "") throw new UsageError({ id: "knowledge.needsQuery" });
  let means: SearchMeans | undefined;
  const searching = run.settings.model.roles.embed === undefined ? store : await hybrid(run, store);
  const onMeans = (told: SearchMeans): void => {
    means = told;
  };
  // Of what is left out there is more to take the place.
  const wide = target === undefined ? limit : 3 * limit + 20;
  const found = await searching.search({ text: query, limit: wide, onMeans, ...(kinds === undefined ? {} : { kinds }), ...(components === undefined ? {} : { components }) }, run.cancel);
  const hits = target === undefined ? found : (await heldBy(found, store, target)).slice(0, limit);
  if (format === "json") run.terminal.out(`${printableJson(hits.map(({ name, kind, component, score, source: { file, line, title } }) => ({ name, kind, component, score, source: { file, line, title } })))}\n`);
  else if (hits.length > 0) run.terminal.out(hits.map((hit) => hitText(run, hit)).join(""));
  else run.terminal.out(`${run.words.say({ id: "knowledge.none" })}\n`);
  tellMeans(run, means);
  if (hits.length === 0 && (await store.stats()).records === 0) {
    run.log.warn(run.words.say({ id: "knowledge.empty", args: { path } }));
    const old = path === defaultStorePath(process.env) ? oldStorePath(process.env) : undefined;
    if (old !== undefined) run.log.warn(run.words.say({ id: "knowledge.old", args: { path: old } }));
  }
  return 0;
}

async function hybrid(run: KnowledgeRun, store: KnowledgeStore): Promise<KnowledgeStore> {
  const [{ withVectors }, { vectorSettings }] = await Promise.all([import("../../knowledge/embedder"), import("./embed")]);
  return withVectors(store, vectorSettings(run));
}

/** Whoever set the role is told when a search went by words alone; without the role `stats` says so. */
function tellMeans({ log, words }: KnowledgeRun, means: SearchMeans | undefined): void {
  if (means?.vectors === false && means.why !== "no-model") log.warn(words.say({ id: `knowledge.means.${means.why}`, args: { detail: means.detail ?? "" } }));
}

/** Characters of a description that are shown. */
const shown = 240;

function hitText({ terminal }: KnowledgeRun, { name, kind, component, source, record }: SearchHit): string {
  const text = ("description" in record ? record.description : record.text).replace(/\s+/gu, " ").trim();
  const cut = text.length > shown ? `${text.slice(0, shown).replace(/\s\S*$/u, "")} …` : text;
  const head = `${paint(terminal, "bold", printable(name))}  ${kind}, ${printable(component)}`;
  return `${head}\n${cut === "" ? "" : `${wrap(printable(cut), terminal.width, "    ")}\n`}    ${paint(terminal, "dim", printable(`${source.file}:${source.line}  ${source.title}`))}\n`;
}

async function runStats(run: KnowledgeRun, store: KnowledgeStore, path: string, { format }: KnowledgeArguments): Promise<number> {
  const stats = await store.stats();
  const { records, kinds, components, origins, damaged } = stats;
  const vectors = (await store.vectors?.models()) ?? [];
  if (format === "json") {
    run.terminal.out(`${printableJson({ store: path, ...stats, vectors: vectors.map(({ model, vectors: count }) => ({ model: model.name, dimension: model.dimension, count })), origins: origins.map((origin) => ({ ...origin, at: new Date(origin.at).toISOString() })) })}\n`);
    return 0;
  }
  if (damaged > 0) run.log.warn(run.words.say({ id: "knowledge.damaged", args: { count: damaged } }));
  const lines = [
    run.words.say({ id: "knowledge.records", args: { records, path } }),
    ...Object.entries(kinds).map(([kind, count]) => `  ${String(count).padStart(7)}  ${kind}`),
    ...Object.entries(components).map(([component, count]) => `  ${String(count).padStart(7)}  ${component}`),
    ...vectors.map(({ model, vectors: count }) => run.words.say({ id: "knowledge.vectors", args: { model: model.name, dimension: model.dimension, count } })),
    ...(vectors.length === 0 ? [run.words.say({ id: "knowledge.lexical" })] : []),
    ...origins.map((origin) => run.words.say({ id: "knowledge.origin", args: { ...origin, at: new Date(origin.at).toISOString() } })),
  ];
  run.terminal.out(lines.map((line) => `${printable(line)}\n`).join(""));
  return 0;
}
