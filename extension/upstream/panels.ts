import * as vscode from "vscode";
import type { PairRef } from "../../language-server/protocol/upstream";
import type { HeatmapPanelState, TwinPanelState } from "../../language-server/protocol/upstream-panels";
import { readText } from "../args";
import { Told, type Handler, type Services } from "../services";

/** Shows our commit beside its twin in mainline. */
export const openTwin: Handler = (services, arg) => {
  const folder = readText(arg, "folder");
  const pair = readText(arg, "pair");
  const commit = readText(arg, "commit");
  if (folder === undefined || pair === undefined || commit === undefined) throw new Told(vscode.l10n.t("Choose a commit in the Upstream view first."));
  const state: TwinPanelState = { request: { folder, pair, commit } };
  services.twinPanel.open(vscode.l10n.t("Twin of {0}", commit.slice(0, 12)), state);
  return Promise.resolve();
};

/** Shows which subsystems are how far from mainline. */
export const showHeatmap: Handler = async (services, arg) => {
  const folder = readText(arg, "folder");
  const pair = readText(arg, "pair");
  const chosen = folder === undefined || pair === undefined ? await pickPair(services) : { folder, pair };
  if (chosen === undefined) return;
  const state: HeatmapPanelState = { request: { folder: chosen.folder, pair: chosen.pair } };
  services.heatmapPanel.open(vscode.l10n.t("Subsystems: {0}", chosen.pair), state);
};

async function pickPair(services: Services): Promise<PairRef | undefined> {
  const { pairs, note } = await services.server.request("keelson/upstream/pairs", null);
  if (pairs.length === 0) throw new Told(note === "" ? vscode.l10n.t("Name a comparison with mainline first: Keelson: Compare with Mainline.") : note);
  if (pairs.length === 1) return pairs[0];
  const items = pairs.map((pair) => ({ label: pair.pair, description: pair.repository, detail: `${pair.mainline} ↔ ${pair.downstream}`, pair }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Which comparison?"), matchOnDescription: true, matchOnDetail: true }))?.pair;
}
