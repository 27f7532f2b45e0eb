import { basename, dirname } from "node:path";
import * as vscode from "vscode";
import type { KnowledgeOrigin, KnowledgeReading, KnowledgeReport } from "../../language-server/protocol/knowledge";
import { Told, type Handler, type Services } from "../services";
import { originName } from "./tree";
import { count } from "./texts";

/** Asks for a kernel tree and reads it. */
export const addTree: Handler = async (services, arg) => {
  const folder = await folderOf(arg, vscode.l10n.t("Read This Kernel Tree"));
  if (folder !== undefined) await read(services, { kind: "tree", path: folder }, basename(folder));
};

/** Asks for a folder of sources or documents, and what its documents belong to, and reads it. */
export const addFolder: Handler = async (services, arg) => {
  const folder = await folderOf(arg, vscode.l10n.t("Read This Folder"));
  if (folder === undefined) return;
  const own = basename(folder).toLowerCase();
  const component = await askComponent(own);
  if (component === undefined) return;
  await read(services, { kind: "folder", path: folder, ...(component === own ? {} : { component }) }, basename(folder));
};

/** Asks for documents, PDF or text, and what they belong to, and reads each as a source of its own. */
export const addDocument: Handler = async (services, arg) => {
  const files = arg instanceof vscode.Uri && arg.scheme === "file" ? [arg] : await vscode.window.showOpenDialog({ canSelectFiles: true, canSelectFolders: false, canSelectMany: true, openLabel: vscode.l10n.t("Read This Document"), title: vscode.l10n.t("Read This Document"), filters: { [vscode.l10n.t("Documents")]: ["pdf", "md", "rst", "html", "htm", "txt", "xml", "adoc", "conf", "gz"], [vscode.l10n.t("All files")]: ["*"] } });
  const paths = (files ?? []).flatMap(({ scheme, fsPath }) => (scheme === "file" ? [fsPath] : []));
  const [first] = paths;
  if (first === undefined) return;
  const component = await askComponent(basename(dirname(first)).toLowerCase());
  if (component === undefined) return;
  for (const path of paths) await read(services, { kind: "file", path, component }, basename(path));
};

/** Reads what this machine runs with. Nothing is written to it. */
export const addRunning: Handler = (services) => read(services, { kind: "running" }, vscode.l10n.t("this machine"));

/** Reads one source again, or all of them. */
export const refresh: Handler = async (services, arg) => {
  const one = originOf(arg);
  const all = one === undefined ? (await services.knowledge.summary()).origins.filter(({ present }) => present) : [one];
  if (all.length === 0) throw new Told(vscode.l10n.t("The knowledge store is empty. Add a kernel tree, a folder of documents or this machine first."));
  for (const origin of all) await told(services, originName(origin), (token) => services.server.request("keelson/knowledge/readAgain", { origin: origin.origin }, token));
};

/** Takes a source out of the store, after a confirm. */
export const remove: Handler = async (services, arg) => {
  const origin = originOf(arg);
  if (origin === undefined) throw new Told(vscode.l10n.t("Choose a source in the Knowledge view."));
  const yes = vscode.l10n.t("Take It Out");
  const choice = await vscode.window.showWarningMessage(vscode.l10n.t("Take {0} out of the knowledge store?", originName(origin)), { modal: true, detail: vscode.l10n.t("{0} records go. The files themselves stay as they are.", count(origin.records)) }, yes);
  if (choice === yes) await services.server.request("keelson/knowledge/forget", { origin: origin.origin });
};

/** Opens an origin's folder in the system's file manager. */
export const reveal: Handler = async (_services, arg) => {
  const origin = originOf(arg);
  if (origin?.kind === "folder" || origin?.kind === "file") await vscode.commands.executeCommand("revealFileInOS", vscode.Uri.file(origin.origin));
};

function originOf(arg: unknown): KnowledgeOrigin | undefined {
  return typeof arg === "object" && arg !== null && "kind" in arg && arg.kind === "origin" && "origin" in arg ? (arg.origin as KnowledgeOrigin) : undefined;
}

async function askComponent(usual: string): Promise<string | undefined> {
  const component = await vscode.window.showInputBox({
    title: vscode.l10n.t("Add documents"),
    prompt: vscode.l10n.t("What do its documents belong to? Sources of known programs (redis, PostgreSQL, vLLM, …) tell it themselves."),
    value: usual.replace(/[^\w.+-]+/gu, "-").slice(0, 60),
    validateInput: (text) => (/^[\w.+-]{1,60}$/u.test(text.trim()) ? undefined : vscode.l10n.t("A short name without spaces.")),
  });
  return component?.trim();
}

async function folderOf(arg: unknown, openLabel: string): Promise<string | undefined> {
  if (arg instanceof vscode.Uri && arg.scheme === "file") return arg.fsPath;
  const [picked] = (await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, canSelectMany: false, openLabel, title: openLabel })) ?? [];
  return picked?.scheme === "file" ? picked.fsPath : undefined;
}

async function read(services: Services, reading: KnowledgeReading, name: string): Promise<void> {
  await told(services, name, (token) => services.server.request("keelson/knowledge/read", reading, token));
}

/** Runs a reading with its progress and a cancel, and tells what came of it. */
async function told(services: Services, name: string, work: (token: vscode.CancellationToken) => Promise<KnowledgeReport>): Promise<void> {
  const report = await vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Reading {0}", name), cancellable: true }, async (progress, token) => {
    let before = 0;
    const listening = services.server.onNotification("keelson/knowledge/progress", ({ done, total }) => {
      const now = total === 0 ? 100 : (100 * done) / total;
      progress.report({ message: vscode.l10n.t("{0} of {1} files", count(done), count(total)), increment: now - before });
      before = now;
    });
    try {
      return await work(token);
    } finally {
      listening.dispose();
    }
  });
  const parts = [
    report.changed === 0 && report.gone === 0 ? vscode.l10n.t("{0}: nothing changed in {1} files.", name, count(report.files)) : vscode.l10n.t("{0}: {1} records read from {2} files.", name, count(report.records), count(report.changed)),
    ...(report.unread === 0 ? [] : [vscode.l10n.t("{0} parts could not be read.", count(report.unread))]),
    ...(report.conflicts === 0 ? [] : [vscode.l10n.t("Sources contradict each other in {0} places.", count(report.conflicts))]),
  ];
  const show = vscode.l10n.t("Show Details");
  // Not awaited: the next source is read while a person reads this.
  void vscode.window.showInformationMessage(parts.join(" "), show).then((choice) => (choice === show ? services.reports.show(vscode.l10n.t("What was read.md"), report.details) : undefined));
}
