import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Cancel, Remote } from "../../engine/ports";
import { lookAtFiles, type LookedFile } from "../../engine/tuning/apply/look";
import { planApply } from "../../engine/tuning/apply/plan";
import { filesToLookAt, planFiles } from "../../engine/tuning/apply/plan-files";
import { sysctlFile } from "../../engine/tuning/apply/rollback-file";
import { confirmApply, rollBack, startApply, type ApplyOutcome, type ApplyPorts } from "../../engine/tuning/apply/run";
import type { ApplyPlan, PlannedFile, RollbackFile } from "../../engine/tuning/apply/types";
import type { MachineFacts } from "../../engine/tuning/facts/types";
import { formatOf } from "../../engine/tuning/files/formats";
import { loadPack } from "../../engine/tuning/pack/load";
import type { RollbackChoice, TuningChoice, TuningEditView, TuningFileView, TuningMachine, TuningOutcomeView, TuningPlanView } from "../../protocol/tuning-suggest";
import { collectFacts } from "../../tuning/machine";
import { fileNote, outcomeLines } from "../../tuning/outcome";
import { audit, keepRollback, loadRollback, recordsFolder } from "../../tuning/records";
import { Told } from "../guard";
import { factsOf, remoteOf, say, told, type MachineServices } from "./machine";

/** Below which a machine has its values and files. */
const machineRoot = "/";

export async function planFor({ choices, machine }: { readonly choices: readonly TuningChoice[]; readonly machine: TuningMachine }, services: MachineServices, cancel: Cancel): Promise<TuningPlanView> {
  const facts = await factsOf(machine, services, cancel);
  // A facts file is not a machine: there is nothing to look at.
  const remote = machine.kind === "here" || machine.kind === "ssh" ? remoteOf(machine, services) : undefined;
  const plan = await planOf(choices, facts, remote, services, cancel);
  const refused = plan.refused.map(({ name, why }) => say(services, { id: "tuning.refused", args: { name, why: services.words.locale === "zh-cn" ? why.zh : why.en } }));
  const text = (after: boolean): string => plan.changes.map(({ name, old, value }) => `${name} = ${after && value !== undefined ? value : old}\n`).join("");
  const files = plan.files.map((file) => fileView(file, services));
  return { before: text(false), after: text(true), refused, count: plan.changes.filter(({ value }) => value !== undefined).length, files, file: sysctlFile(plan, new Date(services.workbench.clock.now()).toISOString()) };
}

function fileView(file: PlannedFile, services: MachineServices): TuningFileView {
  const { path, before, after, names } = file;
  const note = fileNote(file);
  return { path, before: before ?? "", after, names, note: note === undefined ? "" : say(services, note), hash: hashOf(before, after, services) };
}

/** Of what was there and what is to be there. */
function hashOf(before: string | undefined, after: string, { workbench: { hash } }: MachineServices): string {
  return hash.sha256(`${before === undefined ? "-" : hash.sha256(before)} ${hash.sha256(after)}`);
}

export async function applyTo({ choices, machine, seconds, files: shown }: { readonly choices: readonly TuningChoice[]; readonly machine: TuningMachine; readonly seconds: number; readonly files: readonly { readonly path: string; readonly hash: string }[] }, services: MachineServices, cancel: Cancel): Promise<TuningOutcomeView> {
  const remote = remoteOf(machine, services);
  const { facts } = await told(collectFacts(remote, cancel), services);
  const whole = await planOf(choices, facts, shown.length === 0 ? undefined : remote, services, cancel);
  const files = whole.files.filter(({ path, before, after }) => shown.some((file) => file.path === path && file.hash === hashOf(before, after, services)));
  const other = shown.find(({ path }) => !files.some((file) => file.path === path));
  if (other !== undefined) throw new Told(say(services, { id: "tuning.error.changed", args: { name: other.path } }));
  const plan = { ...whole, files };
  if (plan.changes.length === 0 && files.length === 0) throw new Told(say(services, { id: "tuning.error.nothing" }));
  const folder = recordsFolder(process.env);
  const now = (): number => services.workbench.clock.now();
  const { file, path } = await keepRollback(folder, plan, machine.kind === "ssh" ? machine.host : "", machineRoot, now());
  await audit(folder, "apply", file, undefined, now());
  const outcome = await startApply(portsOf(remote, services), file, files, Math.min(600, Math.max(10, Math.round(seconds))), cancel);
  await audit(folder, "apply", file, outcome, now());
  return outcomeView(file, path, outcome, "applied", services);
}

