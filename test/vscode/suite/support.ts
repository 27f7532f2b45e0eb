import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";

/** The sample workspace's root. */
export function workspaceFolder(): string {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert(folder);
  return folder.uri.fsPath;
}

export function product(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension("keelson.keelson");
  assert(extension, "the package is installed");
  return extension;
}

/** Opens a file of the sample in an editor. */
export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(vscode.Uri.file(join(workspaceFolder(), path)));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** The document's findings, as soon as they satisfy the condition; mocha's own time-out ends a vain wait. */
export function diagnostics(uri: vscode.Uri, until: (found: readonly vscode.Diagnostic[]) => boolean): Promise<readonly vscode.Diagnostic[]> {
  return new Promise((resolve) => {
    const look = (): boolean => {
      const found = vscode.languages.getDiagnostics(uri).filter(({ source }) => source?.toLowerCase().includes("keelson") === true);
      if (!until(found)) return false;
      resolve(found);
      return true;
    };
    if (look()) return;
    const listener = vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((changed) => changed.toString() === uri.toString()) && look()) listener.dispose();
    });
  });
}

/** The check that a diagnostic is of. */
export function checkOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === "object" ? code.value : code);
}

/** Waits until a diagnostic of each of the checks is there. */
export function findings(uri: vscode.Uri, ...checks: readonly string[]): Promise<readonly vscode.Diagnostic[]> {
  return diagnostics(uri, (found) => checks.every((check) => found.some((diagnostic) => checkOf(diagnostic) === check)));
}

/** 0-based line of the first line that holds the text. */
export function lineOf(document: vscode.TextDocument, text: string): number {
  const line = document.getText().split("\n").findIndex((candidate) => candidate.includes(text));
  assert(line >= 0, `no line holds ${text}`);
  return line;
}

/** Where the text begins in the document. */
export function positionOf(document: vscode.TextDocument, text: string): vscode.Position {
  return document.positionAt(document.getText().indexOf(text));
}
