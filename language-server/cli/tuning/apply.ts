import { resolve } from "node:path";
import { nodeDecode } from "../../adapters/decode";
import { nodeHash } from "../../adapters/hash";
import { lineDiff } from "../../engine/tuning/apply/line-diff";
import { lookAtFiles } from "../../engine/tuning/apply/look";
import { planApply, type WantedValue } from "../../engine/tuning/apply/plan";
import { filesToLookAt, planFiles } from "../../engine/tuning/apply/plan-files";
import { planDiff, sysctlFile } from "../../engine/tuning/apply/rollback-file";
import { beforeOf, compareNow, confirmApply, rollBack, startApply, type ApplyOutcome, type ApplyPorts } from "../../engine/tuning/apply/run";
import type { ApplyPlan, RollbackFile } from "../../engine/tuning/apply/types";
import { loadPack } from "../../engine/tuning/pack/load";
import { collectFacts } from "../../tuning/machine";
import { fileNote, outcomeLines } from "../../tuning/outcome";
import { audit, keepRollback, loadRollback, recordsFolder } from "../../tuning/records";
import { UsageError } from "../usage";
import type { Run } from "../main";
import { printable, printableJson } from "../terminal";
import { remoteOf, type MachineArguments } from "./options";
import { languageOf } from "./suggest";

type ApplyRun = Pick<Run, "settings" | "terminal" | "words" | "log" | "cancel">;

/** `keelson tuning apply`: shows what would change; with `--yes` writes it behind a timer. */
export async function runApply(run: ApplyRun, asked: MachineArguments): Promise<number> {
  const remote = remoteOf(asked);
  const ports = { remote, decode: nodeDecode, hash: nodeHash };
  const plan = await makePlan(run, asked, ports);
  for (const { name, why } of plan.refused) run.log.warn(run.words.say({ id: "tuning.refused", args: { name, why: why[languageOf(run)] } }));
  if (plan.changes.length === 0 && plan.files.length === 0) {
    run.terminal.out(`${run.words.say({ id: "tuning.noChange" })}\n`);
    return plan.refused.length > 0 ? 1 : 0;
  }
  if (!asked.yes) return dryRun(run, asked, plan, remote.name);
  const folder = recordsFolder(process.env);
  const { file, path } = await keepRollback(folder, plan, asked.host ?? "", asked.root, Date.now());
  await audit(folder, "apply", file, undefined, Date.now());
  const outcome = await startApply(ports, file, plan.files, asked.seconds, run.cancel);
  await audit(folder, "apply", file, outcome, Date.now());
  tell(run, asked, file, outcome);
  if (outcome.state !== "applied" || outcome.error !== undefined) return 2;
  for (const note of plan.files.map(fileNote)) if (note !== undefined) run.log.warn(run.words.say(note));
  run.log.warn(run.words.say({ id: "tuning.confirmSoon", args: { seconds: asked.seconds, path } }));
  return 0;
}

async function makePlan(run: ApplyRun, asked: MachineArguments, ports: ApplyPorts): Promise<ApplyPlan> {
  const wanted = wantedValues(asked.set);
  const { facts } = await collectFacts(ports.remote, run.cancel);
  const pack = await loadPack();
  const locked = [...run.settings.tuning.locked, ...asked.lock];
  const live = planApply(wanted, facts, pack, locked);
  if (!asked.intoFiles) return { ...live, files: [] };
  const looked = await lookAtFiles(ports, asked.root, filesToLookAt(wanted, pack, asked.named), run.cancel);
  return planFiles(wanted, live, looked, pack, locked);
}

function dryRun(run: ApplyRun, asked: MachineArguments, plan: ApplyPlan, host: string): number {
  const lasting = asked.intoFiles || plan.changes.every(({ path }) => !path.startsWith("proc/sys/")) ? "" : `${run.words.say({ id: "tuning.lasting" })}\n${sysctlFile(plan, new Date().toISOString()).split("\n").map(printable).join("\n")}\n`;
  if (asked.format === "json") run.terminal.out(`${printableJson({ ...plan, files: plan.files.map(({ path, component, before, after, names, restart }) => ({ path, component, names, restart, diff: lineDiff(before ?? "", after) })) })}\n`);
  else run.terminal.out(`${planDiff(plan, host).split("\n").map(printable).join("\n")}\n\n${lasting}${run.words.say({ id: "tuning.dryRun" })}\n`);
  return 0;
}

/** `keelson tuning confirm FILE` and `keelson tuning rollback FILE [--check]`. */
export async function runAfterwards(run: ApplyRun, asked: MachineArguments): Promise<number> {
  const [given] = asked.files;
  if (given === undefined || asked.files.length > 1) throw new UsageError({ id: "tuning.needsRollback" });
  const file = await loadRollback(resolve(given));
  if (file === undefined) throw new UsageError({ id: "tuning.noRollback", args: { path: given } });
  const host = asked.host ?? (file.host === "" ? undefined : file.host);
  const ports = { remote: remoteOf({ ...asked, host }), decode: nodeDecode, hash: nodeHash };
  const folder = recordsFolder(process.env);
  if (asked.check) {
    const outcome = await compareNow(ports, file, run.cancel);
    tell(run, asked, file, outcome);
    return sameAsBefore(file, outcome) ? 0 : 1;
  }
  const action = asked.verb === "confirm" ? "confirm" : "rollback";
  const outcome = await (action === "confirm" ? confirmApply : rollBack)(ports, file, run.cancel);
  await audit(folder, action, file, outcome, Date.now());
  tell(run, asked, file, outcome);
  return outcome.error === undefined && outcome.state === (action === "confirm" ? "confirmed" : "restored") ? 0 : 2;
}

function sameAsBefore(file: RollbackFile, { reports }: ApplyOutcome): boolean {
  const read = new Map(reports.filter(({ what }) => what === "back").map(({ name, value }) => [name, value]));
  return [...beforeOf(file)].every(([path, old]) => read.get(path) === old);
}

function tell({ terminal, words, log }: ApplyRun, { format }: MachineArguments, file: RollbackFile, { reports, state, error, stderr }: ApplyOutcome): void {
  const names = new Map(file.changes.map(({ path, name }) => [path, name]));
  if (format === "json") terminal.out(`${printableJson({ id: file.id, host: file.host, state: error === undefined ? state : error.what, values: reports.flatMap(({ what, name, value }) => (what === "now" || what === "back" ? [{ name: names.get(name) ?? name, value }] : [])) })}\n`);
  else {
    for (const message of outcomeLines(file, reports)) terminal.out(`${printable(words.say(message))}\n`);
    if (error === undefined && state !== undefined) terminal.out(`${words.say({ id: `tuning.state.${state}` })}\n`);
  }
  if (error !== undefined) log.error(words.say({ id: `tuning.error.${error.what}`, args: { name: names.get(error.name) ?? error.name, detail: stderr.trim().slice(0, 300) } }));
}

/** `name=value`, as sysctl takes it. */
function wantedValues(set: readonly string[]): readonly WantedValue[] {
  if (set.length === 0) throw new UsageError({ id: "tuning.needsSet" });
  return set.map((entry) => {
    const at = entry.indexOf("=");
    if (at <= 0) throw new UsageError({ id: "cli.badValue", args: { option: "--set", value: entry, allowed: "NAME=VALUE" } });
    return { name: entry.slice(0, at).trim(), value: entry.slice(at + 1).trim() };
  });
}
