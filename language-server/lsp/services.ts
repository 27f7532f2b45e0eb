import type { Connection } from "vscode-languageserver";
import type { Log } from "../engine/ports";
import type { SessionStore } from "../knowledge/placed";
import type { Words } from "../words";
import type { Workbench } from "../workbench";
import type { Activity } from "./activity";
import type { Decisions } from "../decisions";
import type { Documents } from "./documents";
import type { Findings } from "./findings";
import type { Repositories } from "../repositories";
import type { SettingsStore } from "./settings";
import type { Upstream } from "./upstream/store";

/** What a feature may use; each is made once in session.ts. */
export interface Services {
  readonly connection: Connection;
  readonly log: Log;
  readonly words: Words;
  readonly workbench: Workbench;
  readonly settings: SettingsStore;
  readonly documents: Documents;
  readonly repositories: Repositories;
  readonly decisions: Decisions;
  readonly findings: Findings;
  readonly activity: Activity;
  readonly upstream: Upstream;
  /** The knowledge store that the settings name. */
  readonly knowledge: SessionStore;
  /** Paths of the folders that are open. */
  folders(): readonly string[];
  /** file: URI of a check's documentation page, when the extension told where they are. */
  pageOf(check: string): string | undefined;
}
