import * as vscode from "vscode";
import type { PairRef, UpstreamList } from "../../language-server/protocol/upstream";
import type { SeriesView, TemplateView } from "../../language-server/protocol/upstream-actions";
import { withoutLinks } from "../notice";
import { Told, type Handler, type Services } from "../services";
import { readRow } from "./args";
import { wantedPair } from "./commands";

/** Texts made of a comparison. They open as untitled documents, or where the user saves them; nothing is written unasked. */

interface FormatItem<F extends string> extends vscode.QuickPickItem {
  readonly format: F;
}

async function pickFormat<F extends string>(title: string, formats: readonly (readonly [F, string, string])[]): Promise<F | undefined> {
  const items = formats.map(([format, label, description]): FormatItem<F> => ({ format, label, description }));
  return (await vscode.window.showQuickPick(items, { title, placeHolder: vscode.l10n.t("In which form?") }))?.format;
}

async function openUntitled(content: string, language: string): Promise<void> {
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language }), { preview: false });
}

const languages = { csv: "plaintext", markdown: "markdown", json: "json" } as const;

/** The rows of a list, as the view's filter leaves them. */
export const exportRows: Handler = async ({ server, upstream }, arg) => {
  const node = readRow(arg);
  if (node?.list === undefined) throw new Told(vscode.l10n.t("Use the menu of a list in the Upstream view."));
  const format = await pickFormat(vscode.l10n.t("Export a list"), [
    ["csv", "CSV", vscode.l10n.t("for a spreadsheet; full commit ids")],
    ["markdown", "Markdown", vscode.l10n.t("for a mail or a ticket")],
    ["json", "JSON", vscode.l10n.t("for a program; full commit ids")],
  ]);
  if (format === undefined) return;
  const { text } = await server.request("keelson/upstream/export", { folder: node.folder, pair: node.pair, list: node.list, filter: upstream.filter(), sort: upstream.sort(), format });
  await openUntitled(text, languages[format]);
};

/** The whole comparison. HTML is for a browser, so it is saved rather than opened as text. */
export const report: Handler = async (services, arg) => {
  const pair = await wantedPair(services, arg);
  if (pair === undefined) return;
  const format = await pickFormat(vscode.l10n.t("Report: {0}", pair.pair), [
    ["html", "HTML", vscode.l10n.t("one file to read in a browser or print")],
    ["markdown", "Markdown", vscode.l10n.t("for a mail or a ticket")],
    ["json", "JSON", vscode.l10n.t("for a program; full commit ids")],
  ]);
  if (format === undefined) return;
  const { text } = await services.server.request("keelson/upstream/report", { folder: pair.folder, pair: pair.pair, format });
  if (format === "html") await save(Buffer.from(text, "utf8"), pair.folder, `upstream-${pair.pair}.html`, "HTML", "html");
  else await openUntitled(text, languages[format]);
};

/** Asks where, and writes there. False when nobody said where. */
async function save(bytes: Uint8Array, folder: string, name: string, kind: string, ending: string): Promise<boolean> {
  const place = vscode.Uri.joinPath(vscode.Uri.file(folder), "..", name.replace(/[^\p{L}\p{N}.-]+/gu, "-"));
  const chosen = await vscode.window.showSaveDialog({ defaultUri: place, filters: { [kind]: [ending] } });
  if (chosen === undefined) return false;
  await vscode.workspace.fs.writeFile(chosen, bytes);
  const open = vscode.l10n.t("Show in Folder");
  void vscode.window.showInformationMessage(withoutLinks(vscode.l10n.t("Saved as {0}.", chosen.fsPath)), open).then((choice) => (choice === open ? vscode.commands.executeCommand("revealFileInOS", chosen) : undefined));
  return true;
}

const missingLists: ReadonlySet<UpstreamList> = new Set(["missing", "not-built", "decided"]);

/** The fixes that a command is about: those chosen in the view, or all of a list. */
async function wantedFixes({ upstream }: Services, arg: unknown): Promise<(PairRef & { readonly commits: readonly string[] }) | undefined> {
  const node = readRow(arg);
  if (node?.list !== undefined && node.commit === undefined && missingLists.has(node.list)) {
    const rows = await upstream.rows({ folder: node.folder, pair: node.pair, list: node.list });
    return { folder: node.folder, pair: node.pair, commits: rows.map(({ commit }) => commit) };
  }
  const rows = upstream.selected(arg).filter(({ list, row }) => missingLists.has(list) && row.side === "mainline");
  const [first] = rows;
  if (first === undefined) return undefined;
  const { folder, pair } = first;
  return { folder, pair, commits: rows.filter((row) => row.folder === folder && row.pair === pair).map(({ commit }) => commit) };
}

