import assert from "node:assert/strict";
import * as vscode from "vscode";
import { product, workspaceFolder } from "./support";

const pair = "keel";

/** The patch document of a commit, as the Upstream view opens it. */
async function openCommit(range: string): Promise<vscode.TextDocument> {
  const folder = workspaceFolder();
  const uri = vscode.Uri.from({ scheme: "keelson-patch", path: `/sample/${range}.diff`, query: JSON.stringify({ kind: "range", folder, range }) });
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  return document;
}

describe("a comparison with mainline", () => {
  const settings = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration("keelson");
  before(async () => {
    await product().activate();
    await settings().update("upstream.pairs", [{ name: pair, mainline: "main", downstream: "keel-6.1.y" }], vscode.ConfigurationTarget.Global);
  });
  after(async () => {
    await settings().update("upstream.pairs", undefined, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("is made by a command, and tells above a patch which commit of mainline it is", async function () {
    this.timeout(120_000);
    await openCommit("keel-6.1.y");
    await vscode.commands.executeCommand("keelson.upstream.compare", { folder: workspaceFolder(), pair });
    const document = vscode.window.activeTextEditor?.document ?? (await openCommit("keel-6.1.y"));
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 50);
    const titles = lenses.map(({ command }) => command?.title ?? "");
    assert(titles.some((title) => /^mainline [0-9a-f]{12} \(/.test(title)), titles.join(" | "));
    const twin = lenses.find(({ command }) => command?.command === "keelson.upstream.openTwin");
    assert.equal((twin?.command?.arguments?.[0] as { readonly pair?: string } | undefined)?.pair, pair);
  });

  it("shows in the Upstream view, whose filter can be set and cleared", async () => {
    await vscode.commands.executeCommand("keelson.upstream.showRows", { folder: workspaceFolder(), pair, list: "same", filter: { path: "drivers" } });
    await vscode.commands.executeCommand("keelson.upstream.clearFilter");
  });
});
