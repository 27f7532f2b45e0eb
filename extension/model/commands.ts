import * as vscode from "vscode";
import { Told, type Handler } from "../services";
import { readEndpoints, type EndpointSetting } from "../settings";
import { capabilityTable } from "./capabilityTable";

export const setKey: Handler = async ({ keys, logs }) => {
  const endpoint = await pickEndpoint();
  if (endpoint === undefined) return;
  if (await keys.has(endpoint.id)) {
    const replace = vscode.l10n.t("Replace the Key");
    const remove = vscode.l10n.t("Remove the Key");
    const choice = await vscode.window.showQuickPick([replace, remove], { title: vscode.l10n.t("Key of {0}", endpoint.id) });
    if (choice === remove) await keys.remove(endpoint.id);
    if (choice !== replace) return;
  }
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t("Key of {0}", endpoint.id),
    prompt: vscode.l10n.t("Kept in VS Code's secret storage and sent to {0} only.", endpoint.baseUrl),
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined || key.trim() === "") return;
  logs.redactor.learn([key.trim()]);
  await keys.set(endpoint.id, key.trim());
  vscode.window.setStatusBarMessage(vscode.l10n.t("Keelson: key of {0} is set", endpoint.id), 5000);
};

export const testEndpoint: Handler = async ({ server, reports }) => {
  const endpoint = await pickEndpoint();
  if (endpoint === undefined) return;
  const progress = { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Testing {0}", endpoint.id), cancellable: true };
  const { rows } = await vscode.window.withProgress(progress, (_report, token) => server.request("keelson/model/test", { id: endpoint.id }, token));
  await reports.show(`${vscode.l10n.t("Endpoint {0}", endpoint.id)}.txt`, capabilityTable(`${endpoint.id}: ${endpoint.model} (${endpoint.baseUrl})`, rows));
};

/** On a remote machine, settings of the machine's scope are that machine's. */
export const openModelSettings: Handler = async () => {
  const command = vscode.env.remoteName === undefined ? "workbench.action.openSettings" : "workbench.action.openRemoteSettings";
  await vscode.commands.executeCommand(command, { query: "@id:keelson.model*" });
};

async function pickEndpoint(): Promise<EndpointSetting | undefined> {
  const endpoints = readEndpoints();
  if (endpoints.length === 0) {
    const open = vscode.l10n.t("Open Model Settings");
    const choice = await vscode.window.showInformationMessage(vscode.l10n.t("No model endpoint is set. Everything else works without one."), open);
    if (choice === open) await vscode.commands.executeCommand("keelson.model.openSettings");
    return undefined;
  }
  if (endpoints.length === 1) return endpoints[0];
  const items = endpoints.map((endpoint) => ({ label: endpoint.id, description: endpoint.model, detail: endpoint.baseUrl, endpoint }));
  const picked = await vscode.window.showQuickPick(items, { title: "Keelson", placeHolder: vscode.l10n.t("Which endpoint?") });
  if (picked?.endpoint.baseUrl === "") throw new Told(vscode.l10n.t("{0} has no baseUrl; add it in the model settings.", picked.endpoint.id));
  return picked?.endpoint;
}
