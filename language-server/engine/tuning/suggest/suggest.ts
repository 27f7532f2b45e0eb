import { checkCancel, type Cancel } from "../../ports";
import type { MachineFacts } from "../facts/types";
import type { Pack } from "../pack/load";
import type { PackSetting, TuningCase } from "../pack/types";
import { foldName } from "../store/terms";
import type { KnowledgeStore } from "../store/types";
import type { ParameterRecord } from "../types";
import { hardwareSuggestions } from "./hardware";
import { rankSettings, type LikeCase, type RankedSetting } from "./rank";
import { riskOf } from "./risk";
import { againstMachine, hardwareFits, ownedElsewhere } from "./rules";
import { againstSense, enoughEvidence, programIsMeant } from "./sense";
import type { Evidence, LeftOut, SuggestAnswer, SuggestedSetting, Words } from "./types";
import { storedFor } from "./stored";
import { absoluteValue, checkValue, sameValue } from "./value";
import { readWorkload } from "./workload";

export interface SuggestRequest {
  /** Plain words, English or Chinese. */
  readonly workload: string;
  readonly facts: MachineFacts | undefined;
  /** 12 unless told. */
  readonly limit?: number;
}

export interface SuggestSources {
  readonly pack: Pack;
  readonly cases: readonly TuningCase[];
  /** What was imported: evidence beside the pack's, profiles as cases, and words that order. */
  readonly store?: Pick<KnowledgeStore, "get" | "search">;
}

const usualLimit = 12;
/** What cases agree on most comes before what the machine shows. */
const beforeRules = 3;
/** A case less alike than this is no evidence; found by reading what it brings on the development half. */
const leastLikeness = 0.25;
/** Nor is one that is much less alike than the best. */
const leastShare = 0.6;

/** Settings for a workload, each with who says so; nothing where the evidence is thin. */
export async function suggestTuning({ workload: text, facts, limit = usualLimit }: SuggestRequest, { pack, cases, store }: SuggestSources, cancel: Cancel | undefined): Promise<SuggestAnswer> {
  const workload = readWorkload(text);
  const stored = await storedFor(text, store, cases, cancel);
  const fitting = [...cases, ...stored.cases].filter(({ hardware }) => hardwareFits(hardware, facts));
  const ranked = rankSettings(workload, fitting, pack.settings, stored.found);
  checkCancel(cancel);
  const missing = whatIsMissing(ranked, facts);
  const collected: Collected = { suggestions: [], already: [], leftOut: [], taken: new Set() };
  const best = bestLikeness(ranked);
  for (const entry of programsFirst(ranked)) {
    if (collected.suggestions.length >= limit) break;
    if (programIsMeant(entry.component, text)) consider(entry, Math.max(leastLikeness, best * leastShare), pack, facts, collected);
  }
  const suggestions: SuggestedSetting[] = [];
  // What the machine tells joins what cases tell; by itself it is no answer to a workload that nothing is known of.
  const ruled = facts === undefined || collected.suggestions.length === 0 ? [] : hardwareSuggestions(workload, facts, pack);
  const ordered = [...collected.suggestions.slice(0, beforeRules), ...ruled, ...collected.suggestions.slice(beforeRules)];
  for (const suggestion of ordered.slice(0, limit)) {
    checkCancel(cancel);
    suggestions.push(await withStore(suggestion, store));
  }
  const answer = { suggestions, already: collected.already, leftOut: collected.leftOut.slice(0, 40), missing, understood: workload.named };
  return { ...answer, reading: worthReading(answer, stored.read, text) };
}

const mostReading = 5;

/** What the store's search finds beside: described, never recommended, since no case sets it. */
function worthReading({ suggestions, already, leftOut, understood }: Omit<SuggestAnswer, "reading">, read: readonly ParameterRecord[], workload: string): readonly ParameterRecord[] {
  if (understood.length === 0) return [];
  const told = new Set([...suggestions.map(({ name }) => name), ...already, ...leftOut.map(({ name }) => name)].map(foldName));
  const fresh = read.filter(({ name, component }) => programIsMeant(component, workload) && !told.has(foldName(name)));
  return fresh.filter(({ name }, i) => fresh.findIndex((other) => foldName(other.name) === foldName(name)) === i).slice(0, mostReading);
}

