import * as vscode from "vscode";
import type { SourceRequest } from "../../language-server/protocol/requests";
import { withoutLinks } from "../notice";
import { Told, type Handler, type Services } from "../services";
import { patchScheme, sourceAddress } from "./address";
import { readRange, type RangeFlaw } from "./range";
import { pickRepository, type RepositoryChoice } from "./repositories";

export const reviewStaged: Handler = async (services, arg) => {
  const repository = await wantedRepository(arg);
  if (repository !== undefined) await open(services, { kind: "staged", folder: repository.folder }, repository.title, vscode.l10n.t("Nothing is staged in {0}.", repository.title));
};

export const reviewWorkingTree: Handler = async (services, arg) => {
  const repository = await wantedRepository(arg);
  if (repository !== undefined) await open(services, { kind: "worktree", folder: repository.folder }, repository.title, vscode.l10n.t("The working tree of {0} has no changes.", repository.title));
};

export const reviewRange: Handler = async (services, arg) => {
  const repository = await wantedRepository(arg);
  const range = repository === undefined ? undefined : await pickRange(repository);
  if (repository === undefined || range === undefined) return;
  await open(services, { kind: "range", folder: repository.folder, range }, repository.title, vscode.l10n.t("{0} has no changes to review.", range));
};

/** Makes the patch of the active editor anew, or all that are open. */
export const refresh: Handler = async ({ sources }) => {
  const active = vscode.window.activeTextEditor?.document;
  const documents = active?.uri.scheme === patchScheme ? [active] : vscode.workspace.textDocuments.filter(({ uri }) => uri.scheme === patchScheme);
  for (const { uri } of documents) await sources.read(uri);
};

export const openPatch: Handler = async () => {
  const uris = await vscode.window.showOpenDialog({
    canSelectMany: true,
    filters: { [vscode.l10n.t("Patches")]: ["patch", "diff", "mbox", "mbx", "rej"], [vscode.l10n.t("All files")]: ["*"] },
    title: vscode.l10n.t("Open a Patch"),
  });
  for (const uri of uris ?? []) await vscode.commands.executeCommand("vscode.open", uri, { preview: false });
};

async function wantedRepository(arg: unknown): Promise<RepositoryChoice | undefined> {
  if (!vscode.workspace.isTrusted) throw new Told(vscode.l10n.t("This workspace is not trusted, so git does not run in it."));
  if (vscode.workspace.workspaceFolders === undefined) throw new Told(vscode.l10n.t("Open the folder of a git repository first."));
  return pickRepository(arg);
}

async function open({ sources }: Services, request: SourceRequest, name: string, nothing: string): Promise<void> {
  const uri = vscode.Uri.from({ scheme: patchScheme, ...sourceAddress(request, name) });
  const text = await sources.read(uri);
  if (text.trim() === "") {
    void vscode.window.showInformationMessage(withoutLinks(nothing));
    return;
  }
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: false });
}

/** Recent commits to choose from; what is typed instead counts as a commit or range of git's own spelling. */
async function pickRange(repository: RepositoryChoice): Promise<string | undefined> {
  const commits = await repository.recent();
  const items = commits.map(({ hash, message, authorName }) => ({
    label: `$(git-commit) ${(message.split("\n")[0] ?? "").trim()}`,
    description: [hash.slice(0, 12), authorName].filter((part) => part !== undefined).join(" · "),
    range: hash,
  }));
  const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { readonly range: string }>();
  pick.title = vscode.l10n.t("Review Commit or Range");
  pick.placeholder = vscode.l10n.t("Choose a commit, or type one or a range: HEAD~3.., v6.1..v6.1.2");
  pick.matchOnDescription = true;
  pick.items = items;
  return new Promise((resolve) => {
    pick.onDidChangeValue((value) => {
      const reading = readRange(value);
      if ("range" in reading) pick.items = [{ label: `$(git-compare) ${reading.range}`, description: vscode.l10n.t("as typed"), alwaysShow: true, range: reading.range }, ...items];
      else if (reading.flaw === "empty") pick.items = items;
      else pick.items = [{ label: `$(error) ${flawText(reading.flaw)}`, alwaysShow: true, range: "" }, ...items];
    });
    pick.onDidAccept(() => {
      const range = pick.selectedItems[0]?.range;
      if (range === undefined || range === "") return;
      resolve(range);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
  });
}

function flawText(flaw: Exclude<RangeFlaw, "empty">): string {
  switch (flaw) {
    case "option":
      return vscode.l10n.t("A commit does not begin with a dash.");
    case "space":
      return vscode.l10n.t("One commit or range, without spaces.");
    case "character":
      return vscode.l10n.t("This character is in no name of git's.");
    case "dots":
      return vscode.l10n.t("A range is two commits with .. or ... between them.");
  }
}
