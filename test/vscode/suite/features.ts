import assert from "node:assert/strict";
import * as vscode from "vscode";
import { findings, lineOf, open, positionOf } from "./support";

const counter = "patches/messages/tags.patch";
const backport = "patches/stable/backport-copy.patch";

function textOf(contents: vscode.Hover["contents"]): string {
  return contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : "")).join("\n");
}

describe("a patch in the editor", () => {
  afterEach(async () => {
    await vscode.commands.executeCommand("workbench.action.closeAllEditors");
  });

  it("has lenses that explain the patch, its file and its hunk", async () => {
    const document = await open(backport);
    await findings(document.uri, "backport-marker");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 50);
    const explain = lenses.filter(({ command }) => command?.command === "keelson.review.explain");
    const lines = explain.map(({ range }) => range.start.line);
    for (const text of ["Subject:", "diff --git", "@@ -"]) assert(lines.includes(lineOf(document, text)), `no lens at ${text}; there are ${lines.join(", ")}`);
  });

  it("tells in a hover which commit a sha is", async () => {
    const document = await open(backport);
    const position = positionOf(document, "Fixes: ").translate(0, 9);
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>("vscode.executeHoverProvider", document.uri, position);
    assert.match(hovers.map(({ contents }) => textOf(contents)).join("\n"), /keelfs\\?: remember the inode's number/);
  });

  it("lists patch, file and hunk as symbols", async () => {
    const document = await open(backport);
    const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>("vscode.executeDocumentSymbolProvider", document.uri);
    const patch = symbols[0];
    assert(patch);
    assert.match(patch.name, /keelfs: copy only what the disk holds/);
    const [file] = patch.children;
    assert.match(file?.name ?? "", /inode\.c/);
    assert.equal(file?.children.length, 1);
  });

  it("folds files and hunks", async () => {
    const document = await open(backport);
    const ranges = await vscode.commands.executeCommand<vscode.FoldingRange[]>("vscode.executeFoldingRangeProvider", document.uri);
    assert(ranges.some(({ start }) => start === lineOf(document, "diff --git")));
  });

  it("goes from a hunk to the file's line", async () => {
    const document = await open(backport);
    const places = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>("vscode.executeDefinitionProvider", document.uri, positionOf(document, "@@ -").translate(0, 4));
    const [place] = places;
    assert(place);
    const uri = "uri" in place ? place.uri : place.targetUri;
    assert.match(uri.path, /fs\/keelfs\/inode\.c$/);
  });

  it("colours trailers and shas", async () => {
    const document = await open(counter);
    const tokens = await vscode.commands.executeCommand<vscode.SemanticTokens | undefined>("vscode.provideDocumentSemanticTokens", document.uri);
    assert((tokens?.data.length ?? 0) > 0);
  });

  it("links a sha", async () => {
    const document = await open(backport);
    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>("vscode.executeLinkProvider", document.uri, 50);
    assert(links.length > 0);
  });
});
