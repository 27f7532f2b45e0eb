import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { CancellationTokenSource, type CodeAction, type Hover, type LocationLink } from "vscode-languageserver-protocol";
import { items, startClient } from "../support/lsp-client";
import { createRepository, numbered } from "../support/repository";

const support = join(dirname(fileURLToPath(import.meta.url)), "..", "support");

/** A plain patch that adds one line with a blank at its end. */
function simplePatch(path = "drivers/keel/keel.c", subject = "keel: count from one"): string {
  return [
    "From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001",
    "From: Alice Example <alice@example.com>",
    "Date: Fri, 1 Mar 2024 10:00:00 +0000",
    `Subject: [PATCH] ${subject}`,
    "",
    "The counter began at zero.",
    "",
    "Signed-off-by: Alice Example <alice@example.com>",
    "---",
    ` ${path} | 1 +`,
    "",
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    "@@ -1,3 +1,4 @@",
    " line 1",
    "+line one and a half ",
    " line 2",
    " line 3",
    "-- ",
    "2.39.5",
    "",
  ].join("\n");
}

/** One patch of about 12,000 lines in many files. */
export function largePatch(files: number): string {
  const head = simplePatch().split("diff --git")[0] ?? "";
  const body = Array.from({ length: files }, (_, i) => `diff --git a/drivers/keel/f${i}.c b/drivers/keel/f${i}.c\n--- a/drivers/keel/f${i}.c\n+++ b/drivers/keel/f${i}.c\n@@ -1,3 +1,4 @@\n line 1\n+\tint value_${i};\n line 2\n line 3\n`);
  return head + body.join("");
}

