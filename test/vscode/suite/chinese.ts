import assert from "node:assert/strict";
import * as vscode from "vscode";
import { checkOf, findings, open } from "./support";

const han = /\p{Script=Han}/u;

describe("VS Code in Simplified Chinese", () => {
  it("says what it finds in Chinese", async () => {
    assert.equal(vscode.env.language, "zh-cn");
    const document = await open("patches/queues/0003-keel-drive-the-bus-and-the-ring-from-their-clocks.patch");
    const found = await findings(document.uri, "err-ptr", "goto-release-order");
    for (const diagnostic of found) assert.match(diagnostic.message, han, checkOf(diagnostic));
  });

  it("names its lenses in Chinese", async () => {
    const document = await open("patches/stable/backport-copy.patch");
    const lenses = await vscode.commands.executeCommand<vscode.CodeLens[]>("vscode.executeCodeLensProvider", document.uri, 50);
    const titles = lenses.flatMap(({ command }) => (command?.command === "keelson.review.explain" ? [command.title] : []));
    assert(titles.length > 0);
    for (const title of titles) assert.match(title, han);
  });
});
