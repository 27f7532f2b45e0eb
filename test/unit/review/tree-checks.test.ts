import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createGit } from "../../../language-server/adapters/git";
import { memoryCache } from "../../support/memory-cache";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeFiles } from "../../../language-server/adapters/files";
import { nodeHash } from "../../../language-server/adapters/hash";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import type { PatchSet } from "../../../language-server/engine/patch/types";
import { openFacts, type FactsPorts } from "../../../language-server/engine/review/facts/facts";
import { alreadyApplied } from "../../../language-server/engine/review/checks/already-applied/rule";
import { applies } from "../../../language-server/engine/review/checks/applies/rule";
import { baseGuess } from "../../../language-server/engine/review/checks/base-guess/rule";
import { maintainers } from "../../../language-server/engine/review/checks/maintainers/rule";
import { defaultCheckSettings, reviewInRepository } from "../../../language-server/engine/review/run";
import type { Check, Finding } from "../../../language-server/engine/review/types";
import { render } from "../../../language-server/engine/text/message";
import { makeRepository } from "../support/git";

const treeChecks: readonly Check[] = [applies, alreadyApplied, baseGuess, maintainers];
const table = Object.assign({}, ...treeChecks.map(({ messages }) => messages)) as Check["messages"];
const parse = (text: string): PatchSet => parsePatchSet(nodeDecode.bytes(text), nodeDecode).value;

function ports(trusted = true): FactsPorts {
  return { git: createGit({ trusted: () => trusted }), files: nodeFiles, cache: memoryCache(), decode: nodeDecode, hash: nodeHash };
}

async function review(where: string, text: string, given = ports(), base = ""): Promise<readonly Finding[]> {
  const facts = await openFacts(given, where, { base });
  const set = parse(text);
  const known = await facts?.forSet(set);
  assert.ok(known);
  const findings: Finding[] = [];
  for (const input of known.inputs) findings.push(...(await reviewInRepository(input, defaultCheckSettings, undefined, treeChecks)));
  known.dispose();
  return findings;
}

const say = ({ check, severity, line, message }: Finding): string => `${line} ${severity} ${check}: ${render(message, table, "en").replace(/[0-9a-f]{12}/gu, "<base>")}`;

const keepers = "List of maintainers\n===================\n\nKEEL DRIVER\nM:\tAlice Example <alice@example.com>\nR:\tLi Sample <li@example.org>\nL:\tkeel@lists.example.org (moderated for non-subscribers)\nS:\tSupported\nF:\tdrivers/keel/\n\nTHE REST\nM:\tBob Sample <bob@example.org>\nL:\tlinux-kernel@vger.kernel.org\nS:\tBuried alive in reporters\nF:\t*\nF:\t*/\n";
const source = "a\nb\nc\nd\ne\nf\ng\nh\n";
const files = { MAINTAINERS: keepers, Makefile: "all:\n", "drivers/keel/a.c": source };

const mail = (diff: string, to = ""): string => `From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001\nFrom: Alice Example <alice@example.com>\nDate: Tue, 1 Oct 2024 12:00:00 +0000\n${to}Subject: [PATCH] keel: say D\n\nBecause.\n\nSigned-off-by: Alice Example <alice@example.com>\n---\n${diff}`;
const diff = (at: number, lines: readonly string[]): string => `diff --git a/drivers/keel/a.c b/drivers/keel/a.c\n--- a/drivers/keel/a.c\n+++ b/drivers/keel/a.c\n@@ -${at},7 +${at},7 @@\n${lines.map((line) => `${line}\n`).join("")}`;
const good = diff(1, [" a", " b", " c", "-d", "+D", " e", " f", " g"]);
const bad = diff(1, [" a", " b", " c", "-x", "+D", " e", " f", " g"]);

