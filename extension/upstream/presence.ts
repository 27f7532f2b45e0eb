import * as vscode from "vscode";
import { Told, type Handler } from "../services";
import { quoteWord } from "../shellWords";

/** The commands that ask which of mainline's commits a tree without history carries. */
export function presenceCommands(tree: string, clone: string, range: string, quote: (word: string) => string): readonly string[] {
  return [`git -C ${quote(clone)} rev-list ${quote(range)} > commits.txt`, `keelson upstream presence --repo ${quote(clone)} --tree ${quote(tree)} --commits commits.txt`];
}

/** A tree without git history has no side to compare; its text can be asked for each commit of a clone. Keelson runs nothing here. */
export const presence: Handler = async ({ reports }) => {
  const tree = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === "file")?.uri;
  if (tree === undefined) throw new Told(vscode.l10n.t("Open the folder of a source tree first."));
  const title = vscode.l10n.t("What a tree without history carries");
  const clone = await vscode.window.showInputBox({ title, prompt: vscode.l10n.t("A clone on this machine that has mainline's commits: its folder"), placeHolder: "~/linux", validateInput: (text) => (text.trim() === "" ? vscode.l10n.t("A folder is needed.") : undefined) });
  if (clone === undefined || clone.trim() === "") return;
  const range = await vscode.window.showInputBox({ title, prompt: vscode.l10n.t("Which of its commits? As git understands it"), value: "v6.6..v6.6.30", validateInput: (text) => (text.trim() === "" || text.trim().startsWith("-") ? vscode.l10n.t("Name commits as in v6.6..v6.6.30.") : undefined) });
  if (range === undefined || range.trim() === "") return;
  const quote = (word: string): string => (word.startsWith("~/") ? `~/${quoteWord(word.slice(2), process.platform)}` : quoteWord(word, process.platform));
  const commands = presenceCommands(tree.fsPath, clone.trim(), range.trim(), quote);
  const copy = vscode.l10n.t("Copy the Commands");
  const show = vscode.l10n.t("Show Them");
  const choice = await vscode.window.showInformationMessage(vscode.l10n.t("Run these two commands. A line for each commit says present, partial, absent or unknown, with the places."), { modal: true, detail: commands.join("\n") }, copy, show);
  if (choice === copy) await vscode.env.clipboard.writeText(`${commands.join("\n")}\n`);
  if (choice === show) await reports.show(vscode.l10n.t("What the tree carries.txt"), `${commands.join("\n")}\n`);
};
