import type { EditorAction, ToHost, ToPanel } from "../../language-server/protocol/panel";
import type { NotificationMethod, Notifications, RequestMethod, Requests } from "../../language-server/protocol/requests";

interface VsCodeApi {
  postMessage(message: ToHost): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

export interface Init {
  readonly locale: "en" | "zh-cn";
  readonly state: unknown;
}

/** The one way a panel talks: to the PanelHost, which relays to the server. */
export interface Channel {
  request<M extends RequestMethod>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]>;
  readonly action: (action: EditorAction) => void;
  /** Kept across reloads of the window. */
  keep(state: unknown): void;
  onInit(listener: (init: Init) => void): void;
  onNotify<M extends NotificationMethod>(method: M, listener: (params: Notifications[M]) => void): void;
  /** Tells the host that listeners stand; `init` follows. */
  ready(): void;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** Opens the channel; call it once a panel. */
export function openChannel(): Channel {
  const api = acquireVsCodeApi();
  const pending = new Map<number, Pending>();
  const notified = new Map<string, (params: never) => void>();
  let initialised: ((init: Init) => void) | undefined;
  let next = 1;

  function settle(id: number): Pending | undefined {
    const found = pending.get(id);
    pending.delete(id);
    return found;
  }

  window.addEventListener("message", (event: MessageEvent<ToPanel>) => {
    const message = event.data;
    switch (message.type) {
      case "init":
        initialised?.({ locale: message.locale, state: message.state });
        break;
      case "response":
        settle(message.id)?.resolve(message.result);
        break;
      case "failure":
        settle(message.id)?.reject(new Error(message.message));
        break;
      case "notify":
        notified.get(message.method)?.(message.params as never);
        break;
    }
  });

  return {
    request: (method, params) =>
      new Promise((resolve, reject) => {
        const id = next++;
        pending.set(id, { resolve: resolve, reject });
        api.postMessage({ type: "request", id, method, params });
      }),
    action: (action) => {
      api.postMessage({ type: "action", action });
    },
    keep: (state) => {
      api.setState(state);
    },
    onInit: (listener) => {
      initialised = listener;
    },
    onNotify: (method, listener) => {
      notified.set(method, listener);
    },
    ready: () => {
      api.postMessage({ type: "ready" });
    },
  };
}
