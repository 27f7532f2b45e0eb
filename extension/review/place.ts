import * as vscode from "vscode";
import type { ExplainTarget } from "../../language-server/protocol/requests";
import { readTarget, readUri } from "../args";
import { patchLanguages } from "../commands";
import { Told, type Services } from "../services";
import { asPatches, targetsAt, type OutlineNode } from "./outline";

export interface Place {
  readonly uri: string;
  readonly target: ExplainTarget;
}

/** The patch document that a command is about: the one it was given, else the active editor's. */
export async function patchDocument(arg: unknown): Promise<vscode.TextDocument> {
  const given = readUri(arg);
  const document = given === undefined ? vscode.window.activeTextEditor?.document : await vscode.workspace.openTextDocument(vscode.Uri.parse(given, true));
  if (document === undefined || !patchLanguages.includes(document.languageId)) throw new Told(vscode.l10n.t("Open a patch first: a .patch, .diff or .mbox file."));
  return document;
}

/** What to explain: what the lens or the tree gave, the selection, or what stands at the cursor, chosen by the user. */
export async function explainPlace(services: Services, arg: unknown): Promise<Place | undefined> {
  const document = await patchDocument(arg);
  const uri = document.uri.toString();
  const given = readTarget(arg);
  if (given !== undefined) return { uri, target: given };
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  const selection = editor?.selection;
  if (selection !== undefined && !selection.isEmpty) return { uri, target: selectedLines(selection) };
  await services.server.start();
  const choices = targetsAt(await outlineOf(document.uri), selection?.active.line ?? 0);
  if (choices.length === 0) throw new Told(vscode.l10n.t("There is no patch at the cursor."));
  if (choices.length === 1 && choices[0] !== undefined) return { uri, target: choices[0].target };
  const items = choices.map(({ target, name }) => ({ label: kindLabel(target.kind), description: name, target }));
  const picked = await vscode.window.showQuickPick(items, { title: "Keelson", placeHolder: vscode.l10n.t("What is it about?") });
  return picked === undefined ? undefined : { uri, target: picked.target };
}

/** What the server's document symbols say: patch › file › hunk. Empty as long as it has not answered. */
export async function outlineOf(uri: vscode.Uri): Promise<readonly OutlineNode[]> {
  const symbols = await vscode.commands.executeCommand<readonly vscode.DocumentSymbol[] | undefined>("vscode.executeDocumentSymbolProvider", uri);
  return asPatches((symbols ?? []).map(toNode), documentName(uri));
}

export function documentName(uri: vscode.Uri): string {
  return uri.path.split("/").at(-1) ?? uri.toString();
}

function toNode(symbol: vscode.DocumentSymbol): OutlineNode {
  const { range, selectionRange, name, detail } = symbol;
  return { kind: kindOf(symbol.kind), first: range.start.line, last: range.end.line, line: selectionRange.start.line, name, detail, children: symbol.children.map(toNode) };
}

function kindOf(kind: vscode.SymbolKind): OutlineNode["kind"] {
  if (kind === vscode.SymbolKind.Package) return "patch";
  return kind === vscode.SymbolKind.File ? "file" : "hunk";
}

/** A selection that ends before the first character of a line does not mean that line. */
function selectedLines(selection: vscode.Selection): ExplainTarget {
  const { start, end } = selection;
  const last = end.character === 0 && end.line > start.line ? end.line - 1 : end.line;
  return { kind: "selection", firstLine: start.line + 1, lastLine: last + 1 };
}

function kindLabel(kind: ExplainTarget["kind"]): string {
  switch (kind) {
    case "patch":
      return vscode.l10n.t("This patch");
    case "file":
      return vscode.l10n.t("This file");
    case "hunk":
      return vscode.l10n.t("This hunk");
    case "selection":
      return vscode.l10n.t("The selection");
  }
}
