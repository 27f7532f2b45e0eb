import type * as vscode from "vscode";
import type { StorePasswords } from "./knowledge/password";
import type { KnowledgeTree } from "./knowledge/tree";
import type { Logs } from "./log";
import type { Keys } from "./model/keys";
import type { PanelHost } from "./panels/host";
import type { Reports } from "./reports";
import type { SourceFiles } from "./review/sourceFiles";
import type { Server } from "./server/server";
import type { UpstreamTree } from "./upstream/tree";

/** What a command may use; each is made once in client.ts. */
export interface Services {
  readonly context: vscode.ExtensionContext;
  readonly logs: Logs;
  readonly keys: Keys;
  readonly passwords: StorePasswords;
  readonly server: Server;
  readonly explainPanel: PanelHost;
  readonly twinPanel: PanelHost;
  readonly heatmapPanel: PanelHost;
  readonly reports: Reports;
  readonly sources: SourceFiles;
  readonly upstream: UpstreamTree;
  readonly knowledge: KnowledgeTree;
}

/** A command's own work. Arguments come from lenses, menus, trees or other extensions and are read with args.ts. */
export type Handler = (services: Services, arg: unknown) => Promise<void>;

/** A sentence for the user that names what to do; shown as it is. */
export class Told extends Error {
  readonly code = "told";
}

/** By its code: commands are a bundle of their own, so the class that they throw is another copy. */
export function isTold(error: unknown): error is Told {
  return error instanceof Error && "code" in error && error.code === "told";
}
