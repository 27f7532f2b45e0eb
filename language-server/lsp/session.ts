import { join } from "node:path";
import { CodeLensRefreshRequest, DidChangeConfigurationNotification, DidChangeWatchedFilesNotification, SemanticTokensRefreshRequest, InlayHintRefreshRequest, TextDocumentSyncKind, type ClientCapabilities, type Connection, type InitializeParams, type InitializeResult } from "vscode-languageserver";
import { URI } from "vscode-uri";
import { createDecisions } from "../decisions";
import { nodeFiles } from "../adapters/files";
import { nodeHash } from "../adapters/hash";
import { secretsOf } from "../adapters/model/redact";
import { trustGranted, type InitializationOptions } from "../protocol/initialize";
import { createSessionStore } from "../knowledge/placed";
import { storeEnvironment, type TeamPassword } from "../knowledge/team-setting";
import { createRepositories } from "../repositories";
import { createWords, localeOf } from "../words";
import { createWorkbench, userCacheFolder } from "../workbench";
import { createActivity } from "./activity";
import { fixAllKind } from "./codeActions";
import { createDocuments } from "./documents";
import { registerFeatures } from "./features";
import { createFindings } from "./findings";
import { createGuard } from "./guard";
import { knowledgeViewMessages } from "./knowledge/messages";
import { createLog } from "./log";
import { registerRequests } from "./requests";
import { tokenLegend } from "./semanticTokens";
import type { Services } from "./services";
import { createSettings } from "./settings";
import { conflictMessages } from "../engine/upstream/conflict/messages";
import { upstreamActionMessages } from "./upstream/action-messages";
import { upstreamViewMessages } from "./upstream/messages";
import { createTuningFeatures } from "./tuning/route";
import { createUpstream } from "./upstream/store";
import { createSourceLenses } from "./upstream/source-lens";
import { createSourceRegistration, createTeller } from "./upstream/tell";
import { createUpstreamService } from "../upstream/service";
import { version } from "./version";

function readOptions(given: unknown): InitializationOptions {
  return typeof given === "object" && given !== null ? given : {};
}

/** Builds the server for one client and answers `initialize`. */
export function startSession(connection: Connection, params: InitializeParams): InitializeResult {
  const options = readOptions(params.initializationOptions);
  const { capabilities } = params;
  const state = { trusted: options.trusted !== false, keys: {} as Readonly<Record<string, string>>, storePassword: undefined as TeamPassword | undefined, folders: (params.workspaceFolders ?? []).map((folder) => folder.uri) };
  const words = createWords(localeOf(options.locale ?? params.locale), upstreamViewMessages, upstreamActionMessages, conflictMessages, knowledgeViewMessages);
  const secrets = (): readonly string[] => [...Object.values(state.keys), ...(state.storePassword === undefined ? [] : [state.storePassword.password]), ...Object.entries(process.env).flatMap(([name, value]) => (/^(?:KEELSON_API_KEY|KEELSON_PG_PASSWORD$|PGPASSWORD$)/u.test(name) && value !== undefined ? [value] : [])), ...settings.current().models.flatMap((model) => secretsOf(model, undefined))];
  const log = createLog(connection, secrets, () => settings.current().trace.server === "verbose");
  const settings = createSettings(connection, capabilities.workspace?.configuration === true, options.settings, log);
  const storage = options.storagePath ?? userCacheFolder(process.env);
  const workbench = createWorkbench({ trusted: () => state.trusted, gitPath: () => settings.current().git.path, log, storage });
  const folders = (): readonly string[] => state.folders.map((uri) => URI.parse(uri)).filter((uri) => uri.scheme === "file").map((uri) => uri.fsPath);
  const repositories = createRepositories(() => workbench.git(), folders, workbench.decode);
  const documents = createDocuments(connection, nodeFiles, nodeHash);
  const knowledge = createSessionStore(() => storeEnvironment(process.env, settings.current().knowledge.store, state.storePassword));
  const activity = createActivity(connection, capabilities.window?.workDoneProgress === true, () => words);
  const pages = options.pagesPath;
  const refresh = createRefresh(connection, capabilities);
  const basic: Omit<Services, "findings" | "upstream"> = {
    connection,
    log,
    words,
    workbench,
    settings,
    documents,
    repositories,
    decisions: createDecisions(storage, log),
    activity,
    folders,
    knowledge,
    pageOf: (check) => (pages === undefined || !/^[\w-]+$/u.test(check) ? undefined : URI.file(join(pages, `${check}.md`)).toString()),
  };
  const tellUpstream = createTeller(connection);
  const registerSources = createSourceRegistration(connection, capabilities, log);
  const service = createUpstreamService({
    workbench,
    gitPath: () => settings.current().git.path,
    follow: () => ({ vulns: settings.current().upstream.vulns, config: settings.current().upstream.config, subsystems: settings.current().upstream.subsystems }),
  });
  const upstream = createUpstream(basic, service, (running) => {
    tellUpstream(running);
    if (running) return;
    sources.forget();
    registerSources(settings.current().upstream.sourceLenses && upstream.ready().some(({ missing }) => (missing?.length ?? 0) > 0));
    refresh();
  });
  const most = { ...basic, upstream };
  const services: Services = { ...most, findings: createFindings(most, refresh) };
  const sources = createSourceLenses(services);
  const setStorePassword = (password: TeamPassword | undefined): void => {
    state.storePassword = password;
    tuning.changed();
    refresh();
  };
  const guard = createGuard(log, () => words);
  const tuning = createTuningFeatures(services);
  registerFeatures(services, guard, capabilities, sources, tuning);
  registerRequests(services, guard, { tuning, refresh, secrets, keys: () => state.keys, setKeys: (keys) => (state.keys = keys), setStorePassword });

  const everythingAnew = (): void => {
    repositories.forget();
    services.findings.reset();
    upstream.changed();
    tuning.changed();
    refresh();
  };
  documents.onClose((uri) => {
    services.findings.drop(uri);
  });
  connection.onDidChangeConfiguration(({ settings: pushed }) => {
    settings.changed(pushed);
    // Read at once, so that what depends on the settings for all (git's path, the trace) follows.
    void settings.for().then(everythingAnew, () => undefined);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    // A fetch moves refs, which makes comparisons old, but no patch is judged against another tree then.
    if (changes.some(({ uri }) => uri.endsWith("/HEAD"))) everythingAnew();
    else upstream.changed();
  });
  connection.onNotification(trustGranted, () => {
    state.trusted = true;
    everythingAnew();
  });
  connection.onInitialized(() => {
    void register(connection, capabilities);
    void settings.for();
    if (capabilities.workspace?.workspaceFolders === true) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map((folder) => folder.uri));
        state.folders = [...state.folders.filter((uri) => !gone.has(uri)), ...added.map((folder) => folder.uri)];
        everythingAnew();
      });
    }
  });
  connection.onShutdown(async () => {
    services.findings.reset();
    await knowledge.dispose();
  });
  return { capabilities: serverCapabilities(), serverInfo: { name: "Keelson", version } };
}

