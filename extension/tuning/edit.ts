import * as vscode from "vscode";
import type { TuningChoice } from "../../language-server/protocol/tuning-suggest";
import type { Server } from "../server/server";
import { mayBeConfiguration } from "./detect";

/** What chosen settings make of a document that is open. */
export interface OpenEdit {
  readonly document: vscode.TextDocument;
  /** The text that the edit was made for; another one is not touched. */
  readonly version: number;
  readonly text: string;
  readonly names: readonly string[];
}

/** More open configuration files than this are not asked about. */
const most = 12;
const largest = 1 << 20;

/** The open files of the workspace that some of the settings belong into. */
export async function openEdits(server: Pick<Server, "request">, choices: readonly TuningChoice[]): Promise<readonly OpenEdit[]> {
  const documents = vscode.workspace.textDocuments.filter((document) => !document.isClosed && (document.uri.scheme === "file" || document.uri.scheme === "vscode-remote") && mayBeConfiguration(document)).slice(0, most);
  const found: OpenEdit[] = [];
  for (const document of documents) {
    const { version } = document;
    const now = document.getText();
    if (now.length > largest) continue;
    const { text, names } = await server.request("keelson/tuning/edit", { choices, path: document.uri.path, text: now });
    if (text !== undefined && text !== now) found.push({ document, version, text, names });
  }
  return found;
}

/** An edit like the user's own: it is not saved, and one undo takes it back. */
export async function applyEdit({ document, version, text }: OpenEdit): Promise<void> {
  if (document.isClosed || document.version !== version) throw new Error(vscode.l10n.t("The document changed meanwhile; suggest again."));
  const edit = new vscode.WorkspaceEdit();
  const { range, inserted } = difference(document, text);
  edit.replace(document.uri, range, inserted);
  await vscode.workspace.applyEdit(edit);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** What differs between the first and the last differing character, so that the rest keeps its marks and folds. */
function difference(document: vscode.TextDocument, text: string): { readonly range: vscode.Range; readonly inserted: string } {
  const now = document.getText();
  let start = 0;
  while (start < Math.min(now.length, text.length) && now.charCodeAt(start) === text.charCodeAt(start)) start++;
  let end = 0;
  while (end < Math.min(now.length, text.length) - start && now.charCodeAt(now.length - 1 - end) === text.charCodeAt(text.length - 1 - end)) end++;
  return { range: new vscode.Range(document.positionAt(start), document.positionAt(now.length - end)), inserted: text.slice(start, text.length - end) };
}