describe("the server under strain", () => {
  it("answers a cancelled pull with RequestCancelled, never with nothing", async () => {
    const client = await startClient();
    try {
      client.open("untitled:big", largePatch(40_000));
      const source = new CancellationTokenSource();
      const pull = client.connection.sendRequest("textDocument/diagnostic", { textDocument: { uri: "untitled:big" } }, source.token);
      source.cancel();
      await assert.rejects(pull, (error: { code?: number }) => error.code === -32800);
      assert.ok(Array.isArray(items(await client.pull("untitled:big"))));
    } finally {
      await client.stop();
    }
  });

  it("answers an overtaken pull with ServerCancelled and asks to be pulled again", async () => {
    const client = await startClient();
    try {
      client.open("untitled:big", largePatch(20_000));
      const first = client.pull("untitled:big").then(() => "answered", (error: unknown) => {
        const { code, data } = error as { code?: number; data?: { retriggerRequest?: boolean } };
        return [code, data?.retriggerRequest];
      });
      // Between the two the server must have begun: the lens list comes back after it has parsed.
      client.change("untitled:big", 2, simplePatch());
      const second = await client.pull("untitled:big");
      assert.equal(second.kind, "full");
      const outcome = await first;
      assert.ok(outcome === "answered" || (Array.isArray(outcome) && outcome[0] === -32802 && outcome[1] === true), JSON.stringify(outcome));
    } finally {
      await client.stop();
    }
  });

  it("keeps a failing request from hurting the next", async () => {
    const client = await startClient();
    try {
      client.open("untitled:a", simplePatch());
      await assert.rejects(client.connection.sendRequest("textDocument/hover", { textDocument: { uri: "untitled:a" } }));
      await assert.rejects(client.connection.sendRequest("keelson/review/explain", { uri: "untitled:a" }));
      await assert.rejects(client.connection.sendRequest("keelson/review/source", null));
      assert.ok(items(await client.pull("untitled:a")).some((entry) => entry.code === "trailing-whitespace"));
      assert.ok(client.logs.some((line) => line.includes("textDocument/hover")), "the log tells which request failed");
    } finally {
      await client.stop();
    }
  });

  for (const [what, path, named] of [
    ["a NUL", "drivers/keel.c", '"a/drivers/keel\\000.c"'],
    ["more than a command line takes", "drivers/keel.c", `a/${"d".repeat(200_000)}`],
  ] as const) {
    it(`answers for a patch whose path holds ${what}`, async () => {
      const first = createRepository("tree");
      first.commit("keel: add the driver", { [path]: numbered(20) });
      const second = createRepository("second", dirname(first.root));
      second.commit("other: begin", { "other.c": numbered(9) });
      const client = await startClient({ folders: [first.root, second.root] });
      try {
        const text = simplePatch(path).replace(`diff --git a/${path} b/${path}`, `diff --git ${named} ${named}\nindex 0123456789ab..ba9876543210 100644`).replace(/^(---|\+\+\+) [ab]\/.*$/gmu, (_line, sign: string) => `${sign} ${named}`);
        client.open("untitled:odd", text);
        assert.ok(items(await client.pull("untitled:odd")).some((entry) => entry.code === "trailing-whitespace"));
        const at = { textDocument: { uri: "untitled:odd" }, position: { line: text.split("\n").findIndex((line) => line.startsWith("@@")), character: 1 } };
        assert.deepEqual(await client.connection.sendRequest("textDocument/definition", at), []);
        await client.connection.sendRequest("textDocument/documentLink", { textDocument: { uri: "untitled:odd" } });
      } finally {
        await client.stop();
        first.remove();
      }
    });
  }

  it("links what it can where a document holds half a character", async () => {
    const client = await startClient();
    try {
      client.open("untitled:half", simplePatch().replace("Subject:", "Message-ID: <a\ud800b@example.com>\nSubject:"));
      const links = await client.connection.sendRequest<{ target: string }[]>("textDocument/documentLink", { textDocument: { uri: "untitled:half" } });
      assert.ok(links.some((link) => link.target === "https://lore.kernel.org/r/a%EF%BF%BDb%40example.com"), JSON.stringify(links));
    } finally {
      await client.stop();
    }
  });

  it("tells no secret of an endpoint in its diagnosis, wherever the settings hold it", async () => {
    const model = { id: "house", model: "m", baseUrl: "http://127.0.0.1:9/v1?k=in-base", fullUrl: "http://127.0.0.1:9/chat?sig=in-query", proxy: "http://in-user@127.0.0.1:9/", headers: { "X-Odd": "in-header" } };
    const client = await startClient({ settings: () => ({ models: [model] }) });
    try {
      const { text } = await client.connection.sendRequest<{ text: string }>("keelson/server/diagnose", null);
      assert.match(text, /127\.0\.0\.1:9\/chat/u);
      assert.doesNotMatch(text, /in-(?:base|query|user|header)/u);
    } finally {
      await client.stop();
    }
  });

  it("runs no git in an untrusted workspace, says so, and looks at the tree once trust is given", async () => {
    const repository = createRepository();
    repository.commit("keel: add the driver", { "drivers/keel/keel.c": numbered(20) });
    const client = await startClient({ folders: [repository.root], initializationOptions: { trusted: false } });
    try {
      const uri = pathToFileURL(join(repository.root, "a.patch")).toString();
      client.open(uri, simplePatch());
      await client.settled(uri);
      assert.ok(items(await client.pull(uri)).some((entry) => entry.code === "trailing-whitespace"));
      assert.deepEqual((await client.lenses(uri)).map((lens) => lens.command?.title), ["Explain", "1 finding", "Explain File", "Explain Hunk"]);
      await assert.rejects(client.connection.sendRequest("keelson/review/source", { kind: "staged", folder: repository.root }), /not trusted/u);
      const told = await client.connection.sendRequest<{ text: string }>("keelson/server/diagnose");
      assert.match(told.text, /git: none/u);
      const anew = client.refreshed();
      await client.connection.sendNotification("keelson/server/trustGranted");
      await anew;
      await client.settled(uri);
      assert.ok((await client.lenses(uri)).some((lens) => lens.command?.title === "Applies to main"));
    } finally {
      await client.stop();
      repository.remove();
    }
  });

  it("judges an untitled patch against the repository of the workspace that has its files", async () => {
    const first = createRepository("tree");
    first.commit("other: begin", { "other.c": numbered(9) });
    const second = createRepository("second", dirname(first.root));
    second.commit("keel: add the driver", { "drivers/keel/keel.c": numbered(20) });
    second.git("branch", "-m", "stable");
    const client = await startClient({ folders: [first.root, second.root] });
    try {
      client.open("untitled:Untitled-1", simplePatch());
      await client.settled("untitled:Untitled-1");
      assert.ok((await client.lenses("untitled:Untitled-1")).some((lens) => lens.command?.title === "Applies to stable"));
    } finally {
      await client.stop();
      first.remove();
    }
  });

  it("obeys changed severities without a restart", async () => {
    let checks: Record<string, string> = {};
    const client = await startClient({ settings: () => ({ review: { checks } }) });
    try {
      const severity = async () => items(await client.pull("untitled:a")).find((entry) => entry.code === "trailing-whitespace")?.severity;
      client.open("untitled:a", simplePatch());
      assert.equal(await severity(), 2);
      checks = { "trailing-whitespace": "error" };
      const anew = client.refreshed();
      await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
      await anew;
      assert.equal(await severity(), 1);
      checks = { "trailing-whitespace": "off" };
      const again = client.refreshed();
      await client.connection.sendNotification("workspace/didChangeConfiguration", { settings: null });
      await again;
      assert.equal(await severity(), undefined);
    } finally {
      await client.stop();
    }
  });

  it("lets no foreign text become Markdown, a link out of the workspace or a path out of the tree", async () => {
    const repository = createRepository();
    repository.commit("keel: add ![x](http://192.0.2.1/x.png) <img src=x>", { "drivers/keel/keel.c": numbered(20) });
    const sha = repository.git("rev-parse", "HEAD").trim();
    const outside = mkdtempSync(join(tmpdir(), "keelson-outside-"));
    writeFileSync(join(outside, "secret"), numbered(9));
    symlinkSync(outside, join(repository.root, "link"));
    const client = await startClient({ folders: [repository.root] });
    try {
      const uri = pathToFileURL(join(repository.root, "a.patch")).toString();
      client.open(uri, simplePatch().replace("The counter began at zero.", `See commit ${sha} for more.`));
      const hover = await client.connection.sendRequest<Hover>("textDocument/hover", { textDocument: { uri }, position: { line: 5, character: 14 } });
      const { value } = hover.contents as { value: string };
      assert.ok(value.includes("\\!\\[x\\]\\(http"), value);
      assert.ok(!value.includes("<img"), value);
      const definitionOf = async (path: string): Promise<LocationLink[]> => {
        const other = `${uri}-${encodeURIComponent(path)}`;
        client.open(other, simplePatch(path));
        const line = simplePatch(path).split("\n").findIndex((entry) => entry.startsWith("+++"));
        return client.connection.sendRequest<LocationLink[]>("textDocument/definition", { textDocument: { uri: other }, position: { line, character: 6 } });
      };
      assert.deepEqual(await definitionOf(`../${basename(outside)}/secret`), []);
      assert.deepEqual(await definitionOf("link/secret"), []);
      assert.equal((await definitionOf("drivers/keel/keel.c")).length, 1);
    } finally {
      await client.stop();
      repository.remove();
      rmSync(outside, { recursive: true, force: true });
    }
  });

  it("gives no range, commit or option that is not one a look at the repository", async () => {
    const repository = createRepository();
    repository.commit("keel: begin", { "a.c": numbered(3) });
    const client = await startClient({ folders: [repository.root] });
    try {
      for (const range of ["--output=/tmp/keelson-owned", "-1", "HEAD; touch /tmp/x", "nonsense", ""]) {
        await assert.rejects(client.connection.sendRequest("keelson/review/source", { kind: "range", folder: repository.root, range }), /no commit or range/u, range);
      }
    } finally {
      await client.stop();
      repository.remove();
    }
  });

  it("does all deterministic work with every socket refused", async () => {
    const repository = createRepository();
    repository.commit("keel: add the driver", { "drivers/keel/keel.c": numbered(20) });
    const client = await startClient({ folders: [repository.root], nodeArguments: ["--import", "tsx", "--import", join(support, "no-network.ts")] });
    try {
      const uri = pathToFileURL(join(repository.root, "a.patch")).toString();
      client.open(uri, simplePatch());
      const found = await client.settled(uri);
      assert.ok(found.some((entry) => entry.code === "trailing-whitespace"));
      const view = await client.connection.sendRequest<{ state: string; facts: unknown[] }>("keelson/review/explain", { uri, target: { kind: "patch", patch: 0 } });
      assert.equal(view.state, "none");
      assert.ok(view.facts.length > 2);
      const actions = await client.connection.sendRequest<CodeAction[]>("textDocument/codeAction", { textDocument: { uri }, range: { start: { line: 16, character: 0 }, end: { line: 16, character: 0 } }, context: { diagnostics: [] } });
      assert.ok(actions.length > 0);
      assert.deepEqual(client.logs.filter((line) => line.includes("no-network")), []);
    } finally {
      await client.stop();
      repository.remove();
    }
  });

  it("parses nothing, half a patch, CRLF, a BOM and damaged bytes without a failure", async () => {
    const client = await startClient();
    try {
      const whole = simplePatch();
      const texts = ["", "\n", whole.slice(0, 150), whole.slice(0, whole.indexOf("@@") + 4), whole.replaceAll("\n", "\r\n"), `\ufeff${whole}`, whole.replace("line 2", "line \ufffd\u0000 2"), "From nobody\n", "@@ -1 +1 @@\n"];
      for (const [i, text] of texts.entries()) {
        const uri = `untitled:odd-${i}`;
        client.open(uri, text, i % 2 === 0 ? "diff" : "mbox");
        assert.equal((await client.pull(uri)).kind, "full");
        for (const method of ["documentSymbol", "foldingRange", "codeLens", "documentLink", "semanticTokens/full"]) await client.connection.sendRequest(`textDocument/${method}`, { textDocument: { uri } });
        await client.connection.sendRequest("textDocument/hover", { textDocument: { uri }, position: { line: 3, character: 0 } });
      }
      assert.deepEqual(client.logs.filter((line) => /\bat .*\.mjs/u.test(line)), [], "nothing crashed");
    } finally {
      await client.stop();
    }
  });

  it("speaks Chinese when the editor does", async () => {
    const client = await startClient({ initializationOptions: { locale: "zh-cn" } });
    try {
      client.open("untitled:a", simplePatch());
      const titles = (await client.lenses("untitled:a")).map((lens) => lens.command?.title);
      assert.ok(titles.includes("解释") && titles.includes("1 个问题"), titles.join(" "));
    } finally {
      await client.stop();
    }
  });
});

