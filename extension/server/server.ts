import * as vscode from "vscode";
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind, type CloseHandlerResult, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import type { InitializationOptions, trustGranted } from "../../language-server/protocol/initialize";
import type { NotificationMethod, Notifications, RequestMethod, Requests } from "../../language-server/protocol/requests";
import { patchLanguages } from "../commands";
import type { Logs } from "../log";
import type { StorePasswords } from "../knowledge/password";
import type { Keys } from "../model/keys";
import { readHeaderValues } from "../settings";
import type { Status } from "../status";
import { configurationSelector } from "../tuning/selector";
import { createCrashPolicy } from "./crash";

/** Keelson's language server, started when something first needs it. */
export interface Server {
  /** Resolves when it answers; starting it again after it stopped is fine. */
  start(): Promise<void>;
  restart(): Promise<void>;
  request<M extends RequestMethod>(method: M, params: Requests[M]["params"], token?: vscode.CancellationToken): Promise<Requests[M]["result"]>;
  /** A request whose method and parameters this side does not look into. */
  relay(method: string, params: unknown): Promise<unknown>;
  onNotification<M extends NotificationMethod>(method: M, listener: (params: Notifications[M]) => void): vscode.Disposable;
  dispose(): void;
}

const trustMethod: typeof trustGranted = "keelson/server/trustGranted";

export function createServer(context: vscode.ExtensionContext, logs: Logs, keys: Keys, passwords: StorePasswords, status: Status): Server {
  const crashes = createCrashPolicy(() => Date.now());
  const module = context.asAbsolutePath("dist/server/server.mjs");
  const server: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ["--nolazy", "--inspect=0"] } },
  };
  const options: LanguageClientOptions = {
    // No scheme: a patch is a patch in an untitled, virtual or remote document too.
    documentSelector: [...patchLanguages.map((language) => ({ language })), ...configurationSelector],
    outputChannel: logs.log,
    traceOutputChannel: logs.trace,
    initializationOptions: (): InitializationOptions => ({
      locale: vscode.env.language,
      trusted: vscode.workspace.isTrusted,
      pagesPath: context.asAbsolutePath("dist/pages"),
      storagePath: context.globalStorageUri.fsPath,
    }),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue }),
      closed: () => closed(),
    },
  };
  const client = new LanguageClient("keelson", "Keelson", server, options);
  let starting: Promise<void> | undefined;
  // Requests wait for it, so that an explanation never runs without the key that the user has set.
  let keysHanded: Promise<void> = Promise.resolve();

  function closed(): CloseHandlerResult {
    const verdict = crashes.crashed();
    if (verdict.kind === "restart") {
      logs.log.warn("The server went away and is started again.");
      if (verdict.tell) void vscode.window.showWarningMessage(vscode.l10n.t("Keelson's server stopped and was started again. Nothing is lost; the log says more."));
      return { action: CloseAction.Restart, handled: true };
    }
    starting = undefined;
    status.show({ state: "failed", text: vscode.l10n.t("Keelson's server keeps stopping") });
    void offerRestart();
    return { action: CloseAction.DoNotRestart, handled: true };
  }

  async function offerRestart(): Promise<void> {
    const again = vscode.l10n.t("Restart Server");
    const show = vscode.l10n.t("Show Log");
    const choice = await vscode.window.showErrorMessage(vscode.l10n.t("Keelson's server stopped five times in three minutes and is left alone."), again, show);
    if (choice === again) await vscode.commands.executeCommand("keelson.server.restart");
    if (choice === show) logs.log.show();
  }

  async function start(): Promise<void> {
    // Before the first trace line: the server asks for the settings at once.
    logs.redactor.learn(readHeaderValues());
    starting ??= client.start().catch((error: unknown) => {
      starting = undefined;
      status.show({ state: "failed", text: vscode.l10n.t("Keelson's server did not start") });
      throw error;
    });
    await starting;
  }

  async function handKeysOver(): Promise<void> {
    const all = await keys.all();
    const store = await passwords.current();
    logs.redactor.learn([...Object.values(all), ...(store.password === "" ? [] : [store.password]), ...readHeaderValues()]);
    if (!client.isRunning()) return;
    await client.sendRequest("keelson/model/keys", { keys: all });
    // Nothing is opened for a user who has a store of their own.
    if (store.address !== "") await client.sendRequest("keelson/knowledge/password", store);
  }

  function logFailure(what: string): (error: unknown) => void {
    return (error) => {
      logs.log.error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
    };
  }

  const subscriptions = [
    // Also after a restart: a new server process knows no keys.
    client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) return;
      status.show({ state: "idle", text: "" });
      keysHanded = handKeysOver().catch(logFailure("handing over model keys"));
    }),
    keys.onDidChange(() => {
      keysHanded = handKeysOver().catch(logFailure("handing over model keys"));
    }),
    passwords.onDidChange(() => {
      keysHanded = handKeysOver().catch(logFailure("handing over the store's password"));
    }),
    client.onNotification("keelson/server/state", (state: Notifications["keelson/server/state"]) => {
      status.show(state);
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      if (client.isRunning()) client.sendNotification(trustMethod).catch(logFailure("telling of trust"));
    }),
  ];

  return {
    start,
    async restart() {
      crashes.reset();
      status.show({ state: "busy", text: vscode.l10n.t("Restarting the server") });
      if (starting !== undefined) await starting.catch(logFailure("the last start"));
      starting = client.restart().catch((error: unknown) => {
        starting = undefined;
        status.show({ state: "failed", text: vscode.l10n.t("Keelson's server did not start") });
        throw error;
      });
      await starting;
    },
    async request<M extends RequestMethod>(method: M, params: Requests[M]["params"], token?: vscode.CancellationToken): Promise<Requests[M]["result"]> {
      await start();
      await keysHanded;
      // An undefined token would count as a second parameter and turn both into a list.
      return token === undefined ? client.sendRequest<Requests[M]["result"]>(method, params) : client.sendRequest<Requests[M]["result"]>(method, params, token);
    },
    async relay(method, params) {
      await start();
      await keysHanded;
      return client.sendRequest<unknown>(method, params);
    },
    onNotification: (method, listener) => client.onNotification(method, listener),
    dispose() {
      for (const subscription of subscriptions) subscription.dispose();
      client.dispose().catch(logFailure("stopping the server"));
    },
  };
}