interface Collected {
  readonly suggestions: SuggestedSetting[];
  readonly already: string[];
  readonly leftOut: LeftOut[];
  /** Of an exclusive pair the better one only. */
  readonly taken: Set<string>;
}

/** The kernel's settings are in many cases, a program's in its own alone: where a program is meant, its settings come with them. */
function programsFirst(ranked: readonly RankedSetting[]): readonly RankedSetting[] {
  const worth = ({ component, score }: RankedSetting): number => score + (component === "kernel" ? 0 : 0.25);
  return [...ranked].sort((a, b) => worth(b) - worth(a));
}

function bestLikeness(ranked: readonly RankedSetting[]): number {
  return Math.max(0, ...ranked.flatMap(({ cases }) => cases.slice(0, 1).map(({ likeness }) => likeness)));
}

function consider(entry: RankedSetting, least: number, pack: Pack, facts: MachineFacts | undefined, { suggestions, already, leftOut, taken }: Collected): void {
  const setting = pack.get(entry.name).find(({ component }) => component === entry.component);
  const paired = setting?.conflicts?.some(({ rule }) => rule === "exclusive") ?? false;
  // 0 in one of an exclusive pair only says that the other one counts.
  const like = entry.cases.filter(({ tuned, likeness }) => likeness >= least && !(paired && caseValue(tuned, entry.component, entry.name) === "0"));
  // A name that is not in the pack has no type, no range and no source: nothing is said of it.
  if (like.length === 0 || setting === undefined) return;
  const { name } = setting;
  if (!enoughEvidence(like)) {
    leftOut.push({ name, why: { en: "only a profile sets it that is not much like this workload", zh: "只有与此负载不太相似的配置档设置了它" } });
    return;
  }
  const given = valueOf(entry, like);
  const value = absoluteValue(setting, given, facts);
  const current = setting.kind === "sysctl" ? facts?.sysctls[name] : undefined;
  const against = value === undefined ? { en: "its value depends on how much memory there is", zh: "取值取决于内存大小" } : ownedElsewhere(name) ? { en: "container networks set it themselves", zh: "由容器网络自行设置" } : facts === undefined ? outdated(setting) : againstMachine(setting, value, current, facts);
  const rival = setting.conflicts?.find(({ rule, other }) => rule === "exclusive" && taken.has(other))?.other;
  if (against !== undefined || value === undefined || rival !== undefined) {
    leftOut.push({ name, why: against ?? { en: `${rival ?? ""} is suggested, and the two are one limit`, zh: `已建议 ${rival ?? ""}，两者是同一限制` } });
    return;
  }
  const checked = checkValue(setting, value);
  if ("wrong" in checked) {
    leftOut.push({ name, why: { en: `${value}: ${checked.wrong.en}`, zh: `${value}：${checked.wrong.zh}` } });
    return;
  }
  // Nobody looks into a program: its default is what it has unless its file says otherwise.
  const likely = current ?? (setting.component === "kernel" ? undefined : setting.default);
  if (likely !== undefined && sameValue(likely, value)) {
    already.push(name);
    return;
  }
  const now = (other: string): string | undefined => suggestions.find((suggestion) => suggestion.name === other)?.value ?? facts?.sysctls[other] ?? pack.get(other)[0]?.default;
  const senseless = againstSense(setting, value, now);
  if (senseless !== undefined) {
    leftOut.push({ name, why: senseless });
    return;
  }
  taken.add(name);
  suggestions.push(suggestionOf(setting, value, current, like, entry.score, given));
}

function outdated({ component, until }: PackSetting): Words | undefined {
  return until === undefined ? undefined : { en: `${component} has it up to ${until} only`, zh: `${component} 仅到 ${until} 为止有此项` };
}

/** A maker's own words and a measurement count for more than a profile that nobody explained. */
const trust = { measurement: 3, document: 3, profile: 1 } as const;

