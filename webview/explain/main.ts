import "@vscode/codicons/dist/codicon.css";
import "../kit/base.css";
import "./explain.css";
import type { ExplainPanelState } from "../../language-server/protocol/panel";
import type { ExplanationView } from "../../language-server/protocol/requests";
import { openChannel } from "../kit/channel";
import { registerControls } from "../kit/controls";
import { speak } from "../kit/words";
import { createExplainView, type ExplainView } from "./view";
import { words } from "./words";

registerControls();
const channel = openChannel();
let current: ExplainPanelState | undefined;
let panel: ExplainView | undefined;

function accept(view: ExplanationView, stale = false): void {
  if (current === undefined) return;
  current = { ...current, view };
  channel.keep(current);
  panel?.show(view, stale);
}

async function explain(again: boolean): Promise<void> {
  if (current === undefined) return;
  const asked = current.request;
  try {
    const view = await channel.request("keelson/review/explain", { ...asked, again });
    // Another explanation may have been asked for meanwhile; and its first notifications may be newer than this answer.
    if (current.request === asked && (current.view?.session !== view.session || current.view.statements.length <= view.statements.length)) accept(view);
  } catch (error) {
    panel?.fail(error instanceof Error ? error.message : String(error));
  }
}

/** After a reload: shows what was kept, then asks the server whether it still knows the session. */
async function resume(kept: ExplanationView): Promise<void> {
  panel?.show(kept, true);
  const known = await channel.request("keelson/review/explanation", { session: kept.session }).catch(() => null);
  if (known !== null) accept(known);
  else if (kept.state === "running" || kept.state === "none") await explain(false);
}

channel.onNotify("keelson/review/explanationChanged", (view) => {
  if (view.session === current?.view?.session) accept(view);
});

channel.onInit(({ locale, state }) => {
  const root = document.getElementById("root");
  if (root === null) return;
  document.documentElement.lang = locale === "zh-cn" ? "zh-CN" : "en";
  current = state as ExplainPanelState;
  panel = createExplainView(root, speak(words, locale), {
    cancel: () => {
      const session = current?.view?.session;
      if (session !== undefined) void channel.request("keelson/review/cancelExplanation", { session });
    },
    again: () => void explain(true),
    editor: channel.action,
  });
  void (current.view === undefined ? explain(false) : resume(current.view));
});
channel.ready();
