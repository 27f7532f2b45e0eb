import "@vscode/codicons/dist/codicon.css";
import "../kit/base.css";
import "./heatmap.css";
import type { HeatColumn, HeatmapPanelState, UpstreamRows } from "../../language-server/protocol/upstream-panels";
import { openChannel } from "../kit/channel";
import { registerControls } from "../kit/controls";
import { speak } from "../kit/words";
import { createHeatmapPanel, type HeatmapPanel } from "./view";
import { words } from "./words";

registerControls();
const channel = openChannel();
let current: HeatmapPanelState | undefined;
let panel: HeatmapPanel | undefined;
let job = "";
let jobs = 0;

/** The list of the Upstream view, and the verdicts in it, that a column counts. */
const listOf: Readonly<Record<HeatColumn, { readonly list: NonNullable<UpstreamRows["list"]>; readonly verdict?: NonNullable<UpstreamRows["filter"]["verdict"]> }>> = {
  same: { list: "same" },
  adapted: { list: "adapted", verdict: ["adapted"] },
  partial: { list: "partial" },
  extended: { list: "adapted", verdict: ["extended"] },
  combined: { list: "adapted", verdict: ["squash", "split"] },
  revert: { list: "revert" },
  unsure: { list: "unsure" },
  ours: { list: "ours" },
  missing: { list: "missing" },
  wrong: { list: "wrong" },
};

/** `quiet`: what stands is drawn anew without a sign of waiting. */
async function load(compute: boolean, quiet = false): Promise<void> {
  if (current === undefined || panel === undefined) return;
  const own = `heatmap-${String(++jobs)}`;
  job = own;
  if (!quiet) panel.loading();
  try {
    const view = await channel.request("keelson/upstream/heatmap", { ...current.request, compute, job: own });
    if (job === own) panel.show(view);
  } catch (error) {
    if (job === own) panel.fail(error instanceof Error ? error.message : String(error));
  }
}

channel.onNotify("keelson/upstream/panelProgress", (progress) => {
  if (progress.job === job) panel?.progress(progress.text, progress.done, progress.total);
});
channel.onNotify("keelson/upstream/changed", ({ running }) => {
  // While our own request runs, its answer says the same.
  if (!running && document.querySelector("main")?.dataset["phase"] !== "waiting") void load(false, true);
});

channel.onInit(({ locale, state }) => {
  const root = document.getElementById("root");
  if (root === null) return;
  document.documentElement.lang = locale === "zh-cn" ? "zh-CN" : "en";
  current = state as HeatmapPanelState;
  channel.keep(current);
  panel = createHeatmapPanel(root, speak(words, locale), locale, { sort: current.sort, search: current.search }, {
    compare: () => void load(true),
    cancel: () => {
      void channel.request("keelson/upstream/cancelPanelJob", { job });
    },
    retry: () => void load(true),
    showLog: () => {
      channel.action({ kind: "command", command: "keelson.server.showLog" });
    },
    open: (row, column) => {
      if (current === undefined) return;
      const { folder, pair } = current.request;
      const about = column === undefined ? undefined : listOf[column];
      const filter = { ...row.filter, ...(about?.verdict === undefined ? {} : { verdict: about.verdict }) };
      channel.action({ kind: "upstreamRows", rows: { folder, pair, ...(about === undefined ? {} : { list: about.list }), filter } });
    },
    chosen: (sort, search) => {
      if (current === undefined) return;
      current = { ...current, sort, search };
      channel.keep(current);
    },
  });
  void load(false);
});
channel.ready();
