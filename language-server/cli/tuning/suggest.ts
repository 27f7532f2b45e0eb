import { resolve } from "node:path";
import { nodeClock, nodeRandom } from "../../adapters/clock";
import { createModel } from "../../adapters/model";
import type { Model } from "../../engine/ports";
import type { MachineFacts } from "../../engine/tuning/facts/types";
import { wordSuggestions, type Worded } from "../../engine/tuning/suggest/model";
import { suggestTuning } from "../../engine/tuning/suggest/suggest";
import type { SuggestAnswer, SuggestedSetting } from "../../engine/tuning/suggest/types";
import { modelSettingsOf } from "../../model-settings";
import { collectFacts, savedFacts } from "../../tuning/machine";
import { suggestSources } from "../../tuning/sources";
import { createWorkbench, userCacheFolder } from "../../workbench";
import { UsageError } from "../usage";
import type { Run } from "../main";
import { paint, printable, printableJson, wrap } from "../terminal";
import { remoteOf, type MachineArguments } from "./options";

type SuggestRun = Pick<Run, "settings" | "terminal" | "words" | "log" | "cancel">;

/** `keelson tuning suggest`: settings for a workload, ranked, each with who says so. */
export async function runSuggest(run: SuggestRun, asked: MachineArguments): Promise<number> {
  if (asked.workload === undefined || asked.workload.trim() === "") throw new UsageError({ id: "tuning.needsWorkload" });
  const facts = await factsFor(run, asked);
  const sources = await suggestSources(process.env, asked.store === undefined ? undefined : resolve(asked.store));
  try {
    const found = await suggestTuning({ workload: asked.workload, facts, limit: asked.limit }, sources, run.cancel);
    const worded = await wordSuggestions(found, asked.workload, languageOf(run), { model: await modelOf(run, asked), random: nodeRandom }, run.cancel);
    const { answer, remarks, model, failed } = worded;
    if (failed !== undefined) run.log.warn(run.words.say({ id: "tuning.modelFailed", args: { model: model ?? "", detail: failed } }));
    if (asked.format === "json") run.terminal.out(`${printableJson(answer.suggestions.map((suggestion) => jsonOf(suggestion, worded)))}\n`);
    else run.terminal.out(answerText(run, answer, (component, name) => remarks.get(`${component} ${name}`), model));
    if (asked.format === "json" && answer.suggestions.length === 0) for (const missing of answer.missing) run.log.warn(missing[languageOf(run)]);
    return 0;
  } finally {
    await sources.dispose();
  }
}

/** The machine's own proxy variables are read by the model adapter itself. */
const noProxy = { httpProxy: undefined, httpNoProxy: [] };

async function modelOf({ settings, log }: SuggestRun, { model }: MachineArguments): Promise<Model> {
  const workbench = createWorkbench({ trusted: () => true, gitPath: () => settings.git.path, log, storage: userCacheFolder(process.env) });
  const usable = model ? settings : { ...settings, models: [] };
  return createModel({ settings: () => modelSettingsOf(usable, noProxy), keys: () => ({}), cache: await workbench.cacheOf(undefined), clock: nodeClock, random: nodeRandom, log });
}

/** A file, a host, or this machine. */
async function factsFor({ cancel }: SuggestRun, asked: MachineArguments): Promise<MachineFacts> {
  return asked.facts === undefined ? (await collectFacts(remoteOf(asked), cancel)).facts : savedFacts(resolve(asked.facts));
}

export function languageOf({ words }: Pick<Run, "words">): "en" | "zh" {
  return words.locale === "zh-cn" ? "zh" : "en";
}

function jsonOf({ name, component, kind, value, current, reason, evidence, effect, risk, restart, conflicts, score }: SuggestedSetting, { remarks, model }: Worded) {
  const remark = remarks.get(`${component} ${name}`);
  return { name, value, current: current ?? null, reason: reason.en, evidence, risk: risk.level, restart, component, kind, riskReason: risk.says.en, effect: { says: effect.says.en, origin: effect.origin }, conflicts: conflicts.map(({ other, says }) => ({ other, why: says.en })), score, zh: { reason: reason.zh, risk: risk.says.zh, effect: effect.says.zh }, ...(remark === undefined ? {} : { model: { id: model, says: remark } }) };
}

type Remark = (component: string, name: string) => string | undefined;

function answerText(run: SuggestRun, { suggestions, already, leftOut, missing, reading }: SuggestAnswer, remark: Remark, model: string | undefined): string {
  const { terminal, words } = run;
  const language = languageOf(run);
  const parts = suggestions.map((suggestion) => suggestionText(run, suggestion, language, remark(suggestion.component, suggestion.name), model));
  const note = (id: string, args: Readonly<Record<string, string>>): string => `${wrap(printable(words.say({ id, args })), terminal.width)}\n`;
  if (suggestions.length === 0) parts.push(note("tuning.nothingSuggested", {}));
  if (already.length > 0) parts.push(note("tuning.already", { names: already.join(", ") }));
  for (const { name, why } of leftOut.slice(0, 8)) parts.push(note("tuning.leftOut", { name, why: why[language] }));
  for (const { name, component, source } of reading) parts.push(note("tuning.reading", { name: component === "kernel" ? name : `${component} ${name}`, source: `${source.title}:${String(source.line)}` }));
  for (const entry of missing) parts.push(note("tuning.missing", { what: entry[language] }));
  return parts.join("\n");
}

function suggestionText({ terminal, words }: SuggestRun, { name, component, current, value, reason, evidence, effect, risk, restart, conflicts }: SuggestedSetting, language: "en" | "zh", remark: string | undefined, model: string | undefined): string {
  const line = (text: string): string => `${wrap(printable(text), terminal.width, "    ")}\n`;
  const say = (id: string, args: Readonly<Record<string, string>>): string => line(words.say({ id, args }));
  const head = `${paint(terminal, "bold", printable(name))}${component === "kernel" ? "" : ` (${component})`}  ${printable(current ?? "?")} → ${paint(terminal, "cyan", printable(value))}\n`;
  return [
    head,
    line(reason[language]),
    ...evidence.map(({ origin, says, value: set, valueIsOurs, likeness, source }) => say(`tuning.evidence.${valueIsOurs === true ? "named" : origin}`, { says: origin === "description" ? "" : says[language].slice(0, 120), value: set ?? "", likeness: likeness === undefined ? "" : likeness.toFixed(2), source: source.file.endsWith(".html") ? source.title : `${source.title}:${String(source.line)}`, url: source.url ?? "" })),
    ...(remark === undefined ? [] : [say("tuning.remark", { model: model ?? "", says: remark })]),
    say("tuning.effect", { says: effect.says[language] }),
    say(`tuning.risk.${risk.level}`, { says: risk.says[language] }),
    ...(restart === "none" ? [] : [say(`tuning.restart.${restart}`, {})]),
    ...conflicts.map(({ other, says }) => say("tuning.conflict", { other, says: says[language] })),
  ].join("");
}
