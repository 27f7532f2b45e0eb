import { resolve } from "node:path";
import { nodeDecode } from "../../adapters/decode";
import { planApply, type WantedValue } from "../../engine/tuning/apply/plan";
import { planDiff, sysctlFile } from "../../engine/tuning/apply/rollback-file";
import { compareNow, confirmApply, rollBack, startApply, type ApplyOutcome } from "../../engine/tuning/apply/run";
import type { ApplyPlan, RollbackFile } from "../../engine/tuning/apply/types";
import { loadPack } from "../../engine/tuning/pack/load";
import { collectFacts } from "../../tuning/machine";
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
  const { facts } = await collectFacts(remote, run.cancel);
  const plan = planApply(wantedValues(asked.set), facts, await loadPack(), [...run.settings.tuning.locked, ...asked.lock]);
  for (const { name, why } of plan.refused) run.log.warn(run.words.say({ id: "tuning.refused", args: { name, why: why[languageOf(run)] } }));
  if (plan.changes.length === 0) {
    run.terminal.out(`${run.words.say({ id: "tuning.noChange" })}\n`);
    return plan.refused.length > 0 ? 1 : 0;
  }
  if (!asked.yes) return dryRun(run, asked, plan, remote.name);
  const folder = recordsFolder(process.env);
  const { file, path } = await keepRollback(folder, plan, asked.host ?? "", asked.root, Date.now());
  await audit(folder, "apply", file, undefined, Date.now());
  const outcome = await startApply({ remote, decode: nodeDecode }, file, asked.seconds, run.cancel);
  await audit(folder, "apply", file, outcome, Date.now());
  tell(run, asked, file, outcome);
  if (outcome.state !== "applied" || outcome.error !== undefined) return 2;
  run.log.warn(run.words.say({ id: "tuning.confirmSoon", args: { seconds: asked.seconds, path } }));
  return 0;
}

function dryRun(run: ApplyRun, asked: MachineArguments, plan: ApplyPlan, host: string): number {
  if (asked.format === "json") run.terminal.out(`${printableJson(plan)}\n`);
  else run.terminal.out(`${planDiff(plan, host).split("\n").map(printable).join("\n")}\n\n${run.words.say({ id: "tuning.lasting" })}\n${sysctlFile(plan, new Date().toISOString()).split("\n").map(printable).join("\n")}\n${run.words.say({ id: "tuning.dryRun" })}\n`);
  return 0;
}

/** `keelson tuning confirm FILE` and `keelson tuning rollback FILE [--check]`. */
export async function runAfterwards(run: ApplyRun, asked: MachineArguments): Promise<number> {
  const [given] = asked.files;
  if (given === undefined || asked.files.length > 1) throw new UsageError({ id: "tuning.needsRollback" });
  const file = await loadRollback(resolve(given));
  if (file === undefined) throw new UsageError({ id: "tuning.noRollback", args: { path: given } });
  const host = asked.host ?? (file.host === "" ? undefined : file.host);
  const ports = { remote: remoteOf({ ...asked, host }), decode: nodeDecode };
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

function sameAsBefore({ changes }: RollbackFile, { reports }: ApplyOutcome): boolean {
  const read = new Map(reports.filter(({ what }) => what === "back").map(({ name, value }) => [name, value]));
  return changes.every(({ path, old }) => read.get(path) === old.replace(/\s+/gu, " ").trim());
}

function tell({ terminal, words, log }: ApplyRun, { format }: MachineArguments, file: RollbackFile, { reports, state, error, stderr }: ApplyOutcome): void {
  const names = new Map(file.changes.map(({ path, name }) => [path, name]));
  if (format === "json") terminal.out(`${printableJson({ id: file.id, host: file.host, state: error === undefined ? state : error.what, values: reports.flatMap(({ what, name, value }) => (what === "now" || what === "back" ? [{ name: names.get(name) ?? name, value }] : [])) })}\n`);
  else {
    for (const { what, name, value } of reports) {
      const change = file.changes.find(({ path }) => path === name);
      if (change === undefined || (what !== "now" && what !== "back")) continue;
      const mark = what === "back" ? (value === change.old.replace(/\s+/gu, " ").trim() ? "tuning.asBefore" : "tuning.notAsBefore") : "tuning.nowReads";
      terminal.out(`${printable(words.say({ id: mark, args: { name: change.name, value, old: change.old } }))}\n`);
    }
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
