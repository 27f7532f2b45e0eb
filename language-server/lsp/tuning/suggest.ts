import { readdir } from "node:fs/promises";
import { join, dirname } from "node:path";
import { isHostName, localRemote, sshRemote } from "../../adapters/remote";
import type { Cancel, Model, Remote } from "../../engine/ports";
import { render, type Message } from "../../engine/text/message";
import { planApply } from "../../engine/tuning/apply/plan";
import { sysctlFile } from "../../engine/tuning/apply/rollback-file";
import { confirmApply, rollBack, startApply, type ApplyOutcome } from "../../engine/tuning/apply/run";
import type { ApplyPlan, RollbackFile } from "../../engine/tuning/apply/types";
import type { MachineFacts } from "../../engine/tuning/facts/types";
import { loadPack } from "../../engine/tuning/pack/load";
import { wordSuggestions } from "../../engine/tuning/suggest/model";
import { suggestTuning } from "../../engine/tuning/suggest/suggest";
import type { RollbackChoice, SuggestionsView, TuningChoice, TuningMachine, TuningOutcomeView, TuningPlanView } from "../../protocol/tuning-suggest";
import { collectFacts, NoFacts, savedFacts } from "../../tuning/machine";
import { machineMessages } from "../../tuning/messages";
import { audit, keepRollback, loadRollback, recordsFolder } from "../../tuning/records";
import { suggestSources } from "../../tuning/sources";
import { Told } from "../guard";
import type { Services } from "../services";
import { answerView } from "./suggest-view";

type Some = Pick<Services, "words" | "workbench" | "settings" | "knowledge">;

/** Where the values of a running kernel are. */
const liveRoot = "/proc/sys";

function say({ words }: Pick<Some, "words">, message: Message): string {
  return render(message, machineMessages, words.locale);
}

export async function suggestFor({ workload, machine }: { readonly workload: string; readonly machine: TuningMachine }, services: Some, endpoint: () => Promise<Pick<Model, "describe" | "stream">>, cancel: Cancel): Promise<SuggestionsView> {
  const facts = machine.kind === "none" ? undefined : await factsOf(machine, services, cancel);
  await services.settings.for();
  const sources = await suggestSources(services.knowledge.environment());
  try {
    const answer = await suggestTuning({ workload, facts, limit: 20 }, sources, cancel);
    const worded = await wordSuggestions(answer, workload, services.words.locale === "zh-cn" ? "zh" : "en", { model: await endpoint(), random: services.workbench.random }, cancel);
    return answerView(worded, { workload, facts }, services.words.locale);
  } finally {
    await sources.dispose();
  }
}

export async function planFor({ choices, machine }: { readonly choices: readonly TuningChoice[]; readonly machine: TuningMachine }, services: Some, cancel: Cancel): Promise<TuningPlanView> {
  const facts = await factsOf(machine, services, cancel);
  const plan = await planOf(choices, facts, services);
  const refused = plan.refused.map(({ name, why }) => say(services, { id: "tuning.refused", args: { name, why: services.words.locale === "zh-cn" ? why.zh : why.en } }));
  const text = (after: boolean): string => plan.changes.map(({ name, old, value }) => `${name} = ${after && value !== undefined ? value : old}\n`).join("");
  return { before: text(false), after: text(true), refused, count: plan.changes.filter(({ value }) => value !== undefined).length, file: sysctlFile(plan, new Date(services.workbench.clock.now()).toISOString()) };
}

export async function applyTo({ choices, machine, seconds }: { readonly choices: readonly TuningChoice[]; readonly machine: TuningMachine; readonly seconds: number }, services: Some, cancel: Cancel): Promise<TuningOutcomeView> {
  const remote = remoteOf(machine, services);
  const { facts } = await told(collectFacts(remote, cancel), services);
  const plan = await planOf(choices, facts, services);
  if (plan.changes.length === 0) throw new Told(say(services, { id: "tuning.error.nothing" }));
  const folder = recordsFolder(process.env);
  const now = (): number => services.workbench.clock.now();
  const { file, path } = await keepRollback(folder, plan, machine.kind === "ssh" ? machine.host : "", liveRoot, now());
  await audit(folder, "apply", file, undefined, now());
  const outcome = await startApply({ remote, decode: services.workbench.decode }, file, Math.min(600, Math.max(10, Math.round(seconds))), cancel);
  await audit(folder, "apply", file, outcome, now());
  return outcomeView(file, path, outcome, "applied", services);
}

