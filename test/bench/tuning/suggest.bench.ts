import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { never } from "../../../language-server/adapters/cancel";
import { documentCases } from "../../../language-server/engine/tuning/pack/cases/documents";
import { packSettings } from "../../../language-server/engine/tuning/pack/settings";
import type { TuningCase } from "../../../language-server/engine/tuning/pack/types";
import { rankSettings } from "../../../language-server/engine/tuning/suggest/rank";
import { storedFor } from "../../../language-server/engine/tuning/suggest/stored";
import { readWorkload } from "../../../language-server/engine/tuning/suggest/workload";
import { indexTree } from "../../../language-server/knowledge/index-tree";
import { openStore } from "../../../language-server/knowledge/store";
import type { BenchTable } from "../table";
import { random } from "../upstream/corpora";
import { workloadSets, type AskedWorkload } from "./query-sets";

const depth = 10;
const title = `Suggestions: workload to sysctls, nDCG@${depth}, without a model`;

/** A case that sets nearly the same as the one that is asked for answers by being a copy of it. */
const nearDuplicate = 0.8;

/**
 * How well settings are found by the cases of other workloads, beside what is set most often. With `tree` also what the search of a
 * store adds that holds this kernel tree alone: no words that the questions come from.
 */
export async function benchTuningSuggest({ tree }: { readonly tree?: string }): Promise<readonly BenchTable[]> {
  const asked = workloadSets();
  if (asked === undefined) return [{ title: `${title}: skipped, it needs the query sets of KEELSON_DATA`, columns: ["what"], rows: [] }];
  const found = tree === undefined ? undefined : await searched(asked, tree);
  const sysctls = packSettings.filter(({ kind }) => kind === "sysctl");
  // Of the pack only what is not taken from profiles: those are the questions.
  const documents = documentCases.map((tuned) => ({ ...tuned, settings: tuned.settings.filter(({ component }) => component === "kernel") })).filter(({ settings }) => settings.length > 0);
  const profiles = asked.map(caseOf);
  const rows: (string | number)[][] = [];
  for (const [what, strict] of [["leave one out", false], ["near-duplicates removed too", true]] as const) {
    for (const [pool, extra, text] of [["profiles and documents", documents, undefined], ...(found === undefined ? [] : [["and the text of a kernel tree", documents, found] as const]), ["profiles alone", [], undefined]] as const) {
      const scored = asked.map(({ query, gold, half }, i) => {
        const cases = [...profiles.filter((_profile, at) => at !== i), ...extra].filter((tuned) => !strict || jaccard(namesOf(tuned), gold) < nearDuplicate);
        const ranked = rankSettings(readWorkload(query), cases, sysctls, text?.[i]);
        return { half, ours: gain(gold, ranked.map(({ name }) => name)), floor: popularity(gold, cases) };
      });
      for (const half of ["both", "dev", "test"] as const) {
        const of = scored.filter((score) => half === "both" || score.half === half);
        const ours = interval(of.map((score) => score.ours));
        const floor = interval(of.map((score) => score.floor));
        const better = interval(of.map((score) => score.ours - score.floor));
        rows.push([what, pool, half, of.length, ...cells(ours), ...cells(floor), ...cells(better)]);
      }
    }
  }
  return [{ title, columns: ["measure", "cases", "half", "workloads", "nDCG@10", "95 %", "most often set", "95 %", "gain", "95 %"], rows }];
}

/** What the search finds for each workload. */
async function searched(asked: readonly AskedWorkload[], tree: string): Promise<readonly ReadonlyMap<string, number>[]> {
  const folder = mkdtempSync(join(tmpdir(), "keelson-suggest-"));
  const store = openStore(join(folder, "knowledge.sqlite"));
  try {
    await indexTree({ store, tree, now: 0, cancel: never, onProgress: () => undefined });
    const all: ReadonlyMap<string, number>[] = [];
    for (const { query } of asked) all.push((await storedFor(query, store, [], never)).found);
    return all;
  } finally {
    await store.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
}

function caseOf({ profile, query, gold }: AskedWorkload): TuningCase {
  return { id: profile, workload: { en: query, zh: "" }, settings: gold.map((name) => ({ name, component: "kernel", value: "" })), origin: "profile", source: { title: profile, file: profile, line: 1 } };
}

function namesOf({ settings }: TuningCase): readonly string[] {
  return settings.map(({ name }) => name);
}

function jaccard(a: readonly string[], b: readonly string[]): number {
  const other = new Set(b);
  const both = a.filter((name) => other.has(name)).length;
  return both / Math.max(1, a.length + other.size - both);
}

const discount = (place: number): number => 1 / Math.log2(place + 2);
const ideal = (many: number): number => Array.from({ length: Math.min(depth, many) }, (_one, place) => discount(place)).reduce((sum, value) => sum + value, 0);

function gain(gold: readonly string[], ranked: readonly string[]): number {
  const right = new Set(gold);
  return ranked.slice(0, depth).reduce((sum, name, place) => sum + (right.has(name) ? discount(place) : 0), 0) / ideal(gold.length);
}

/** Settings by how many cases set them; settings that are set equally often share the places that they take together. */
function popularity(gold: readonly string[], cases: readonly TuningCase[]): number {
  const times = new Map<string, number>();
  for (const tuned of cases) for (const name of namesOf(tuned)) times.set(name, (times.get(name) ?? 0) + 1);
  const right = new Set(gold);
  let place = 0;
  let sum = 0;
  for (const count of [...new Set(times.values())].sort((a, b) => b - a)) {
    const tied = [...times].filter(([, own]) => own === count).map(([name]) => name);
    const worth = tied.reduce((all, _name, i) => all + (place + i < depth ? discount(place + i) : 0), 0) / tied.length;
    sum += worth * tied.filter((name) => right.has(name)).length;
    place += tied.length;
  }
  return sum / ideal(gold.length);
}

interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Mean with its 95 % interval by resampling. */
function interval(values: readonly number[]): Interval {
  const next = random(11);
  const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / Math.max(1, list.length);
  const samples = Array.from({ length: 4000 }, () => mean(values.map(() => values[Math.floor(next() * values.length)] ?? 0))).sort((a, b) => a - b);
  return { value: mean(values), low: samples[100] ?? 0, high: samples[3899] ?? 0 };
}

function cells({ value, low, high }: Interval): readonly [string, string] {
  return [value.toFixed(3), `${low.toFixed(2)}–${high.toFixed(2)}`];
}
