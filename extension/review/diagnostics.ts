import * as vscode from "vscode";

/** The diagnostics of Keelson's server. */
export function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(({ source }) => source === "keelson");
}

/** The check that found it. */
export function checkOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { code } = diagnostic;
  const value = typeof code === "object" ? code.value : code;
  return value === undefined ? undefined : String(value);
}
