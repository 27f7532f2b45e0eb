import * as vscode from "vscode";
import type { ServerState } from "../language-server/protocol/requests";
import { patchLanguages } from "./commands";

export interface Status {
  show(state: ServerState): void;
  dispose(): void;
}

/** A busy state that ends sooner is never shown, so that the status bar does not flicker with each key stroke. */
const busyDelayMs = 400;

/**
 * Says what the server is doing: in the language status of a patch at all times, and in the status bar while it works or
 * has failed.
 */
export function createStatus(): Status {
  const selector = patchLanguages.map((language) => ({ language }));
  const item = vscode.languages.createLanguageStatusItem("keelson.status", selector);
  item.name = "Keelson";
  item.text = "Keelson";
  item.detail = vscode.l10n.t("Server not started");
  item.command = { command: "keelson.server.showLog", title: vscode.l10n.t("Show Log") };
  const bar = vscode.window.createStatusBarItem("keelson.busy", vscode.StatusBarAlignment.Left);
  bar.name = "Keelson";
  let timer: NodeJS.Timeout | undefined;
  return {
    show({ state, text }) {
      clearTimeout(timer);
      item.busy = state === "busy";
      item.detail = text === "" ? vscode.l10n.t("Ready") : text;
      item.severity = state === "failed" ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
      if (state === "idle") {
        bar.hide();
        return;
      }
      bar.text = state === "failed" ? "$(error) Keelson" : `$(sync~spin) ${text}`;
      bar.tooltip = text;
      bar.command = state === "failed" ? "keelson.server.restart" : "keelson.server.showLog";
      bar.backgroundColor = state === "failed" ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
      timer = setTimeout(
        () => {
          bar.show();
        },
        state === "failed" ? 0 : busyDelayMs,
      );
    },
    dispose() {
      clearTimeout(timer);
      item.dispose();
      bar.dispose();
    },
  };
}
