import type { CancellationToken } from "vscode-languageserver";
import type { Cancel } from "../engine/ports";
import { placeOf } from "../decisions";
import type { TeamPassword } from "../knowledge/team-setting";
import type { RequestMethod, Requests } from "../protocol/requests";
import { safeEdits } from "./codeActions";
import { diagnose } from "./diagnose";
import type { PatchDocument } from "./documents";
import { createExplanations } from "./explanations";
import { Told, type Guard } from "./guard";
import type { Services } from "./services";
import { sourceText } from "./sources";
import { registerKnowledgeRequests } from "./knowledge/requests";
import type { TuningFeatures } from "./tuning/route";
import { registerTuningSuggestions } from "./tuning/suggestions";
import { registerUpstreamPanels } from "./upstream/panels";
import { registerUpstreamActions } from "./upstream/actions";
import { registerUpstreamPicks } from "./upstream/picks";
import { registerUpstreamRequests } from "./upstream/requests";
import { version } from "./version";
import { applyToWorktree, planWorktree } from "./worktree";

export interface SessionState {
  readonly tuning: TuningFeatures;
  readonly refresh: () => void;
  readonly secrets: () => readonly string[];
  readonly keys: () => Readonly<Record<string, string>>;
  readonly setStorePassword: (password: TeamPassword | undefined) => void;
  readonly setKeys: (keys: Readonly<Record<string, string>>) => void;
}

/** Connects the requests of protocol/requests.ts. */
export function registerRequests(services: Services, guard: Guard, session: SessionState): void {
  const { connection, documents, words, workbench } = services;
  const on = <M extends RequestMethod>(method: M, handler: (params: Requests[M]["params"], cancel: Cancel) => Promise<Requests[M]["result"]> | Requests[M]["result"]): void => {
    const guarded = guard(method, handler);
    // A request without parameters arrives with the token in their place.
    connection.onRequest(method, (...given: readonly unknown[]) => guarded((given.length > 1 ? given[0] : null) as Requests[M]["params"], given.at(-1) as CancellationToken));
  };
  const load = async (uri: string): Promise<PatchDocument> => {
    const document = await documents.load(uri);
    if (document === undefined) throw new Told(words.say({ id: "server.noDocument" }));
    return document;
  };
  const explanations = createExplanations(services, session.keys);

  on("keelson/review/explain", async ({ uri, target, again }, cancel) => explanations.start(await load(uri), target, again === true, cancel));
  on("keelson/review/explanation", ({ session: id }) => explanations.view(id));
  on("keelson/review/cancelExplanation", ({ session: id }) => {
    explanations.cancel(id);
    return null;
  });
  on("keelson/review/preview", async ({ uri, target }, cancel) => ({ text: await explanations.preview(await load(uri), target, cancel) }));
  on("keelson/review/source", (request, cancel) => sourceText(request, services, cancel));
  on("keelson/review/fixAll", async ({ uri }, cancel) => {
    const { findings } = await services.findings.of(await load(uri), cancel);
    return { edits: safeEdits(findings).map(({ finding, edit }) => ({ ...edit, title: words.say(finding.message) })) };
  });
  on("keelson/review/planWorktree", async ({ uri, patch }, cancel) => planWorktree(await load(uri), patch, services, cancel));
  on("keelson/review/applyToWorktree", async ({ uri, patch, plan }, cancel) => applyToWorktree(await load(uri), patch, plan, services, cancel));
  on("keelson/review/suppress", async ({ uri, patch, check, quote, line, reason }, cancel) => {
    const document = await load(uri);
    const set = document.parsed.value;
    const { findings } = await services.findings.of(document, cancel);
    const finding = findings.find((entry) => entry.check === check && entry.patch === patch && entry.quote === quote && entry.line === line);
    const log = await services.decisions.of(await services.repositories.of(uri, set, cancel));
    const where = placeOf(set, finding ?? { patch });
    await log.add({ at: new Date(workbench.clock.now()).toISOString(), action: "suppress", check, quote, where, reason });
    session.refresh();
    return { where };
  });
  on("keelson/review/restore", async ({ uri, check, quote, where }, cancel) => {
    const document = await load(uri);
    const log = await services.decisions.of(await services.repositories.of(uri, document.parsed.value, cancel));
    await log.add({ at: new Date(workbench.clock.now()).toISOString(), action: "restore", check, quote, where, reason: "" });
    session.refresh();
    return null;
  });
  on("keelson/tuning/target", ({ uri }) => {
    const document = documents.get(uri);
    return document === undefined ? null : session.tuning.target(document);
  });
  registerTuningSuggestions(services, on, () => explanations.model());
  on("keelson/model/keys", ({ keys }) => {
    session.setKeys(keys);
    return null;
  });
  on("keelson/model/test", ({ id }, cancel) => explanations.test(id, cancel));
  registerUpstreamRequests(services, on, session.refresh);
  registerUpstreamActions(services, on, () => explanations.model());
  registerUpstreamPicks(services, on);
  registerUpstreamPanels(services, on);
  registerKnowledgeRequests(services, on, session.setStorePassword);
  on("keelson/server/diagnose", async () => ({ text: await diagnose(services, session.secrets(), version) }));
}
