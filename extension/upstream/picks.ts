import * as vscode from "vscode";
import type { PrerequisitesView } from "../../language-server/protocol/upstream-picks";
import { withoutLinks } from "../notice";
import { Told, type Handler, type Services } from "../services";
import { openSeriesOf } from "./actions";
import { readRow } from "./args";
import { showCommit } from "./commands";
import { withoutIcons } from "./steps";

/** Tries the fixes of a list onto our branch, in memory. */
export const tryPicks: Handler = async ({ server, upstream }, arg) => {
  const node = readRow(arg);
  const list = node?.list ?? "missing";
  const ref = node ?? upstream.known()[0];
  if (ref === undefined) throw new Told(vscode.l10n.t("Compare with mainline first."));
  const { text } = await server.request("keelson/upstream/tryPicks", { folder: ref.folder, pair: ref.pair, list });
  void vscode.window.showInformationMessage(withoutLinks(text));
};

/** What a fix that conflicts needs first; the answer can be read commit by commit, or opened as one series with the fix. */
export const prerequisites: Handler = async (services, arg) => {
  const row = readRow(arg);
  if (row?.commit === undefined) throw new Told(vscode.l10n.t("Choose a missing fix in the Upstream view first."));
  const { folder, pair, commit } = row;
  const found = await services.server.request("keelson/upstream/prerequisites", { folder, pair, commit });
  if (found.commits.length === 0) {
    void vscode.window.showInformationMessage(withoutLinks(found.text));
    return;
  }
  await offer(services, { folder, pair, commit }, found);
};

interface Item extends vscode.QuickPickItem {
  readonly run: () => Promise<void>;
}

async function offer(services: Services, row: { readonly folder: string; readonly pair: string; readonly commit: string }, { commits, whole, text }: PrerequisitesView): Promise<void> {
  const series: Item = {
    label: `$(mail) ${vscode.l10n.t("Open them and the fix as a series for git am")}`,
    run: () => openSeriesOf(services, { folder: row.folder, pair: row.pair, commits: [...commits.map(({ commit }) => commit), row.commit] }),
  };
  const items = commits.map(({ commit, subject }): Item => ({ label: withoutIcons(subject === "" ? commit.slice(0, 12) : subject), description: commit.slice(0, 12), run: () => showCommit(row.folder, commit) }));
  const chosen = await vscode.window.showQuickPick<Item>([...items, ...(whole ? [series] : [])], { title: withoutIcons(text), placeHolder: vscode.l10n.t("In the order in which they are to be picked") });
  await chosen?.run();
}