function serverCapabilities(): InitializeResult["capabilities"] {
  return {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
    hoverProvider: true,
    completionProvider: { triggerCharacters: [".", "-", "=", "/"], resolveProvider: true },
    codeLensProvider: { resolveProvider: true },
    codeActionProvider: { codeActionKinds: ["quickfix", fixAllKind] },
    definitionProvider: true,
    documentLinkProvider: { resolveProvider: false },
    documentSymbolProvider: true,
    foldingRangeProvider: true,
    inlayHintProvider: true,
    semanticTokensProvider: { legend: tokenLegend, full: true, range: true },
    diagnosticProvider: { identifier: "keelson", interFileDependencies: false, workspaceDiagnostics: false },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}

/** Asks the client to ask again, for all that the repository's answers change. Several calls in a row become one. */
function createRefresh(connection: Connection, capabilities: ClientCapabilities): () => void {
  let due = false;
  const { workspace } = capabilities;
  const ask = (supported: boolean | undefined, send: () => Promise<unknown>): void => {
    // A client that is closing down refuses; there is nothing left to refresh then.
    if (supported === true) send().catch(() => undefined);
  };
  return () => {
    if (due) return;
    due = true;
    setImmediate(() => {
      due = false;
      ask(workspace?.diagnostics?.refreshSupport, () => connection.languages.diagnostics.refresh());
      ask(workspace?.codeLens?.refreshSupport, () => connection.sendRequest(CodeLensRefreshRequest.type));
      ask(workspace?.inlayHint?.refreshSupport, () => connection.sendRequest(InlayHintRefreshRequest.type));
      ask(workspace?.semanticTokens?.refreshSupport, () => connection.sendRequest(SemanticTokensRefreshRequest.type));
    });
  };
}

/** Changes that only a dynamic registration brings: settings, and a checkout, commit or fetch made outside. */
async function register(connection: Connection, capabilities: ClientCapabilities): Promise<void> {
  if (capabilities.workspace?.didChangeConfiguration?.dynamicRegistration === true) {
    await connection.client.register(DidChangeConfigurationNotification.type, { section: ["keelson", "http"] });
  }
  if (capabilities.workspace?.didChangeWatchedFiles?.dynamicRegistration === true) {
    await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers: ["logs/HEAD", "HEAD", "packed-refs", "refs/{heads,remotes,tags}/**"].map((name) => ({ globPattern: `**/.git/${name}` })) });
  }
}
