import assert from "node:assert/strict";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import type { PatchSet } from "../../../language-server/engine/patch/types";
import { Cancelled, type Cancel } from "../../../language-server/engine/ports";
import { checks } from "../../../language-server/engine/review/registry";
import { reviewInRepository, reviewText } from "../../../language-server/engine/review/run";
import type { Check, CheckSettings, Finding, RepositoryCheck, RepositoryInput } from "../../../language-server/engine/review/types";
import { repositoryInput } from "../support/repository-input";

const patch = `From: Alice Example <alice@example.com>
Date: Tue, 2 Jan 2024 10:00:00 +0000
Subject: [PATCH] net: sample: add two files

Add them.

Signed-off-by: Alice Example <alice@example.com>
---

diff --git a/drivers/net/a.c b/drivers/net/a.c
new file mode 100644
--- /dev/null
+++ b/drivers/net/a.c
@@ -0,0 +1,2 @@
+int a; 
+int b;
diff --git a/fs/b.c b/fs/b.c
new file mode 100755
--- /dev/null
+++ b/fs/b.c
@@ -0,0 +1,1 @@
+int c;	
`;

function read(text: string): PatchSet {
  return parsePatchSet(nodeDecode.bytes(text), nodeDecode).value;
}

function settings(all: CheckSettings["checks"], byPath: CheckSettings["byPath"] = {}): CheckSettings {
  return { checks: all, byPath };
}

function said(text: string, with_: CheckSettings = settings({})): readonly string[] {
  return reviewText(read(text), nodeDecode, with_).map(({ line, check, severity }) => `${line} ${check} ${severity}`);
}

describe("running the checks", () => {
  it("gives findings in the order of the document with each check's own severity", () => {
    assert.deepEqual(said(patch), ["15 trailing-whitespace warning", "18 file-mode warning", "22 trailing-whitespace warning"]);
  });
  it("uses the severity that the settings give a check", () => {
    assert.deepEqual(said(patch, settings({ "trailing-whitespace": "error" })), ["15 trailing-whitespace error", "18 file-mode warning", "22 trailing-whitespace error"]);
  });
  it("is silent about a check that is off", () => {
    assert.deepEqual(said(patch, settings({ "trailing-whitespace": "off" })), ["18 file-mode warning"]);
  });
  it("turns a check off for some paths only", () => {
    assert.deepEqual(said(patch, settings({}, { "fs/**": { "trailing-whitespace": "off", "file-mode": "hint" } })), ["15 trailing-whitespace warning", "18 file-mode hint"]);
  });
  it("turns a check on for some paths only, and lets the last matching path win", () => {
    const byPath = { "**": { "trailing-whitespace": "hint" }, "fs/**": { "trailing-whitespace": "off" } } as const;
    assert.deepEqual(said(patch, settings({ "trailing-whitespace": "off" }, byPath)), ["15 trailing-whitespace hint", "18 file-mode warning"]);
  });
  it("says nothing of an empty document", () => {
    assert.deepEqual(said(""), []);
  });
  it("says the same of a document with CRLF", () => {
    assert.deepEqual(said(patch.replaceAll("\n", "\r\n")), said(patch));
  });
  it("says the same when names are others", () => {
    assert.deepEqual(said(patch.replaceAll("net/a.c", "net/中 文.c").replaceAll("fs/b.c", "fs/ü.c")), said(patch));
  });
  it("does not edit a text that a mail's encoding hides", () => {
    const [head, body] = patch.split(/\n\n(.*)/s);
    const encoded = `${head ?? ""}\nContent-Transfer-Encoding: base64\n\n${Buffer.from(body ?? "").toString("base64")}\n`;
    const findings = reviewText(read(encoded), nodeDecode, settings({}));
    assert.deepEqual(findings.map(({ check }) => check).sort(), ["file-mode", "trailing-whitespace", "trailing-whitespace"]);
    assert.ok(findings.every((finding) => finding.fix === undefined && (finding.startColumn === undefined || finding.side !== "new")));
  });
  it("stops when it is cancelled", () => {
    const cancel: Cancel = { cancelled: true, onCancel: () => ({ dispose: () => undefined }) };
    assert.throws(() => reviewText(read(patch), nodeDecode, settings({}), cancel), Cancelled);
  });
  it("asks repository checks with the same settings", async () => {
    const told: RepositoryCheck = {
      id: "told",
      severity: "error",
      needs: "repository",
      messages: {},
      run: (input) => Promise.resolve([{ message: { id: "told.it" }, side: "new", file: "fs/b.c", line: 22, quote: input.patch.subject }]),
    };
    const set = read(patch);
    const input = repositoryInput(set, set.patches[0]!, "told", "");
    const run = async (with_: CheckSettings): Promise<readonly Finding[]> => reviewInRepository(input, with_, undefined, [told]);
    assert.deepEqual((await run(settings({}))).map(({ severity, quote }) => [severity, quote]), [["error", "net: sample: add two files"]]);
    assert.deepEqual(await run(settings({ told: "off" })), []);
    assert.deepEqual((await run(settings({ told: "off" }, { "fs/*": { told: "hint" } }))).map(({ severity }) => severity), ["hint"]);
  });
  it("does not ask the past of a repository that has none of the patch's files", async () => {
    const past: RepositoryCheck = {
      id: "past",
      severity: "warning",
      needs: "repository",
      messages: {},
      run: () => Promise.resolve([{ message: { id: "past.it" }, side: "message", line: 1, quote: "" }]),
    };
    const set = read(patch);
    const known = repositoryInput(set, set.patches[0]!, "past", "");
    const foreign: RepositoryInput = {
      ...known,
      apply: () => Promise.resolve({ state: "no-tree", base: known.history.base, steps: [{ how: "strict", ok: false, error: "error: fs/b.c: does not exist in index" }], hunks: [] }),
    };
    const run = async (input: RepositoryInput): Promise<readonly string[]> => (await reviewInRepository(input, settings({}), undefined, [past, { ...past, id: "tree", worksWithoutHistory: true }])).map(({ check }) => check);
    assert.deepEqual(await run(known), ["past", "tree"]);
    assert.deepEqual(await run(foreign), ["tree"]);
  });
});

describe("every check", () => {
  const ids = checks.map((check: Check) => check.id);
  it("has an id of its own that is its folder's name", () => {
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids.filter((id) => !/^[a-z]+(?:-[a-z]+)*$/.test(id)), []);
  });
});
