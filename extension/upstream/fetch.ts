import * as vscode from "vscode";
import type { Services } from "../services";
import { quoteWord } from "../shellWords";
import { fetchCommands } from "./fetchCommands";

/** How mainline gets into the repository. The commands are shown to be copied or typed into a terminal; Keelson runs none of them. */
export async function showHowToFetch({ reports }: Services, folder: string): Promise<void> {
  const source = await askSource();
  if (source === undefined) return;
  const commands = fetchCommands(folder, source, (word) => quoteWord(word, process.platform));
  const copy = vscode.l10n.t("Copy the Commands");
  const show = vscode.l10n.t("Show Them");
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t("Run these two commands, then Keelson: Compare with Mainline again."), { modal: true, detail: commands.join("\n") }, copy, show);
  if (choice === copy) await vscode.env.clipboard.writeText(`${commands.join("\n")}\n`);
  if (choice === show) await reports.show(vscode.l10n.t("Bring in mainline.txt"), `${commands.join("\n")}\n`);
}

/** A folder or an address. */
async function askSource(): Promise<string | undefined> {
  const clone = { label: `$(folder) ${vscode.l10n.t("Another clone on this machine…")}` };
  const server = { label: `$(globe) ${vscode.l10n.t("A server…")}` };
  const picked = await vscode.window.showQuickPick([clone, server], { title: vscode.l10n.t("Where is mainline?") });
  if (picked === clone) {
    const [uri] = (await vscode.window.showOpenDialog({ canSelectFiles: false, canSelectFolders: true, title: vscode.l10n.t("Where is mainline?") })) ?? [];
    return uri?.fsPath;
  }
  if (picked !== server) return undefined;
  return vscode.window.showInputBox({ title: vscode.l10n.t("Where is mainline?"), value: "https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git", prompt: vscode.l10n.t("Keelson does not connect to it; the command will, when you run it.") });
}
