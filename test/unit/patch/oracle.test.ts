import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { hunkLines } from "../../../language-server/engine/patch/lines";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import { inSeriesOrder } from "../../../language-server/engine/patch/series";
import type { Patch } from "../../../language-server/engine/patch/types";
import { askApply, askGit, askNumstat, git, mailsplit, ourView } from "./git-oracle";

const data = process.env["KEELSON_DATA"] ?? resolve(__dirname, "../../../../shared");
const mana = [join(data, "data/patches/mana"), join(data, "patches/mana")].find((folder) => existsSync(folder));

/** An empty git answer for a patch with hunks means that git didn't look, not that there is nothing. */
function assertEqualToGit(folder: string, mail: string, patch: Patch): void {
  const theirs = askGit(folder, mail);
  if (theirs.hasHunks) assert.notDeepEqual(theirs.numstat, []);
  assert.deepEqual(ourView(patch), theirs);
}

/** Every hunk's lines add up to what its header says. */
function assertWhole(patch: Patch): void {
  for (const hunk of patch.files.flatMap((file) => file.hunks)) {
    const lines = hunkLines(patch, hunk, nodeDecode);
    assert.equal(lines.filter((line) => line.oldNumber > 0).length, hunk.oldLines);
    assert.equal(lines.filter((line) => line.newNumber > 0).length, hunk.newLines);
    assert.deepEqual([hunk.actualOld, hunk.actualNew], [hunk.oldLines, hunk.newLines]);
  }
}

function write(root: string, path: string, content: string | Uint8Array): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  writeFileSync(join(root, path), content);
}

const person = { GIT_AUTHOR_NAME: "李示例", GIT_AUTHOR_EMAIL: "li@example.com", GIT_COMMITTER_NAME: "Bob Sample", GIT_COMMITTER_EMAIL: "bob@example.org", GIT_AUTHOR_DATE: "2023-01-02T10:00:00+0800", GIT_COMMITTER_DATE: "2023-01-02T10:00:00+0800" };

function commit(root: string, message: string, env: Readonly<Record<string, string>> = {}): void {
  git(root, ["add", "-A"]);
  git(root, ["commit", "-q", "--allow-empty", "-F", "-"], message, { ...person, ...env });
}

const lines = (from: number, to: number): string => Array.from({ length: to - from + 1 }, (_, i) => `line ${from + i}\n`).join("");

/** Quoted-printable as mailers write it, with soft line breaks. */
function quotedPrintable(bytes: Buffer): string {
  const lines = bytes.toString("latin1").split("\n").map((line) => line.replace(/[^!-<>-~ ]|=|[ \t]$/g, (c) => `=${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`));
  return lines.map((line) => line.replace(/.{60}(?=.)(?<!=.?)/g, "$&=\n")).join("\n");
}

/** The ways in which mailers wrap a body. */
const wrappings: readonly (readonly [string, (body: Buffer) => string])[] = [
  ["Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: quoted-printable", quotedPrintable],
  ["Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64", (body) => body.toString("base64").replace(/.{76}/g, "$&\n") + "\n"],
  ["Content-Type: text/plain; charset=UTF-8; format=flowed", (body) => body.toString().replace(/^(?!-- $)(.*?) *$/gm, "$1").replace(/^(?= )/gm, " ")],
  ['Content-Type: multipart/mixed; boundary="=_b"', (body) => `\n--=_b\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n\n${body.toString()}\n--=_b--\n`],
];

/** A repository with a commit for each kind of change that git can put into a patch. */
function buildHistory(root: string): void {
  git(root, ["init", "-q", "-b", "main"]);
  write(root, "drivers/a.c", lines(1, 40));
  write(root, "drivers/copy me.c", lines(100, 140));
  write(root, "测试/文件.c", lines(1, 5));
  write(root, "run.sh", "#!/bin/sh\n");
  write(root, "crlf.txt", "one\r\ntwo\r\nthree\r\n");
  commit(root, "base\n");
  renameSync(join(root, "drivers/a.c"), join(root, "drivers/b.c"));
  write(root, "drivers/b.c", lines(1, 39) + "line forty\n");
  commit(root, "drivers: rename a to b\n\nSigned-off-by: 李示例 <li@example.com>\n");
  write(root, "drivers/net/copied.c", readFileSync(join(root, "drivers/copy me.c")));
  write(root, "drivers/copy me.c", lines(100, 139));
  commit(root, "drivers: copy a file whose name holds a blank\n");
  write(root, "测试/文件.c", lines(1, 4) + "第五行\n");
  write(root, 'odd\t"name"\\.c', "x\n");
  commit(root, "测试：修改中文文件名下的文件，并让主题足够长以至于邮件头必须折叠成多行来书写\n\n正文。\n\n[李示例: 调整上下文]\nSigned-off-by: 李示例 <li@example.com>\n");
  git(root, ["update-index", "--chmod=+x", "run.sh"]);
  git(root, ["commit", "-q", "-m", "run.sh: make it a program"], undefined, person);
  rmSync(join(root, "crlf.txt"));
  write(root, "no-newline.c", "int main;");
  write(root, "empty.c", "");
  commit(root, "files: without newline, empty, deleted\n\nFixes: 0123456789ab (\"x: y\")\nReported-by: Alice Example\n <alice@example.com>\n", { GIT_AUTHOR_NAME: 'Dr. "A" (x) Example, PhD', GIT_AUTHOR_EMAIL: "a.b@example.com" });
  write(root, "no-newline.c", "int main;\nint more;");
  write(root, "image.bin", Uint8Array.from({ length: 600 }, (_, i) => (i * 7) & 0xff));
  commit(root, "binary: new one\n\nFrom the start.\n\n-- \nnot a signature\n\nReviewed-by: Alice Example <alice@example.com>\n(cherry picked from commit 0123456789012345678901234567890123456789)\nnot a trailer\nSigned-off-by: Bob Sample <bob@example.org>\n");
  write(root, "image.bin", Uint8Array.from({ length: 700 }, (_, i) => (i * 7) & 0xff));
  write(root, "drivers/b.c", lines(3, 39) + "- \n-- \n--\n+++ x\n");
  commit(root, "[media] drivers: dashes at the end\n\nTwo words: no trailer\nKey: value\n");
  write(root, "drivers/b.c", lines(3, 39));
  commit(root, "drivers: dashes go again\n");
}

