import type { CommandId } from "./commands";
import * as knowledgeCommands from "./knowledge/commands";
import { setPassword } from "./knowledge/passwordCommand";
import { search as searchKnowledge } from "./knowledge/search";
import { openModelSettings, setKey, testEndpoint } from "./model/commands";
import { applyToWorktree, fixAll } from "./review/changes";
import { explain, showWhatWouldBeSent } from "./review/explain";
import { nextFinding, openCheckPage, previousFinding, showBase, showFindings, suppress } from "./review/findings";
import { openPatch, refresh, reviewRange, reviewStaged, reviewWorkingTree } from "./review/sources";
import { collectDiagnostics, openWalkthrough, restartServer, showLog } from "./server/commands";
import type { Handler } from "./services";
import { rollBackTuning } from "./tuning/apply";
import { suggestTuning } from "./tuning/suggest";
import { chooseTarget } from "./tuning/target";
import * as upstreamActions from "./upstream/actions";
import * as upstreamPicks from "./upstream/picks";
import * as upstreamCommands from "./upstream/commands";
import { peekFixes } from "./upstream/peek";
import { presence } from "./upstream/presence";
import { sortRows } from "./upstream/sort";

/** What each command does; loaded when the first one is run. */
export const handlers: Readonly<Record<CommandId, Handler>> = {
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
  "keelson.knowledge.addDocument": knowledgeCommands.addDocument,
  "keelson.knowledge.addRunning": knowledgeCommands.addRunning,
  "keelson.knowledge.search": searchKnowledge,
  "keelson.knowledge.refresh": knowledgeCommands.refresh,
  "keelson.knowledge.remove": knowledgeCommands.remove,
  "keelson.knowledge.reveal": knowledgeCommands.reveal,
  "keelson.knowledge.setPassword": setPassword,
  "keelson.model.setKey": setKey,
  "keelson.model.testEndpoint": testEndpoint,
  "keelson.model.showWhatWouldBeSent": showWhatWouldBeSent,
  "keelson.model.openSettings": openModelSettings,
  "keelson.server.restart": restartServer,
  "keelson.server.diagnose": collectDiagnostics,
  "keelson.server.showLog": showLog,
  "keelson.help.walkthrough": openWalkthrough,
};
