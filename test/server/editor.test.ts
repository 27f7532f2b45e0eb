import assert from "node:assert/strict";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import type { CodeAction, DocumentLink, DocumentSymbol, Hover, InlayHint, LocationLink, SemanticTokens } from "vscode-languageserver-protocol";
import { items, startClient, type Client } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

interface Made {
  readonly repository: TestRepository;
  readonly base: string;
  /** The mail of one commit that changes line 30 of drivers/keel/keel.c. */
  readonly patch: string;
  readonly later: string;
}

/** A tree whose file got eleven lines at its top after the patch was made, so that the patch goes in at an offset. */
function makeTree(): Made {
  const repository = createRepository();
  const base = repository.commit("keel: add the driver", { "drivers/keel/keel.c": numbered(60), MAINTAINERS: "KEEL DRIVER\nM:\tAlice Example <alice@example.com>\nL:\tkeel@example.org\nS:\tMaintained\nF:\tdrivers/keel/\n" });
  repository.commit("keel: count from one", { "drivers/keel/keel.c": numbered(60, { 30: "line thirty " }) }, `The counter began at zero. \n\nFixes: ${base.slice(0, 12)} ("keel: add the driver")\n\nSigned-off-by: Alice Example <alice@example.com>`);
  // Without the blobs' names git can't merge; it has to find the place.
  const patch = repository.git("format-patch", "--stdout", "-1").replace(/^index .*\n/mu, "");
  repository.git("reset", "-q", "--hard", base);
  const later = repository.commit("keel: say whose it is", { "drivers/keel/keel.c": numbered(11).replaceAll("line", "note") + numbered(60) });
  return { repository, base, patch, later };
}

