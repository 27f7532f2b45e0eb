import * as vscode from "vscode";
import type { HeatmapPanelState, TwinPanelState } from "../../language-server/protocol/upstream-panels";
import type { PairRef, PairView } from "../../language-server/protocol/upstream";
import { withoutLinks } from "../notice";
import { patchScheme, sourceAddress } from "../review/address";
import { Told, type Handler, type Services } from "../services";
import { setUpPair } from "./assistant";
import { readPair, readRow, readRows } from "./args";
import { editFilter } from "./filter";
import { withoutIcons } from "./steps";

/** Compares the pair that is asked for, or the only one; without any, the assistant sets one up first. */
export const compare: Handler = async (services, arg) => {
  requireTrust();
  const pair = await wantedPair(services, arg);
  if (pair !== undefined) await run(services, pair);
};

export const addPair: Handler = async (services, arg) => {
  requireTrust();
  const pair = await setUp(services, arg);
  if (pair !== undefined) await run(services, pair);
};

export const refresh: Handler = async (services, arg) => {
  requireTrust();
  const asked = readPair(arg);
  const pairs = asked === undefined ? await pairsOf(services) : [asked];
  for (const pair of pairs) await run(services, pair);
};

function requireTrust(): void {
  if (!vscode.workspace.isTrusted) throw new Told(vscode.l10n.t("This workspace is not trusted, so git does not run in it."));
  if (vscode.workspace.workspaceFolders === undefined) throw new Told(vscode.l10n.t("Open the folder of a git repository first."));
}

async function pairsOf({ server }: Services): Promise<readonly PairView[]> {
  return (await server.request("keelson/upstream/pairs", null)).pairs;
}

/** The comparison that a command is about: the one of its argument, the only one, or the chosen one. */
export async function wantedPair(services: Services, arg: unknown): Promise<PairRef | undefined> {
  requireTrust();
  const given = readPair(arg);
  if (given !== undefined) return given;
  const pairs = await pairsOf(services);
  if (pairs.length === 0) return setUp(services, undefined);
  return pairs.length === 1 ? pairs[0] : pickPair(pairs, services);
}

async function pickPair(pairs: readonly PairView[], services: Services): Promise<PairRef | undefined> {
  const another = { label: `$(add) ${vscode.l10n.t("Another comparison…")}`, pair: undefined };
  const items = [...pairs.map((pair) => ({ label: withoutIcons(pair.pair), description: `${pair.downstream} ← ${pair.mainline}`, detail: withoutIcons(pair.repository), pair })), another];
  const picked = await vscode.window.showQuickPick<{ readonly label: string; readonly pair: PairView | undefined }>(items, { title: "Keelson", placeHolder: vscode.l10n.t("Which comparison?"), matchOnDescription: true });
  return picked === another ? setUp(services, undefined) : picked?.pair;
}

/** Sets one up, and waits until the server has read the new setting. */
async function setUp(services: Services, arg: unknown): Promise<PairRef | undefined> {
  const made = await setUpPair(services, arg);
  if (made === undefined) return undefined;
  const known = async (): Promise<PairRef | undefined> => (await pairsOf(services)).find(({ pair, folder }) => pair === made.pair && folder === made.folder) ?? (await pairsOf(services)).find(({ pair }) => pair === made.pair);
  return (await known()) ?? (await afterChange(services, known));
}

const settingMs = 5000;

/** The server tells when it has read settings anew. */
function afterChange({ server }: Services, known: () => Promise<PairRef | undefined>): Promise<PairRef | undefined> {
  return new Promise((resolve, reject) => {
    const done = (pair: PairRef | undefined): void => {
      clearTimeout(timer);
      listening.dispose();
      resolve(pair);
    };
    const timer = setTimeout(done, settingMs, undefined);
    const listening = server.onNotification("keelson/upstream/changed", () => {
      known().then((pair) => {
        if (pair !== undefined) done(pair);
      }, reject);
    });
  });
}

/** The server shows how far it is, with a cancel; the view shows it too. */
async function run({ server }: Services, { folder, pair }: PairRef): Promise<void> {
  await vscode.commands.executeCommand("keelson.upstream.focus");
  await server.request("keelson/upstream/refresh", { folder, pair });
}

export const filter: Handler = async ({ server, upstream }, arg) => {
  const [first] = await pairsWithRows(upstream.known(), readPair(arg));
  await editFilter(server, first, () => upstream.filter(), (wanted) => {
    upstream.setFilter(wanted);
  });
};

function pairsWithRows(known: readonly PairRef[], asked: PairRef | undefined): Promise<readonly PairRef[]> {
  return Promise.resolve(asked === undefined ? known : [asked]);
}

export const clearFilter: Handler = ({ upstream }) => {
  upstream.setFilter({});
  return Promise.resolve();
};

/** A panel asks for the rows behind one of its numbers. */
export const showRows: Handler = async ({ upstream }, arg) => {
  const rows = readRows(arg);
  if (rows === undefined) throw new Told(vscode.l10n.t("Use the heat map: it knows which rows to show."));
  upstream.setFilter(rows.filter);
  await vscode.commands.executeCommand("keelson.upstream.focus");
  await upstream.reveal(rows, rows.list);
};

export const openTwin: Handler = async ({ twinPanel }, arg) => {
  const row = requireRow(arg);
  const state: TwinPanelState = { request: { folder: row.folder, pair: row.pair, commit: row.commit } };
  twinPanel.open(vscode.l10n.t("Twin of {0}", row.commit.slice(0, 12)), state);
  return Promise.resolve();
};