/** What the like cases set, each counted by its likeness and by who says so; the most alike one decides between equals. */
function valueOf({ component, name }: RankedSetting, like: readonly LikeCase[]): string {
  const votes = new Map<string, number>();
  for (const { tuned, likeness } of like) {
    const value = caseValue(tuned, component, name);
    if (value !== undefined) votes.set(value, (votes.get(value) ?? 0) + trust[tuned.origin] * likeness ** 2);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}

function caseSetting({ settings }: TuningCase, component: string, name: string): TuningCase["settings"][number] | undefined {
  return settings.find((setting) => setting.component === component && setting.name === name);
}

function caseValue(tuned: TuningCase, component: string, name: string): string | undefined {
  return caseSetting(tuned, component, name)?.value;
}

function suggestionOf(setting: PackSetting, value: string, current: string | undefined, like: readonly LikeCase[], score: number, given: string): SuggestedSetting {
  const { component, kind, name, description, descriptionZh } = setting;
  const evidence = evidenceOf(setting, like, given);
  const measured = like.find(({ tuned }) => tuned.effect !== undefined);
  const told = evidence[0]?.origin ?? "description";
  return {
    component,
    kind,
    name,
    ...(current === undefined ? {} : { current }),
    value,
    reason: { en: description, zh: descriptionZh },
    evidence,
    effect:
      measured?.tuned.effect === undefined
        ? { says: { en: "nobody published what it brings; measure before and after", zh: "没有公开的效果数据；请在前后各测一次" }, origin: told }
        : { says: { en: measured.tuned.effect, zh: measured.tuned.effect }, origin: measured.tuned.origin },
    risk: riskOf(setting, value),
    restart: setting.restart ?? "none",
    conflicts: (setting.conflicts ?? []).map(({ other, why, whyZh }) => ({ other, says: { en: why, zh: whyZh } })),
    score: Math.round(score * 1000) / 1000,
  };
}

function evidenceOf(setting: PackSetting, like: readonly LikeCase[], given: string): readonly Evidence[] {
  const order = { measurement: 0, document: 1, profile: 2 } as const;
  const cases = like
    .map(({ tuned, likeness }) => ({ tuned, likeness, value: caseValue(tuned, setting.component, setting.name), ours: caseSetting(tuned, setting.component, setting.name)?.ours === true }))
    .sort((a, b) => Number(b.value === given) - Number(a.value === given) || order[a.tuned.origin] - order[b.tuned.origin] || b.likeness - a.likeness)
    .slice(0, 4)
    .map(({ tuned, likeness, value, ours }): Evidence => ({ origin: tuned.origin, says: tuned.workload, ...(value === undefined ? {} : { value }), ...(ours ? { valueIsOurs: true } : {}), likeness: Math.round(likeness * 100) / 100, source: tuned.source }));
  const described = setting.sources.slice(0, 1).map((source): Evidence => ({ origin: "description", says: { en: setting.description, zh: setting.descriptionZh }, source }));
  return [...cases, ...described];
}

/** What the user's own store says of the name beside the pack. */
async function withStore(suggestion: SuggestedSetting, store: SuggestSources["store"]): Promise<SuggestedSetting> {
  const records = (await store?.get(suggestion.name)) ?? [];
  const found = records.filter(({ kind, component }) => kind === suggestion.kind && component === suggestion.component).slice(0, 1);
  return { ...suggestion, evidence: [...suggestion.evidence, ...found.map(({ description, source }): Evidence => ({ origin: "store", says: { en: description.slice(0, 400), zh: description.slice(0, 400) }, source }))] };
}

function whatIsMissing(ranked: readonly RankedSetting[], facts: MachineFacts | undefined): readonly Words[] {
  const missing: Words[] = [];
  if (bestLikeness(ranked) < leastLikeness)
    missing.push({
      en: "no tuned workload is like this one: say what runs (database, web server, inference, training data, storage) and what matters (throughput, latency, power)",
      zh: "没有与之相似的已调优负载：请说明运行什么（数据库、网站服务器、推理、训练数据、存储）以及看重什么（吞吐、时延、功耗）",
    });
  if (facts === undefined) missing.push({ en: "facts of the machine: current values, memory, NUMA nodes and disks were not looked at", zh: "缺少机器事实：未查看当前值、内存、NUMA 节点与磁盘" });
  return missing;
}
