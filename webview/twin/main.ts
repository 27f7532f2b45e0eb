import "@vscode/codicons/dist/codicon.css";
import "../kit/base.css";
import "./twin.css";
import type { TwinPanelState, TwinParams } from "../../language-server/protocol/upstream-panels";
import { openChannel } from "../kit/channel";
import { registerControls } from "../kit/controls";
import { speak } from "../kit/words";
import { createTwinPanel, type TwinPanel } from "./view";
import { words } from "./words";

registerControls();
const channel = openChannel();
let current: TwinPanelState | undefined;
let panel: TwinPanel | undefined;
/** Where Back leads; what was shown before following a link. */
let trail: readonly TwinPanelState[] = [];
let job = "";
/** The commit of mainline that is shown; undefined when there is no twin. */
let upstream: string | undefined;
let jobs = 0;

function keep(state: TwinPanelState): void {
  current = state;
  channel.keep(state);
}

async function load(): Promise<void> {
  if (current === undefined || panel === undefined) return;
  const asked: TwinParams = { ...current.request, job: `twin-${String(++jobs)}` };
  job = asked.job;
  panel.loading();
  try {
    const view = await channel.request("keelson/upstream/twin", asked);
    if (job !== asked.job) return;
    upstream = view.upstream?.sha;
    panel.show(view, { file: current.file, kind: current.view, back: trail.length > 0 });
    if (view.upstream !== undefined) await loadFixes(asked);
  } catch (error) {
    if (job === asked.job) panel.fail(error instanceof Error ? error.message : String(error));
  }
}

async function loadFixes(asked: TwinParams): Promise<void> {
  panel?.fixes(undefined);
  try {
    const { fixes } = await channel.request("keelson/upstream/twinFixes", asked);
    if (job === asked.job) panel?.fixes(fixes);
  } catch (error) {
    if (job === asked.job) panel?.fixes(error instanceof Error ? error.message : String(error));
  }
}

/** Follows a link inside of the panel; Back returns. */
function follow(request: TwinPanelState["request"]): void {
  if (current === undefined) return;
  trail = [...trail, current].slice(-50);
  keep({ request, ...(current.view === undefined ? {} : { view: current.view }) });
  void load();
}

channel.onNotify("keelson/upstream/panelProgress", (progress) => {
  if (progress.job === job) panel?.progress(progress.text, progress.done, progress.total);
});

channel.onInit(({ locale, state }) => {
  const root = document.getElementById("root");
  if (root === null) return;
  document.documentElement.lang = locale === "zh-cn" ? "zh-CN" : "en";
  trail = [];
  keep(state as TwinPanelState);
  panel ??= createTwinPanel(root, speak(words, locale), locale, {
    openCommit: (sha) => {
      if (current !== undefined) channel.action({ kind: "upstreamCommit", folder: current.request.folder, sha });
    },
    compareWith: (wanted) => {
      if (current === undefined) return;
      const { folder, pair, commit } = current.request;
      follow({ folder, pair, commit, ...(wanted === undefined ? {} : { upstream: wanted }) });
    },
    showTwin: (commit) => {
      if (current === undefined) return;
      const { folder, pair } = current.request;
      follow({ folder, pair, commit });
    },
    cancel: () => {
      void channel.request("keelson/upstream/cancelPanelJob", { job });
    },
    retry: () => void load(),
    back: () => {
      const before = trail.at(-1);
      if (before === undefined) return;
      trail = trail.slice(0, -1);
      keep(before);
      void load();
    },
    showLog: () => {
      channel.action({ kind: "command", command: "keelson.server.showLog" });
    },
    read: (file, kind, force) => {
      const request = current?.request;
      if (request === undefined) return Promise.reject(new Error("no commit"));
      return channel.request("keelson/upstream/twinFile", { folder: request.folder, commit: request.commit, upstream, upPath: file.upPath, downPath: file.downPath, view: kind, force });
    },
    chosen: (file, view) => {
      // Without a twin there is nothing to choose: what was chosen for others stays.
      if (current !== undefined) keep({ ...current, file, ...(upstream === undefined ? {} : { view }) });
    },
  });
  void load();
});
channel.ready();
