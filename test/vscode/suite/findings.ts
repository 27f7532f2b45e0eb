import assert from "node:assert/strict";
import * as vscode from "vscode";
import { checkOf, diagnostics, findings, lineOf, open } from "./support";

const clocks = "patches/queues/0003-keel-drive-the-bus-and-the-ring-from-their-clocks.patch";

describe("findings in the editor", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("marks the line that is at fault, and links the check's page", async () => {
    const document = await open(clocks);
    const found = await findings(document.uri, "err-ptr", "goto-release-order");
    const errPtr = found.find((diagnostic) => checkOf(diagnostic) === "err-ptr");
    assert(errPtr);
    assert.equal(errPtr.range.start.line, lineOf(document, "if (!keel->bus)"));
    assert.equal(errPtr.severity, vscode.DiagnosticSeverity.Warning);
    assert(typeof errPtr.code === "object");
    assert.match(errPtr.code.target.toString(), /err-ptr\.md/);
  });

  it("says nothing of a patch that is in order", async () => {
    const good = await open("patches/good/0002-keelfs-free-the-inode-in-one-place.patch");
    // The findings of a patch opened later show that the first was asked about, too.
    const flawed = await open("patches/messages/unknown.patch");
    await findings(flawed.uri, "fixes-known");
    const worse = vscode.languages.getDiagnostics(good.uri).filter(({ severity }) => severity <= vscode.DiagnosticSeverity.Warning);
    assert.deepEqual(worse.map(({ message }) => message), []);
  });

  it("adds what the repository knows", async () => {
    const document = await open("patches/messages/unknown.patch");
    const found = await findings(document.uri, "fixes-known");
    assert(found.some(({ message }) => message.includes("0123456789ab")), found.map(({ message }) => message).join("\n"));
  });

  it("reads an mbox with several mails", async () => {
    const document = await open("patches/hangs.mbox");
    assert.equal(document.languageId, "mbox");
    await findings(document.uri, "series-numbering");
  });

  it("checks a patch that was never saved", async () => {
    const saved = await open("patches/damaged/counts.patch");
    const document = await vscode.workspace.openTextDocument({ language: "diff", content: saved.getText() });
    await vscode.window.showTextDocument(document);
    await findings(document.uri, "hunk-counts");
  });

  it("follows an edit and its undo", async () => {
    const document = await open("patches/queues/0005-keel-add-a-script-that-measures-a-ring.patch");
    await findings(document.uri, "trailing-whitespace");
    const line = lineOf(document, "frames=");
    const text = document.lineAt(line).text;
    const edit = new vscode.WorkspaceEdit();
    edit.replace(document.uri, new vscode.Range(line, text.trimEnd().length, line, text.length), "");
    await vscode.workspace.applyEdit(edit);
    await diagnostics(document.uri, (found) => found.every((diagnostic) => checkOf(diagnostic) !== "trailing-whitespace"));
    await vscode.commands.executeCommand("undo");
    await findings(document.uri, "trailing-whitespace");
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("mends a hunk's counts with its quick fix", async () => {
    const document = await open("patches/damaged/counts.patch");
    const found = await findings(document.uri, "hunk-counts");
    const diagnostic = found.find((candidate) => checkOf(candidate) === "hunk-counts");
    assert(diagnostic);
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>("vscode.executeCodeActionProvider", document.uri, diagnostic.range, vscode.CodeActionKind.QuickFix.value, 20);
    const fix = actions.find(({ edit }) => edit !== undefined);
    assert(fix?.edit, actions.map(({ title }) => title).join(", "));
    await vscode.workspace.applyEdit(fix.edit);
    await diagnostics(document.uri, (left) => left.every((candidate) => checkOf(candidate) !== "hunk-counts"));
    await vscode.commands.executeCommand("workbench.action.files.revert");
  });

  it("turns a check off, globally and by path, without a reload", async () => {
    const document = await open(clocks);
    await findings(document.uri, "err-ptr", "goto-release-order");
    const settings = vscode.workspace.getConfiguration("keelson");
    await settings.update("review.checks", { "err-ptr": "off" }, vscode.ConfigurationTarget.Global);
    await settings.update("review.checksByPath", { "drivers/keel/**": { "goto-release-order": "error" } }, vscode.ConfigurationTarget.Global);
    const left = await diagnostics(
      document.uri,
      (found) =>
        found.every((diagnostic) => checkOf(diagnostic) !== "err-ptr") &&
        found.some((diagnostic) => checkOf(diagnostic) === "goto-release-order" && diagnostic.severity === vscode.DiagnosticSeverity.Error),
    );
    assert(left.length > 0);
    await settings.update("review.checks", undefined, vscode.ConfigurationTarget.Global);
    await settings.update("review.checksByPath", undefined, vscode.ConfigurationTarget.Global);
    await findings(document.uri, "err-ptr", "goto-release-order");
  });

  it("reviews what is staged as a virtual patch", async () => {
    await vscode.commands.executeCommand("keelson.review.staged");
    const document = vscode.window.activeTextEditor?.document;
    assert(document);
    assert.equal(document.uri.scheme, "keelson-patch");
    assert.match(document.getText(), /\+It waits for the bus before that\. {2}$/m);
    await findings(document.uri, "trailing-whitespace");
  });

  it("starts the server again when it is asked to, and findings return", async () => {
    const document = await open(clocks);
    await findings(document.uri, "err-ptr");
    await vscode.commands.executeCommand("keelson.server.restart");
    await findings(document.uri, "err-ptr");
  });
});
