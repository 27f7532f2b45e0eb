import * as vscode from "vscode";
import type { SuggestionsView, SuggestionView } from "../../language-server/protocol/tuning-suggest";
import { Told, type Handler, type Services } from "../services";
import { withoutLinks } from "../notice";
import { applyChosen } from "./apply";
import { askMachine } from "./machine";

const lastWorkload = "keelson.tuning.workload";

/** From a workload in plain words to a list of settings with their evidence, and on to a preview of what they would change. */
export const suggestTuning: Handler = async (services) => {
  const { context, server } = services;
  const workload = await vscode.window.showInputBox({
    title: vscode.l10n.t("Suggest Tuning"),
    prompt: vscode.l10n.t("What runs, and what matters? In plain words, English or Chinese."),
    placeHolder: vscode.l10n.t("nginx with very many short connections"),
    value: context.workspaceState.get<string>(lastWorkload, ""),
  });
  if (workload === undefined || workload.trim() === "") return;
  await context.workspaceState.update(lastWorkload, workload);
  const machine = await askMachine(context.workspaceState);
  if (machine === undefined) return;
  const view = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Looking at the machine and at what is known…"), cancellable: true }, (_progress, token) =>
    server.request("keelson/tuning/suggest", { workload, machine }, token),
  );
  if (view.suggestions.length === 0) {
    await services.reports.show(vscode.l10n.t("Suggestions.md"), view.report);
    throw new Told(view.notes.join(" "));
  }
  const chosen = await choose(view, services);
  if (chosen !== undefined && chosen.length > 0) await applyChosen(services, view, chosen, machine);
};

interface SuggestionItem extends vscode.QuickPickItem {
  readonly suggestion: SuggestionView;
}

const icons = { low: "pass", medium: "info", high: "warning" } as const;

/** The ranked list; nothing is chosen beforehand. Resolves to undefined when it was closed. */
function choose(view: SuggestionsView, { reports }: Services): Promise<readonly SuggestionView[] | undefined> {
  const evidence: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon("references"), tooltip: vscode.l10n.t("Show the evidence of all") };
  const picker = vscode.window.createQuickPick<SuggestionItem>();
  picker.title = withoutLinks(view.title);
  picker.placeholder = vscode.l10n.t("Choose what to preview; nothing is written yet");
  picker.canSelectMany = true;
  picker.matchOnDetail = true;
  picker.ignoreFocusOut = true;
  picker.buttons = [evidence];
  picker.items = view.suggestions.map((suggestion) => ({ suggestion, ...lines(suggestion) }));
  return new Promise((resolve) => {
    const answer = (value: readonly SuggestionView[] | undefined): void => {
      resolve(value);
      picker.dispose();
    };
    picker.onDidAccept(() => {
      answer(picker.selectedItems.map(({ suggestion }) => suggestion));
    });
    picker.onDidTriggerButton(() => {
      void reports.show(vscode.l10n.t("Suggestions.md"), view.report);
    });
    picker.onDidHide(() => {
      answer(undefined);
    });
    picker.show();
  });
}

function lines({ name, component, current, value, reason, by, risk, restart }: SuggestionView): Pick<SuggestionItem, "label" | "description" | "detail"> {
  const risks = { low: vscode.l10n.t("low risk"), medium: vscode.l10n.t("medium risk"), high: vscode.l10n.t("high risk") } as const;
  const restarts = { none: undefined, service: vscode.l10n.t("restart of the service"), reboot: vscode.l10n.t("reboot") } as const;
  const about = [component === "kernel" ? undefined : component, risks[risk], restarts[restart]].filter((part) => part !== undefined);
  return { label: `$(${icons[risk]}) ${name}  ${current ?? "?"} → ${value}`, description: about.join(", "), detail: `${by}. ${reason}` };
}
