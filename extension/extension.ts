import * as vscode from "vscode";
import type { Client } from "./client";
import { commandIds, patchLanguages } from "./commands";
import { createKnowledgeView } from "./knowledge/view";
import { panelKinds } from "./panels/kinds";
import { watchLargePatches } from "./review/largeFiles";
import { createSourceFiles } from "./review/sourceFiles";
import { createPatchTree } from "./review/tree";
import { createStatus } from "./status";
import { mayBeConfiguration } from "./tuning/detect";
import { createUpstreamView } from "./upstream/view";

/**
 * Registers what VS Code must know at once and returns. All else, the language client first of all, is in client.js and
 * loads when a patch or a configuration file is open or a command needs it.
 */
export function activate(context: vscode.ExtensionContext): void {
  const status = createStatus();
  const tree = createPatchTree();
  const sources = createSourceFiles(async (request) => (await load()).source(request));
  const upstream = createUpstreamView(async () => (await load()).upstream);
  const knowledge = createKnowledgeView(async () => (await load()).knowledge);
  let loading: Promise<Client> | undefined;

  function load(): Promise<Client> {
    loading ??= import("./client").then(({ createClient }) => createClient(context, { status, sources, upstream, knowledge }));
    return loading;
  }

  function startFor(documents: readonly vscode.TextDocument[]): void {
    if (!documents.some((document) => patchLanguages.includes(document.languageId) || mayBeConfiguration(document))) return;
    load()
      .then((client) => client.start())
      // The outline that the view shows is the server's.
      .then(() => {
        tree.update();
      })
      .catch((error: unknown) => {
        status.show({ state: "failed", text: error instanceof Error ? error.message : String(error) });
      });
  }

  context.subscriptions.push(
    status,
    sources,
    ...commandIds.map((id) => vscode.commands.registerCommand(id, async (...args: readonly unknown[]) => (await load()).run(id, args))),
    vscode.workspace.onDidOpenTextDocument((document) => {
      startFor([document]);
    }),
    // A manifest may have become one of ours since it was opened.
    vscode.workspace.onDidSaveTextDocument((document) => {
      startFor([document]);
    }),
    ...panelKinds.map(({ name }) =>
      vscode.window.registerWebviewPanelSerializer(`keelson.${name}`, {
        deserializeWebviewPanel: async (panel, state: unknown) => {
          (await load()).restorePanel(name, panel, state);
        },
      }),
    ),
    tree,
    upstream,
    knowledge,
    watchLargePatches(context),
  );
  // After activate() has returned, so that opening a patch never waits for it.
  setImmediate(() => {
    startFor(vscode.workspace.textDocuments);
  });
}
