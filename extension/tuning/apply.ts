import * as vscode from "vscode";
import type { SuggestionsView, SuggestionView, TuningChoice, TuningFileView, TuningMachine, TuningOutcomeView, TuningPlanView } from "../../language-server/protocol/tuning-suggest";
import { withoutLinks } from "../notice";
import { Told, type Handler, type Services } from "../services";
import { applyEdit, openEdits, type OpenEdit } from "./edit";

/** How long the machine waits for a yes before it puts the old values back. */
const seconds = 60;

/** What was decided in front of the preview. */
type Answer = { readonly kind: "apply" | "applyFiles" | "file" } | { readonly kind: "edit"; readonly edit: OpenEdit };

/** Shows what would change, and changes it only when that is asked for. */
export async function applyChosen(services: Services, view: SuggestionsView, chosen: readonly SuggestionView[], machine: TuningMachine): Promise<void> {
  const { server } = services;
  const choices = chosen.map(({ name, value }) => ({ name, value }));
  const [plan, edits] = await Promise.all([machine.kind === "none" ? nothing : server.request("keelson/tuning/plan", { choices, machine }), openEdits(server, choices)]);
  await preview(services, chosen, plan, edits);
  const answer = await askWhatNow(plan, edits, machine);
  switch (answer?.kind) {
    case "file":
      return openUntitled(`${plan.file}${settingLines(chosen.filter(({ live }) => !live || plan.file === ""))}`);
    case "edit":
      return applyEdit(answer.edit);
    case "apply":
    case "applyFiles": {
      const files = answer.kind === "applyFiles" ? plan.files : [];
      if (await isConfirmed(plan, files, machine, view)) await applyAndConfirm(services, choices, machine, files);
      return undefined;
    }
    case undefined:
      return undefined;
  }
}

/** Without a machine nothing is read and nothing can be written. */
const nothing: TuningPlanView = { before: "", after: "", refused: [], count: 0, files: [], file: "" };

/** Values, the machine's files and the open documents, each as it is and as it would be. */
async function preview({ reports }: Services, chosen: readonly SuggestionView[], plan: TuningPlanView, edits: readonly OpenEdit[]): Promise<void> {
  const placed = new Set([...plan.files, ...edits].flatMap(({ names }) => names));
  const rest = chosen.filter(({ name, live }) => !placed.has(name) && (!live || plan.file === ""));
  const values = { name: vscode.l10n.t("values.conf"), before: plan.before + settingNames(rest, false), after: plan.after + settingNames(rest, true) };
  const files = plan.files.map(({ path, before, after }) => ({ name: path, before, after }));
  const documents = edits.map(({ document, text }) => ({ name: vscode.workspace.asRelativePath(document.uri), before: document.getText(), after: text }));
  const parts = [...(values.after === "" ? [] : [values]), ...files, ...documents];
  const title = vscode.l10n.t("Tuning: now ↔ after");
  const [only] = parts;
  if (only !== undefined && parts.length === 1) await reports.compare(vscode.l10n.t("now {0}", only.name), only.before, vscode.l10n.t("after {0}", only.name), only.after, title);
  else if (parts.length > 1) await reports.compareAll(parts, title);
}

async function askWhatNow(plan: TuningPlanView, edits: readonly OpenEdit[], machine: TuningMachine): Promise<Answer | undefined> {
  const isWritable = (machine.kind === "here" || machine.kind === "ssh") && vscode.workspace.isTrusted;
  const answers: { readonly title: string; readonly answer: Answer }[] = [];
  if (isWritable && plan.count > 0) answers.push({ title: plan.count === 1 ? vscode.l10n.t("Apply 1 Value…") : vscode.l10n.t("Apply {0} Values…", plan.count), answer: { kind: "apply" } });
  if (isWritable && plan.files.length > 0) answers.push({ title: plan.count > 0 ? vscode.l10n.t("Apply and Keep in Files…") : vscode.l10n.t("Write to Files…"), answer: { kind: "applyFiles" } });
  for (const edit of edits.slice(0, 2)) answers.push({ title: vscode.l10n.t("Edit {0}", edit.document.uri.path.split("/").at(-1) ?? ""), answer: { kind: "edit", edit } });
  answers.push({ title: vscode.l10n.t("Open as a File"), answer: { kind: "file" } });
  const told = [vscode.l10n.t("Nothing was written yet."), ...plan.refused].join(" ");
  return (await vscode.window.showInformationMessage(withoutLinks(told), ...answers))?.answer;
}

async function isConfirmed(plan: TuningPlanView, files: readonly TuningFileView[], machine: TuningMachine, view: SuggestionsView): Promise<boolean> {
  const where = machine.kind === "ssh" ? machine.host : vscode.l10n.t("This Machine");
  const yes = vscode.l10n.t("Write to {0}", where);
  const detail = [withoutLinks(view.title), plan.after.trimEnd(), files.map(({ path, names }) => `${path}: ${names.join(", ")}`).join("\n"), files.flatMap(({ note }) => note || []).join("\n"), vscode.l10n.t("The machine puts the old values back after {0} seconds unless you keep them.", seconds)];
  const question = files.length === 0 ? vscode.l10n.t("Write these values to the running kernel?") : plan.count === 0 ? vscode.l10n.t("Write these files?") : vscode.l10n.t("Write these values to the running kernel, and these files?");
  return (await vscode.window.showWarningMessage(question, { modal: true, detail: detail.filter((part) => part !== "").join("\n\n") }, yes)) === yes;
}

async function applyAndConfirm({ server, reports }: Services, choices: readonly TuningChoice[], machine: TuningMachine, files: readonly TuningFileView[]): Promise<void> {
  const shown = files.map(({ path, hash }) => ({ path, hash }));
  const outcome = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Writing behind a timer…"), cancellable: true }, (_progress, token) => server.request("keelson/tuning/apply", { choices, machine, seconds, files: shown }, token));
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

/** Puts the values and files of an earlier change back, and shows that they are as before. */
export const rollBackTuning: Handler = async ({ server, reports }) => {
  const { choices } = await server.request("keelson/tuning/rollbacks", null);
  if (choices.length === 0) throw new Told(vscode.l10n.t("Nothing was applied yet, so there is nothing to put back."));
  const items = choices.map(({ path, label, description }) => ({ path, label, detail: description }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Put back which values?"), matchOnDetail: true });
  if (picked === undefined) return;
  const yes = vscode.l10n.t("Put Back");
  if ((await vscode.window.showWarningMessage(vscode.l10n.t("Write the old values back?"), { modal: true, detail: picked.label }, yes)) !== yes) return;
  await show({ reports }, await server.request("keelson/tuning/rollback", { path: picked.path }));
};

/** Settings that have no file to show them in. */
function settingNames(chosen: readonly SuggestionView[], after: boolean): string {
  return chosen.map(({ name, component, current, value }) => `${component === "kernel" ? "" : `${component}: `}${name} = ${after ? value : (current ?? "?")}\n`).join("");
}

function settingLines(chosen: readonly SuggestionView[]): string {
  return chosen.map(({ name, component, value, reason }) => `# ${component}: ${reason}\n${name} = ${value}\n`).join("");
}

async function openUntitled(content: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: "properties" }), { preview: false });
}
