import * as vscode from "vscode";
import type { Handler } from "../services";

export const restartServer: Handler = async ({ server }) => {
  await server.restart();
};

export const showLog: Handler = ({ logs }) => {
  logs.log.show();
  return Promise.resolve();
};

/** Facts for a bug report in an untitled document, so that a person reads them before anybody else does. */
export const collectDiagnostics: Handler = async ({ server, logs, context }) => {
  const own = [
    `Keelson ${String((context.extension.packageJSON as { readonly version?: unknown }).version)}`,
    `VS Code ${vscode.version}, ${vscode.env.appName}, ${vscode.env.uiKind === vscode.UIKind.Web ? "web" : "desktop"}, ${vscode.env.language}`,
    `remote: ${vscode.env.remoteName === undefined ? "no" : "yes"}, trusted: ${vscode.workspace.isTrusted ? "yes" : "no"}, folders: ${vscode.workspace.workspaceFolders?.length ?? 0}`,
    `${process.platform} ${process.arch}, node ${process.version}`,
  ];
  let answer: string;
  try {
    answer = (await server.request("keelson/server/diagnose", null)).text;
  } catch (error) {
    // A server that does not answer is what this command is most needed for.
    answer = `server: ${error instanceof Error ? error.message : String(error)}`;
  }
  const content = logs.redactor.redact([...own, "", answer, ""].join("\n"));
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "plaintext", content }));
};

export const openWalkthrough: Handler = async ({ context }) => {
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", `${context.extension.id}#start`, false);
};
