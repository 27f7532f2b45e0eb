import * as vscode from "vscode";

/** A comparison as the settings hold it. */
export interface PairSetting {
  readonly name: string;
  readonly folder?: string;
  readonly mainline: string;
  readonly downstream: string;
}

/** `user`: the user's own settings, with the repository's path. `workspace`: `.vscode/settings.json` of the folder. */
export type PairPlace = "user" | "workspace";

function configuration(folder: string): vscode.WorkspaceConfiguration {
  return vscode.workspace.getConfiguration("keelson", vscode.Uri.file(folder));
}

/** What the settings name for a folder; the server judges the rest of each. */
export function readPairs(folder: string): readonly PairSetting[] {
  const value = configuration(folder).get<unknown>("upstream.pairs");
  return Array.isArray(value) ? value.filter(isPair) : [];
}

function isPair(value: unknown): value is PairSetting {
  return typeof value === "object" && value !== null && "name" in value && typeof value.name === "string";
}

/** A list in the workspace's settings hides the one in the user's own, so that only there another one takes effect. */
export function workspaceHides(folder: string): boolean {
  const inspected = configuration(folder).inspect<unknown>("upstream.pairs");
  return inspected?.workspaceFolderValue !== undefined || inspected?.workspaceValue !== undefined;
}

/** Adds a comparison where the user wants it. */
export async function writePair(folder: string, pair: PairSetting, place: PairPlace): Promise<void> {
  const settings = configuration(folder);
  if (place === "user") {
    const own = settings.inspect<unknown>("upstream.pairs")?.globalValue;
    await settings.update("upstream.pairs", [...(Array.isArray(own) ? (own as readonly unknown[]) : []), { ...pair, folder }], vscode.ConfigurationTarget.Global);
    return;
  }
  const several = (vscode.workspace.workspaceFolders?.length ?? 0) > 1 && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) !== undefined;
  await settings.update("upstream.pairs", [...readPairs(folder), pair], several ? vscode.ConfigurationTarget.WorkspaceFolder : vscode.ConfigurationTarget.Workspace);
}
