import * as vscode from "vscode";
import type { ServerState } from "../language-server/protocol/requests";
import { patchLanguages } from "./commands";

export interface Status {
  show(state: ServerState): void;
  dispose(): void;
}

/**
 * Says what the server is doing in the language status of a patch, and in the status bar that it has failed. Long work shows
 * itself there by its own progress, with a cancel.
 */
export function createStatus(): Status {
  const selector = patchLanguages.map((language) => ({ language }));
  const item = vscode.languages.createLanguageStatusItem("keelson.status", selector);
  item.name = "Keelson";
  item.text = "Keelson";
  item.detail = vscode.l10n.t("Server not started");
  item.command = { command: "keelson.server.showLog", title: vscode.l10n.t("Show Log") };
  const failed = vscode.window.createStatusBarItem("keelson.failed", vscode.StatusBarAlignment.Left);
  failed.name = "Keelson";
  failed.text = "$(error) Keelson";
  failed.command = "keelson.server.restart";
  failed.backgroundColor = new vscode.ThemeColor("statusBarItem.errorBackground");
  return {
    show({ state, text }) {
      item.busy = state === "busy";
      item.detail = text === "" ? vscode.l10n.t("Ready") : text;
      item.severity = state === "failed" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
      failed.tooltip = text;
      if (state === "failed") failed.show();
      else failed.hide();
    },
    dispose() {
      item.dispose();
      failed.dispose();
    },
  };
}
