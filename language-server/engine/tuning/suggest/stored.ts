import type { Cancel } from "../../ports";
import type { TuningCase } from "../pack/types";
import { terms } from "../store/terms";
import type { KnowledgeStore, SearchHit } from "../store/types";
import type { KnowledgeKind, ParameterRecord, ProseRecord } from "../types";
import { settingKey } from "./rank";

/** What the user's own store adds to the pack's cases for one workload. */
interface Stored {
  /** Profiles that the user indexed and that read like the workload. */
  readonly cases: readonly TuningCase[];
  /** 0 to 1: how well the store's search finds a setting by the workload's words; by {@link settingKey}. */
  readonly found: ReadonlyMap<string, number>;
  /** What the search finds that has several of the workload's words, the best first. */
  readonly read: readonly ParameterRecord[];
}

const nothingStored: Stored = { cases: [], found: new Map(), read: [] };

/** What is set while a system runs or in a program's file; Kconfig symbols, module parameters and a device's attributes are no tuning of a workload. */
const settable: readonly KnowledgeKind[] = ["sysctl", "setting", "engine-argument", "mount-option"];
const profileComponents = ["tuned", "atune"];
const deepest = 60;
const mostProfiles = 40;

/** Asks the store for settings and profiles by the workload's words. */
export async function storedFor(workload: string, store: Pick<KnowledgeStore, "search"> | undefined, known: readonly TuningCase[], cancel: Cancel | undefined): Promise<Stored> {
  if (store === undefined || workload.trim() === "") return nothingStored;
  const settings = await store.search({ text: workload, kinds: settable, limit: deepest }, cancel);
  const profiles = await store.search({ text: workload, kinds: ["prose"], components: profileComponents, limit: mostProfiles }, cancel);
  const names = new Set(known.map(({ id }) => id));
  const cases = profiles.flatMap(({ record }) => ("heading" in record ? (profileCase(record) ?? []) : [])).filter(({ id }) => !names.has(id));
  return { cases, found: foundShares(settings), read: settings.flatMap(({ record }) => ("name" in record && isAbout(record, workload) ? [record] : [])) };
}

/** One word in common is chance. */
const leastWords = 2;

function isAbout({ name, description }: ParameterRecord, workload: string): boolean {
  const said = new Set(terms(`${name} ${description}`));
  return new Set(terms(workload).filter((term) => said.has(term))).size >= leastWords;
}

/** Scores are comparable within one answer only, so each counts by its share of the best; squared, since most of a long answer is chance. */
function foundShares(hits: readonly Pick<SearchHit, "component" | "name" | "score">[]): ReadonlyMap<string, number> {
  const best = Math.max(0, ...hits.map(({ score }) => score));
  const shares = new Map<string, number>();
  for (const { component, name, score } of hits) {
    const key = settingKey(component, name);
    if (best > 0 && score > 0) shares.set(key, Math.max(shares.get(key) ?? 0, (score / best) ** 2));
  }
  return shares;
}

/** A profile of the user's as a case; its name is that of the pack's case when it is the same published one. */
export function profileCase({ heading, text, component, settings = settingsIn(text), source }: ProseRecord): TuningCase | undefined {
  if (settings.length === 0) return undefined;
  const first = text.split("\n", 1)[0] ?? "";
  const summary = / = |^Builds on /u.test(first) ? "" : first;
  const words = `${heading.replaceAll("-", " ")} ${summary}`.trim().slice(0, 400);
  return { id: `${component}-${heading}`, workload: { en: words, zh: words }, settings, origin: "profile", source };
}

/** An importer without data of its own says a setting a line. */
function settingsIn(text: string): TuningCase["settings"] {
  return text.split("\n").flatMap((line) => {
    const [, name, value] = /^([\w./*-]{1,120}) = (.{1,400})$/u.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, component: "kernel", value }];
  });
}
