import * as vscode from "vscode";
import type { UpstreamList } from "../../language-server/protocol/upstream";
import type { PickView } from "../../language-server/protocol/upstream-picks";
import { contextOf, idOf, type ListNode, type NoteNode, type PairNode, type PartNode, type RowNode, type UpstreamNode } from "./nodes";

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export function itemOf(node: UpstreamNode): vscode.TreeItem {
  const item = made(node);
  item.id = idOf(node);
  item.contextValue = contextOf(node);
  return item;
}

function made(node: UpstreamNode): vscode.TreeItem {
  switch (node.kind) {
    case "pair":
      return pairItem(node);
    case "list":
      return listItem(node);
    case "row":
      return rowItem(node);
    case "part":
      return partItem(node);
    case "note":
      return noteItem(node);
  }
}

function pairItem({ pair, summary }: PairNode): vscode.TreeItem {
  const item = new vscode.TreeItem(pair, Expanded);
  const sides = `${summary.downstream} ← ${summary.mainline}`;
  item.description = summary.state === "stale" ? vscode.l10n.t("{0} · old", sides) : sides;
  item.iconPath = new vscode.ThemeIcon("git-compare");
  const counts = summary.commits > 0 ? [vscode.l10n.t("{0} commits of ours, {1} of mainline that we lack by name", count(summary.commits), count(summary.candidates))] : [];
  item.tooltip = [`${summary.repository}: ${summary.downstream} ← ${summary.mainline}`, ...counts, ...(summary.note === "" ? [] : [summary.note])].join("\n");
  item.accessibilityInformation = { label: [pair, sides, summary.note].filter((part) => part !== "").join(", ") };
  return item;
}

export function listName(list: UpstreamList): string {
  switch (list) {
    case "missing":
      return vscode.l10n.t("Missing fixes");
    case "wrong":
      return vscode.l10n.t("Wrong claims");
    case "unsure":
      return vscode.l10n.t("Unsure");
    case "partial":
      return vscode.l10n.t("In part");
    case "adapted":
      return vscode.l10n.t("Adapted");
    case "same":
      return vscode.l10n.t("As is");
    case "ours":
      return vscode.l10n.t("Ours alone");
    case "revert":
      return vscode.l10n.t("Reverts");
    case "not-built":
      return vscode.l10n.t("Missing, but not built");
    case "decided":
      return vscode.l10n.t("Not for us");
  }
}

/** Shape tells the lists apart; colour is used where a person has to look. */
const listIcons: Readonly<Record<UpstreamList, readonly [icon: string, colour?: string]>> = {
  missing: ["warning", "problemsWarningIcon.foreground"],
  wrong: ["error", "problemsErrorIcon.foreground"],
  unsure: ["question"],
  partial: ["color-mode"],
  adapted: ["edit"],
  same: ["check"],
  ours: ["home"],
  revert: ["discard"],
  "not-built": ["circle-slash"],
  decided: ["eye-closed"],
};

function listIcon(list: UpstreamList, empty: boolean): vscode.ThemeIcon {
  const [icon, colour] = listIcons[list];
  return empty || colour === undefined ? new vscode.ThemeIcon(icon) : new vscode.ThemeIcon(icon, new vscode.ThemeColor(colour));
}

function listItem(node: ListNode): vscode.TreeItem {
  const item = new vscode.TreeItem(listName(node.list), node.count === 0 ? None : Collapsed);
  item.description = count(node.count);
  item.iconPath = listIcon(node.list, node.count === 0);
  item.tooltip = listTooltip(node.list);
  return item;
}

function listTooltip(list: UpstreamList): string {
  switch (list) {
    case "missing":
      return vscode.l10n.t("Mainline's fixes of what you carry that you lack, the riskiest first. Each step of the reason is proven.");
    case "wrong":
      return vscode.l10n.t("Commits whose message names a commit of mainline that the diff does not agree with.");
    case "unsure":
      return vscode.l10n.t("Commits that may be mainline's, but the evidence is too thin to say so.");
    case "partial":
      return vscode.l10n.t("Commits that lack hunks of mainline's commit.");
    case "adapted":
      return vscode.l10n.t("Mainline's commits with other lines, more hunks, several in one or one in several.");
    case "same":
      return vscode.l10n.t("Mainline's commits, line for line.");
    case "ours":
      return vscode.l10n.t("Commits that no commit of mainline matches.");
    case "revert":
      return vscode.l10n.t("Commits that take another one back.");
    case "not-built":
      return vscode.l10n.t("Missing fixes in code that your .config does not build.");
    case "decided":
      return vscode.l10n.t("Missing fixes that somebody marked as not for you, with the reason.");
  }
}

