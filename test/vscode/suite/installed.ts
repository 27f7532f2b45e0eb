import assert from "node:assert/strict";
import { join } from "node:path";
import * as vscode from "vscode";
import { checks } from "../../../language-server/engine/review/registry";
import { open, product } from "./support";

interface Manifest {
  readonly version: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe("the installed extension", () => {
  it("comes from the package, not from the sources", () => {
    const path = product().extensionPath;
    assert(!path.startsWith(process.env["KEELSON_REPOSITORY"] ?? "?"), path);
    assert.match(path, /keelson\.keelson-\d+\.\d+\.\d+/);
  });

  it("stays asleep until a patch is opened", async () => {
    assert.equal(product().isActive, false);
    await open("drivers/keel/core.c");
    assert.equal(product().isActive, false);
  });

  it("wakes up when a patch is opened", async () => {
    const document = await open("patches/good/0001-keel-drain-the-ring-before-it-is-destroyed.patch");
    assert.equal(document.languageId, "diff");
    await product().activate();
    assert.equal(product().isActive, true);
  });

  it("registers every command that its manifest names", async () => {
    const manifest = product().packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    const missing = manifest.contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });

  it("ships the page of each check", async () => {
    const pages = await vscode.workspace.fs.readDirectory(vscode.Uri.file(join(product().extensionPath, "dist/pages")));
    const names = new Set(pages.map(([name]) => name));
    assert.deepEqual(checks.filter(({ id }) => !names.has(`${id}.md`)).map(({ id }) => id), []);
  });

  it("ships no source, no test and no map", async () => {
    const names = (await vscode.workspace.fs.readDirectory(vscode.Uri.file(product().extensionPath))).map(([name]) => name);
    for (const name of ["test", "node_modules", "scripts", "language-server", "webview", "extension", "tsconfig.base.json"]) assert(!names.includes(name), name);
  });
});
