import { createModel, type EndpointModel } from "../adapters/model";
import { cancelSource, type CancelSource } from "../adapters/cancel";
import { documentDecode } from "../adapters/document-decode";
import { explain, explainModelRequest } from "../engine/review/explain/explain";
import type { ExplainPorts, ExplainRequest } from "../engine/review/explain/types";
import { Cancelled, ModelError, type Cancel } from "../engine/ports";
import { withEvent } from "../explanation";
import { modelSettingsOf } from "../model-settings";
import type { CapabilityRow, ExplainTarget, ExplanationView, FactView } from "../protocol/requests";
import { createWords } from "../words";
import type { PatchDocument } from "./documents";
import { Told } from "./guard";
import { titleOf } from "./explanation-title";
import type { Services } from "./services";

export interface Explanations {
  /** The endpoints that the settings name, as one model. */
  model(): Promise<EndpointModel>;
  /** Starts an explanation, or finds the one that runs or is done; `again` asks the model anew. */
  start(document: PatchDocument, target: ExplainTarget, again: boolean, cancel: Cancel): Promise<ExplanationView>;
  view(session: string): Promise<ExplanationView | null>;
  cancel(session: string): void;
  preview(document: PatchDocument, target: ExplainTarget, cancel: Cancel): Promise<string>;
  test(id: string | undefined, cancel: Cancel): Promise<{ readonly text: string; readonly rows: readonly CapabilityRow[] }>;
}

interface Session {
  view: ExplanationView;
  readonly source: CancelSource;
  running: boolean;
}

const space = "explanation-view-1";
/** A view is sent at most this often: a fast model would flood the panel. */
const notifyMs = 60;
const keptSessions = 50;

