import * as vscode from "vscode";
import type { TuningMachine } from "../../language-server/protocol/tuning-suggest";

interface MachineItem extends vscode.QuickPickItem {
  readonly machine: "here" | "ssh" | "file" | "none";
}

const lastHost = "keelson.tuning.host";

/** Asks where the suggestions are for. Undefined when nobody said. */
export async function askMachine(memory: vscode.Memento): Promise<TuningMachine | undefined> {
  const trusted = vscode.workspace.isTrusted;
  const items: readonly MachineItem[] = [
    ...(trusted
      ? ([
          { machine: "here", label: vscode.l10n.t("This Machine"), description: vscode.l10n.t("where VS Code's server runs"), iconPath: new vscode.ThemeIcon("device-desktop") },
          { machine: "ssh", label: vscode.l10n.t("Over SSH…"), description: vscode.l10n.t("a host that your ssh can reach without asking"), iconPath: new vscode.ThemeIcon("remote") },
        ] as const)
      : []),
    { machine: "file", label: vscode.l10n.t("A Facts File…"), description: vscode.l10n.t("what keelson tuning facts --format json printed"), iconPath: new vscode.ThemeIcon("file") },
    { machine: "none", label: vscode.l10n.t("No Machine"), description: vscode.l10n.t("without current values and hardware"), iconPath: new vscode.ThemeIcon("circle-slash") },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t("Suggest Tuning"), placeHolder: vscode.l10n.t("For which machine? It is looked at, nothing is changed.") });
  switch (picked?.machine) {
    case "here":
    case "none":
      return { kind: picked.machine };
    case "ssh":
      return askHost(memory);
    case "file":
      return askFile();
    case undefined:
      return undefined;
  }
}

async function askHost(memory: vscode.Memento): Promise<TuningMachine | undefined> {
  const host = await vscode.window.showInputBox({
    title: vscode.l10n.t("Suggest Tuning"),
    prompt: vscode.l10n.t("Host, user@host or an alias of your ssh configuration"),
    value: memory.get<string>(lastHost, ""),
    validateInput: (text) => (/^(?!-)[\w.@:-]{1,255}$/.test(text.trim()) ? undefined : vscode.l10n.t("A host, such as root@gpu-node-1")),
  });
  if (host === undefined) return undefined;
  await memory.update(lastHost, host.trim());
  return { kind: "ssh", host: host.trim() };
}

async function askFile(): Promise<TuningMachine | undefined> {
  const [file] = (await vscode.window.showOpenDialog({ canSelectMany: false, filters: { JSON: ["json"] }, title: vscode.l10n.t("A Facts File…") })) ?? [];
  return file === undefined ? undefined : { kind: "file", path: file.fsPath };
}
