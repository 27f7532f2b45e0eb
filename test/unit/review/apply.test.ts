import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGit } from "../../../language-server/adapters/git";
import { nodeDecode } from "../../../language-server/adapters/decode";
import type { GitRepository } from "../../../language-server/engine/ports";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import type { PatchSet } from "../../../language-server/engine/patch/types";
import { applySeries } from "../../../language-server/engine/review/apply/apply";
import { chooseBase } from "../../../language-server/engine/review/base/choose";
import type { ApplyResult } from "../../../language-server/engine/review/types";
import { makeRepository, runGit, type TestRepository } from "../support/git";

const parse = (text: string): PatchSet => parsePatchSet(nodeDecode.bytes(text), nodeDecode).value;

/** A C function whose body is the same for every name: what plain `git apply` mistakes for its twin. */
const block = (name: string): string => `int ${name}(struct dev *dev)\n{\n\tint ret;\n\n\tret = dev_lock(dev);\n\tif (ret)\n\t\treturn ret;\n\tdev_start(dev);\n\tdev_unlock(dev);\n\treturn 0;\n}\n\n`;
const filler = (from: number, count: number): string => Array.from({ length: count }, (_, i) => `/* line ${from + i} */\n`).join("");

function show(result: ApplyResult | undefined): string {
  const hunks = result?.hunks.map(({ file, state, offset, sameSection }) => `${file} ${state} ${offset}${sameSection === false ? " other section" : ""}`) ?? [];
  return [result?.state, result?.steps.map(({ how, ok }) => `${how} ${ok ? "yes" : "no"}`).join(", "), ...hunks].join("\n");
}

