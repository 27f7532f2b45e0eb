import * as vscode from "vscode";
import type { Handler } from "../services";
import { storeAddress } from "./password";

/** Asks for the password of the store that the settings name; an empty answer removes it. */
export const setPassword: Handler = async ({ passwords, logs }) => {
  const address = storeAddress();
  if (address === "") {
    const open = vscode.l10n.t("Open Settings");
    const choice = await vscode.window.showInformationMessage(vscode.l10n.t("No team store is set; yours is a file of your own. Name one with the setting keelson.knowledge.store first."), open);
    if (choice === open) await vscode.commands.executeCommand(vscode.env.remoteName === undefined ? "workbench.action.openSettings" : "workbench.action.openRemoteSettings", { query: "@id:keelson.knowledge.store" });
    return;
  }
  const has = (await passwords.current()).password !== "";
  const password = await vscode.window.showInputBox({
    title: vscode.l10n.t("Password of the team's knowledge store"),
    prompt: has ? vscode.l10n.t("For {0} only, kept in VS Code's secret storage. Leave it empty to remove the one that is set.", address) : vscode.l10n.t("For {0} only, kept in VS Code's secret storage.", address),
    password: true,
    ignoreFocusOut: true,
  });
  if (password === undefined || (password === "" && !has)) return;
  if (password !== "") logs.redactor.learn([password]);
  await passwords.set(address, password);
  vscode.window.setStatusBarMessage(password === "" ? vscode.l10n.t("Keelson: the password is removed") : vscode.l10n.t("Keelson: the password is set"), 5000);
};
