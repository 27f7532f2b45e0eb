import * as vscode from "vscode";

/** The password of a team's store, one an address. It lives in VS Code's SecretStorage and nowhere else. */
export interface StorePasswords {
  /** That of the address in the settings; an empty one when there is none. */
  current(): Promise<{ readonly address: string; readonly password: string }>;
  /** An empty one is removed. */
  set(address: string, password: string): Promise<void>;
  /** Also when another window changed it, or the settings name another address. */
  readonly onDidChange: vscode.Event<void>;
  dispose(): void;
}

const prefix = "keelson.knowledge.password.";

/** Empty when the user has a store of their own. */
export function storeAddress(): string {
  const address = vscode.workspace.getConfiguration("keelson").get<unknown>("knowledge.store");
  return typeof address === "string" ? address.trim() : "";
}

export function createStorePasswords(secrets: vscode.SecretStorage): StorePasswords {
  const changed = new vscode.EventEmitter<void>();
  const listening = [
    secrets.onDidChange(({ key }) => {
      if (key.startsWith(prefix)) changed.fire();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("keelson.knowledge.store")) changed.fire();
    }),
  ];
  return {
    async current() {
      const address = storeAddress();
      return { address, password: address === "" ? "" : ((await secrets.get(prefix + address)) ?? "") };
    },
    async set(address, password) {
      if (password === "") await secrets.delete(prefix + address);
      else await secrets.store(prefix + address, password);
    },
    onDidChange: changed.event,
    dispose() {
      for (const subscription of listening) subscription.dispose();
      changed.dispose();
    },
  };
}
