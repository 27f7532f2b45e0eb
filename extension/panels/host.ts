import { randomUUID } from "node:crypto";
import * as vscode from "vscode";
import type { EditorAction, ToPanel } from "../../language-server/protocol/panel";
import { patchScheme, sourceAddress } from "../review/address";
import type { Server } from "../server/server";
import { mayRelay, readToHost } from "./guard";
import type { PanelKind } from "./kinds";
import { shellHtml } from "./shell";

/** Opens a kind's panel and relays its typed messages. It knows no capability's data. */
export interface PanelHost {
  /** Shows the panel beside the editor; an open one takes the new state. */
  open(title: string, state: unknown): void;
  /** Takes over a panel that VS Code restored after a reload. */
  restore(panel: vscode.WebviewPanel, state: unknown): void;
  /** The state that the open panel was given, when it has the focus; commands that its buttons run are about it. */
  focused(): unknown;
  dispose(): void;
}

interface Live {
  readonly panel: vscode.WebviewPanel;
  state: unknown;
  ready: boolean;
}

export function createPanelHost(context: vscode.ExtensionContext, server: Server, log: vscode.LogOutputChannel, kind: PanelKind): PanelHost {
  let live: Live | undefined;
  const root = vscode.Uri.joinPath(context.extensionUri, "dist", "panels");
  const locale = vscode.env.language.toLowerCase().startsWith("zh") ? "zh-cn" : "en";

  function post(target: Live, message: ToPanel): void {
    target.panel.webview.postMessage(message).then(undefined, (error: unknown) => {
      log.warn(`panel ${kind.name}: ${String(error)}`);
    });
  }

  async function relay(target: Live, id: number, method: string, params: unknown): Promise<void> {
    if (!mayRelay(kind.capability, method)) {
      log.warn(`panel ${kind.name} may not ask ${method}`);
      post(target, { type: "failure", id, message: vscode.l10n.t("This panel may not ask that.") });
      return;
    }
    try {
      post(target, { type: "response", id, result: await server.relay(method, params) });
    } catch (error) {
      post(target, { type: "failure", id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  function receive(target: Live, value: unknown): void {
    const message = readToHost(value);
    switch (message?.type) {
      case "ready":
        target.ready = true;
        post(target, { type: "init", locale, state: target.state });
        break;
      case "request":
        void relay(target, message.id, message.method, message.params);
        break;
      case "action":
        act(message.action).catch((error: unknown) => {
          log.warn(`panel ${kind.name}: ${String(error)}`);
        });
        break;
      case undefined:
        log.warn(`panel ${kind.name} sent what is no message`);
        break;
    }
  }

  function adopt(panel: vscode.WebviewPanel, state: unknown): void {
    live?.panel.dispose();
    const target: Live = { panel, state, ready: false };
    live = target;
    panel.webview.options = { enableScripts: true, localResourceRoots: [root], enableCommandUris: false };
    panel.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "icon.png");
    panel.webview.onDidReceiveMessage((value: unknown) => {
      receive(target, value);
    });
    panel.onDidDispose(() => {
      if (live === target) live = undefined;
    });
    panel.webview.html = shellHtml({
      script: panel.webview.asWebviewUri(vscode.Uri.joinPath(root, `${kind.name}.js`)).toString(),
      style: panel.webview.asWebviewUri(vscode.Uri.joinPath(root, `${kind.name}.css`)).toString(),
      cspSource: panel.webview.cspSource,
      nonce: randomUUID().replaceAll("-", ""),
      title: panel.title,
      language: vscode.env.language,
      monaco: kind.monaco,
    });
  }

  const listening = kind.notifications.map((method) =>
    server.onNotification(method, (params) => {
      if (live?.ready === true) post(live, { type: "notify", method, params });
    }),
  );

  return {
    open(title, state) {
      if (live === undefined) {
        // Kept while hidden: an explanation streams on behind another tab.
        const options = { retainContextWhenHidden: true, enableFindWidget: kind.find };
        adopt(vscode.window.createWebviewPanel(`keelson.${kind.name}`, title, { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true }, options), state);
        return;
      }
      live.state = state;
      live.panel.title = title;
      live.panel.reveal(undefined, true);
      if (live.ready) post(live, { type: "init", locale, state });
    },
    restore: adopt,
    focused: () => (live?.panel.active === true ? live.state : undefined),
    dispose() {
      for (const subscription of listening) subscription.dispose();
      live?.panel.dispose();
    },
  };
}

async function act(action: EditorAction): Promise<void> {
  switch (action.kind) {
    case "reveal":
      await reveal(vscode.Uri.parse(action.uri, true), action.line);
      break;
    case "command":
      await vscode.commands.executeCommand(action.command);
      break;
    case "copy":
      await vscode.env.clipboard.writeText(action.text);
      break;
    case "upstreamCommit":
      await showCommit(action.folder, action.sha);
      break;
    case "upstreamRows":
      await vscode.commands.executeCommand("keelson.upstream.showRows", action.rows);
      break;
  }
}

/** Shows a commit's patch beside the panel, not over it. */
async function showCommit(folder: string, sha: string): Promise<void> {
  const name = vscode.Uri.file(folder).path.split("/").at(-1) ?? folder;
  const uri = vscode.Uri.from({ scheme: patchScheme, ...sourceAddress({ kind: "range", folder, range: sha.slice(0, 12) }, name) });
  const active = vscode.window.tabGroups.activeTabGroup.viewColumn;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { viewColumn: active === vscode.ViewColumn.One ? vscode.ViewColumn.Beside : vscode.ViewColumn.One });
}

/** Shows a line in the column where the document already is, so that it never covers the panel. */
async function reveal(uri: vscode.Uri, line: number): Promise<void> {
  const visible = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const tabbed = vscode.window.tabGroups.all.find((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri.toString()));
  const document = await vscode.workspace.openTextDocument(uri);
  const shown = document.lineAt(Math.min(line, document.lineCount) - 1);
  const editor = await vscode.window.showTextDocument(document, { viewColumn: visible?.viewColumn ?? tabbed?.viewColumn ?? vscode.ViewColumn.One });
  editor.selection = new vscode.Selection(shown.range.start, shown.range.start);
  editor.revealRange(shown.range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