describe("patch: equal to git", () => {
  let folder = "";
  before(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-oracle-"));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("on every kind of change, in every style of format-patch", () => {
    const root = join(folder, "repository");
    mkdirSync(root);
    buildHistory(root);
    const styles = [[], ["-M", "-C", "--find-copies-harder"], ["--no-signature", "-U0"], ["--attach"], ["--inline"], ["--base=HEAD~8"], ["-v3", "--rfc", "--cover-letter"]];
    for (const style of styles) {
      const mbox = git(root, ["format-patch", "--stdout", "--binary", ...style, "HEAD~8..HEAD"], undefined, person);
      const mails = mailsplit(mkdtempSync(join(folder, "style-")), mbox);
      const { value, problems } = parsePatchSet(mbox, nodeDecode);
      assert.deepEqual(problems, [], style.join(" "));
      assert.equal(value.patches.length, mails.length, style.join(" "));
      for (const [i, mail] of mails.entries()) {
        if (value.patches[i]!.kind === "cover") continue;
        assertEqualToGit(folder, mail, value.patches[i]!);
        assertWhole(value.patches[i]!);
      }
    }
  });

  it("on mails that were wrapped for transport", () => {
    const root = join(folder, "repository");
    const mbox = git(root, ["format-patch", "--stdout", "-M", "--no-binary", "HEAD~8..HEAD~2"], undefined, person);
    for (const name of mailsplit(mkdtempSync(join(folder, "plain-")), mbox)) {
      const text = readFileSync(name);
      const end = text.indexOf("\n\n");
      const header = text.subarray(0, end).toString().replace(/\n(?:MIME|Content)[^\n]*/g, "");
      for (const [fields, wrap] of wrappings) {
        const mail = `${header}\nMIME-Version: 1.0\n${fields}\n\n${wrap(text.subarray(end + 2))}`;
        for (const version of [mail, mail.replaceAll("\n", "\r\n")]) {
          rmSync(join(folder, "0001"), { force: true });
          git(folder, ["mailsplit", "-b", "-d4", `-o${folder}`], version);
          const patch = parsePatchSet(Buffer.from(version), nodeDecode).value.patches[0]!;
          assertEqualToGit(folder, join(folder, "0001"), patch);
          assertWhole(patch);
        }
      }
    }
  });

  it("on bare diffs, whatever their prefixes, and on rename and copy names", () => {
    const root = join(folder, "repository");
    for (const [style, strip] of [[[], "-p1"], [["--no-prefix"], "-p0"], [["--src-prefix=x/", "--dst-prefix=y/"], "-p1"]] as const) {
      const diff = git(root, ["-c", "core.quotePath=true", "diff", "-M", "-C", "--binary", ...style, "HEAD~8", "HEAD"]);
      const at = join(folder, "bare.diff");
      writeFileSync(at, diff);
      const numstat = askNumstat(folder, at, strip);
      assert.notDeepEqual(numstat, []);
      const patch = parsePatchSet(diff, nodeDecode).value.patches[0]!;
      assert.deepEqual(ourView(patch).numstat, numstat, style.join(" "));
    }
  });

  it("on the sample series, whose order follows [n/m]", function () {
    if (mana === undefined) {
      console.log("skipped: patches/mana absent");
      this.skip();
    }
    const names = readdirSync(mana).filter((name) => name.endsWith(".patch"));
    const patches = names.map((name) => {
      const { value, problems } = parsePatchSet(readFileSync(join(mana, name)), nodeDecode);
      assert.deepEqual(problems, []);
      assertEqualToGit(folder, join(mana, name), value.patches[0]!);
      assertWhole(value.patches[0]!);
      return value.patches[0]!;
    });
    assert.ok(patches.length > 50);
    const shuffled = [...patches.filter((_, i) => i % 2 === 1), ...patches.filter((_, i) => i % 2 === 0)].filter((patch) => patch.total === patches[0]!.total);
    const numbers = inSeriesOrder(shuffled, (patch) => patch).map((patch) => patch.index ?? 0);
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
  });

  it("would notice an answer that git did not give", () => {
    assert.throws(() => { askApply(folder, "no such file"); });
  });
});
