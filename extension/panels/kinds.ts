import type { NotificationMethod } from "../../language-server/protocol/requests";

/** A kind of panel: its bundle is dist/panels/<name>.js, its view type keelson.<name>. */
export interface PanelKind {
  readonly name: string;
  readonly capability: string;
  /** Notifications of the server that it listens to. */
  readonly notifications: readonly NotificationMethod[];
  /** It shows monaco, for which its page's policy lets a little more in. */
  readonly monaco: boolean;
  /** VS Code's own search of the page; without it a panel that draws only what is in view searches itself. */
  readonly find: boolean;
}

export const explainKind: PanelKind = { name: "explain", capability: "review", notifications: ["keelson/review/explanationChanged"], monaco: false, find: true };

/** A commit beside its twin in mainline. */
export const twinKind: PanelKind = { name: "twin", capability: "upstream", notifications: ["keelson/upstream/panelProgress"], monaco: true, find: false };

/** Subsystem by verdict. */
export const heatmapKind: PanelKind = { name: "heatmap", capability: "upstream", notifications: ["keelson/upstream/panelProgress", "keelson/upstream/changed"], monaco: false, find: false };

export const panelKinds: readonly PanelKind[] = [explainKind, twinKind, heatmapKind];
