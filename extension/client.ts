import * as vscode from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import type { SourceRequest } from "../language-server/protocol/requests";
import type { CommandId } from "./commands";
import { createStorePasswords } from "./knowledge/password";
import { createKnowledgeTree } from "./knowledge/tree";
import type { KnowledgeSource, KnowledgeView } from "./knowledge/view";
import { createLogs, type Logs } from "./log";
import { createKeys } from "./model/keys";
import { withoutLinks } from "./notice";
import { createPanelHost } from "./panels/host";
import { explainKind, heatmapKind, twinKind } from "./panels/kinds";
import { createReports } from "./reports";
import type { SourceFiles } from "./review/sourceFiles";
import { createServer } from "./server/server";
import { isTold, type Services } from "./services";
import type { Status } from "./status";
import { createTargetStatus } from "./tuning/status";
import { createUpstreamTree } from "./upstream/tree";
import type { TreeSource, UpstreamView } from "./upstream/view";

/** What the stub made before anything else was loaded. */
export interface Stub {
  readonly status: Status;
  readonly sources: SourceFiles;
  readonly upstream: UpstreamView;
  readonly knowledge: KnowledgeView;
}

export interface Client {
  /** What fills the Upstream view. */
  readonly upstream: TreeSource;
  /** What fills the Knowledge view. */
  readonly knowledge: KnowledgeSource;
  start(): Promise<void>;
  run(id: CommandId, args: readonly unknown[]): Promise<void>;
  /** The text of a patch that git makes. */
  source(request: SourceRequest): Promise<string>;
  /** Takes over a panel of a kind, by the kind's name, that VS Code restored after a reload. */
  restorePanel(kind: string, panel: vscode.WebviewPanel, state: unknown): void;
}

/** Makes everything once; nothing is started yet. */
export function createClient(context: vscode.ExtensionContext, stub: Stub): Client {
  const logs = createLogs();
  const keys = createKeys(context.secrets);
  const passwords = createStorePasswords(context.secrets);
  const server = createServer(context, logs, keys, passwords, stub.status);
  const explainPanel = createPanelHost(context, server, logs.log, explainKind);
  const twinPanel = createPanelHost(context, server, logs.log, twinKind);
  const heatmapPanel = createPanelHost(context, server, logs.log, heatmapKind);
  const upstream = createUpstreamTree(server, stub.upstream, context.workspaceState, logs.log);
  const knowledge = createKnowledgeTree(server, stub.knowledge);
  const reports = createReports();
  const services: Services = { context, logs, keys, passwords, server, explainPanel, twinPanel, heatmapPanel, reports, sources: stub.sources, upstream, knowledge };
  // Later ones first: the server goes before the log that it writes to.
  context.subscriptions.push(logs, keys, passwords, server, explainPanel, twinPanel, heatmapPanel, upstream, knowledge, reports);
  let target: vscode.Disposable | undefined;
  return {
    upstream,
    knowledge,
    async start() {
      await server.start();
      if (target !== undefined) return;
      target = createTargetStatus(server, logs);
      context.subscriptions.push(target);
    },
    async run(id, args) {
      try {
        // What commands do is a file of its own: most windows show findings and never run one.
        const { handlers } = await import("./handlers");
        await handlers[id](services, args[0]);
      } catch (error) {
        await tell(logs, id, error);
      }
    },
    source: async (request) => (await server.request("keelson/review/source", request)).text,
    restorePanel: (kind, panel, state) => {
      [{ kind: explainKind, host: explainPanel }, { kind: twinKind, host: twinPanel }, { kind: heatmapKind, host: heatmapPanel }].find((known) => known.kind.name === kind)?.host.restore(panel, state);
    },
  };
}

function isCancelled(error: unknown): boolean {
  return error instanceof vscode.CancellationError || (error instanceof ResponseError && (error.code === LSPErrorCodes.RequestCancelled || error.code === LSPErrorCodes.ServerCancelled));
}

/** The door at which errors of commands are told: in one sentence, with the log at hand unless it says all itself. */
async function tell(logs: Logs, id: CommandId, error: unknown): Promise<void> {
  if (isCancelled(error)) return;
  if (isTold(error)) {
    void vscode.window.showInformationMessage(withoutLinks(error.message));
    return;
  }
  logs.log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const show = vscode.l10n.t("Show Log");
  const text = withoutLinks(logs.redactor.redact(error instanceof Error ? error.message : String(error)));
  if ((await vscode.window.showErrorMessage(text, show)) === show) logs.log.show();
}