/** Keeps the values, or puts the old ones back. */
export async function afterwards(action: "confirm" | "rollback", path: string, services: Some, cancel: Cancel): Promise<TuningOutcomeView> {
  const folder = recordsFolder(process.env);
  const file = dirname(path) === folder ? await loadRollback(path) : undefined;
  if (file === undefined) throw new Told(say(services, { id: "tuning.noRollbackFile", args: { path } }));
  const remote = remoteOf(file.host === "" ? { kind: "here" } : { kind: "ssh", host: file.host }, services);
  const outcome = await (action === "confirm" ? confirmApply : rollBack)({ remote, decode: services.workbench.decode }, file, cancel);
  await audit(folder, action, file, outcome, services.workbench.clock.now());
  return outcomeView(file, path, outcome, action === "confirm" ? "confirmed" : "restored", services);
}

export async function rollbackChoices(): Promise<{ readonly choices: readonly RollbackChoice[] }> {
  const folder = recordsFolder(process.env);
  const names = await readdir(folder).catch(() => []);
  const found: (RollbackChoice & { readonly at: string })[] = [];
  for (const name of names.filter((entry) => /^rollback-[0-9a-f]+\.json$/u.test(entry))) {
    const path = join(folder, name);
    const file = await loadRollback(path);
    if (file === undefined) continue;
    const changed = file.changes.filter(({ value }) => value !== undefined);
    found.push({ path, at: file.at, label: changed.map(({ name: of, old, value }) => `${of} ${old} → ${value ?? ""}`).join(", "), description: `${file.host === "" ? "localhost" : file.host}, ${file.at}` });
  }
  return { choices: found.sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ path, label, description }) => ({ path, label, description })) };
}

async function planOf(choices: readonly TuningChoice[], facts: MachineFacts, { settings }: Some): Promise<ApplyPlan> {
  return planApply(choices, facts, await loadPack(), settings.current().tuning.locked);
}

async function factsOf(machine: TuningMachine, services: Some, cancel: Cancel): Promise<MachineFacts> {
  if (machine.kind === "file") return told(savedFacts(machine.path), services);
  return (await told(collectFacts(remoteOf(machine, services), cancel), services)).facts;
}

async function told<T>(work: Promise<T>, services: Some): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof NoFacts) throw new Told(say(services, { id: "tuning.noFacts", args: { from: error.from, detail: error.detail } }));
    throw error;
  }
}

/** No program of any machine is run for a workspace that is not trusted. */
function remoteOf(machine: TuningMachine, services: Some): Remote {
  if (!services.workbench.trusted()) throw new Told(say(services, { id: "tuning.untrusted" }));
  switch (machine.kind) {
    case "here":
      return localRemote();
    case "ssh":
      if (!isHostName(machine.host)) throw new Told(say(services, { id: "tuning.badHost", args: { host: machine.host } }));
      return sshRemote({ host: machine.host });
    case "file":
    case "none":
      throw new Told(say(services, { id: "tuning.fileOnly" }));
  }
}

function outcomeView(file: RollbackFile, path: string, { reports, state, error, stderr }: ApplyOutcome, wanted: string, services: Some): TuningOutcomeView {
  const names = new Map(file.changes.map(({ path: of, name }) => [of, name]));
  const values = reports.flatMap(({ what, name, value }) => {
    const change = file.changes.find(({ path: of }) => of === name);
    if (change === undefined || (what !== "now" && what !== "back")) return [];
    const id = what === "now" ? "tuning.nowReads" : value === change.old.replace(/\s+/gu, " ").trim() ? "tuning.asBefore" : "tuning.notAsBefore";
    return [say(services, { id, args: { name: change.name, value, old: change.old } })];
  });
  const text = error === undefined ? say(services, { id: `tuning.state.${state ?? "forgotten"}` }) : say(services, { id: `tuning.error.${error.what}`, args: { name: names.get(error.name) ?? error.name, detail: stderr.trim().slice(0, 300) } });
  return { ok: error === undefined && state === wanted, text, report: `${[text, "", ...values].join("\n")}\n`, path };
}
