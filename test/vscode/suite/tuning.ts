import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as vscode from "vscode";
import { checkOf, findings, open, workspaceFolder } from "./support";

function write(path: string, text: string): void {
  const file = join(workspaceFolder(), path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

describe("a configuration file in the editor", () => {
  before(() => {
    write("etc/sysctl.d/90-keel.conf", "vm.dirty_ratio = 40\nvm.dirty_bytes = 268435456\n");
    write("deploy/compose.yaml", "services:\n  llm:\n    image: vllm/vllm-openai\n    command: --max-num-seqs 512 --max-num-batched-tokens 256\n");
  });
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is judged, whatever language VS Code takes it for", async () => {
    const document = await open("etc/sysctl.d/90-keel.conf");
    const [conflict] = await findings(document.uri, "tuning-conflict");
    assert(conflict);
    assert.match(conflict.message, /vm\.rst:\d+/);
    const compose = await open("deploy/compose.yaml");
    assert.equal((await findings(compose.uri, "tuning-conflict")).map(checkOf).length, 1);
  });

  it("has hovers, names to complete and units", async () => {
    const document = await open("etc/sysctl.d/90-keel.conf");
    await findings(document.uri, "tuning-conflict");
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, new vscode.Position(1, 5));
    assert.ok(hovers.length > 0);
    const list = await vscode.commands.executeCommand<vscode.CompletionList>("vscode.executeCompletionItemProvider", document.uri, new vscode.Position(2, 0));
    assert.ok(list.items.some(({ label }) => (typeof label === "string" ? label : label.label) === "vm.swappiness"));
    const hints = await vscode.commands.executeCommand<vscode.InlayHint[]>("vscode.executeInlayHintProvider", document.uri, new vscode.Range(0, 0, 3, 0));
    assert.deepEqual(hints.map(({ label }) => label), ["= 256 MiB"]);
  });
});
