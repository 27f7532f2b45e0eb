import * as vscode from "vscode";
import { readCount, readCounts, readText } from "../args";
import { Told, type Handler, type Services } from "../services";
import { checkOf, findingsOf } from "./diagnostics";
import { patchDocument } from "./place";
import { stepFrom } from "./steps";

export const nextFinding: Handler = async () => step("next");
export const previousFinding: Handler = async () => step("previous");

async function step(direction: "next" | "previous"): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) throw new Told(vscode.l10n.t("Open a patch first: a .patch, .diff or .mbox file."));
  const spots = findingsOf(editor.document.uri).map(({ range }) => ({ line: range.start.line, character: range.start.character, range }));
  const found = stepFrom(spots, editor.selection.active, direction);
  if (found === undefined) {
    vscode.window.setStatusBarMessage(vscode.l10n.t("Keelson: no findings in this patch"), 5000);
    return;
  }
  goTo(editor, found.range.start);
  await vscode.commands.executeCommand("editor.action.showHover");
}

function goTo(editor: vscode.TextEditor, position: vscode.Position): void {
  editor.selection = new vscode.Selection(position, position);
  editor.revealRange(new vscode.Range(position, position), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

/** The lens's count: goes to the patch's first finding and opens the Problems view. */
export const showFindings: Handler = async (_services, arg) => {
  const document = await patchDocument(arg);
  const editor = await vscode.window.showTextDocument(document);
  const line = readCounts(arg, "lines")[0] ?? findingsOf(document.uri)[0]?.range.start.line;
  if (line !== undefined) goTo(editor, document.validatePosition(new vscode.Position(Math.max(0, line - 1), 0)));
  await vscode.commands.executeCommand("workbench.actions.view.problems");
};

/** How the base of a patch was chosen and what git said. The lens brings the words. */
export const showBase: Handler = async (services, arg) => {
  const details = readText(arg, "details");
  if (details === undefined) throw new Told(vscode.l10n.t("Use the lens above a patch: it knows the patch's base."));
  await services.reports.show(`${readText(arg, "title") ?? vscode.l10n.t("Base")}.txt`, details);
};

interface Suppression {
  readonly uri: string;
  readonly patch: number;
  readonly check: string;
  readonly quote: string;
  readonly line: number;
}

export const suppress: Handler = async (services, arg) => {
  const suppression = readSuppression(arg) ?? (await offeredAt(services, arg));
  if (suppression === undefined) throw new Told(vscode.l10n.t("Put the cursor on a finding first."));
  const reason = await vscode.window.showInputBox({
    title: vscode.l10n.t("Suppress {0}", suppression.check),
    prompt: vscode.l10n.t("Why is it no problem here? The reason is kept with the repository, for this text only."),
    validateInput: (value) => (value.trim() === "" ? vscode.l10n.t("A reason is needed.") : undefined),
  });
  if (reason === undefined || reason.trim() === "") return;
  const { where } = await services.server.request("keelson/review/suppress", { ...suppression, reason: reason.trim() });
  const undo = vscode.l10n.t("Undo");
  if ((await vscode.window.showInformationMessage(vscode.l10n.t("Suppressed {0} for this text.", suppression.check), undo)) !== undo) return;
  const { uri, check, quote } = suppression;
  await services.server.request("keelson/review/restore", { uri, check, quote, where });
};

function readSuppression(arg: unknown): Suppression | undefined {
  const uri = readText(arg, "uri");
  const check = readText(arg, "check");
  const quote = readText(arg, "quote");
  const patch = readCount(arg, "patch");
  const line = readCount(arg, "line");
  if (uri === undefined || check === undefined || quote === undefined || patch === undefined || line === undefined) return undefined;
  return { uri, check, quote, patch, line };
}

/** The server offers the suppression as a code action at each finding; without a given one, that of the cursor (or tree row) counts. */
async function offeredAt(services: Services, arg: unknown): Promise<Suppression | undefined> {
  const document = await patchDocument(arg);
  await services.server.start();
  const row = readCount(arg, "row");
  const line = row ?? vscode.window.activeTextEditor?.selection.active.line ?? 0;
  const check = readText(arg, "check");
  const here = findingsOf(document.uri).filter((finding) => finding.range.start.line === line && (check === undefined || checkOf(finding) === check));
  const ranges = here.length > 0 ? here.map((finding) => finding.range) : [document.lineAt(line).range];
  const offers: Suppression[] = [];
  for (const range of ranges) {
    const actions = await vscode.commands.executeCommand<readonly (vscode.CodeAction | vscode.Command)[] | undefined>("vscode.executeCodeActionProvider", document.uri, range);
    for (const action of actions ?? []) {
      const command = "command" in action && typeof action.command === "object" ? action.command : undefined;
      const offer = command?.command === "keelson.review.suppress" ? readSuppression(command.arguments?.[0]) : undefined;
      const wanted = offer !== undefined && (check === undefined || offer.check === check) && !offers.some((other) => other.check === offer.check && other.line === offer.line);
      if (wanted) offers.push(offer);
    }
  }
  if (offers.length < 2) return offers[0];
  const items = offers.map((offer) => ({ label: offer.check, description: offer.quote, offer }));
  return (await vscode.window.showQuickPick(items, { title: "Keelson", placeHolder: vscode.l10n.t("Which finding?") }))?.offer;
}

/** The page of a check, in the Markdown preview. */
export const openCheckPage: Handler = async ({ context }, arg) => {
  const folder = vscode.Uri.joinPath(context.extensionUri, "dist", "pages");
  const pages = (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).filter((name) => name.endsWith(".md"));
  const ids = pages.map((name) => name.slice(0, -".md".length)).sort();
  const wanted = readText(arg, "check") ?? checkAtCursor() ?? (await vscode.window.showQuickPick(ids, { title: vscode.l10n.t("Check pages") }));
  if (wanted === undefined) return;
  if (!ids.includes(wanted)) throw new Told(vscode.l10n.t("There is no page for {0}.", wanted));
  await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(folder, `${wanted}.md`));
};

function checkAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const here = findingsOf(editor.document.uri).find((finding) => finding.range.contains(editor.selection.active));
  return here === undefined ? undefined : checkOf(here);
}