describe("checks that ask the tree", () => {
  it("are silent about a patch that goes in and asks everybody", async () => {
    const made = await makeRepository();
    try {
      await made.commit("base", files);
      const to = "To: Alice Example <alice@example.com>\nCc: li@example.org, Bob Sample <bob@example.org>,\n keel@lists.example.org\n";
      assert.deepEqual((await review(made.root, mail(good, to))).map(say), []);
    } finally {
      made.remove();
    }
  });

  it("tell at the hunk what git says, with every step, and name the file that is not there", async () => {
    const made = await makeRepository();
    try {
      await made.commit("base", files);
      const gone = "diff --git a/drivers/keel/b.c b/drivers/keel/b.c\n--- a/drivers/keel/b.c\n+++ b/drivers/keel/b.c\n@@ -1 +1 @@\n-1\n+2\n@@ -9 +9 @@\n-1\n+2\n";
      const findings = await review(made.root, mail(bad + gone));
      assert.deepEqual(findings.map(say), [
        "13 error applies: This hunk does not apply to <base>. git: patch failed: drivers/keel/a.c:1",
        "25 error applies: <base> has no drivers/keel/b.c. git: drivers/keel/b.c: does not exist in index",
      ]);
      assert.equal(findings[0]?.quote, "@@ -1,7 +1,7 @@");
      assert.deepEqual(findings[0].related?.map(({ message }) => render(message, table, "en").split("\n")[0]?.replace(/[0-9a-f]{12}/u, "<base>")), [
        "judged against <base>",
        "git apply: error: patch failed: drivers/keel/a.c:1",
        "git apply -C2: error: patch failed: drivers/keel/a.c:1",
        "git apply -R: error: drivers/keel/b.c: does not exist in index",
      ]);
    } finally {
      made.remove();
    }
  });

  it("say that a change is there already, and once for a series that it was made from an older commit", async () => {
    const made = await makeRepository();
    try {
      await made.commit("base", files);
      await made.commit("keel: say D", { "drivers/keel/a.c": source.replace("d", "D") });
      const patch = await made.git("format-patch", "--stdout", "-1");
      assert.deepEqual((await review(made.root, `${patch}\n`, ports(), "HEAD")).map(say), [
        "4 warning already-applied: <base> has this change already: a 3-way merge of the patch changes nothing.",
      ]);
      await made.commit("keel: more", { "drivers/keel/a.c": "other\n" });
      const older = await review(made.root, `${patch}\n`);
      assert.deepEqual(older.map(({ check, severity }) => `${check} ${severity}`), ["base-guess hint"]);
    } finally {
      made.remove();
    }
  });

  it("name who is missing among a mail's recipients, with a fix that adds them before the sign-off", async () => {
    const made = await makeRepository();
    try {
      await made.commit("base", files);
      const findings = await review(made.root, mail(good, "To: Bob Sample <bob@example.org>\n"));
      assert.deepEqual(findings.map(say), ["9 hint maintainers: 2 of those whom MAINTAINERS names for the touched files are not among the recipients: Li Sample, keel@lists.example.org"]);
      assert.deepEqual(findings[0]?.fix?.edits, [{ startLine: 9, startColumn: 0, endLine: 9, endColumn: 0, newText: "Cc: Li Sample <li@example.org>\nCc: keel@lists.example.org\n" }]);
    } finally {
      made.remove();
    }
  });

  it("judge a source tree without git, and write nothing into it", async () => {
    const root = mkdtempSync(join(tmpdir(), "keelson-plain-"));
    try {
      for (const [path, text] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), text);
      }
      const before = await nodeFiles.list(root);
      assert.deepEqual((await review(join(root, "drivers/keel"), mail(good))).map(say), []);
      assert.deepEqual((await review(root, mail(bad))).map(say), ["13 error applies: This hunk does not apply to the source tree. git: patch failed: drivers/keel/a.c:1"]);
      assert.deepEqual(await nodeFiles.list(root), before);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });

  it("run no program in an untrusted workspace and then say nothing about applying", async () => {
    const made = await makeRepository();
    try {
      await made.commit("base", files);
      assert.deepEqual((await review(made.root, mail(bad), ports(false))).map(say), []);
    } finally {
      made.remove();
    }
  });

  it("remember results by base and diff, so that a reload asks git nothing again", async () => {
    const made = await makeRepository();
    try {
      await made.commit("base", files);
      const asked: string[] = [];
      const keep = (text: string): void => {
        if (text.startsWith("git apply")) asked.push(text);
      };
      const git = createGit({ trusted: () => true, log: { debug: keep, info: keep, warn: keep, error: keep } });
      const given = { ...ports(), git };
      const first = await review(made.root, mail(bad), given);
      // Half of them tried the first patch on the candidates for the base.
      const count = asked.length;
      const second = await review(made.root, mail(bad), given);
      assert.deepEqual(second, first);
      assert.equal(asked.length, count + count / 2);
    } finally {
      made.remove();
    }
  });
});