describe("the apply ladder", () => {
  let made: TestRepository;
  let repo: GitRepository;

  beforeEach(async () => {
    made = await makeRepository();
    const opened = await createGit({ trusted: () => true }).open(made.root);
    assert.ok(opened);
    repo = opened;
  });

  afterEach(() => {
    made.remove();
  });

  const tryOn = async (base: string, text: string): Promise<readonly ApplyResult[]> => applySeries(repo, base, parse(text), nodeDecode);

  it("is clean where git's 3-way merge takes the patch, also when lines moved", async () => {
    const first = await made.commit("first", { "a.c": block("one") + filler(1, 20) });
    await made.commit("second", { "a.c": block("one").replace("dev_start", "dev_begin") + filler(1, 20) });
    const patch = await made.git("format-patch", "--stdout", "--full-index", "-1");
    await made.git("checkout", "-q", first);
    const moved = await made.commit("moved", { "a.c": filler(100, 9) + block("one") + filler(1, 20) });
    assert.equal(show((await tryOn(moved, patch))[0]), "clean\n3way yes\na.c merged 9");
  });

  it("doubts a hunk that would go into an identical block 72 lines away", async () => {
    const base = await made.commit("base", { "a.c": block("first").replace("dev_unlock", "dev_release") + filler(1, 60) + block("second") + filler(200, 30) });
    const target = block("first").split("\n");
    const patch = ["diff --git a/a.c b/a.c", "--- a/a.c", "+++ b/a.c", "@@ -5,6 +5,7 @@ int first(struct dev *dev)", ...target.slice(4, 7).map((line) => ` ${line}`), "+\tdev_check(dev);", ...target.slice(7, 10).map((line) => ` ${line}`), ""].join("\n");
    const plain = await runGit(made.root, ["apply", "--cached", "-v", "-"], { input: patch });
    assert.match(plain.stderr, /offset 72 lines/);
    assert.equal(show((await tryOn(base, patch))[0]), "doubtful\nstrict yes\na.c offset 72 other section");
  });

  it("doubts a hunk whose text is at several places of a file that is not the one it was made from", async () => {
    const base = await made.commit("base", { "a.c": block("same") + block("same") });
    const patch = ["diff --git a/a.c b/a.c", "--- a/a.c", "+++ b/a.c", "@@ -5,6 +5,7 @@", " \tret = dev_lock(dev);", " \tif (ret)", " \t\treturn ret;", "+\tdev_check(dev);", " \tdev_start(dev);", " \tdev_unlock(dev);", " \treturn 0;", ""].join("\n");
    const [result] = await tryOn(base, patch);
    assert.equal(show(result), "doubtful\nstrict yes\na.c ambiguous 0");
    assert.deepEqual(result?.hunks[0]?.places, [17]);
  });

  it("says that only less context takes a hunk", async () => {
    const base = await made.commit("base", { "a.txt": "changed\nb\nc\nd\ne\nf\ng\n" });
    const patch = "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,7 +1,7 @@\n a\n b\n c\n-d\n+D\n e\n f\n g\n";
    assert.equal(show((await tryOn(base, patch))[0]), "doubtful\nstrict no, C2 yes\na.txt reduced 0");
  });

  it("recognises a change that is there already, by git's reverse check and by a merge that changes nothing", async () => {
    await made.commit("base", { "a.txt": "a\nb\nc\n" });
    const after = await made.commit("change", { "a.txt": "a\nB\nc\n" });
    const patch = await made.git("format-patch", "--stdout", "-1");
    assert.equal(show((await tryOn(after, patch))[0]), "already-applied\n3way yes, reverse yes\na.txt applied 0");
    const bare = patch.replace(/^index .*\n/mu, "");
    assert.equal(show((await tryOn(after, bare))[0]), "already-applied\nstrict no, reverse yes\na.txt applied 0");
  });

  it("tells git's own words and which hunk it is when a patch fails", async () => {
    const base = await made.commit("base", { "a.txt": "a\nb\nc\n", "b.txt": "x\n" });
    const patch = "diff --git a/b.txt b/b.txt\n--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-x\n+y\ndiff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,3 +1,3 @@\n a\n-q\n+Q\n c\n";
    const [result] = await tryOn(base, patch);
    assert.equal(show(result), "fails\nstrict no, C2 no, reverse no\nb.txt exact 0\na.txt rejected 0");
    assert.equal(result?.steps[0]?.error, "error: patch failed: a.txt:1\nerror: a.txt: patch does not apply");
  });

  it("calls a failing 3-way merge a conflict and leaves nothing of it behind for the next patch", async () => {
    const base = await made.commit("base", { "a.txt": "a\nb\nc\n", "b.txt": "x\n" });
    await made.commit("ours", { "a.txt": "a\nours\nc\n" });
    const first = await made.git("format-patch", "--stdout", "-1");
    await made.commit("next", { "b.txt": "y\n" });
    const second = await made.git("format-patch", "--stdout", "-1");
    await made.git("checkout", "-q", base);
    const other = await made.commit("theirs", { "a.txt": "a\ntheirs\nc\n" });
    const results = await tryOn(other, `${first}\n${second}\n`);
    assert.deepEqual(results.map(({ state }) => state), ["conflict", "clean"]);
  });

  it("applies the earlier patches of a series first, in the order of their numbers", async () => {
    const base = await made.commit("base", { "a.txt": "a\n" });
    await made.commit("one", { "a.txt": "a\nb\n" });
    await made.commit("two", { "a.txt": "a\nb\nc\n", "new.txt": "n\n" });
    await made.commit("three", { "new.txt": "n\nm\n" });
    const mails = (await made.git("format-patch", "--stdout", "-3")).split(/(?=^From [0-9a-f]{40} )/mu).map((mail) => (mail.endsWith("\n") ? mail : `${mail}\n`));
    const [one = "", two = "", three = ""] = mails;
    const results = await tryOn(base, three + one + two);
    assert.deepEqual(results.map(({ state }) => state), ["clean", "clean", "clean"]);
  });

  it("keeps the rest of a patch whose files are partly absent, so that later patches are judged by their own faults", async () => {
    const base = await made.commit("base", { "a.txt": "a\n" });
    const first = "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1,2 @@\n a\n+b\ndiff --git a/gone.txt b/gone.txt\n--- a/gone.txt\n+++ b/gone.txt\n@@ -1 +1 @@\n-g\n+h\n";
    const mail = (n: number, diff: string): string => `From ${String(n).repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: Alice Example <alice@example.com>\nSubject: [PATCH ${n}/2] patch ${n}\n\ntext\n---\n${diff}`;
    const second = "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1,2 +1,3 @@\n a\n b\n+c\n";
    const results = await tryOn(base, mail(1, first) + mail(2, second));
    assert.deepEqual(results.map(({ state }) => state), ["fails", "clean"]);
  });

  it("says that there is no tree when none of the files is there", async () => {
    const base = await made.commit("base", { "a.txt": "a\n" });
    const patch = "diff --git a/b.txt b/b.txt\n--- a/b.txt\n+++ b/b.txt\n@@ -1 +1 @@\n-x\n+y\n";
    assert.equal((await tryOn(base, patch))[0]?.state, "no-tree");
  });

  it("takes a path that no command line holds for a file that is not there", async () => {
    const base = await made.commit("base", { "a.txt": "a\n" });
    const path = `${`${"d".repeat(200)}/`.repeat(700)}b.txt`;
    const patch = `diff --git a/${path} b/${path}\n--- a/${path}\n+++ b/${path}\n@@ -1 +1 @@\n-x\n+y\n`;
    assert.equal((await tryOn(base, patch))[0]?.state, "no-tree");
  });

  it("understands diffs without prefixes, names with spaces and Chinese characters, CRLF mails, and files that are added, removed and renamed", async () => {
    const base = await made.commit("base", { "dir with space/中文.txt": "a\nb\nc\n", "old.txt": "1\n2\n3\n4\n5\n", "gone.txt": "g\n" });
    await made.git("mv", "old.txt", "new.txt");
    await made.git("rm", "-q", "gone.txt");
    await made.commit("change", { "dir with space/中文.txt": "a\nB\nc\n", "fresh.txt": "f\n" });
    const patch = await made.git("format-patch", "--stdout", "-1");
    assert.equal((await tryOn(base, patch))[0]?.state, "clean");
    assert.equal((await tryOn(base, patch.replace(/\n/gu, "\r\n")))[0]?.state, "clean");
    const plain = await made.git("diff", "--no-prefix", "HEAD~1", "HEAD");
    assert.equal((await tryOn(base, `${plain}\n`))[0]?.state, "clean");
  });

  it("never leaves the tree: names that climb out, or into .git, are refused by git", async () => {
    const base = await made.commit("base", { "a.txt": "a\n" });
    for (const path of ["../out.txt", ".git/config", "a/../../out.txt"]) {
      const patch = `diff --git a/${path} b/${path}\nnew file mode 100644\n--- /dev/null\n+++ b/${path}\n@@ -0,0 +1 @@\n+x\n`;
      const [result] = await tryOn(base, patch);
      assert.equal(result?.state, "fails", path);
      assert.equal(existsSync(join(made.root, path)) && readFileSync(join(made.root, path), "utf8").startsWith("x"), false);
    }
  });

  it("works on a symlink, a submodule entry, a bare repository, and without the blobs of a partial clone", async () => {
    symlinkSync("a.txt", join(made.root, "link"));
    const base = await made.commit("base", { "a.txt": "a\n" });
    await made.git("update-index", "--add", "--cacheinfo", `160000,${base},sub`);
    await made.git("commit", "-qm", "sub");
    const top = await made.git("rev-parse", "HEAD");
    const link = "diff --git a/link b/link\n--- a/link\n+++ b/link\n@@ -1 +1 @@\n-a.txt\n\\ No newline at end of file\n+b.txt\n\\ No newline at end of file\n";
    assert.equal((await tryOn(top, link))[0]?.state, "clean");
    const sub = `diff --git a/sub b/sub\nindex ${base.slice(0, 7)}..${top.slice(0, 7)} 160000\n--- a/sub\n+++ b/sub\n@@ -1 +1 @@\n-Subproject commit ${base}\n+Subproject commit ${top}\n`;
    assert.equal((await tryOn(top, sub))[0]?.state, "clean");

    const folder = mkdtempSync(join(tmpdir(), "keelson-bare-"));
    try {
      await runGit(folder, ["clone", "-q", "--bare", made.root, "bare.git"]);
      const bare = await createGit({ trusted: () => true }).open(join(folder, "bare.git"));
      assert.equal(bare?.bare, true);
      const patch = "diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-a\n+b\n";
      assert.equal((await applySeries(bare, top, parse(patch), nodeDecode))[0]?.state, "clean");
      const blob = await made.git("rev-parse", "HEAD:a.txt");
      rmSync(join(made.root, ".git", "objects", blob.slice(0, 2), blob.slice(2)), { force: true });
      const [missing] = await tryOn(top, patch);
      assert.equal(missing?.state, "no-tree");
      assert.match(missing.steps[0]?.error ?? "", /a\.txt/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("the choice of the base", () => {
  let made: TestRepository;
  let repo: GitRepository;

  beforeEach(async () => {
    made = await makeRepository();
    const opened = await createGit({ trusted: () => true }).open(made.root);
    assert.ok(opened);
    repo = opened;
  });

  afterEach(() => {
    made.remove();
  });

  it("has none before the first commit", async () => {
    assert.equal(await chooseBase(repo, parse("diff --git a/a b/a\n--- a/a\n+++ b/a\n@@ -1 +1 @@\n-a\n+b\n"), {}, nodeDecode), undefined);
  });

  it("takes the setting, then base-commit, then the newest commit with the file versions, then HEAD, and tells each", async () => {
    const first = await made.commit("first", { "a.txt": "a\n" });
    const second = await made.commit("second", { "b.txt": "b\n" });
    await made.commit("made", { "a.txt": "A\n" });
    const patch = await made.git("format-patch", "--stdout", "-1");
    await made.git("reset", "-q", "--hard", second);
    await made.commit("third", { "a.txt": "other\n" });
    const head = await made.commit("fourth", { "b.txt": "bb\n" });

    const byBlobs = await chooseBase(repo, parse(patch), {}, nodeDecode);
    assert.deepEqual([byBlobs?.sha, byBlobs?.reason.id], [second, "base.blobs"]);
    assert.deepEqual(byBlobs?.candidates.map(({ sha, apply }) => [sha, apply?.state]), [[second, "clean"], [head, "conflict"]]);

    const stated = await chooseBase(repo, parse(`${patch}\nbase-commit: ${first}\n`), {}, nodeDecode);
    assert.deepEqual([stated?.sha, stated?.reason.id], [first, "base.stated"]);
    const set = await chooseBase(repo, parse(patch), { base: "HEAD~1" }, nodeDecode);
    assert.deepEqual([set?.sha, set?.reason.id], [await made.git("rev-parse", "HEAD~1"), "base.setting"]);
    const none = await chooseBase(repo, parse(patch.replace(/^index .*$/mu, "index 1234567..89abcde 100644")), {}, nodeDecode);
    assert.deepEqual([none?.sha, none?.reason.id], [head, "base.head"]);
  });

  it("never takes a name for an option", async () => {
    await made.commit("first", { "a.txt": "a\n" });
    const choice = await chooseBase(repo, parse("diff --git a/a.txt b/a.txt\n--- a/a.txt\n+++ b/a.txt\n@@ -1 +1 @@\n-a\n+b\n"), { base: "--output=/tmp/never" }, nodeDecode);
    assert.equal(choice?.reason.id, "base.headNoBlobs");
  });
});

describe("a real series on its base tree", () => {
  const data = join(process.env["KEELSON_DATA"] ?? join(__dirname, "../../../../shared"), "data/patches");
  const folder = mkdtempSync(join(tmpdir(), "keelson-mana-"));

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("goes in as git itself says, patch by patch", async function () {
    if (!existsSync(join(data, "mana"))) {
      console.log(`skipped: ${join(data, "mana")} absent`);
      this.skip();
    }
    const { execFileSync } = await import("node:child_process");
    execFileSync("tar", ["xzf", join(data, "mana-base-linux-6.1.187.tar.gz"), "-C", folder, "--strip-components=1"]);
    const repo = await createGit({ trusted: () => true }).open(folder);
    assert.ok(repo);
    const base = Buffer.from((await repo.run(["rev-list", "--max-parents=0", "HEAD"])).stdout).toString("utf8").trim();
    const names = readdirSync(join(data, "mana")).sort();
    const bytes = Buffer.concat(names.map((name) => readFileSync(join(data, "mana", name))));
    const set = parsePatchSet(bytes, nodeDecode).value;
    const results = await applySeries(repo, base, set, nodeDecode);

    const scratch = await repo.scratch();
    try {
      await scratch.run(["read-tree", base]);
      for (const [i, name] of names.entries()) {
        const input = readFileSync(join(data, "mana", name));
        const git = await scratch.run(["apply", "--cached", "-"], { input });
        assert.equal(git.status === 0, ["clean", "doubtful"].includes(results[i]!.state), `${name}: ours ${results[i]!.state}, git ${git.stderr}`);
        if (git.status !== 0) await scratch.run(["apply", "--cached", "--exclude=MAINTAINERS", "-"], { input });
      }
    } finally {
      scratch.dispose();
    }
    assert.deepEqual(results.filter(({ state }) => state === "fails").length, 1);
    assert.equal(results.flatMap(({ hunks }) => hunks).filter(({ sameSection }) => sameSection === false).length, 0);
  });
});
