import * as vscode from "vscode";

/** True for a diagnostic of Keelson's server. */
export function isFinding(diagnostic: vscode.Diagnostic): boolean {
  return /^keelson\b/i.test(diagnostic.source ?? "");
}

export function findingsOf(uri: vscode.Uri): readonly vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter(isFinding);
}

/** The check that found it. */
export function checkOf(diagnostic: vscode.Diagnostic): string | undefined {
  const { code } = diagnostic;
  const value = typeof code === "object" ? code.value : code;
  return value === undefined ? undefined : String(value);
}