export function createExplanations(services: Services, keys: () => Readonly<Record<string, string>>): Explanations {
  const { connection, workbench, words, settings, log } = services;
  const english = createWords("en");
  const sessions = new Map<string, Session>();
  let model: Promise<EndpointModel> | undefined;

  const modelOf = async (): Promise<EndpointModel> => {
    await settings.for();
    model ??= workbench.cacheOf(undefined).then((cache) => createModel({ settings: () => modelSettingsOf(settings.current(), settings.proxy()), keys, cache, clock: workbench.clock, random: workbench.random, log }));
    return model;
  };
  const portsOf = async (document: PatchDocument): Promise<ExplainPorts> => {
    const repository = await services.repositories.of(document.uri, document.parsed.value);
    return { model: await modelOf(), decode: documentDecode, hash: workbench.hash, random: workbench.random, cache: await workbench.cacheOf(repository) };
  };
  const requestOf = async (document: PatchDocument, target: ExplainTarget, again: boolean, cancel: Cancel | undefined): Promise<ExplainRequest> => {
    const { findings } = await services.findings.of(document, cancel);
    return { set: document.parsed.value, target, locale: words.locale, findings, say: english.say, again };
  };

  /** Facts of the repository that are known by now. */
  const treeFacts = (document: PatchDocument, target: ExplainTarget): readonly FactView[] => {
    const { facts } = services.findings.known(document);
    const found = target.kind === "selection" ? undefined : facts?.patches.get(target.patch);
    if (facts === undefined || found === undefined) return [];
    const row = (kind: FactView["kind"], text: string): FactView => ({ kind, text, line: undefined, severity: undefined, check: undefined });
    const base = found.applies === undefined ? [] : [row("base", words.say({ id: `server.applies.${found.applies.state}`, args: { branch: facts.baseName } }))];
    return [...base, ...found.maintainers.slice(0, 8).map((entry) => row("maintainer", `${entry.name} <${entry.email}>, ${words.say({ id: `server.role.${entry.role.replace(" ", "-")}` })}`))];
  };

  /** Sends a session's view soon, the newest once. */
  const notifier = (session: Session): (() => void) => {
    let due = false;
    return () => {
      if (due) return;
      due = true;
      setTimeout(() => {
        due = false;
        void connection.sendNotification("keelson/review/explanationChanged", session.view);
      }, notifyMs);
    };
  };

  const run = async (session: Session, document: PatchDocument, target: ExplainTarget, again: boolean, started: () => void): Promise<void> => {
    const { cancel } = session.source;
    const notify = notifier(session);
    const task = services.activity.begin({ id: "server.explaining" }, () => {
      session.source.fire();
    });
    try {
      const request = await requestOf(document, target, again, cancel);
      for await (const event of explain(request, await portsOf(document), cancel)) {
        session.view = withEvent(session.view, event, words);
        if (event.type === "facts") session.view = { ...session.view, facts: [...session.view.facts, ...treeFacts(document, target)] };
        else started();
        notify();
      }
      if (session.view.state === "done") await (await workbench.cacheOf(undefined)).put(space, session.view.session, JSON.stringify(session.view));
    } catch (error) {
      if (error instanceof Cancelled) session.view = { ...session.view, state: "cancelled", waiting: undefined };
      else {
        const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
        log.error(`explain: ${details}`);
        session.view = { ...session.view, state: "error", waiting: undefined, error: { message: words.say({ id: "server.failed", args: { request: "keelson/review/explain" } }), advice: "", details: error instanceof Error ? error.message : details } };
      }
    } finally {
      session.running = false;
      task.end();
      started();
      notify();
    }
  };

  return {
    model: modelOf,
    async start(document, target, again, cancel) {
      const id = workbench.hash.sha256(JSON.stringify([document.uri, document.digest, target, words.locale])).slice(0, 24);
      const last = sessions.get(id);
      const stale = last !== undefined && (last.view.state === "error" || last.view.state === "cancelled" || last.view.state === "none");
      if (last !== undefined && (last.running || !(again || stale))) return last.view;
      const view: ExplanationView = { session: id, uri: document.uri, target, title: titleOf(document, target, words), facts: [], state: "running", endpoint: undefined, statements: [], dropped: 0, fromCache: false, estimate: undefined, usage: undefined, warnings: [], waiting: undefined, error: undefined };
      const session: Session = { view, source: cancelSource(), running: true };
      sessions.delete(id);
      sessions.set(id, session);
      for (const [oldest, entry] of sessions) if (sessions.size > keptSessions && !entry.running) sessions.delete(oldest);
      // The request ends when the view has its facts; the run goes on behind it and is stopped by its own request.
      const bond = cancel.onCancel(() => {
        session.source.fire();
      });
      await new Promise<void>((started) => {
        void run(session, document, target, again, started);
      });
      bond.dispose();
      return session.view;
    },
    async view(id) {
      const session = sessions.get(id);
      if (session !== undefined) return session.view;
      const kept = await (await workbench.cacheOf(undefined)).get(space, id);
      return kept === undefined ? null : ({ ...(JSON.parse(kept) as ExplanationView), fromCache: true });
    },
    cancel(id) {
      sessions.get(id)?.source.fire();
    },
    async preview(document, target, cancel) {
      const ports = await portsOf(document);
      if (ports.model.describe("explain") === undefined) throw new Told(words.say({ id: "server.noEndpoint" }));
      const request = explainModelRequest(await requestOf(document, target, false, cancel), ports);
      if (request === undefined) throw new Told(words.say({ id: "server.noTarget" }));
      const { method, url, headers, body } = await ports.model.preview(request);
      return [`${method} ${url}`, ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`), "", body, ""].join("\n");
    },
    async test(id, cancel) {
      const task = services.activity.begin({ id: "server.testing" });
      try {
        const endpoint = await modelOf();
        const rows = await endpoint.probe(id, cancel);
        const about = modelSettingsOf(settings.current(), settings.proxy()).models.find((entry) => id === undefined || entry.id === id);
        const table = ["| | | |", "| --- | --- | --- |", ...rows.map((row) => `| ${row.name} | ${words.say({ id: `server.capability.${row.state}` })} | ${row.detail.replace(/[|\r\n]+/gu, " ")} |`)];
        return { text: [`# ${about?.id ?? ""}: ${about?.model ?? ""}`, "", about?.baseUrl ?? "", "", ...table, ""].join("\n"), rows: rows.map(({ name, state, detail }) => ({ name, state, detail })) };
      } catch (error) {
        if (!(error instanceof ModelError)) throw error;
        throw new Told(`${words.say({ id: `explain.error.${error.code}` })} ${words.say({ id: `explain.advice.${error.code}` })} (${error.detail})`);
      } finally {
        task.end();
      }
    },
  };
}
