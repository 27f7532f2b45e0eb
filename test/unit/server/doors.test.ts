import assert from "node:assert/strict";
import { appendFileSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDecisionLog, type Decision } from "../../../language-server/adapters/decisions";
import { cancelSource } from "../../../language-server/adapters/cancel";
import { documentDecode } from "../../../language-server/adapters/document-decode";
import { createLease } from "../../../language-server/adapters/lease";
import { oneLine } from "../../../language-server/adapters/model/errors";
import { readArguments } from "../../../language-server/cli/arguments";
import { parse } from "../../../language-server/cli/jsonc";
import { main } from "../../../language-server/cli/main";
import { printable, printableJson, wrap } from "../../../language-server/cli/terminal";
import { cliMessages } from "../../../language-server/cli/messages";
import { Cancelled, type Log } from "../../../language-server/engine/ports";
import { safeEdits } from "../../../language-server/lsp/codeActions";
import { redact } from "../../../language-server/lsp/log";
import { block, code, plain } from "../../../language-server/engine/text/markdown";
import { serverMessages } from "../../../language-server/lsp/messages";
import { referencesIn } from "../../../language-server/lsp/references";
import { readSettings } from "../../../language-server/protocol/settings";
import { localeOf, terminalLocale } from "../../../language-server/words";
import type { Finding } from "../../../language-server/engine/review/types";

const silent: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe("settings", () => {
  it("keeps what is right and tells what is wrong", () => {
    const { value, problems } = readSettings({ review: { base: 3, checks: { secrets: "error", applies: "loud" }, checkpatch: "off" }, models: [{ id: "a", baseUrl: "nonsense", model: "m" }, { id: "b", baseUrl: "http://10.0.0.5/v1", model: "m" }] });
    assert.equal(value.review.base, "");
    assert.deepEqual(value.review.checks, { secrets: "error" });
    assert.equal(value.review.checkpatch, "off");
    assert.deepEqual(value.models.map((model) => model.id), ["b"]);
    assert.deepEqual(problems.map((problem) => problem.key).sort(), ["models.0.baseUrl", "review.base", "review.checks.applies"]);
  });

  it("survives anything", () => {
    for (const odd of [undefined, null, 3, "x", [], { review: [] }, { review: { checks: [1] }, model: 7, models: {} }]) assert.equal(readSettings(odd).value.review.base, "");
  });

  it("reads settings as VS Code writes them, with comments, trailing commas and dotted keys", () => {
    const { value } = parse('{ // a\n "keelson.review.base": "v6.1//x", /* b */ "editor.tabSize": 8, "keelson.models": [1,], }');
    assert.deepEqual(JSON.parse(JSON.stringify(value)), { review: { base: "v6.1//x" }, models: [1] });
    assert.notEqual(parse("[1]").error, undefined);
    assert.notEqual(parse("{").error, undefined);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    parse('{ "keelson.__proto__.polluted": true }');
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
  });
});

describe("languages", () => {
  it("takes the editor's and the terminal's", () => {
    assert.deepEqual(["zh-cn", "zh-Hans", "zh_CN.UTF-8", "zh", "en", "de", "zhx", undefined].map(localeOf), ["zh-cn", "zh-cn", "zh-cn", "zh-cn", "en", "en", "en", "en"]);
    assert.equal(terminalLocale({ LC_ALL: "", LC_MESSAGES: "C", LANG: "zh_CN.UTF-8" }), "en");
    assert.equal(terminalLocale({ LANG: "zh_CN.UTF-8" }), "zh-cn");
  });

  it("has the same placeholders in both", () => {
    const holes = (text: string) => [...new Set([...text.matchAll(/\{\w+\}/gu)].map((match) => match[0]))].sort();
    for (const [id, text] of Object.entries({ ...serverMessages, ...cliMessages })) assert.deepEqual(holes(text["zh-cn"]), holes(text.en), id);
  });
});

describe("references in a message", () => {
  const kinds = (line: string) => referencesIn(line).map(({ kind, text }) => `${kind} ${text}`);
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['Fixes: 0123456789ab ("keel: add")', ["commit 0123456789ab"]],
    ["commit 0123456789abcdef0123456789abcdef01234567 upstream.", ["commit 0123456789abcdef0123456789abcdef01234567"]],
    ["since commit deadbee1 it fails", ["commit deadbee1"]],
    ["a defaced facade on 20240301120000", []],
    ["Message-ID: <20240301.abcdef123456@example.com>", ["message-id 20240301.abcdef123456@example.com"]],
    ["Reported-by: a1b2c3d4e5f6a7@example.com", []],
    ["Link: https://lore.kernel.org/r/0123456789ab@example.com.", ["url https://lore.kernel.org/r/0123456789ab@example.com"]],
    ["CVE-2024-12345, bsc#1234567 and LP: #998877", ["cve CVE-2024-12345", "bug bsc#1234567", "bug LP: #998877"]],
  ];
  for (const [line, expected] of cases) {
    it(line, () => {
      assert.deepEqual(kinds(line), expected);
    });
  }
});

