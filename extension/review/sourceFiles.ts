import * as vscode from "vscode";
import type { SourceRequest } from "../../language-server/protocol/requests";
import { patchScheme, readAddress } from "./address";

/** Patches made from git, as read-only files: unlike other virtual documents, VS Code brings files back after a reload. */
export interface SourceFiles {
  /** Makes the patch anew; editors that show it follow. */
  read(uri: vscode.Uri): Promise<string>;
  dispose(): void;
}

interface Made {
  readonly bytes: Uint8Array;
  readonly mtime: number;
}

export function createSourceFiles(ask: (request: SourceRequest) => Promise<string>): SourceFiles {
  const made = new Map<string, Promise<Made>>();
  const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

  async function make(uri: vscode.Uri): Promise<Made> {
    const request = readAddress(uri.query);
    if (request === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return { bytes: new TextEncoder().encode(await ask(request)), mtime: Date.now() };
  }

  function remembered(uri: vscode.Uri): Promise<Made> {
    const key = uri.toString();
    let promise = made.get(key);
    if (promise === undefined) {
      promise = make(uri).catch((error: unknown) => {
        made.delete(key);
        throw error instanceof vscode.FileSystemError ? error : vscode.FileSystemError.Unavailable(error instanceof Error ? error.message : String(error));
      });
      made.set(key, promise);
    }
    return promise;
  }

  function refuse(): never {
    throw vscode.FileSystemError.NoPermissions(vscode.l10n.t("This patch is made from git and can't be written."));
  }

  const provider: vscode.FileSystemProvider = {
    onDidChangeFile: changed.event,
    watch: () => new vscode.Disposable(() => undefined),
    async stat(uri) {
      const { bytes, mtime } = await remembered(uri);
      return { type: vscode.FileType.File, ctime: 0, mtime, size: bytes.length, permissions: vscode.FilePermission.Readonly };
    },
    readFile: async (uri) => (await remembered(uri)).bytes,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  const owned = vscode.Disposable.from(
    changed,
    vscode.workspace.registerFileSystemProvider(patchScheme, provider, { isReadonly: true, isCaseSensitive: true }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === patchScheme) made.delete(uri.toString());
    }),
  );
  return {
    async read(uri) {
      made.delete(uri.toString());
      const { bytes } = await remembered(uri);
      changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
      return new TextDecoder().decode(bytes);
    },
    dispose() {
      owned.dispose();
    },
  };
}
