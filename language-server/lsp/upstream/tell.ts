import { CodeLensRequest, DidChangeTextDocumentNotification, DidCloseTextDocumentNotification, DidOpenTextDocumentNotification, TextDocumentSyncKind, type ClientCapabilities, type Connection, type Disposable } from "vscode-languageserver";
import type { Log } from "../../engine/ports";
import { sourceLanguages } from "./source-lens";

/** Progress comes many times a second; views are told at most this often. */
const tellMs = 400;

/** Tells the client that what is known of comparisons changed: the first time at once, the last time for sure. */
export function createTeller(connection: Connection): (running: boolean) => void {
  let timer: NodeJS.Timeout | undefined;
  let due: boolean | undefined;
  const send = (running: boolean): void => {
    // A client that is closing down refuses; nobody is left to be told then.
    connection.sendNotification("keelson/upstream/changed", { running }).catch(() => undefined);
    timer = setTimeout(() => {
      timer = undefined;
      const next = due;
      due = undefined;
      if (next !== undefined) send(next);
    }, tellMs);
    timer.unref();
  };
  return (running) => {
    if (timer === undefined) send(running);
    else due = running;
  };
}

/**
 * Source files are none of the server's business until it knows of missing fixes: only then it asks the client for their
 * text and offers lenses on them.
 */
export function createSourceRegistration(connection: Connection, capabilities: ClientCapabilities, log: Log): (wanted: boolean) => void {
  const able = capabilities.textDocument?.codeLens?.dynamicRegistration === true && capabilities.textDocument.synchronization?.dynamicRegistration === true;
  const documentSelector = sourceLanguages.map((language) => ({ scheme: "file", language }));
  let registered: Promise<readonly Disposable[]> | undefined;
  const register = (): Promise<readonly Disposable[]> =>
    Promise.all([
      connection.client.register(DidOpenTextDocumentNotification.type, { documentSelector }),
      connection.client.register(DidChangeTextDocumentNotification.type, { documentSelector, syncKind: TextDocumentSyncKind.Incremental }),
      connection.client.register(DidCloseTextDocumentNotification.type, { documentSelector }),
      connection.client.register(CodeLensRequest.type, { documentSelector, resolveProvider: false }),
    ]);
  const failed = (error: unknown): readonly Disposable[] => {
    log.warn(`lenses of source files: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  };
  return (wanted) => {
    if (!able || wanted === (registered !== undefined)) return;
    if (wanted) {
      registered = register().catch(failed);
      return;
    }
    const last = registered;
    registered = undefined;
    void last?.then((all) => {
      for (const one of all) one.dispose();
    });
  };
}
