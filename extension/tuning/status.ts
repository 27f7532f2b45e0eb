import * as vscode from "vscode";
import type { Logs } from "../log";
import type { Server } from "../server/server";
import { mayBeConfiguration } from "./detect";

/** Says in the status bar what the active configuration file is judged for. */
export function createTargetStatus(server: Server, logs: Logs): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("keelson.tuning.target", vscode.StatusBarAlignment.Right, 100);
  item.name = vscode.l10n.t("Keelson: Tuning Target");
  item.command = "keelson.tuning.chooseTarget";
  let asked = 0;

  async function update(): Promise<void> {
    const own = ++asked;
    const document = vscode.window.activeTextEditor?.document;
    const view = document !== undefined && mayBeConfiguration(document) ? await server.request("keelson/tuning/target", { uri: document.uri.toString() }) : null;
    if (own !== asked) return;
    if (view === null) {
      item.hide();
      return;
    }
    item.text = `$(target) ${view.text}`;
    item.tooltip = vscode.l10n.t("This file is judged for {0}. Click to choose another version.", view.text);
    item.show();
  }
  const start = (): void => {
    update().catch((error: unknown) => {
      logs.log.warn(`tuning target: ${error instanceof Error ? error.message : String(error)}`);
    });
  };
  const subscriptions = [
    item,
    vscode.window.onDidChangeActiveTextEditor(start),
    vscode.workspace.onDidSaveTextDocument(start),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("keelson.tuning")) start();
    }),
  ];
  start();
  return vscode.Disposable.from(...subscriptions);
}
