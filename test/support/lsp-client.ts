import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProtocolConnection, StreamMessageReader, StreamMessageWriter, type ProtocolConnection, type CodeLens, type Diagnostic, type DocumentDiagnosticReport, type InitializeResult, type RegistrationParams, type UnregistrationParams } from "vscode-languageserver-protocol/node";
import type { InitializationOptions } from "../../language-server/protocol/initialize";
import type { ServerState } from "../../language-server/protocol/requests";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
/** The built product; KEELSON_DIST names another build of it. */
export const dist = process.env["KEELSON_DIST"] ?? join(root, "dist");

export interface ClientOptions {
  readonly initializationOptions?: InitializationOptions;
  readonly folders?: readonly string[];
  /** What `workspace/configuration` answers for the section `keelson`, by scope. */
  readonly settings?: (scope: string | undefined) => unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly nodeArguments?: readonly string[];
  /** Says that documents and lenses may be registered later, as VS Code does. */
  readonly dynamic?: boolean;
}

/** A small editor: opens documents, pulls, and hears what the server says. */
export interface Client {
  readonly connection: ProtocolConnection;
  readonly process: ChildProcess;
  readonly capabilities: InitializeResult["capabilities"];
  readonly states: ServerState[];
  readonly logs: string[];
  /** What the server registered, `method languages`, as long as it is. */
  readonly registered: ReadonlyMap<string, string>;
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, text: string): void;
  pull(uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport>;
  /** Pulls until repository work is done. */
  settled(uri: string): Promise<readonly Diagnostic[]>;
  /** Resolves at the next `workspace/diagnostic/refresh`. */
  refreshed(): Promise<void>;
  /** Lenses with their titles filled in. */
  lenses(uri: string): Promise<readonly CodeLens[]>;
  stop(): Promise<void>;
}

function fileUri(path: string): string {
  return `file://${path.split("/").map(encodeURIComponent).join("/")}`;
}

function languagesOf(registerOptions: unknown): string {
  const selector = typeof registerOptions === "object" && registerOptions !== null && "documentSelector" in registerOptions ? (registerOptions.documentSelector as readonly { readonly language: string }[]) : [];
  return selector.map(({ language }) => language).join(" ");
}

export function items(report: DocumentDiagnosticReport): readonly Diagnostic[] {
  return report.kind === "full" ? report.items : [];
}

export async function startClient(options: ClientOptions = {}): Promise<Client> {
  const module = join(dist, "server", "server.mjs");
  if (!existsSync(module)) throw new Error(`${module} is absent: build first (npm run build)`);
  const child = spawn(process.execPath, [...(options.nodeArguments ?? []), module, "--stdio"], { stdio: ["pipe", "pipe", "pipe"], env: { ...process.env, ...options.env } });
  const states: ServerState[] = [];
  const logs: string[] = [];
  child.stderr.on("data", (chunk: Buffer) => logs.push(chunk.toString()));
  const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  let waiting: (() => void)[] = [];
  connection.onNotification("keelson/server/state", (state: ServerState) => void states.push(state));
  connection.onNotification("window/logMessage", (params: { message: string }) => void logs.push(params.message));
  connection.onRequest("workspace/configuration", (params: { items: { section?: string; scopeUri?: string }[] }) => params.items.map((item) => (item.section === "keelson" ? (options.settings?.(item.scopeUri) ?? {}) : null)));
  const registered = new Map<string, string>();
  connection.onRequest("client/registerCapability", ({ registrations }: RegistrationParams) => {
    for (const { id, method, registerOptions } of registrations) registered.set(id, `${method} ${languagesOf(registerOptions)}`);
    return null;
  });
  connection.onRequest("client/unregisterCapability", ({ unregisterations }: UnregistrationParams) => {
    for (const { id } of unregisterations) registered.delete(id);
    return null;
  });
  connection.onRequest("window/workDoneProgress/create", () => null);
  for (const method of ["workspace/codeLens/refresh", "workspace/inlayHint/refresh", "workspace/semanticTokens/refresh"]) connection.onRequest(method, () => null);
  connection.onRequest("workspace/diagnostic/refresh", () => {
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
    return null;
  });
  connection.listen();
  const result = await connection.sendRequest<InitializeResult>("initialize", {
    processId: process.pid,
    rootUri: null,
    capabilities: {
      workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true }, diagnostics: { refreshSupport: true }, codeLens: { refreshSupport: true }, inlayHint: { refreshSupport: true } },
      window: { workDoneProgress: true },
      textDocument: { publishDiagnostics: { relatedInformation: true }, ...(options.dynamic === true ? { synchronization: { dynamicRegistration: true }, codeLens: { dynamicRegistration: true } } : {}) },
    },
    workspaceFolders: (options.folders ?? []).map((path) => ({ uri: fileUri(path), name: path })),
    initializationOptions: options.initializationOptions ?? {},
  });
  await connection.sendNotification("initialized", {});
  const refreshed = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  const pull = (uri: string, previousResultId?: string): Promise<DocumentDiagnosticReport> =>
    connection.sendRequest("textDocument/diagnostic", { textDocument: { uri }, identifier: "keelson", ...(previousResultId === undefined ? {} : { previousResultId }) });
  return {
    connection,
    process: child,
    capabilities: result.capabilities,
    states,
    logs,
    registered,
    open(uri, text, languageId = "diff") {
      void connection.sendNotification("textDocument/didOpen", { textDocument: { uri, languageId, version: 1, text } });
    },
    change(uri, version, text) {
      void connection.sendNotification("textDocument/didChange", { textDocument: { uri, version }, contentChanges: [{ text }] });
    },
    pull,
    async settled(uri) {
      let end = refreshed();
      await pull(uri);
      await end;
      // A long series refreshes on its way too; the last one comes when nothing is being done any more.
      while (states.at(-1)?.state !== "idle") {
        end = refreshed();
        await end;
      }
      return items(await pull(uri));
    },
    refreshed,
    async lenses(uri) {
      const lenses = await connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
      return Promise.all(lenses.map(async (lens) => (lens.command === undefined ? connection.sendRequest<CodeLens>("codeLens/resolve", lens) : lens)));
    },
    async stop() {
      const gone = new Promise<void>((resolve) => child.once("exit", () => { resolve(); }));
      if (child.exitCode === null && child.signalCode === null) {
        await connection.sendRequest("shutdown");
        await connection.sendNotification("exit");
        await gone;
      }
      connection.dispose();
    },
  };
}
