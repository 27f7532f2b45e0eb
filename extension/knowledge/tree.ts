import * as vscode from "vscode";
import type { KnowledgeOrigin, KnowledgeSummary } from "../../language-server/protocol/knowledge";
import { withoutLinks } from "../notice";
import type { Server } from "../server/server";
import { withoutIcons } from "../upstream/steps";
import { age, count, kindName } from "./texts";
import type { KnowledgeNode, KnowledgeSource, KnowledgeView } from "./view";

const { None, Collapsed } = vscode.TreeItemCollapsibleState;

export interface KnowledgeTree extends KnowledgeSource {
  /** What the view shows; read anew when it shows nothing yet. */
  summary(): Promise<KnowledgeSummary>;
  dispose(): void;
}

export function createKnowledgeTree(server: Server, view: KnowledgeView): KnowledgeTree {
  let shown: KnowledgeSummary | undefined;

  async function read(): Promise<KnowledgeSummary> {
    shown = await server.request("keelson/knowledge/summary", null);
    view.tree.description = shown.records === 0 ? "" : vscode.l10n.t("{0} records", count(shown.records));
    void vscode.commands.executeCommand("setContext", "keelson.knowledge.known", shown.records > 0);
    return shown;
  }

  async function roots(): Promise<KnowledgeNode[]> {
    try {
      const summary = await read();
      const damaged: KnowledgeNode[] = summary.damaged === 0 ? [] : [{ kind: "note", text: vscode.l10n.t("{0} changes were damaged. Read the sources again.", count(summary.damaged)), failed: true }];
      if (summary.records === 0) return damaged;
      return [...damaged, ...summary.origins.map((origin): KnowledgeNode => ({ kind: "origin", origin })), { kind: "group", group: "components", counts: summary.components }, { kind: "group", group: "kinds", counts: summary.kinds }];
    } catch (error) {
      return [{ kind: "note", text: withoutLinks(error instanceof Error ? error.message : String(error)), failed: true }];
    }
  }

  const listening = server.onNotification("keelson/knowledge/changed", () => {
    view.update();
  });

  return {
    async children(node) {
      if (node === undefined) return roots();
      return node.kind === "group" ? node.counts.map((one): KnowledgeNode => ({ kind: "count", group: node.group, count: one })) : [];
    },
    item: itemOf,
    summary: async () => shown ?? (await read()),
    dispose() {
      listening.dispose();
    },
  };
}

function itemOf(node: KnowledgeNode): vscode.TreeItem {
  switch (node.kind) {
    case "origin":
      return originItem(node.origin);
    case "group": {
      const item = new vscode.TreeItem(node.group === "kinds" ? vscode.l10n.t("By kind") : vscode.l10n.t("By component"), Collapsed);
      item.id = node.group;
      item.iconPath = new vscode.ThemeIcon(node.group === "kinds" ? "symbol-parameter" : "package");
      item.description = count(node.counts.length);
      return item;
    }
    case "count": {
      const item = new vscode.TreeItem(node.group === "kinds" ? kindName(node.count.name) : withoutIcons(node.count.name), None);
      item.id = `${node.group} ${node.count.name}`;
      item.description = count(node.count.records);
      item.command = { command: "keelson.knowledge.search", title: vscode.l10n.t("Search"), arguments: [node.group === "kinds" ? { kinds: [node.count.name] } : { components: [node.count.name] }] };
      return item;
    }
    case "note": {
      const item = new vscode.TreeItem(withoutIcons(node.text), None);
      item.iconPath = new vscode.ThemeIcon(node.failed ? "error" : "info", node.failed ? new vscode.ThemeColor("list.errorForeground") : undefined);
      item.tooltip = node.text;
      return item;
    }
  }
}

/** The last part of a path says what it is, also in a narrow view; the tooltip has all of it. */
export function originName(origin: KnowledgeOrigin): string {
  if (origin.kind === "running") return vscode.l10n.t("This machine");
  if (origin.kind === "versions") return vscode.l10n.t("Versions of {0}", origin.origin.split(/[\\/]/u).at(-1) ?? "");
  return origin.origin.split(/[\\/]/u).filter((part) => part !== "").slice(-1).join("");
}

const icons: Readonly<Record<KnowledgeOrigin["kind"], string>> = { running: "vm-running", folder: "folder-library", file: "file", versions: "git-compare" };

function originItem(origin: KnowledgeOrigin): vscode.TreeItem {
  const item = new vscode.TreeItem(withoutIcons(originName(origin)), None);
  const state = origin.present ? age(origin.at, Date.now()) : vscode.l10n.t("no longer there");
  item.id = `origin ${origin.origin}`;
  item.description = `${count(origin.records)} · ${state}`;
  item.contextValue = origin.present ? "origin" : "origin.gone";
  item.iconPath = origin.present ? new vscode.ThemeIcon(icons[origin.kind]) : new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"));
  item.tooltip = [origin.origin, vscode.l10n.t("{0} records of {1} files, {2} parts not read", count(origin.records), count(origin.files), count(origin.unread)), vscode.l10n.t("Read {0}", new Date(origin.at).toLocaleString(vscode.env.language))].join("\n");
  item.accessibilityInformation = { label: `${originName(origin)}, ${vscode.l10n.t("{0} records", count(origin.records))}, ${state}` };
  return item;
}
