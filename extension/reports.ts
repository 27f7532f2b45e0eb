import * as vscode from "vscode";

/** Read-only documents with something that Keelson tells: a request preview, an endpoint's test, how a base was chosen. */
export interface Reports {
  /** `name` is the tab's label and decides the language by its ending. */
  show(name: string, text: string): Promise<void>;
  /** Two texts side by side in the diff editor. */
  compare(leftName: string, left: string, rightName: string, right: string, title: string): Promise<void>;
  /** Several pairs of texts below each other in the editor for many files. */
  compareAll(parts: readonly { readonly name: string; readonly before: string; readonly after: string }[], title: string): Promise<void>;
  dispose(): void;
}

const scheme = "keelson-report";

export function createReports(): Reports {
  const texts = new Map<string, string>();
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider = vscode.workspace.registerTextDocumentContentProvider(scheme, {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => texts.get(uri.path) ?? vscode.l10n.t("This report was of an earlier session. Run its command again."),
  });
  const closing = vscode.workspace.onDidCloseTextDocument((document) => {
    if (document.uri.scheme === scheme) texts.delete(document.uri.path);
  });
  const keep = (name: string, text: string): vscode.Uri => {
    const uri = vscode.Uri.from({ scheme, path: `/${name.replaceAll("/", "-")}` });
    texts.set(uri.path, text);
    changed.fire(uri);
    return uri;
  };
  return {
    async compare(leftName, left, rightName, right, title) {
      await vscode.commands.executeCommand("vscode.diff", keep(leftName, left), keep(rightName, right), title, { preview: true });
    },
    async compareAll(parts, title) {
      const resources = parts.map(({ name, before, after }) => [vscode.Uri.from({ scheme, path: `/${name.replace(/^\/+/, "")}` }), keep(vscode.l10n.t("now {0}", name), before), keep(vscode.l10n.t("after {0}", name), after)]);
      await vscode.commands.executeCommand("vscode.changes", title, resources);
    },
    async show(name, text) {
      const uri = keep(name, text);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true, viewColumn: reportColumn() });
    },
    dispose() {
      closing.dispose();
      provider.dispose();
      changed.dispose();
    },
  };
}

/** Beside what is open, but never in a third column. */
function reportColumn(): vscode.ViewColumn {
  const { all, activeTabGroup } = vscode.window.tabGroups;
  if (all.length > 1) return all.at(-1)?.viewColumn ?? vscode.ViewColumn.Beside;
  return activeTabGroup.tabs.length === 0 ? vscode.ViewColumn.Active : vscode.ViewColumn.Beside;
}
