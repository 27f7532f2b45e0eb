import * as vscode from "vscode";
import type { SuggestionsView, SuggestionView, TuningMachine, TuningOutcomeView, TuningPlanView } from "../../language-server/protocol/tuning-suggest";
import { withoutLinks } from "../notice";
import { Told, type Handler, type Services } from "../services";

/** How long the machine waits for a yes before it puts the old values back. */
const seconds = 60;

/** Shows what would change, and changes it only when that is asked for. */
export async function applyChosen(services: Services, view: SuggestionsView, chosen: readonly SuggestionView[], machine: TuningMachine): Promise<void> {
  const { server, reports } = services;
  const choices = chosen.map(({ name, value }) => ({ name, value }));
  if (machine.kind === "none") {
    await openUntitled(settingLines(chosen));
    return;
  }
  const plan = await server.request("keelson/tuning/plan", { choices, machine });
  await reports.compare(vscode.l10n.t("Values now.conf"), plan.before + programLines(chosen, false), vscode.l10n.t("Values after.conf"), plan.after + programLines(chosen, true), vscode.l10n.t("Tuning: now ↔ after"));
  const answer = await askWhatNow(plan, machine, view);
  if (answer === "file") await openUntitled(`${plan.file}${settingLines(chosen.filter(({ live }) => !live))}`);
  if (answer === "apply") await applyAndConfirm(services, choices, machine);
}

async function askWhatNow(plan: TuningPlanView, machine: TuningMachine, view: SuggestionsView): Promise<"apply" | "file" | undefined> {
  const apply = plan.count === 1 ? vscode.l10n.t("Apply 1 Value…") : vscode.l10n.t("Apply {0} Values…", plan.count);
  const file = vscode.l10n.t("Open as a File");
  const writable = plan.count > 0 && (machine.kind === "here" || machine.kind === "ssh") && vscode.workspace.isTrusted;
  const told = [vscode.l10n.t("Nothing was written yet."), ...plan.refused].join(" ");
  const answer = await vscode.window.showInformationMessage(withoutLinks(told), ...(writable ? [apply, file] : [file]));
  if (answer === file) return "file";
  if (answer !== apply) return undefined;
  const yes = vscode.l10n.t("Write to {0}", machine.kind === "ssh" ? machine.host : vscode.l10n.t("This Machine"));
  const detail = `${withoutLinks(view.title)}\n\n${plan.after}\n${vscode.l10n.t("The machine puts the old values back after {0} seconds unless you keep them.", seconds)}`;
  return (await vscode.window.showWarningMessage(vscode.l10n.t("Write these values to the running kernel?"), { modal: true, detail }, yes)) === yes ? "apply" : undefined;
}

async function applyAndConfirm({ server, reports }: Services, choices: readonly { readonly name: string; readonly value: string }[], machine: TuningMachine): Promise<void> {
  const outcome = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Writing behind a timer…"), cancellable: true }, (_progress, token) => server.request("keelson/tuning/apply", { choices, machine, seconds }, token));
  if (!outcome.ok) {
    await reports.show(vscode.l10n.t("Tuning outcome.txt"), outcome.report);
    throw new Told(outcome.text);
  }
  const keep = vscode.l10n.t("Keep");
  const back = vscode.l10n.t("Put Back Now");
  const answer = await vscode.window.showWarningMessage(vscode.l10n.t("The new values are in force. The machine puts the old ones back in {0} seconds unless you keep them.", seconds), keep, back);
  if (answer === undefined) return;
  await show({ reports }, await server.request(answer === keep ? "keelson/tuning/confirm" : "keelson/tuning/rollback", { path: outcome.path }));
}

async function show({ reports }: Pick<Services, "reports">, outcome: TuningOutcomeView): Promise<void> {
  await reports.show(vscode.l10n.t("Tuning outcome.txt"), outcome.report);
  if (!outcome.ok) throw new Error(outcome.text);
  void vscode.window.showInformationMessage(withoutLinks(outcome.text));
}

/** Puts the values of an earlier change back, and shows that they are as before. */
export const rollBackTuning: Handler = async ({ server, reports }) => {
  const { choices } = await server.request("keelson/tuning/rollbacks", null);
  if (choices.length === 0) throw new Told(vscode.l10n.t("Nothing was applied yet, so there is nothing to put back."));
  const items = choices.map(({ path, label, description }) => ({ path, label, detail: description }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Put back which values?"), matchOnDetail: true });
  if (picked === undefined) return;
  const yes = vscode.l10n.t("Put Back");
  if ((await vscode.window.showWarningMessage(vscode.l10n.t("Write the old values to the running kernel?"), { modal: true, detail: picked.label }, yes)) !== yes) return;
  await show({ reports }, await server.request("keelson/tuning/rollback", { path: picked.path }));
};

/** Settings of programs belong into their own files: they are shown, never written. */
function programLines(chosen: readonly SuggestionView[], after: boolean): string {
  const lines = chosen.filter(({ live }) => !live).map(({ name, component, current, value }) => `${component}: ${name} = ${after ? value : (current ?? "?")}\n`);
  return lines.length === 0 ? "" : `\n${lines.join("")}`;
}

function settingLines(chosen: readonly SuggestionView[]): string {
  return chosen.map(({ name, component, value, reason }) => `# ${component}: ${reason}\n${name} = ${value}\n`).join("");
}

async function openUntitled(content: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: "properties" }), { preview: false });
}
