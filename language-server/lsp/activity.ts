import type { Connection } from "vscode-languageserver";
import type { Message } from "../engine/text/message";
import type { Words } from "../words";
import type { ServerState } from "../protocol/requests";

export interface Task {
  /** 0 to 100, with what is being done. */
  report(percent: number, message: Message): void;
  end(): void;
}

export interface Activity {
  /** Shows that work goes on until `end`; `onCancel` is what the user's cancel does. */
  begin(title: Message, onCancel?: () => void): Task;
  /** Something that the user should see until the next work begins. */
  failed(message: Message): void;
}

/** Work that is done sooner shows no progress of its own; a bar that flashes by is noise. */
const progressDelayMs = 600;

function after(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/** Tells the status item (`keelson/server/state`) and the client's progress (`$/progress`) what the server does. */
export function createActivity(connection: Connection, canProgress: boolean, words: () => Words): Activity {
  const running = new Map<number, Message>();
  let next = 0;
  let last = "";
  const tell = (state: ServerState): void => {
    const key = JSON.stringify(state);
    if (key === last) return;
    last = key;
    void connection.sendNotification("keelson/server/state", state);
  };
  const update = (): void => {
    const newest = [...running.values()].at(-1);
    if (newest === undefined) tell({ state: "idle", text: words().say({ id: "server.idle" }) });
    else tell({ state: "busy", text: words().say(newest) });
  };
  return {
    begin(title, onCancel) {
      const id = next++;
      running.set(id, title);
      update();
      let ended = false;
      const shown = canProgress ? after(progressDelayMs).then(() => (ended ? Promise.reject(new Error("short")) : connection.window.createWorkDoneProgress())) : undefined;
      void shown?.then((progress) => {
        if (ended) {
          progress.done();
          return;
        }
        progress.begin(words().say(title), undefined, undefined, onCancel !== undefined);
        progress.token.onCancellationRequested(() => onCancel?.());
      }, () => undefined);
      return {
        report(percent, message) {
          if (ended) return;
          running.set(id, message);
          update();
          void shown?.then((progress) => {
            if (!ended) progress.report(Math.round(percent), words().say(message));
          }, () => undefined);
        },
        end() {
          if (ended) return;
          ended = true;
          running.delete(id);
          update();
          void shown?.then((progress) => {
            progress.done();
          }, () => undefined);
        },
      };
    },
    failed(message) {
      tell({ state: "failed", text: words().say(message) });
    },
  };
}
