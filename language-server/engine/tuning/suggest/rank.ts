import type { PackSetting, TuningCase } from "../pack/types";
import { foldName, terms } from "../store/terms";
import { readWorkload, type Workload } from "./workload";

/** A case that is like the workload. */
export interface LikeCase {
  readonly tuned: TuningCase;
  /** 0 to 1. */
  readonly likeness: number;
}

export interface RankedSetting {
  readonly component: string;
  readonly name: string;
  /** Comparable within one answer. */
  readonly score: number;
  /** The cases that set it, the most alike first. */
  readonly cases: readonly LikeCase[];
  /** 0 to 1: how much of the workload's words its description has. */
  readonly text: number;
}

export interface RankWeights {
  /** Kinds of work beside plain words. */
  readonly kinds: number;
  /** How much a word that few cases have counts for more. */
  readonly rarity: number;
  /** How much a likelier case counts for more. */
  readonly sharpness: number;
  /** What many cases set, whatever the workload. */
  readonly usual: number;
  /** Words of the workload in the description of a setting. */
  readonly text: number;
  /** What the store's search finds by the workload's words; it orders settings that cases set nearly alike, and adds none. More than this made the order worse. */
  readonly found: number;
}

/** Chosen on the development half of the workloads that `npm run bench -- --only tuning-suggest` measures. */
export const usualWeights: RankWeights = { kinds: 3, rarity: 0.5, sharpness: 2, usual: 1, text: 0.2, found: 0.02 };

/** A description that matches less than this says nothing; found on the development half. */
const leastText = 3;

/**
 * Settings in the order in which they matter to a workload, by what was set for its like and by what they are said to do. `found` is
 * how well a search of the user's store finds each, 0 to 1, by {@link settingKey}.
 */
export function rankSettings(workload: Workload, cases: readonly TuningCase[], settings: readonly PackSetting[], found: ReadonlyMap<string, number> = new Map(), weights: RankWeights = usualWeights): readonly RankedSetting[] {
  const likes = likeCases(workload, cases, weights);
  const strength = likes.map(({ likeness }) => likeness ** weights.sharpness);
  const all = strength.reduce((sum, value) => sum + value, 0);
  const drafts = new Map<string, Draft>();
  const draft = (component: string, name: string): Draft => {
    const key = settingKey(component, name);
    let entry = drafts.get(key);
    if (entry === undefined) drafts.set(key, (entry = { component, name, strength: 0, times: 0, cases: [], text: 0 }));
    return entry;
  };
  likes.forEach((like, i) => {
    for (const { component, name } of like.tuned.settings) {
      const entry = draft(component, name);
      entry.strength += strength[i] ?? 0;
      entry.times += 1;
      if (like.likeness > 0) entry.cases.push(like);
    }
  });
  for (const { setting, text } of likeDescriptions(workload, settings)) draft(setting.component, setting.name).text = text;
  return [...drafts.values()]
    .map(({ strength: sum, times, cases: of, ...entry }) => ({
      ...entry,
      cases: of.sort((a, b) => b.likeness - a.likeness),
      score: (all === 0 ? 0 : sum / all) + (weights.usual * times) / Math.max(1, cases.length) + weights.text * entry.text + (of.length === 0 ? 0 : weights.found * (found.get(settingKey(entry.component, entry.name)) ?? 0)),
    }))
    .sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
}

interface Draft {
  readonly component: string;
  readonly name: string;
  strength: number;
  times: number;
  readonly cases: LikeCase[];
  text: number;
}

export function settingKey(component: string, name: string): string {
  return `${component} ${foldName(name)}`;
}

/** How alike each case is: the cosine of words and kinds of work, rare ones counting for more. */
function likeCases(workload: Workload, cases: readonly TuningCase[], weights: RankWeights): readonly LikeCase[] {
  const read = cases.map(({ workload: { en } }) => caseFeatures(en));
  const having = new Map<string, number>();
  for (const features of read) for (const feature of features.keys()) having.set(feature, (having.get(feature) ?? 0) + 1);
  const worth = (feature: string): number => (feature.startsWith("#") ? weights.kinds : 1) * Math.log(1 + (cases.length + 1) / ((having.get(feature) ?? 0) + 0.5)) ** weights.rarity;
  const asked = unitVector(workload.features, worth);
  return cases.map((tuned, i) => {
    let likeness = 0;
    for (const [feature, value] of unitVector(read[i] ?? new Map<string, number>(), worth)) likeness += value * (asked.get(feature) ?? 0);
    return { tuned, likeness };
  });
}

const readBefore = new Map<string, ReadonlyMap<string, number>>();

/** The same cases are looked through for each question. */
function caseFeatures(text: string): ReadonlyMap<string, number> {
  let features = readBefore.get(text);
  if (features === undefined) {
    features = readWorkload(text).features;
    if (readBefore.size < 2000) readBefore.set(text, features);
  }
  return features;
}

function unitVector(features: ReadonlyMap<string, number>, worth: (feature: string) => number): ReadonlyMap<string, number> {
  const weighted = [...features].map(([feature, value]) => [feature, value * worth(feature)] as const);
  const length = Math.sqrt(weighted.reduce((sum, [, value]) => sum + value * value, 0));
  return new Map(weighted.map(([feature, value]) => [feature, length === 0 ? 0 : value / length]));
}

function likeDescriptions(workload: Workload, settings: readonly PackSetting[]): readonly { readonly setting: PackSetting; readonly text: number }[] {
  const bags = settings.map((setting) => new Set(terms(`${setting.name} ${setting.description} ${setting.trap?.en ?? ""}`)));
  const having = new Map<string, number>();
  for (const bag of bags) for (const term of bag) having.set(term, (having.get(term) ?? 0) + 1);
  const scores = bags.map((bag) => {
    let sum = 0;
    for (const term of workload.features.keys()) if (bag.has(term)) sum += Math.log(1 + bags.length / ((having.get(term) ?? 0) + 0.5)) ** 2;
    return sum / Math.sqrt(10 + bag.size);
  });
  const most = Math.max(leastText, ...scores);
  return settings.flatMap((setting, i) => ((scores[i] ?? 0) > 0 ? [{ setting, text: (scores[i] ?? 0) / most }] : []));
}
