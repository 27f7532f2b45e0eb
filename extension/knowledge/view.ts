import * as vscode from "vscode";
import type { KnowledgeCount, KnowledgeOrigin } from "../../language-server/protocol/knowledge";

export type KnowledgeNode =
  | { readonly kind: "origin"; readonly origin: KnowledgeOrigin }
  | { readonly kind: "group"; readonly group: "kinds" | "components"; readonly counts: readonly KnowledgeCount[] }
  | { readonly kind: "count"; readonly group: "kinds" | "components"; readonly count: KnowledgeCount }
  | { readonly kind: "note"; readonly text: string; readonly failed: boolean };

/** What fills the view; it lives in the client's file and is loaded when the view is first looked at. */
export interface KnowledgeSource {
  children(node: KnowledgeNode | undefined): Promise<KnowledgeNode[]>;
  item(node: KnowledgeNode): vscode.TreeItem;
}

export interface KnowledgeView {
  readonly tree: vscode.TreeView<KnowledgeNode>;
  update(): void;
  dispose(): void;
}

/** Registers the Knowledge view; nothing is loaded for it until it is looked at. */
export function createKnowledgeView(load: () => Promise<KnowledgeSource>): KnowledgeView {
  const changed = new vscode.EventEmitter<KnowledgeNode | undefined>();
  let source: KnowledgeSource | undefined;
  const tree = vscode.window.createTreeView<KnowledgeNode>("keelson.knowledge", {
    treeDataProvider: {
      onDidChangeTreeData: changed.event,
      async getChildren(node) {
        source ??= await load();
        return source.children(node);
      },
      getTreeItem: (node) => source?.item(node) ?? new vscode.TreeItem(""),
    },
  });
  return {
    tree,
    update() {
      changed.fire(undefined);
    },
    dispose() {
      tree.dispose();
      changed.dispose();
    },
  };
}
