import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import * as vscode from "vscode";
import { checkOf, findings, open, product, workspaceFolder } from "./support";

describe("a workspace that nobody trusts", () => {
  it("is in restricted mode, and the extension runs in it", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    await open("patches/messages/unknown.patch");
    await product().activate();
    assert.equal(product().isActive, true);
  });

  it("gets findings from the text", async () => {
    const document = await open("patches/damaged/counts.patch");
    await findings(document.uri, "hunk-counts");
  });

  it("runs no git: what needs the repository is not said, and nothing is written beside it", async () => {
    const unknown = await open("patches/messages/unknown.patch");
    const document = await open("patches/queues/0003-keel-drive-the-bus-and-the-ring-from-their-clocks.patch");
    await findings(document.uri, "err-ptr");
    const checks = vscode.languages.getDiagnostics(unknown.uri).map(checkOf);
    assert(!checks.includes("fixes-known"), checks.join(", "));
    assert.equal(existsSync(join(workspaceFolder(), ".git/keelson")), false);
  });

  it("refuses to compare with mainline, and runs no git for it", async () => {
    await vscode.commands.executeCommand("keelson.upstream.compare");
    assert.equal(existsSync(join(workspaceFolder(), ".git/keelson")), false);
  });

  it("refuses to review staged changes, and opens nothing", async () => {
    await vscode.commands.executeCommand("keelson.review.staged");
    assert.notEqual(vscode.window.activeTextEditor?.document.uri.scheme, "keelson-patch");
  });
});