describe("decisions of two windows", () => {
  it("keeps what both wrote, and drops a half-written tail", async () => {
    const repository = createRepository();
    repository.commit("keel: add the driver", { "drivers/keel/keel.c": numbered(20) });
    const uri = pathToFileURL(join(repository.root, "a.patch")).toString();
    const windows = await Promise.all([startClient({ folders: [repository.root] }), startClient({ folders: [repository.root] })]);
    const file = join(repository.root, ".git", "keelson", "decisions.jsonl");
    try {
      for (const client of windows) client.open(uri, simplePatch());
      const suppress = (i: number, quote: string) => windows[i]!.connection.sendRequest("keelson/review/suppress", { uri, patch: 0, check: "trailing-whitespace", quote, line: 17, reason: `from ${i}` });
      await Promise.all(Array.from({ length: 20 }, (_, i) => suppress(i % 2, `quote ${i}`)));
      writeFileSync(file, `${readFileSync(file, "utf8")}0123456789abcdef {"at":"cut of`);
      await suppress(0, "after the cut");
      const lines = readFileSync(file, "utf8").split("\n").filter((line) => line !== "");
      assert.equal(lines.length, 22);
      assert.equal(lines.filter((line) => line.includes('"action":"suppress"')).length, 21);
      assert.equal((await windows[1].pull(uri)).kind, "full");
    } finally {
      for (const client of windows) await client.stop();
      repository.remove();
    }
  });
});
