import { delimiter } from "node:path";
import * as vscode from "vscode";
import { quoteWord } from "../shellWords";

/** VS Code gives extensions no text of a document above this size. */
const largest = 50 * 1024 * 1024;
const shellStartMs = 3000;
const patchName = /\.(?:patch|diff|rej|mbox|mbx)$/i;

/** Offers the command that reads from disk when a patch is opened that VS Code keeps from extensions. */
export function watchLargePatches(context: vscode.ExtensionContext): vscode.Disposable {
  const told = new Set<string>();

  async function look(): Promise<void> {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    if (!(input instanceof vscode.TabInputText) || input.uri.scheme !== "file" || !patchName.test(input.uri.path)) return;
    const path = input.uri.fsPath;
    if (told.has(path)) return;
    told.add(path);
    if ((await sizeOf(input.uri)) <= largest) return;
    const open = vscode.l10n.t("Open a Terminal with the Command");
    const message = vscode.l10n.t("This patch is larger than 50 MB, so VS Code does not hand its text to extensions. Keelson can review it from disk in a terminal.");
    if ((await vscode.window.showInformationMessage(message, open)) !== open) return;
    // The extension's own command comes first, so that it works where keelson was never installed.
    const search = [context.asAbsolutePath("bin"), process.env["PATH"] ?? ""].join(delimiter);
    const terminal = vscode.window.createTerminal({ name: "Keelson", env: { PATH: search } });
    terminal.show();
    await shellReady(terminal);
    // Typed, not run: the person presses Enter.
    terminal.sendText(reviewCommand(path), false);
  }

  const start = (): void => {
    look().then(undefined, (error: unknown) => vscode.window.showErrorMessage(String(error)));
  };
  start();
  return vscode.window.tabGroups.onDidChangeTabs(start);
}

/** A shell that still starts shows typed text twice. Shells without VS Code's integration never tell, so that waiting has an end. */
function shellReady(terminal: vscode.Terminal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve();
    };
    const timer = setTimeout(done, shellStartMs);
    const listening = vscode.window.onDidChangeTerminalShellIntegration((event) => {
      if (event.terminal === terminal) done();
    });
  });
}

/** In bytes; 0 when the file went away while its tab was open. */
async function sizeOf(uri: vscode.Uri): Promise<number> {
  try {
    return (await vscode.workspace.fs.stat(uri)).size;
  } catch (error) {
    if (error instanceof vscode.FileSystemError) return 0;
    throw error;
  }
}

function reviewCommand(path: string): string {
  return `keelson review ${quoteWord(path, process.platform)}`;
}
