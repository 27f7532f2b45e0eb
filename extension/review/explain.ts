import * as vscode from "vscode";
import type { ExplainPanelState } from "../../language-server/protocol/panel";
import type { Handler } from "../services";
import { documentName, explainPlace } from "./place";

/** Opens the explanation beside the patch; the panel itself asks the server. */
export const explain: Handler = async (services, arg) => {
  const place = await explainPlace(services, arg);
  if (place === undefined) return;
  const state: ExplainPanelState = { request: place };
  services.explainPanel.open(vscode.l10n.t("Explanation: {0}", documentName(vscode.Uri.parse(place.uri))), state);
};

/** Opens the exact request that an explanation would send, secrets taken out. */
export const showWhatWouldBeSent: Handler = async (services, arg) => {
  const state = services.explainPanel.focused();
  const shown = typeof state === "object" && state !== null && "request" in state ? state.request : undefined;
  const place = await explainPlace(services, arg ?? shown);
  if (place === undefined) return;
  const { text } = await services.server.request("keelson/review/preview", place);
  await services.reports.show(vscode.l10n.t("What would be sent.txt"), text);
};
