import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createGit } from "../../../language-server/adapters/git";
import type { GitRepository } from "../../../language-server/engine/ports";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import { applySeries } from "../../../language-server/engine/review/apply/apply";
import { runGit } from "../support/git";

/**
 * A repository and a home whose every setting that can name a program names one that leaves a mark. git itself, called
 * plainly, runs several of them: that is asserted too, so that this test can't pass because its traps are broken.
 */
interface Trap {
  readonly root: string;
  readonly home: string;
  marks(): readonly string[];
  forget(): void;
}

const hooks = ["applypatch-msg", "pre-applypatch", "post-applypatch", "pre-commit", "prepare-commit-msg", "commit-msg", "post-commit", "post-checkout", "post-merge", "pre-auto-gc", "post-rewrite", "post-index-change", "reference-transaction", "fsmonitor-watchman"];

function trapConfig(program: (name: string) => string): string {
  return [
    `[core]\n\thooksPath = HOOKS\n\tfsmonitor = ${program("fsmonitor")}\n\tpager = ${program("pager")}\n\teditor = ${program("editor")}\n\tsshCommand = ${program("ssh")}\n\taskPass = ${program("askpass")}\n\tgitProxy = ${program("gitproxy")}\n\tattributesFile = ATTRIBUTES`,
    `[diff]\n\texternal = ${program("diff-external")}`,
    `[diff "evil"]\n\tcommand = ${program("diff-command")}\n\ttextconv = ${program("textconv")}`,
    `[filter "evil"]\n\tclean = ${program("clean")}\n\tsmudge = ${program("smudge")}\n\tprocess = ${program("filter-process")}\n\trequired = true`,
    `[filter "odd=name"]\n\tclean = ${program("odd-clean")}\n\tsmudge = ${program("odd-smudge")}`,
    `[merge "evil"]\n\tdriver = ${program("merge-driver")} %O %A %B`,
    `[gpg]\n\tprogram = ${program("gpg")}`,
    `[commit]\n\tgpgSign = true`,
    `[log]\n\tshowSignature = true`,
    `[credential]\n\thelper = ${program("credential")}`,
    `[alias]\n\tlog = !${program("alias")}\n\tdiff = !${program("alias")}`,
    `[hook "evil"]\n\tcommand = ${program("config-hook")}\n\tevent = post-index-change\n\tevent = pre-commit\n\tevent = reference-transaction`,
    `[interactive]\n\tdiffFilter = ${program("diff-filter")}`,
    `[protocol]\n\tallow = always`,
  ].join("\n");
}

async function setTrap(): Promise<Trap> {
  const top = mkdtempSync(join(tmpdir(), "keelson-hostile-"));
  const root = join(top, "repo");
  const home = join(top, "home");
  const marks = join(top, "marks");
  const bin = join(top, "bin");
  for (const folder of [root, home, marks, bin, join(top, "hooks")]) mkdirSync(folder);
  const program = (name: string): string => {
    const path = join(bin, name);
    writeFileSync(path, `#!/bin/sh\ntouch '${marks}/${name}'\ncat 2>/dev/null\nexit 0\n`);
    chmodSync(path, 0o755);
    return path;
  };
  for (const hook of hooks) {
    writeFileSync(join(top, "hooks", hook), `#!/bin/sh\ntouch '${marks}/hook-${hook}'\n`);
    chmodSync(join(top, "hooks", hook), 0o755);
  }
  const env = { GIT_AUTHOR_NAME: "Alice Example", GIT_AUTHOR_EMAIL: "alice@example.com", GIT_COMMITTER_NAME: "Alice Example", GIT_COMMITTER_EMAIL: "alice@example.com" };
  const git = async (...args: string[]): Promise<void> => {
    const result = await runGit(root, args, { env });
    assert.equal(result.status, 0, result.stderr);
  };
  await git("init", "-q", "-b", "main");
  writeFileSync(join(root, "a.txt"), "one\ntwo\nthree\n");
  writeFileSync(join(root, ".gitattributes"), "*.txt filter=evil diff=evil merge=evil\n");
  await git("add", "-A");
  await git("commit", "-qm", "first");
  writeFileSync(join(top, "attributes"), "* filter=evil diff=evil merge=evil\n");
  const config = trapConfig(program).replace("HOOKS", join(top, "hooks")).replace("ATTRIBUTES", join(top, "attributes"));
  writeFileSync(join(root, ".git", "config"), `[core]\n\trepositoryformatversion = 0\n\tbare = false\n${config}\n`);
  writeFileSync(join(root, ".git", "info", "attributes"), "* filter=odd=name diff=evil merge=evil\n*.txt filter=evil\n");
  writeFileSync(join(home, ".gitconfig"), config);
  // Bigger than before, so that git has to read the file to see whether it changed.
  writeFileSync(join(root, "a.txt"), "one\ntwo\nthree changed\n");
  return {
    root,
    home,
    marks: () => readdirSync(marks).sort(),
    forget() {
      rmSync(marks, { recursive: true });
      mkdirSync(marks);
    },
  };
}