describe("foreign text", () => {
  it("stays text in Markdown", () => {
    assert.equal(plain("![x](http://a) <b> [c]"), "\\!\\[x\\]\\(http\\:\\/\\/a\\) &lt;b&gt; \\[c\\]");
    assert.equal(code("a `` b"), "```a `` b```");
    assert.equal(code("`x`"), "`` `x` ``");
    assert.equal(block("```\nx"), "````\n```\nx\n````");
  });

  it("hides nothing and turns nothing round in a hover or an endpoint's error", () => {
    assert.equal(plain("a\u202eb\u0000"), "a&lt;U\\+202E&gt;b&lt;U\\+0000&gt;");
    assert.equal(code("a\u2066b"), "`a<U+2066>b`");
    assert.equal(oneLine("no\u001b[31m model\u202e\nx"), "no[31m model x");
  });

  it("shows what it would do to a terminal", () => {
    assert.equal(printable("a\u001b[2Jb\u202ec\td"), "a<U+001B>[2Jb<U+202E>c    d");
  });

  it("reaches no terminal as a command in JSON, in a file's name or in an error either", async () => {
    const hostile = "a\u009b2Jb\u202e\u061c";
    assert.equal(printableJson({ hostile }), '{\n  "hostile": "a\\u009b2Jb\\u202e\\u061c"\n}');
    assert.deepEqual(JSON.parse(printableJson({ hostile })), { hostile });
    const folder = mkdtempSync(join(tmpdir(), "keelson-names-"));
    const printed: string[] = [];
    const terminal = { width: 100, colour: false, out: (text: string) => void printed.push(text), error: (text: string) => void printed.push(text) };
    try {
      for (const name of ["a\u001b[2J.patch", "b\u001b]0;x\u0007.patch"]) writeFileSync(join(folder, name), "Subject: [PATCH] keel: begin\n\nText.\n---\n");
      await main(["review", join(folder, "a\u001b[2J.patch"), join(folder, "b\u001b]0;x\u0007.patch")], terminal);
      await main(["review", join(folder, "none\u001b[2J.patch")], terminal);
    } finally {
      rmSync(folder, { recursive: true });
    }
    assert.match(printed.join(""), /none<U\+001B>/u);
    assert.doesNotMatch(printed.join(""), /[\u0000-\u0009\u000b-\u001f]/u);
  });

  it("wraps wide characters by the columns they take", () => {
    assert.equal(wrap("补丁可以应用到此代码树的最新提交之上", 20), "补丁可以应用到此代码\n树的最新提交之上");
    assert.equal(wrap("one two three four five", 20, "  "), "  one two three four\n  five");
  });

  it("loses its secrets before it is logged", () => {
    assert.equal(redact("key abc12345 Authorization: Bearer sk-abcdefgh12 http://u:p@h/", ["abc12345"]), "key *** Authorization: *** http://u:***@h/");
  });

  it("is decoded as the editor decoded it, whatever the mail says", () => {
    assert.equal(documentDecode.text(documentDecode.bytes("é"), "iso-8859-1"), "é");
    assert.equal(documentDecode.text(new Uint8Array([0xe9]), "iso-8859-1"), "é");
  });
});

describe("fix-all", () => {
  const finding = (line: number, safe: boolean, from = 0, to = 2): Finding => ({ check: "x", severity: "warning", patch: 0, message: { id: "x" }, side: "message", line, quote: "", fix: { title: { id: "x" }, safe, edits: [{ startLine: line, startColumn: from, endLine: line, endColumn: to, newText: "" }] } });
  it("takes safe fixes only, and of two that touch the same text the first", () => {
    const edits = safeEdits([finding(3, true), finding(1, true), finding(2, false), finding(3, true, 1, 4), finding(3, true, 2, 4)]);
    assert.deepEqual(edits.map(({ edit }) => [edit.startLine, edit.startColumn]), [[1, 0], [3, 0], [3, 2]]);
  });
});

describe("arguments", () => {
  it("are read into a command", () => {
    const read = readArguments(["review", "a.patch", "-", "--checks", "secrets, applies", "--severity-threshold", "hint", "--no-model"]);
    assert.deepEqual(read, { verb: "review", files: ["a.patch", "-"], options: { format: "text", repo: undefined, base: undefined, threshold: "hint", checks: ["secrets", "applies"], settings: undefined, patch: 1, model: false } });
    assert.deepEqual(readArguments(["review", "--help"]), { verb: "help" });
  });
});

describe("files that two windows share", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-shared-"));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const decision = (quote: string): Decision => ({ at: "2024-03-01T10:00:00.000Z", action: "suppress", check: "secrets", quote, where: "a.c", reason: "a test value" });

  it("leaves out a line that was cut or changed, and keeps those around it", async () => {
    const file = join(folder, "deep", "decisions.jsonl");
    const first = createDecisionLog(file, silent);
    assert.deepEqual(await first.all(), []);
    await first.add(decision("one"));
    appendFileSync(file, "0123456789abcdef {\"cut");
    await createDecisionLog(file, silent).add(decision("two"));
    appendFileSync(file, `0000000000000000 ${JSON.stringify(decision("forged"))}\n`);
    assert.deepEqual((await first.all()).map((entry) => entry.quote), ["one", "two"]);
  });

  it("lets one at a time do the work, also when one fails", async () => {
    const lease = createLease(folder);
    let inside = 0;
    let most = 0;
    const work = async (): Promise<void> => {
      most = Math.max(most, ++inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
    };
    const failing = lease.hold("index", () => Promise.reject(new Error("no")), undefined);
    await assert.rejects(failing, /no/u);
    await Promise.all([1, 2, 3, 4].map(() => lease.hold("index", work, undefined)));
    assert.equal(most, 1);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("takes over from a holder that died, and stops waiting when told to", async () => {
    const file = join(folder, "index.lease");
    writeFileSync(file, "999999 dead");
    const waiting = cancelSource();
    const told = createLease(folder).hold("index", () => Promise.resolve("never"), waiting.cancel);
    waiting.fire();
    await assert.rejects(told, Cancelled);
    utimesSync(file, new Date(0), new Date(0));
    assert.equal(await createLease(folder).hold("index", () => Promise.resolve("mine"), undefined), "mine");
  });
});
