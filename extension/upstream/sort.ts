import * as vscode from "vscode";
import type { UpstreamSort } from "../../language-server/protocol/upstream";
import type { Handler } from "../services";

/** The order of the lists in the Upstream view; the workspace remembers it. */

const sorts: readonly UpstreamSort[] = ["list", "risk", "newest", "oldest", "subsystem", "subject"];

/** What was remembered, from whichever version. */
export function readSort(value: unknown): UpstreamSort {
  return sorts.find((sort) => sort === value) ?? "list";
}

/** What the view says above its rows; nothing of the usual order. */
export function shownSort(sort: UpstreamSort): string | undefined {
  return sort === "list" ? undefined : vscode.l10n.t("by {0}", words(sort).label.toLocaleLowerCase(vscode.env.language));
}

function words(sort: UpstreamSort): { readonly label: string; readonly description: string } {
  switch (sort) {
    case "list":
      return { label: vscode.l10n.t("Usual"), description: vscode.l10n.t("missing fixes by risk, all else newest first") };
    case "risk":
      return { label: vscode.l10n.t("Risk"), description: vscode.l10n.t("CVE, stable, syzbot, your subsystems, reverts, regressions") };
    case "newest":
      return { label: vscode.l10n.t("Date"), description: vscode.l10n.t("newest first") };
    case "oldest":
      return { label: vscode.l10n.t("Age"), description: vscode.l10n.t("oldest first") };
    case "subsystem":
      return { label: vscode.l10n.t("Subsystem"), description: vscode.l10n.t("sections of MAINTAINERS, or folders without it") };
    case "subject":
      return { label: vscode.l10n.t("Title"), description: vscode.l10n.t("from A to Z") };
  }
}

export const sortRows: Handler = async ({ upstream }) => {
  const now = upstream.sort();
  const items = sorts.map((sort) => ({ ...words(sort), label: `${sort === now ? "$(check)" : "$(blank)"} ${words(sort).label}`, sort }));
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Sort Upstream"), placeHolder: vscode.l10n.t("In which order?"), matchOnDescription: true });
  if (picked !== undefined) upstream.setSort(picked.sort);
};