const patch = `From 1111111111111111111111111111111111111111 Mon Sep 17 00:00:00 2001
From: Alice Example <alice@example.com>
Date: Tue, 1 Oct 2024 12:00:00 +0000
Subject: [PATCH] a: say second

Signed-off-by: Alice Example <alice@example.com>
---
 a.txt | 2 +-
 1 file changed, 1 insertion(+), 1 deletion(-)

diff --git a/a.txt b/a.txt
index 4cb29ea38f70d7c61b2a3a25b02e3bdf44905402..e0b3f1b09bd18a7c7e6cb5a2f8b4d5cdd0c1ad5c 100644
--- a/a.txt
+++ b/a.txt
@@ -1,3 +1,3 @@
 one
-two
+second
 three
--
2.39.5
`;

describe("git under a hostile configuration", () => {
  let trap: Trap;
  let repo: GitRepository;
  const before = { home: process.env["HOME"], external: process.env["GIT_EXTERNAL_DIFF"] };

  beforeEach(async () => {
    trap = await setTrap();
    process.env["HOME"] = trap.home;
    process.env["GIT_EXTERNAL_DIFF"] = join(trap.root, "..", "bin", "diff-external");
    const opened = await createGit({ trusted: () => true }).open(join(trap.root, "a.txt"));
    assert.ok(opened);
    repo = opened;
  });

  afterEach(() => {
    process.env["HOME"] = before.home;
    if (before.external === undefined) delete process.env["GIT_EXTERNAL_DIFF"];
    else process.env["GIT_EXTERNAL_DIFF"] = before.external;
    rmSync(join(trap.root, ".."), { recursive: true, force: true });
  });

  it("has traps that plain git does run", async () => {
    await runGit(trap.root, ["diff"], { env: { HOME: trap.home } });
    await runGit(trap.root, ["status"], { env: { HOME: trap.home } });
    assert.ok(trap.marks().length >= 2, trap.marks().join(" "));
  });

  it("reads, diffs, logs and formats without running any program that a configuration names", async () => {
    trap.forget();
    const calls = [
      ["status", "--porcelain"],
      ["diff"],
      ["diff", "--cached"],
      ["diff", "HEAD"],
      ["diff-index", "HEAD"],
      ["diff-files", "-p"],
      ["log", "-p", "-1"],
      ["show", "HEAD"],
      ["format-patch", "--root", "--stdout", "-1"],
      ["ls-files", "-m"],
      ["cat-file", "blob", "HEAD:a.txt"],
      ["hash-object", "a.txt"],
    ];
    for (const args of calls) {
      const result = await repo.run(args);
      assert.equal(result.status, 0, `git ${args.join(" ")}: ${result.stderr}`);
    }
    assert.deepEqual(trap.marks(), []);
  });

  it("shows differences in plain words whatever the configuration asks for", async () => {
    const text = Buffer.from((await repo.run(["diff"])).stdout).toString("utf8");
    assert.match(text, /^diff --git a\/a\.txt b\/a\.txt$/m);
    assert.match(text, /^\+three changed$/m);
  });

  it("makes a worktree and applies a mail there without running any", async () => {
    trap.forget();
    const place = join(trap.root, "..", "worktree");
    const made = await repo.run(["worktree", "add", "--detach", place, "HEAD"]);
    assert.equal(made.status, 0, made.stderr);
    const env = { GIT_COMMITTER_NAME: "Alice Example", GIT_COMMITTER_EMAIL: "alice@example.com" };
    const applied = await repo.run(["am", "--3way"], { cwd: place, input: patch, env });
    assert.equal(applied.status, 0, applied.stderr);
    assert.deepEqual(trap.marks(), []);
  });

  it("tries a patch in a private index without running any and without writing to the repository", async () => {
    trap.forget();
    const head = Buffer.from((await repo.run(["rev-parse", "HEAD"])).stdout).toString("utf8").trim();
    const objects = (): number => readdirSync(join(trap.root, ".git", "objects"), { recursive: true }).length;
    const count = objects();
    const set = parsePatchSet(nodeDecode.bytes(patch), nodeDecode).value;
    const [result] = await applySeries(repo, head, set, nodeDecode);
    assert.equal(result?.state, "clean");
    assert.deepEqual(trap.marks(), []);
    assert.equal(objects(), count);
    assert.equal(Buffer.from((await repo.run(["diff", "--cached", "--name-only"])).stdout).toString("utf8"), "");
  });

  it("fetches nothing, whatever protocol the repository allows", async () => {
    trap.forget();
    const result = await repo.run(["fetch", `ext::sh -c touch% ${join(trap.root, "..", "marks", "fetched")}`]);
    assert.notEqual(result.status, 0);
    assert.match(result.stderr, /not allowed/);
    assert.deepEqual(trap.marks(), []);
  });

  it("runs no git at all in an untrusted workspace", async () => {
    trap.forget();
    const git = createGit({ trusted: () => false, gitPath: join(trap.root, "..", "bin", "pager") });
    assert.equal(await git.version(), undefined);
    assert.equal(await git.open(trap.root), undefined);
    assert.equal(await git.empty(), undefined);
    assert.deepEqual(trap.marks(), []);
    assert.ok(existsSync(trap.root));
  });
});