describe("the server over stdio", () => {
  let made: Made;
  let client: Client;
  let uri: string;
  before(async () => {
    made = makeTree();
    uri = pathToFileURL(join(made.repository.root, "0001-keel.patch")).toString();
    client = await startClient({ folders: [made.repository.root], initializationOptions: { pagesPath: "/pages" }, settings: () => ({ review: { base: "main" } }) });
    client.open(uri, made.patch);
    await client.settled(uri);
  });
  after(async () => {
    await client.stop();
    made.repository.remove();
  });
  const lineOf = (start: string): number => made.patch.split("\n").findIndex((line) => line.startsWith(start));

  it("reports text findings with the check's page, then findings of the tree", async () => {
    const found = items(await client.pull(uri));
    const trailing = found.find((entry) => entry.code === "trailing-whitespace");
    assert.equal(trailing?.source, "keelson");
    assert.equal(trailing.codeDescription?.href, "file:///pages/trailing-whitespace.md");
    assert.equal(trailing.range.start.line, lineOf("+line thirty "));
    assert.ok(found.some((entry) => entry.code === "applies"), "the tree's findings are there");
  });

  it("answers unchanged when nothing is new", async () => {
    const first = await client.pull(uri);
    assert.equal(first.kind, "full");
    const second = await client.pull(uri, first.resultId);
    assert.deepEqual(second, { kind: "unchanged", resultId: first.resultId });
  });

  it("says in lenses how many findings there are and how the patch applies", async () => {
    const titles = (await client.lenses(uri)).map((lens) => lens.command?.title);
    assert.ok(titles.includes("Explain"));
    assert.ok(titles.some((title) => /^\d+ findings?$/u.test(title ?? "")), titles.join(" | "));
    assert.ok(titles.includes("Applies to main, but not as it says"), titles.join(" | "));
    assert.ok(titles.includes("Explain File") && titles.includes("Explain Hunk"));
  });

  it("shows at a hunk how far it moved, and line numbers when they are wanted", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 200, character: 0 } };
    const hints = await client.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range });
    assert.deepEqual(hints.map((hint) => [hint.position.line, hint.label]), [[lineOf("@@"), "applies at +11"]]);
  });

  it("tells of a commit whether it is in the tree", async () => {
    const line = lineOf("Fixes:");
    const hover = await client.connection.sendRequest<Hover>("textDocument/hover", { textDocument: { uri }, position: { line, character: 9 } });
    const { value } = hover.contents as { value: string };
    assert.match(value, /keel\\?: add the driver/u);
    assert.match(value, /In `main`\./u);
  });

  it("names maintainers at a file's header", async () => {
    const hover = await client.connection.sendRequest<Hover>("textDocument/hover", { textDocument: { uri }, position: { line: lineOf("+++"), character: 3 } });
    const { value } = hover.contents as { value: string };
    assert.match(value, /alice@example\.com/u);
    assert.match(value, /keel@example\.org/u);
  });

  it("goes from a hunk's line to the line where that text is now", async () => {
    const found = await client.connection.sendRequest<LocationLink[]>("textDocument/definition", { textDocument: { uri }, position: { line: lineOf("-line 30"), character: 3 } });
    assert.equal(found[0]?.targetUri, pathToFileURL(join(made.repository.root, "drivers/keel/keel.c")).toString());
    assert.equal(found[0].targetRange.start.line, 30 + 11 - 1);
  });

  it("links commits to virtual patches and nothing inside the diff", async () => {
    const links = await client.connection.sendRequest<DocumentLink[]>("textDocument/documentLink", { textDocument: { uri } });
    const line = lineOf("Fixes:");
    const link = links.find((entry) => entry.range.start.line === line);
    assert.match(link?.target ?? "", /^keelson-patch:\/tree\/[0-9a-f]{12}\.diff\?/u);
    assert.ok(links.every((entry) => entry.range.start.line < lineOf("diff --git")));
  });

  it("lists patch, file and hunk as symbols", async () => {
    const symbols = await client.connection.sendRequest<DocumentSymbol[]>("textDocument/documentSymbol", { textDocument: { uri } });
    assert.equal(symbols[0]?.name, "[PATCH] keel: count from one");
    assert.equal(symbols[0].children?.[0]?.name, "drivers/keel/keel.c");
    assert.equal(symbols[0].children[0].children?.[0]?.name, "@@ −27,7 +27,7");
  });

  it("colours trailers and commits", async () => {
    const { data } = await client.connection.sendRequest<SemanticTokens>("textDocument/semanticTokens/full", { textDocument: { uri } });
    assert.ok(data.length >= 15 && data.length % 5 === 0);
  });

  it("offers a quick fix, suppression with a reason and the user's own sign-off", async () => {
    const line = lineOf("+line thirty ");
    const diagnostics = items(await client.pull(uri)).filter((entry) => entry.range.start.line === line);
    const ask = (at: number, only?: string[]) => client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", { textDocument: { uri }, range: { start: { line: at, character: 1 }, end: { line: at, character: 1 } }, context: { diagnostics, ...(only === undefined ? {} : { only }) } });
    const actions = await ask(line);
    assert.ok(actions.some((action) => action.edit !== undefined && action.diagnostics !== undefined));
    assert.ok(actions.some((action) => action.command?.command === "keelson.review.suppress"));
    const signOff = (await ask(lineOf("Signed-off-by"))).find((action) => action.title === "Add my Signed-off-by");
    assert.match(JSON.stringify(signOff?.edit), /Signed-off-by: Bob Sample <bob@example\.org>\\n/u);
    const all = await ask(0, ["source.fixAll"]);
    assert.deepEqual(all.map((action) => action.kind), ["source.fixAll.keelson"]);
  });

  it("gives the edits of fix-all for a preview", async () => {
    const { edits } = await client.connection.sendRequest<{ edits: { startLine: number; newText: string; title: string }[] }>("keelson/review/fixAll", { uri });
    assert.ok(edits.some((edit) => edit.startLine === lineOf("Fixes:") + 2 && edit.newText === ""), JSON.stringify(edits));
    assert.ok(edits.every((edit) => edit.title !== ""));
  });

  it("keeps showing the tree's findings, moved along, while an edit is looked at", async () => {
    const applies = (found: readonly { code?: unknown; range: { start: { line: number } } }[]) => found.filter((entry) => entry.code === "applies").map((entry) => entry.range.start.line);
    const earlier = applies(items(await client.pull(uri)));
    const other = `${uri}-copy`;
    client.open(other, made.patch);
    await client.settled(other);
    client.change(other, 2, `\n${made.patch}`);
    const moved = applies(items(await client.pull(other)));
    assert.deepEqual(moved, earlier.map((line) => line + 1));
    await client.settled(other);
  });

  it("forgets a suppressed finding, and remembers that in the repository", async () => {
    const finding = items(await client.pull(uri)).find((entry) => entry.code === "trailing-whitespace");
    const data = finding?.data as { patch: number; check: string; quote: string; line: number };
    const { where } = await client.connection.sendRequest<{ where: string }>("keelson/review/suppress", { uri, ...data, reason: "kept on purpose" });
    assert.ok(!items(await client.pull(uri)).some((entry) => entry.code === "trailing-whitespace" && entry.range.start.line === finding?.range.start.line));
    const second = await startClient({ folders: [made.repository.root] });
    try {
      second.open(uri, made.patch);
      assert.ok(!items(await second.pull(uri)).some((entry) => entry.code === "trailing-whitespace" && entry.range.start.line === finding?.range.start.line), "another window knows too");
      await second.connection.sendRequest("keelson/review/restore", { uri, check: data.check, quote: data.quote, where });
      assert.ok(items(await client.pull(uri)).some((entry) => entry.code === "trailing-whitespace" && entry.range.start.line === finding?.range.start.line), "undone, and the first window knows");
    } finally {
      await second.stop();
    }
  });

  it("is idle when all is done, and says so", () => {
    assert.equal(client.states.at(-1)?.state, "idle");
    assert.ok(client.states.some((state) => state.state === "busy"));
  });
});
