import * as vscode from "vscode";
import { patchLanguages } from "../commands";
import { checkOf, findingsOf } from "./diagnostics";
import { folderWhenAlike, rowLabel, type OutlineNode } from "./outline";
import { documentName, outlineOf } from "./place";

interface DocumentNode {
  readonly kind: "document";
  readonly uri: string;
  readonly document: vscode.TextDocument;
}

/** `patch` and `target` are what the commands in its menu read. */
interface PatchNode {
  readonly kind: "patch";
  readonly uri: string;
  readonly patch: number;
  readonly target: { readonly kind: "patch"; readonly patch: number };
  readonly outline: OutlineNode;
  readonly findings: readonly vscode.Diagnostic[];
}

interface FindingNode {
  readonly kind: "finding";
  readonly uri: string;
  readonly check: string | undefined;
  /** 0-based. */
  readonly row: number;
  readonly finding: vscode.Diagnostic;
}

type Node = DocumentNode | PatchNode | FindingNode;

/** The rows are read again this long after the last change, so that typing in a patch does not make them flicker. */
const settleMs = 250;

export interface PatchTree {
  /** Reads the rows again soon. */
  update(): void;
  dispose(): void;
}

/** The Patches view: open patch documents › patches › findings, with counts. */
export function createPatchTree(): PatchTree {
  const changed = new vscode.EventEmitter<void>();
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getTreeItem: itemOf,
    getChildren: childrenOf,
  };
  const view = vscode.window.createTreeView("keelson.patches", { treeDataProvider: provider, showCollapseAll: true });
  let timer: NodeJS.Timeout | undefined;
  const update = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      changed.fire();
      const count = openPatches().reduce((sum, document) => sum + findingsOf(document.uri).length, 0);
      view.badge = count === 0 ? undefined : { value: count, tooltip: countText(count) };
    }, settleMs);
  };
  const owned = vscode.Disposable.from(
    view,
    changed,
    new vscode.Disposable(() => {
      clearTimeout(timer);
    }),
    vscode.workspace.onDidOpenTextDocument(update),
    vscode.workspace.onDidCloseTextDocument(update),
    vscode.window.tabGroups.onDidChangeTabs(update),
    vscode.workspace.onDidChangeTextDocument(({ document }) => {
      if (patchLanguages.includes(document.languageId)) update();
    }),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const open = new Set(openPatches().map(({ uri }) => uri.toString()));
      if (uris.some((uri) => open.has(uri.toString()))) update();
    }),
  );
  return {
    update,
    dispose() {
      owned.dispose();
    },
  };
}

/** What has a tab. VS Code holds other documents too, such as the committed text behind the change bars of a patch file. */
function openPatches(): readonly vscode.TextDocument[] {
  const shown = new Set(vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri.toString()] : []))));
  return vscode.workspace.textDocuments.filter((document) => patchLanguages.includes(document.languageId) && !document.isClosed && shown.has(document.uri.toString()));
}

function countText(count: number): string {
  return count === 1 ? vscode.l10n.t("1 finding") : vscode.l10n.t("{0} findings", count);
}

async function childrenOf(node?: Node): Promise<Node[]> {
  if (node === undefined) return openPatches().map((document) => ({ kind: "document", uri: document.uri.toString(), document }));
  if (node.kind === "document") return patchesOf(node.document);
  if (node.kind === "patch") return node.findings.map((finding) => findingNode(node.uri, finding));
  return [];
}

async function patchesOf(document: vscode.TextDocument): Promise<Node[]> {
  const patches = await outlineOf(document.uri);
  const uri = document.uri.toString();
  const findings = findingsOf(document.uri);
  const inside = (outline: OutlineNode, { range }: vscode.Diagnostic): boolean => outline.first <= range.start.line && range.start.line <= outline.last;
  const rows = patches.map((outline, patch): PatchNode => ({ kind: "patch", uri, patch, target: { kind: "patch", patch }, outline, findings: findings.filter((finding) => inside(outline, finding)) }));
  const loose = findings.filter((finding) => !patches.some((outline) => inside(outline, finding)));
  return [...loose.map((finding) => findingNode(uri, finding)), ...rows];
}

function findingNode(uri: string, finding: vscode.Diagnostic): FindingNode {
  return { kind: "finding", uri, check: checkOf(finding), row: finding.range.start.line, finding };
}

function itemOf(node: Node): vscode.TreeItem {
  switch (node.kind) {
    case "document":
      return documentItem(node);
    case "patch":
      return patchItem(node);
    case "finding":
      return findingItem(node);
  }
}

function documentItem({ document, uri }: DocumentNode): vscode.TreeItem {
  const item = new vscode.TreeItem(document.uri, vscode.TreeItemCollapsibleState.Expanded);
  const count = findingsOf(document.uri).length;
  item.id = uri;
  item.label = documentName(document.uri);
  const folder = folderWhenAlike(document.uri.path, openPatches().map(({ uri: { path } }) => path));
  item.description = [folder, count === 0 ? "" : countText(count)].filter((part) => part !== "").join(" · ");
  item.contextValue = "document";
  item.iconPath = vscode.ThemeIcon.File;
  return item;
}

function patchItem({ uri, outline, patch, findings }: PatchNode): vscode.TreeItem {
  const state = findings.length === 0 ? vscode.TreeItemCollapsibleState.None : vscode.TreeItemCollapsibleState.Collapsed;
  const item = new vscode.TreeItem(rowLabel(outline.name), state);
  item.id = `${uri}#${patch}`;
  item.description = findings.length === 0 ? outline.detail : countText(findings.length);
  item.tooltip = outline.name;
  item.contextValue = "patch";
  item.iconPath = new vscode.ThemeIcon("git-commit");
  item.command = openAt(uri, new vscode.Range(outline.line, 0, outline.line, 0));
  return item;
}

function findingItem({ uri, check, finding }: FindingNode): vscode.TreeItem {
  const item = new vscode.TreeItem(finding.message.split("\n")[0] ?? "", vscode.TreeItemCollapsibleState.None);
  item.description = vscode.l10n.t("{0}, line {1}", check ?? "", finding.range.start.line + 1);
  item.tooltip = finding.message;
  item.contextValue = "finding";
  item.iconPath = severityIcon(finding.severity);
  item.command = openAt(uri, finding.range);
  return item;
}

function openAt(uri: string, selection: vscode.Range): vscode.Command {
  return { command: "vscode.open", title: vscode.l10n.t("Open"), arguments: [vscode.Uri.parse(uri, true), { selection }] };
}

function severityIcon(severity: vscode.DiagnosticSeverity): vscode.ThemeIcon {
  switch (severity) {
    case vscode.DiagnosticSeverity.Error:
      return new vscode.ThemeIcon("error", new vscode.ThemeColor("problemsErrorIcon.foreground"));
    case vscode.DiagnosticSeverity.Warning:
      return new vscode.ThemeIcon("warning", new vscode.ThemeColor("problemsWarningIcon.foreground"));
    case vscode.DiagnosticSeverity.Information:
      return new vscode.ThemeIcon("info", new vscode.ThemeColor("problemsInfoIcon.foreground"));
    case vscode.DiagnosticSeverity.Hint:
      return new vscode.ThemeIcon("lightbulb");
  }
}
