import * as vscode from "vscode";
import type { UpstreamNode } from "./nodes";

/** What fills the view; it lives in the client's file and is loaded when the view is first looked at. */
export interface TreeSource {
  children(node: UpstreamNode | undefined): Promise<UpstreamNode[]>;
  item(node: UpstreamNode): vscode.TreeItem;
  parent(node: UpstreamNode): UpstreamNode | undefined;
  resolve(item: vscode.TreeItem, node: UpstreamNode): vscode.TreeItem;
}

export interface UpstreamView {
  readonly tree: vscode.TreeView<UpstreamNode>;
  /** Reads a node and what is below it again; all without one. */
  update(node?: UpstreamNode): void;
  dispose(): void;
}

/** Registers the Upstream view. Without trust, or without a comparison in the settings, nothing is loaded for it: the view says what to do. */
export function createUpstreamView(load: () => Promise<TreeSource>): UpstreamView {
  const changed = new vscode.EventEmitter<UpstreamNode | undefined>();
  let source: TreeSource | undefined;
  const tree = vscode.window.createTreeView<UpstreamNode>("keelson.upstream", {
    showCollapseAll: true,
    canSelectMany: true,
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(node) {
        if (!vscode.workspace.isTrusted || !hasPairs()) return [];
        source ??= await load();
        return source.children(node);
      },
      getTreeItem: (node) => source?.item(node) ?? new vscode.TreeItem(""),
      getParent: (node) => source?.parent(node),
      resolveTreeItem: (item, node) => source?.resolve(item, node),
    },
  });
  const owned = vscode.Disposable.from(
    tree,
    changed,
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("keelson.upstream")) changed.fire(undefined);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      changed.fire(undefined);
    }),
    vscode.workspace.onDidChangeWorkspaceFolders(() => {
      changed.fire(undefined);
    }),
  );
  return {
    tree,
    update(node) {
      changed.fire(node);
    },
    dispose() {
      owned.dispose();
    },
  };
}

/** Whether the settings of any folder name a comparison. */
export function hasPairs(): boolean {
  const scopes = vscode.workspace.workspaceFolders?.map(({ uri }) => uri) ?? [];
  return scopes.some((scope) => {
    const pairs = vscode.workspace.getConfiguration("keelson", scope).get<unknown>("upstream.pairs");
    return Array.isArray(pairs) && pairs.length > 0;
  });
}
