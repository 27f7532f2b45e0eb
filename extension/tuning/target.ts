import * as vscode from "vscode";
import type { TargetChoice, TargetView } from "../../language-server/protocol/tuning";
import { Told, type Handler } from "../services";

interface Pick extends vscode.QuickPickItem {
  readonly choice: TargetChoice | undefined;
}

/** Asks for the version that files of the active one's kind are judged for, and keeps it in the settings. */
export const chooseTarget: Handler = async ({ server }) => {
  const document = vscode.window.activeTextEditor?.document;
  const view = document === undefined ? null : await server.request("keelson/tuning/target", { uri: document.uri.toString() });
  if (document === undefined || view === null) throw new Told(vscode.l10n.t("Open a configuration file first, such as sysctl.conf or postgresql.conf."));
  const other: Pick = { label: vscode.l10n.t("Other Version…"), choice: undefined };
  const picks: readonly Pick[] = [...view.choices.map(({ label, description, detail, version }): Pick => ({ label, description, ...(detail === undefined ? {} : { detail }), choice: { label, description, version } })), other];
  const picked = await vscode.window.showQuickPick(picks, { title: vscode.l10n.t("Judge configuration files for…"), placeHolder: view.text });
  if (picked === undefined) return;
  const version = picked.choice === undefined ? await askVersion(view) : picked.choice.version;
  if (version !== undefined) await keep(view.component, version, document.uri);
};

function askVersion({ text, version }: TargetView): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t("Judge configuration files for…"),
    prompt: vscode.l10n.t("A version such as 6.6 or 15.4. Now: {0}", text),
    value: version,
    validateInput: (value) => (/^v?\d+(?:\.\d+){0,3}[\w.+-]{0,30}$/.test(value) ? undefined : vscode.l10n.t("A version begins with a number, e.g. 6.6")),
  });
}

async function keep(component: string, version: string, uri: vscode.Uri): Promise<void> {
  const settings = vscode.workspace.getConfiguration("keelson", uri);
  const given = settings.get<unknown>("tuning.target");
  const others = typeof given === "object" && given !== null ? Object.entries(given).filter(([name]) => name !== component) : [];
  const next = Object.fromEntries([...others, ...(version === "" ? [] : [[component, version] as const])]);
  const inWorkspace = settings.inspect<unknown>("tuning.target")?.workspaceValue !== undefined || vscode.workspace.workspaceFolders !== undefined;
  await settings.update("tuning.target", next, inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global);
}