async function pickTemplate({ templates, chosen }: { readonly templates: readonly TemplateView[]; readonly chosen: string }): Promise<TemplateView | undefined> {
  const set = templates.find(({ id }) => id === chosen);
  if (set !== undefined) return set;
  const items = templates.map((template) => ({ label: template.title, template }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("How does your tree say where a commit is from?"), placeHolder: vscode.l10n.t("keelson.upstream.inclusionTemplate sets it for good") }))?.template;
}

/** A mailbox of the chosen fixes for `git am`, under the team's inclusion header. */
export const openSeries: Handler = async (services, arg) => {
  const wanted = await wantedFixes(services, arg);
  if (wanted === undefined) throw new Told(vscode.l10n.t("Choose a missing fix in the Upstream view first."));
  await openSeriesOf(services, wanted);
};

export async function openSeriesOf(services: Services, wanted: PairRef & { readonly commits: readonly string[] }): Promise<void> {
  const { server } = services;
  const template = await pickTemplate(await server.request("keelson/upstream/templates", { folder: wanted.folder }));
  if (template === undefined) return;
  const bug = template.bug ? await vscode.window.showInputBox({ title: template.title, prompt: vscode.l10n.t("The bug that the series is for: a number or an address. Empty for none.") }) : "";
  if (bug === undefined) return;
  const series = await server.request("keelson/upstream/series", { ...wanted, template: template.id, bug });
  if (series.bytes === undefined) await openUntitled(series.text, "mbox");
  else if (!(await save(Buffer.from(series.bytes, "base64"), wanted.folder, `${wanted.pair}.mbox`, "mbox", "mbox"))) return;
  await tellSeries(services, series);
}

async function tellSeries({ reports }: Services, { mails, amOptions, notes }: SeriesView): Promise<void> {
  const command = ["git am", ...amOptions, vscode.l10n.t("FILE")].join(" ");
  const text = mails === 1 ? vscode.l10n.t("1 mail. Save it and apply with: {0}", command) : vscode.l10n.t("{0} mails in mainline's order. Save them and apply with: {1}", mails, command);
  if (notes.length === 0) {
    void vscode.window.showInformationMessage(withoutLinks(text));
    return;
  }
  const show = vscode.l10n.t("Show Notes");
  const answer = await vscode.window.showWarningMessage(withoutLinks(`${text} ${vscode.l10n.t("Notes: {0}", notes.length)}`), show);
  if (answer === show) await reports.show(vscode.l10n.t("Notes on the series.txt"), `${notes.join("\n")}\n`);
}

function requireOurs(arg: unknown): PairRef & { readonly commit: string } {
  const row = readRow(arg);
  if (row?.commit === undefined) throw new Told(vscode.l10n.t("Choose a commit in the Upstream view first."));
  return { folder: row.folder, pair: row.pair, commit: row.commit };
}

export const explainDifference: Handler = async ({ server, reports }, arg) => {
  const row = requireOurs(arg);
  const { text } = await server.request("keelson/upstream/explainDifference", row);
  await reports.show(vscode.l10n.t("Difference of {0}.md", row.commit.slice(0, 12)), text);
};

export const previewDifference: Handler = async ({ server, reports }, arg) => {
  const { text } = await server.request("keelson/upstream/previewDifference", requireOurs(arg));
  await reports.show(vscode.l10n.t("What would be sent.txt"), text);
};

export const releaseNotes: Handler = async (services, arg) => {
  const pair = await wantedPair(services, arg);
  if (pair === undefined) return;
  const range = await vscode.window.showInputBox({
    title: vscode.l10n.t("Release notes: {0}", pair.pair),
    prompt: vscode.l10n.t("Which commits? As v1..v2, or v1.. up to your side. Empty for all that are yours."),
    placeHolder: "v1.2..",
  });
  if (range === undefined) return;
  const { text } = await services.server.request("keelson/upstream/releaseNotes", { folder: pair.folder, pair: pair.pair, range });
  await openUntitled(text, "markdown");
};
