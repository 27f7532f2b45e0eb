import * as vscode from "vscode";
import { LSPErrorCodes, ResponseError } from "vscode-languageclient/node";
import type { SourceRequest } from "../language-server/protocol/requests";
import type { CommandId } from "./commands";
import * as knowledgeCommands from "./knowledge/commands";
import { search as searchKnowledge } from "./knowledge/search";
import { createKnowledgeTree } from "./knowledge/tree";
import type { KnowledgeSource, KnowledgeView } from "./knowledge/view";
import { createLogs, type Logs } from "./log";
import { openModelSettings, setKey, testEndpoint } from "./model/commands";
import { createKeys } from "./model/keys";
import { withoutLinks } from "./notice";
import { createPanelHost } from "./panels/host";
import { explainKind, heatmapKind, twinKind } from "./panels/kinds";
import { createReports } from "./reports";
import { applyToWorktree, fixAll } from "./review/changes";
import { explain, showWhatWouldBeSent } from "./review/explain";
import { nextFinding, openCheckPage, previousFinding, showBase, showFindings, suppress } from "./review/findings";
import type { SourceFiles } from "./review/sourceFiles";
import { openPatch, refresh, reviewRange, reviewStaged, reviewWorkingTree } from "./review/sources";
import { collectDiagnostics, openWalkthrough, restartServer, showLog } from "./server/commands";
import { createServer } from "./server/server";
import { Told, type Handler, type Services } from "./services";
import type { Status } from "./status";
import { rollBackTuning } from "./tuning/apply";
import { suggestTuning } from "./tuning/suggest";
import { chooseTarget, createTargetStatus } from "./tuning/target";
import * as upstreamActions from "./upstream/actions";
import * as upstreamPicks from "./upstream/picks";
import * as upstreamCommands from "./upstream/commands";
import { peekFixes } from "./upstream/peek";
import { presence } from "./upstream/presence";
import { sortRows } from "./upstream/sort";
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

const handlers: Readonly<Record<CommandId, Handler>> = {
  "keelson.review.staged": reviewStaged,
  "keelson.review.workingTree": reviewWorkingTree,
  "keelson.review.range": reviewRange,
  "keelson.review.openPatch": openPatch,
  "keelson.review.explain": explain,
  "keelson.review.nextFinding": nextFinding,
  "keelson.review.previousFinding": previousFinding,
  "keelson.review.showFindings": showFindings,
  "keelson.review.showBase": showBase,
  "keelson.review.fixAll": fixAll,
  "keelson.review.applyToWorktree": applyToWorktree,
  "keelson.review.suppress": suppress,
  "keelson.review.openCheckPage": openCheckPage,
  "keelson.review.refresh": refresh,
  "keelson.upstream.compare": upstreamCommands.compare,
  "keelson.upstream.addPair": upstreamCommands.addPair,
  "keelson.upstream.refresh": upstreamCommands.refresh,
  "keelson.upstream.filter": upstreamCommands.filter,
  "keelson.upstream.clearFilter": upstreamCommands.clearFilter,
  "keelson.upstream.openTwin": upstreamCommands.openTwin,
  "keelson.upstream.openCommit": upstreamCommands.openCommit,
  "keelson.upstream.openMainline": upstreamCommands.openMainline,
  "keelson.upstream.laterFixes": upstreamCommands.laterFixes,
  "keelson.upstream.heatmap": upstreamCommands.heatmap,
  "keelson.upstream.copySha": upstreamCommands.copySha,
  "keelson.upstream.copyList": upstreamCommands.copyList,
  "keelson.upstream.notForUs": upstreamCommands.notForUs,
  "keelson.upstream.forUs": upstreamCommands.forUs,
  "keelson.upstream.showRows": upstreamCommands.showRows,
  "keelson.upstream.sort": sortRows,
  "keelson.upstream.presence": presence,
  "keelson.upstream.peekFixes": peekFixes,
  "keelson.upstream.export": upstreamActions.exportRows,
  "keelson.upstream.report": upstreamActions.report,
  "keelson.upstream.openSeries": upstreamActions.openSeries,
  "keelson.upstream.tryPicks": upstreamPicks.tryPicks,
  "keelson.upstream.prerequisites": upstreamPicks.prerequisites,
  "keelson.upstream.explainDifference": upstreamActions.explainDifference,
  "keelson.upstream.previewDifference": upstreamActions.previewDifference,
  "keelson.upstream.releaseNotes": upstreamActions.releaseNotes,
  "keelson.tuning.chooseTarget": chooseTarget,
  "keelson.tuning.suggest": suggestTuning,
  "keelson.tuning.rollback": rollBackTuning,
  "keelson.knowledge.addTree": knowledgeCommands.addTree,
  "keelson.knowledge.addFolder": knowledgeCommands.addFolder,
  "keelson.knowledge.addRunning": knowledgeCommands.addRunning,
  "keelson.knowledge.search": searchKnowledge,
  "keelson.knowledge.refresh": knowledgeCommands.refresh,
  "keelson.knowledge.remove": knowledgeCommands.remove,
  "keelson.knowledge.reveal": knowledgeCommands.reveal,
  "keelson.model.setKey": setKey,
  "keelson.model.testEndpoint": testEndpoint,
  "keelson.model.showWhatWouldBeSent": showWhatWouldBeSent,
  "keelson.model.openSettings": openModelSettings,
  "keelson.server.restart": restartServer,
  "keelson.server.diagnose": collectDiagnostics,
  "keelson.server.showLog": showLog,
  "keelson.help.walkthrough": openWalkthrough,
};

/** Makes everything once; nothing is started yet. */
export function createClient(context: vscode.ExtensionContext, stub: Stub): Client {
  const logs = createLogs();
  const keys = createKeys(context.secrets);
  const server = createServer(context, logs, keys, stub.status);
  const explainPanel = createPanelHost(context, server, logs.log, explainKind);
  const twinPanel = createPanelHost(context, server, logs.log, twinKind);
  const heatmapPanel = createPanelHost(context, server, logs.log, heatmapKind);
  const upstream = createUpstreamTree(server, stub.upstream, context.workspaceState, logs.log);
  const knowledge = createKnowledgeTree(server, stub.knowledge);
  const reports = createReports();
  const services: Services = { context, logs, keys, server, explainPanel, twinPanel, heatmapPanel, reports, sources: stub.sources, upstream, knowledge };
  // Later ones first: the server goes before the log that it writes to.
  context.subscriptions.push(logs, keys, server, explainPanel, twinPanel, heatmapPanel, upstream, knowledge, reports);
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
  if (error instanceof Told) {
    void vscode.window.showInformationMessage(withoutLinks(error.message));
    return;
  }
  logs.log.error(`${id}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  const show = vscode.l10n.t("Show Log");
  const text = withoutLinks(logs.redactor.redact(error instanceof Error ? error.message : String(error)));
  if ((await vscode.window.showErrorMessage(text, show)) === show) logs.log.show();
}