export const heatmap: Handler = async (services, arg) => {
  requireTrust();
  const pair = await wantedPair(services, arg);
  if (pair === undefined) return;
  const state: HeatmapPanelState = { request: { folder: pair.folder, pair: pair.pair } };
  services.heatmapPanel.open(vscode.l10n.t("Subsystems: {0}", pair.pair), state);
};

export const openCommit: Handler = async (_services, arg) => {
  const { folder, commit } = requireRow(arg);
  await showCommit(folder, commit);
};

export const openMainline: Handler = async ({ server }, arg) => {
  const { folder, pair, commit } = requireRow(arg);
  const row = await server.request("keelson/upstream/row", { folder, pair, commit });
  const upstream = row?.upstream ?? [];
  if (upstream.length === 0) throw new Told(vscode.l10n.t("No commit of mainline is known for it."));
  const items = upstream.map((sha) => ({ label: sha.slice(0, 12), sha }));
  const sha = items.length === 1 ? items[0]?.sha : (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("It carries several. Which one?") }))?.sha;
  if (sha !== undefined) await showCommit(folder, sha);
};

/** The commit's patch document, as lenses and links open it. */
export async function showCommit(folder: string, commit: string): Promise<void> {
  const name = folder.split(/[/\\]/).filter((part) => part !== "").at(-1) ?? "";
  const { query } = sourceAddress({ kind: "range", folder, range: commit }, name);
  const uri = vscode.Uri.from({ scheme: patchScheme, path: `/${name}/${commit.slice(0, 12)}.diff`, query });
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
}

export const laterFixes: Handler = async ({ server }, arg) => {
  const { folder, pair, commit } = requireRow(arg);
  const items = server.request("keelson/upstream/laterFixes", { folder, pair, commit }).then(({ fixes }) =>
    fixes.map((fix) => ({
      label: `$(${fix.carriedAs === undefined ? "warning" : "check"}) ${withoutIcons(fix.subject)}`,
      description: fix.detail,
      detail: `${fix.commit.slice(0, 12)} · ${new Date(fix.time * 1000).toLocaleDateString(vscode.env.language)}`,
      commit: fix.commit,
    })),
  );
  if ((await items).length === 0) throw new Told(vscode.l10n.t("Mainline has no later fix of it that is known."));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Later fixes of {0}", commit.slice(0, 12)), placeHolder: vscode.l10n.t("Enter opens the fix as a patch"), matchOnDescription: true, matchOnDetail: true });
  if (picked !== undefined) await showCommit(folder, picked.commit);
};

export const copySha: Handler = async ({ upstream }, arg) => {
  const rows = upstream.selected(arg);
  if (rows.length === 0) throw new Told(vscode.l10n.t("Choose a commit in the Upstream view first."));
  await vscode.env.clipboard.writeText(rows.map(({ commit }) => commit).join("\n"));
};

/** A line a commit, as `git log --oneline` writes it, and what was found. */
export const copyList: Handler = async ({ upstream }, arg) => {
  const list = readRow(arg);
  if (list?.list === undefined) throw new Told(vscode.l10n.t("Use the menu of a list in the Upstream view."));
  const rows = await upstream.rows({ folder: list.folder, pair: list.pair, list: list.list });
  await vscode.env.clipboard.writeText(rows.map((row) => `${row.commit.slice(0, 12)} ${row.subject}${row.detail === "" ? "" : `\t${row.detail}`}\n`).join(""));
  vscode.window.setStatusBarMessage(vscode.l10n.t("Keelson: copied {0} lines", rows.length), 5000);
};

export const notForUs: Handler = async ({ server, upstream }, arg) => {
  const rows = upstream.selected(arg);
  if (rows.length === 0) throw new Told(vscode.l10n.t("Choose a missing fix in the Upstream view first."));
  const title = rows.length === 1 ? vscode.l10n.t("Not for us: {0}", rows[0]?.row.subject ?? "") : vscode.l10n.t("Not for us: {0} fixes", rows.length);
  const reason = await vscode.window.showInputBox({ title, prompt: vscode.l10n.t("Why is it not for you? The reason is kept with the repository."), validateInput: (value) => (value.trim() === "" ? vscode.l10n.t("A reason is needed.") : undefined) });
  if (reason === undefined || reason.trim() === "") return;
  for (const { folder, pair, commit } of rows) await server.request("keelson/upstream/decide", { folder, pair, commit, reason: reason.trim() });
  const undo = vscode.l10n.t("Undo");
  if ((await vscode.window.showInformationMessage(withoutLinks(title), undo)) !== undo) return;
  for (const { folder, pair, commit } of rows) await server.request("keelson/upstream/decide", { folder, pair, commit, reason: "" });
};

export const forUs: Handler = async ({ server, upstream }, arg) => {
  for (const { folder, pair, commit } of upstream.selected(arg)) await server.request("keelson/upstream/decide", { folder, pair, commit, reason: "" });
};

function requireRow(arg: unknown): PairRef & { readonly commit: string } {
  const row = readRow(arg);
  if (row?.commit === undefined) throw new Told(vscode.l10n.t("Choose a commit in the Upstream view first."));
  return { folder: row.folder, pair: row.pair, commit: row.commit };
}