/** What the choices make of a text that the editor holds: the user sees it as an edit of their own, with undo. */
export async function editFor({ choices, path, text }: { readonly choices: readonly TuningChoice[]; readonly path: string; readonly text: string }, { settings }: MachineServices): Promise<TuningEditView> {
  const looked: LookedFile = { why: "named", component: "-", given: path, path, text };
  const locked = settings.current().tuning.locked;
  if (formatOf(path, text) === undefined) return { text: undefined, names: [] };
  // Nobody writes to a kernel here: a sysctl's file is edited whatever this machine's kernel has.
  const { files: [file] } = planFiles(choices, { changes: [], refused: [] }, [looked], await loadPack(), locked);
  return file === undefined ? { text: undefined, names: [] } : { text: file.after, names: file.names };
}

/** Keeps the values, or puts the old ones back. */
export async function afterwards(action: "confirm" | "rollback", path: string, services: MachineServices, cancel: Cancel): Promise<TuningOutcomeView> {
  const folder = recordsFolder(process.env);
  const file = dirname(path) === folder ? await loadRollback(path) : undefined;
  if (file === undefined) throw new Told(say(services, { id: "tuning.noRollbackFile", args: { path } }));
  const remote = remoteOf(file.host === "" ? { kind: "here" } : { kind: "ssh", host: file.host }, services);
  const outcome = await (action === "confirm" ? confirmApply : rollBack)(portsOf(remote, services), file, cancel);
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
    const changed = file.changes.filter(({ value }) => value !== undefined).map(({ name: of, old, value }) => `${of} ${old} → ${value ?? ""}`);
    found.push({ path, at: file.at, label: [...changed, ...(file.files ?? []).map(({ path: of }) => of)].join(", "), description: `${file.host === "" ? "localhost" : file.host}, ${file.at}` });
  }
  return { choices: found.sort((a, b) => (a.at < b.at ? 1 : -1)).map(({ path, label, description }) => ({ path, label, description })) };
}

function portsOf(remote: Remote, { workbench: { decode, hash } }: MachineServices): ApplyPorts {
  return { remote, decode, hash };
}

/** `remote` undefined leaves files out. */
async function planOf(choices: readonly TuningChoice[], facts: MachineFacts, remote: Remote | undefined, services: MachineServices, cancel: Cancel): Promise<ApplyPlan> {
  const pack = await loadPack();
  const locked = services.settings.current().tuning.locked;
  const live = planApply(choices, facts, pack, locked);
  if (remote === undefined) return { ...live, files: [] };
  const looked = await lookAtFiles(portsOf(remote, services), machineRoot, filesToLookAt(choices, pack, []), cancel);
  return planFiles(choices, live, looked, pack, locked);
}

function outcomeView(file: RollbackFile, path: string, { reports, state, error, stderr }: ApplyOutcome, wanted: string, services: MachineServices): TuningOutcomeView {
  const names = new Map(file.changes.map(({ path: of, name }) => [of, name]));
  const values = outcomeLines(file, reports).map((message) => say(services, message));
  const text = error === undefined ? say(services, { id: `tuning.state.${state ?? "forgotten"}` }) : say(services, { id: `tuning.error.${error.what}`, args: { name: names.get(error.name) ?? error.name, detail: stderr.trim().slice(0, 300) } });
  return { ok: error === undefined && state === wanted, text, report: `${[text, "", ...values].join("\n")}\n`, path };
}
