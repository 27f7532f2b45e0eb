import { resolve } from "node:path";
import { StoreError, type KnowledgeStore, type SearchHit } from "../../engine/tuning/store/types";
import { defaultStorePath, openStore } from "../../knowledge/store";
import { UsageError } from "../arguments";
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
  const path = asked.store === undefined ? defaultStorePath(process.env) : resolve(asked.store);
  const store = openStore(path);
  try {
    switch (asked.verb) {
      case "index":
        return await runIndex(run, store, path, asked);
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

async function runSearch(run: KnowledgeRun, store: KnowledgeStore, path: string, { query, kinds, components, limit, format }: KnowledgeArguments): Promise<number> {
  if (query.trim() === "") throw new UsageError({ id: "knowledge.needsQuery" });
  const hits = await store.search({ text: query, limit, ...(kinds === undefined ? {} : { kinds }), ...(components === undefined ? {} : { components }) }, run.cancel);
  if (format === "json") run.terminal.out(`${printableJson(hits.map(({ name, kind, component, score, source: { file, line, title } }) => ({ name, kind, component, score, source: { file, line, title } })))}\n`);
  else if (hits.length > 0) run.terminal.out(hits.map((hit) => hitText(run, hit)).join(""));
  else run.terminal.out(`${run.words.say({ id: "knowledge.none" })}\n`);
  if (hits.length === 0 && (await store.stats()).records === 0) run.log.warn(run.words.say({ id: "knowledge.empty", args: { path } }));
  return 0;
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
  if (format === "json") {
    run.terminal.out(`${printableJson({ store: path, ...stats, origins: origins.map((origin) => ({ ...origin, at: new Date(origin.at).toISOString() })) })}\n`);
    return 0;
  }
  if (damaged > 0) run.log.warn(run.words.say({ id: "knowledge.damaged", args: { count: damaged } }));
  const lines = [
    run.words.say({ id: "knowledge.records", args: { records, path } }),
    ...Object.entries(kinds).map(([kind, count]) => `  ${String(count).padStart(7)}  ${kind}`),
    ...Object.entries(components).map(([component, count]) => `  ${String(count).padStart(7)}  ${component}`),
    ...origins.map((origin) => run.words.say({ id: "knowledge.origin", args: { ...origin, at: new Date(origin.at).toISOString() } })),
  ];
  run.terminal.out(lines.map((line) => `${printable(line)}\n`).join(""));
  return 0;
}
