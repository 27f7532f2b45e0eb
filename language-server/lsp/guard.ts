import { LSPErrorCodes, ErrorCodes, ResponseError, type CancellationToken } from "vscode-languageserver";
import { Cancelled, type Cancel, type Log } from "../engine/ports";
import type { Words } from "../words";

/** The document changed while it was worked on: the client should ask again. */
export class Superseded extends Error {
  constructor() {
    super("the document changed");
    this.name = "Superseded";
  }
}

/** What a person can do something about; its words go to the user as they are. */
export class Told extends Error {
  constructor(text: string) {
    super(text);
    this.name = "Told";
  }
}

/** The protocol's token as the engine's `Cancel`. */
export function cancelOf(token: CancellationToken): Cancel {
  return {
    get cancelled() {
      return token.isCancellationRequested;
    },
    onCancel(listener) {
      if (token.isCancellationRequested) {
        listener();
        return { dispose: () => undefined };
      }
      const subscription = token.onCancellationRequested(() => {
        subscription.dispose();
        listener();
      });
      return subscription;
    },
  };
}

/** Lets waiting messages in, a cancel above all. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

export type Guard = <P, R>(name: string, handler: (params: P, cancel: Cancel) => Promise<R> | R) => (params: P, token: CancellationToken) => Promise<R>;

/**
 * Keeps one request's failure to that request: a cancel answers RequestCancelled, an overtaken one ServerCancelled with
 * retriggerRequest (a client drops what it shows on null or empty, so neither is ever a stand-in), and a crash is logged and
 * told in one sentence.
 */
export function createGuard(log: Log, words: () => Words): Guard {
  return (name, handler) => async (params, token) => {
    try {
      const result = await handler(params, cancelOf(token));
      if (!token.isCancellationRequested) return result;
      throw new Cancelled();
    } catch (error) {
      if (error instanceof Cancelled || token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, "cancelled");
      if (error instanceof Superseded) throw new ResponseError(LSPErrorCodes.ServerCancelled, error.message, { retriggerRequest: true });
      if (error instanceof Told) throw new ResponseError(LSPErrorCodes.RequestFailed, error.message);
      log.error(`${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      throw new ResponseError(ErrorCodes.InternalError, words().say({ id: "server.failed", args: { request: name } }));
    }
  };
}
