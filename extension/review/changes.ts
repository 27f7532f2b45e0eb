import * as vscode from "vscode";
import { readCount } from "../args";
import { withoutLinks } from "../notice";
import { Told, type Handler } from "../services";
import { targetsAt } from "./outline";
import { outlineOf, patchDocument } from "./place";

/** All safe fixes in VS Code's own preview; accepting them is one undo. */
export const fixAll: Handler = async ({ server }, arg) => {
  const document = await patchDocument(arg);
  const { edits } = await server.request("keelson/review/fixAll", { uri: document.uri.toString() });
  if (edits.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("No finding here has a fix that is safe to make unasked."));
    return;
  }
  if (vscode.workspace.fs.isWritableFileSystem(document.uri.scheme) === false) {
    throw new Told(vscode.l10n.t("This patch is read-only: it is made from git. Mend the commit, or save the patch to a file first."));
  }
  const change = new vscode.WorkspaceEdit();
  for (const edit of edits) {
    const range = new vscode.Range(edit.startLine - 1, edit.startColumn, edit.endLine - 1, edit.endColumn);
    change.replace(document.uri, range, edit.newText, { needsConfirmation: true, label: edit.title });
  }
  void vscode.window.showInformationMessage(vscode.l10n.t("Tick the fixes to make, then Apply: one undo."));
  await vscode.workspace.applyEdit(change, { isRefactoring: true });
};

/** Shows where and with which commands, asks, and only then lets the server write; the user's own checkout is not touched. */
export const applyToWorktree: Handler = async ({ server, logs }, arg) => {
  const document = await patchDocument(arg);
  const uri = document.uri.toString();
  await server.start();
  const patch = readCount(arg, "patch") ?? (await patchAtCursor(document));
  const plan = await server.request("keelson/review/planWorktree", { uri, patch });
  const apply = vscode.l10n.t("Apply");
  const detail = [vscode.l10n.t("Folder: {0}", plan.path), vscode.l10n.t("Base: {0}", plan.base.slice(0, 12)), "", vscode.l10n.t("Commands:"), ...plan.commands].join("\n");
  const answer = await vscode.window.showInformationMessage(vscode.l10n.t("Apply the patch in a new worktree?"), { modal: true, detail }, apply);
  if (answer !== apply) return;
  const progress = { location: vscode.ProgressLocation.Notification, title: withoutLinks(vscode.l10n.t("Applying to {0}", plan.path)) };
  const { ok, output, made } = await vscode.window.withProgress(progress, () => server.request("keelson/review/applyToWorktree", { uri, patch, plan }));
  logs.log.info(`apply to ${plan.path}: ${ok ? "ok" : "failed"}\n${output}`);
  const show = vscode.l10n.t("Show Log");
  const open = vscode.l10n.t("Open in New Window");
  const choice = await told();
  if (choice === open) await vscode.commands.executeCommand("vscode.openFolder", vscode.Uri.file(plan.path), { forceNewWindow: true });
  if (choice === show) logs.log.show();

  function told(): Thenable<string | undefined> {
    if (ok) return vscode.window.showInformationMessage(withoutLinks(vscode.l10n.t("Applied in {0}.", plan.path)), open, show);
    if (!made) return vscode.window.showErrorMessage(withoutLinks(vscode.l10n.t("git could not make the worktree {0}; its words are in the log.", plan.path)), show);
    return vscode.window.showErrorMessage(withoutLinks(vscode.l10n.t("The patch does not apply. The worktree {0} is left as it is, to mend or remove; git's words are in the log.", plan.path)), open, show);
  }
};

async function patchAtCursor(document: vscode.TextDocument): Promise<number> {
  const editor = vscode.window.visibleTextEditors.find((candidate) => candidate.document === document);
  const target = targetsAt(await outlineOf(document.uri), editor?.selection.active.line ?? 0).at(-1)?.target;
  return target?.kind === "patch" ? target.patch : 0;
}