function rowItem(node: RowNode): vscode.TreeItem {
  const { row, commit } = node;
  const item = new vscode.TreeItem(row.subject === "" ? commit.slice(0, 12) : row.subject, None);
  const missing = row.missingFixes === 0 ? [] : [row.missingFixes === 1 ? vscode.l10n.t("1 fix missing") : vscode.l10n.t("{0} fixes missing", row.missingFixes)];
  // In a list that says it already, the verdict is not said again on each row.
  const detail = node.list === "same" || node.list === "ours" ? [] : [row.detail];
  item.description = [row.subsystem ?? "", ...(row.pick === undefined ? [] : [pickText(row.pick)]), ...detail, ...missing, commit.slice(0, 12)].filter((part) => part !== "").join(" · ");
  item.iconPath = rowIcon(node);
  const open = row.side === "downstream" ? "keelson.upstream.openTwin" : "keelson.upstream.openCommit";
  item.command = { command: open, title: vscode.l10n.t("Open"), arguments: [node] };
  return item;
}

function pickText({ class: found, files }: PickView): string {
  switch (found) {
    case "clean":
      return vscode.l10n.t("picks clean");
    case "empty":
      return vscode.l10n.t("is in already");
    case "conflict":
      return files.length === 1 ? vscode.l10n.t("conflicts in 1 file") : vscode.l10n.t("conflicts in {0} files", files.length);
    case "unknown":
      return vscode.l10n.t("could not be tried");
  }
}

/** More files than a tooltip has room for. */
const mostFiles = 8;

function rowIcon({ row, list }: RowNode): vscode.ThemeIcon {
  if (list !== "missing") return new vscode.ThemeIcon("git-commit");
  if (row.risk.includes("cve")) return new vscode.ThemeIcon("shield", new vscode.ThemeColor("problemsErrorIcon.foreground"));
  if (row.risk.includes("syzbot") || row.risk.includes("regression")) return new vscode.ThemeIcon("bug", new vscode.ThemeColor("problemsWarningIcon.foreground"));
  // In a narrow side bar the words stand behind a long title.
  return new vscode.ThemeIcon(row.pick === undefined ? "git-commit" : pickIcons[row.pick.class]);
}

const pickIcons: Readonly<Record<PickView["class"], string>> = { clean: "check", empty: "pass", conflict: "close", unknown: "question" };

/** What the row has no room for; made when the pointer rests on it. */
export function rowTooltip({ row, commit }: RowNode): vscode.MarkdownString {
  const text = new vscode.MarkdownString();
  const line = (words: string): void => {
    text.appendText(words);
    text.appendMarkdown("  \n");
  };
  line(row.subject);
  line(`${row.author}, ${new Date(row.time * 1000).toLocaleString(vscode.env.language)}`);
  line(row.side === "downstream" ? vscode.l10n.t("ours: {0}", commit.slice(0, 12)) : vscode.l10n.t("mainline: {0}", commit.slice(0, 12)));
  if (row.upstream.length > 0) line(vscode.l10n.t("mainline: {0}", row.upstream.map((sha) => sha.slice(0, 12)).join(", ")));
  if (row.detail !== "") line(row.detail);
  if (row.pick !== undefined) line([pickText(row.pick), ...row.pick.files.slice(0, mostFiles), ...(row.pick.files.length > mostFiles ? ["…"] : [])].join("\n"));
  if (row.subsystem !== undefined && row.subsystem !== "") line(row.subsystem);
  if (row.laterFixes > 0) line(vscode.l10n.t("{0} later fixes in mainline, {1} of them missing", row.laterFixes, row.missingFixes));
  return text;
}

/** A long title would push the other end of the part out of sight. */
const edgeLength = 32;

function partItem({ offset, count: rows, first, last }: PartNode): vscode.TreeItem {
  // The beginning of a list is read most, and the keyboard folds it away.
  const places = vscode.l10n.t("{0} to {1}", count(offset + 1), count(offset + rows));
  const item = new vscode.TreeItem(places, offset === 0 ? Expanded : Collapsed);
  const edges = [...new Set([first, last].filter((edge) => edge !== ""))];
  item.description = edges.map((edge) => (edge.length > edgeLength ? `${edge.slice(0, edgeLength - 1)}…` : edge)).join(" … ");
  item.tooltip = [places, ...edges].join("\n");
  return item;
}

function noteItem(node: NoteNode): vscode.TreeItem {
  // The sentence of the first run is longer than the side bar is wide.
  const item = new vscode.TreeItem(node.about === "none" ? vscode.l10n.t("Not compared yet") : node.text, None);
  item.tooltip = [node.text, ...(node.beside === undefined ? [] : [node.beside])].join(" ");
  item.iconPath = new vscode.ThemeIcon(noteIcons[node.about]);
  if (node.beside !== undefined) item.description = node.beside;
  if (node.action === "open") item.command = { command: "keelson.upstream.openCommit", title: vscode.l10n.t("Open"), arguments: [node] };
  if (node.action === "refresh") {
    item.command = { command: "keelson.upstream.compare", title: vscode.l10n.t("Compare"), arguments: [{ folder: node.folder, pair: node.pair }] };
    item.description = node.about === "none" ? vscode.l10n.t("Compare now") : vscode.l10n.t("Compare anew");
  }
  return item;
}

const noteIcons: Readonly<Record<NoteNode["about"], string>> = { running: "loading~spin", stale: "history", made: "git-commit", none: "play", broken: "error", notice: "info" };

/** With the reader's own separators. */
function count(value: number): string {
  return value.toLocaleString(vscode.env.language);
}
