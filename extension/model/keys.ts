import * as vscode from "vscode";
import { readEndpoints } from "../settings";

/** Model keys, one an endpoint id. They live in VS Code's SecretStorage and nowhere else. */
export interface Keys {
  all(): Promise<Readonly<Record<string, string>>>;
  has(id: string): Promise<boolean>;
  set(id: string, key: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Also when another window of the same user changed one, or endpoints were added. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

const prefix = "keelson.key.";

export function createKeys(secrets: vscode.SecretStorage): Keys {
  const changed = new vscode.EventEmitter<void>();
  const listening = [
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("keelson.models")) changed.fire();
    }),
  ];
  return {
    async all() {
      const found: Record<string, string> = {};
      for (const { id } of readEndpoints()) {
        const key = await secrets.get(prefix + id);
        if (key !== undefined) found[id] = key;
      }
      return found;
    },
    has: async (id) => (await secrets.get(prefix + id)) !== undefined,
    set: async (id, key) => {
      await secrets.store(prefix + id, key);
    },
    remove: async (id) => {
      await secrets.delete(prefix + id);
    },
    onDidChange: changed.event,
    dispose() {
      for (const subscription of listening) subscription.dispose();
      changed.dispose();
    },
  };
}
