import { strict as assert } from "node:assert";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import fc from "fast-check";
import { createGit } from "../../../language-server/adapters/git";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeFiles } from "../../../language-server/adapters/files";
import type { Cancel } from "../../../language-server/engine/ports";
import { render } from "../../../language-server/engine/text/message";
import { loadDiffs, readDiffs } from "../../../language-server/engine/upstream/diff/read";
import { factsOf, readFacts } from "../../../language-server/engine/upstream/facts/read";
import { mapCommits } from "../../../language-server/engine/upstream/map";
import { seriesMessages } from "../../../language-server/engine/upstream/series/messages";
import { readGuarded, readQuilt } from "../../../language-server/engine/upstream/series/quilt";
import { readSeries, type Series } from "../../../language-server/engine/upstream/series/read";
import { readSpec } from "../../../language-server/engine/upstream/series/spec";
import type { Stack } from "../../../language-server/engine/upstream/series/types";
import type { CommitDiff, FileChanges } from "../../../language-server/engine/upstream/types";
import { createRepository, numbered, type TestRepository } from "../../support/repository";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const git = createGit({ gitPath: "", log: silent, trusted: () => true });

const read = (path: string, cancel?: Cancel): Promise<Series> => readSeries(nodeFiles, nodeDecode, path, cancel);
const told = (series: Series): readonly string[] => series.problems.map((problem) => `${problem.line} ${problem.code}`);
const names = (series: Series): readonly string[] => series.value.map(({ facts }) => facts.sha);

/** One entry a line: name, level, `R`. */
const written = (stack: Stack): readonly string[] => stack.entries.map(({ name, strip, reversed }) => `${name} -p${strip}${reversed ? " -R" : ""}`);
const toldOf = (stack: Stack): readonly string[] => stack.problems.map((problem) => `${problem.line} ${render(problem.message, seriesMessages, "en")}`);

function folder(files: Readonly<Record<string, string | Uint8Array>>): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), "keelson-series-"));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return { path, remove: () => { rmSync(path, { recursive: true, force: true }); } };
}

const patchOf = (path: string, from = "old", to = "new", lead = "a/", other = "b/"): string => `--- ${lead}${path}\n+++ ${other}${path}\n@@ -1,3 +1,3 @@\n one\n-${from}\n+${to}\n three\n`;

describe("a quilt series file", () => {
  it("gives names in order with their levels and without comments", () => {
    const stack = readQuilt("# first\n\nfixes/one.patch\ntwo.patch -p0 # why\n  three.diff -p2 -R\r\n#four.patch\nfive.patch -pab\n");
    assert.deepEqual(written(stack), ["fixes/one.patch -p1", "two.patch -p0", "three.diff -p2 -R", "five.patch -p1"]);
  });
});

describe("a series.conf with guards", () => {
  it("takes what no guard holds back, and tells the rest", () => {
    const stack = readGuarded("\t# sorted\n\tpatches.suse/one.patch\n-needs\tpatches.suse/two.patch\n+needs\tpatches.suse/three.patch\n-\tpatches.suse/four.patch\n");
    assert.deepEqual(written(stack), ["patches.suse/one.patch -p1", "patches.suse/two.patch -p1"]);
    assert.deepEqual(toldOf(stack), ["4 patches.suse/three.patch is applied only with the guard +needs, so it is left out.", "5 patches.suse/four.patch is applied only with the guard -, so it is left out."]);
  });
});

describe("a spec file", () => {
  it("applies declared patches in the order of its %patch lines, each with its level", () => {
    const stack = readSpec("Name: kernel\nPatch0: 0001-a.patch\nPatch1: 0002-b.patch\nPatch10: 0010-c.patch\n%prep\n%patch10 -p1\n%patch -P0 -p1\n%patch -P 1 -R\n");
    assert.deepEqual(written(stack), ["0010-c.patch -p1", "0001-a.patch -p1", "0002-b.patch -p0 -R"]);
    assert.deepEqual(toldOf(stack), []);
  });

  it("follows %autosetup in the order of declaration, and numbers what has no number", () => {
    const stack = readSpec("Name: foo\nVersion: 1.2\n%global tag rc1\nPatch5: %{name}-%{version}.patch\nPatch: https://example.com/p/%{?tag:fix-%{tag}}.patch#/x\nPatch2: late.patch\n%prep\n%autosetup -p1 -n foo\n");
    assert.deepEqual(written(stack), ["foo-1.2.patch -p1", "fix-rc1.patch -p1", "late.patch -p1"]);
  });

  it("follows %autopatch with bounds, and leaves alone what %autosetup -N does not apply", () => {
    const stack = readSpec("Patch1: a.patch\nPatch100: b.patch\nPatch200: c.patch\n%prep\n%autosetup -N\n%autopatch -p1 -m 100 -M 199\n%autopatch -p2 200\n");
    assert.deepEqual(written(stack), ["b.patch -p1", "c.patch -p2"]);
    assert.deepEqual(toldOf(stack), ["1 a.patch is declared but never applied, so it is left out."]);
  });

  it("reads a %patchlist up to the next section", () => {
    assert.deepEqual(written(readSpec("%patchlist\none.patch\n\ntwo.patch\n%description\nwords.patch\n%prep\n%autosetup -p1\n")), ["one.patch -p1", "two.patch -p1"]);
  });

  it("takes the branch that the file decides, and both of one that the build decides", () => {
    const stack = readSpec("%global with_rt 0\n%if 0%{?with_rt}\nPatch1: rt.patch\n%elif 1\nPatch2: plain.patch\n%else\nPatch3: never.patch\n%endif\n%ifarch aarch64\nPatch4: arm.patch\n%else\nPatch5: other.patch\n%endif\n%prep\n%autosetup -p1\n");
    assert.deepEqual(written(stack), ["plain.patch -p1", "arm.patch -p1", "other.patch -p1"]);
    assert.deepEqual(toldOf(stack).map((line) => line.split(" depends")[0]), ["10 arm.patch", "12 other.patch"]);
  });

  it("tells a name with an unknown macro, a patch that is nowhere declared, and that a script's order was assumed", () => {
    assert.deepEqual(toldOf(readSpec("Patch0: %{nobody}.patch\n%prep\n%patch3 -p1\n")).map((line) => line.slice(0, 30)), ["1 The name %{nobody}.patch hol", "3 Patch 3 is applied here but "]);
    const stack = readSpec("Patch1: b.patch\nPatch0: a.patch\n%prep\nApplyAll.sh\n");
    assert.deepEqual(written(stack), ["b.patch -p1", "a.patch -p1"]);
    assert.match(toldOf(stack)[0] ?? "", /does not say how/);
  });

  it("does not fill the memory with a macro that doubles itself", () => {
    assert.deepEqual(readSpec("%define a %{b}%{b}%{b}%{b}\n%define b %{a}%{a}%{a}%{a}\nPatch0: %{a}.patch\n%autosetup\n").entries, []);
  });
});

describe("reading a list of patches", () => {
  const word = fc.constantFrom("Patch", "Patch0:", "Patch1:", " a.patch", "%patch", "%patch0", "-p1", "-P", "%autosetup", "%autopatch", "-m", "-M", "-N", "%if", "%elif", "%else", "%endif", "%ifarch", "%global", "%{", "}", "?", "%{?a:%{b}}", "%patchlist", "\n", "\r\n", " ", "\t", "#", "../x", "+g", "-", "-p999", "\u0000", "路径.patch");
  const text = fc.oneof(fc.array(word, { maxLength: 60 }).map((words) => words.join("")), fc.string({ maxLength: 400 }));

  it("never fails, and names no entry twice without a reason", () => {
    fc.assert(fc.property(text, (given) => {
      for (const reader of [readQuilt, readGuarded, readSpec]) {
        const stack = reader(given);
        for (const { name, strip, line } of stack.entries) assert.ok(name !== "" && strip >= 0 && line >= 1 && line <= given.split("\n").length);
        for (const { message } of stack.problems) assert.notEqual(render(message, seriesMessages, "zh-cn"), message.id);
      }
    }), { numRuns: 500 });
  });
});

describe("a patch stack", () => {
  let repository: TestRepository;
  before(() => {
    repository = createRepository("tree with 空格");
  });
  after(() => { repository.remove(); });

  it("gives of each patch what the commit gives that it was made from", async () => {
    const { root } = repository;
    repository.commit("base", { "a.c": numbered(60), "dir/b c.c": numbered(40), "old.c": numbered(30), "gone.c": "x\n", "tool.sh": "#!/bin/sh\n", "路径/文件.c": numbered(9), "dir.c": "d\n" });
    repository.commit("several groups in one hunk", { "a.c": numbered(60, { 3: "three", 5: "five", 9: "nine", 50: "fifty" }), "dir/b c.c": numbered(41), "dir.c": "", "路径/文件.c": `new\n${numbered(9, { 9: "neun" })}` });
    repository.git("mv", "old.c", "moved.c");
    repository.commit("a rename with a change", { "moved.c": numbered(30, { 15: "x" }) });
    repository.git("rm", "-q", "gone.c");
    repository.git("update-index", "--chmod=+x", "tool.sh");
    repository.git("commit", "-q", "-m", "a file goes, a mode changes");
    repository.git("checkout", "-q", "--", ".");
    repository.commit("a file comes, without a line at its end", { "sub/新 file": "one\ntwo" });
    repository.commit("empty lines and CRLF", { "a.c": `\n\n${numbered(60, { 3: "three" }).replaceAll("\n", "\r\n")}`, "a\tb.c": "tab\n" });
    const shas = repository.git("rev-list", "--reverse", "HEAD~5..HEAD").trim().split("\n");
    const out = join(root, "../patches");
    repository.git("format-patch", "-q", "--full-index", "-o", out, "HEAD~5");
    const files = readdirSync(out).sort();
    writeFileSync(join(out, "series"), `${files.join("\n")}\n`);
    const series = await read(out);
    assert.deepEqual(told(series), []);
    assert.deepEqual(names(series), files.map((name) => `series:${name}`));
    const opened = await git.open(root);
    const diffs = await loadDiffs(opened!, nodeDecode, shas);
    const plain = (diff: CommitDiff | undefined): unknown => ({ ...diff, sha: "" });
    for (const [i, sha] of shas.entries()) assert.deepEqual(plain(series.value[i]?.diff), plain(diffs.get(sha)), files[i]);
    assert.deepEqual(series.value.map(({ facts }) => [facts.subject, facts.author.email, facts.authorTime]), shas.map((sha) => [repository.git("log", "-1", "--format=%s", sha).trim(), "alice@example.com", 1_709_287_200]));
    assert.deepEqual(series.value.map(({ facts }) => facts.parents), [[], ...files.slice(0, -1).map((name) => [`series:${name}`])]);
  });

  it("reads claims of every form from a patch's words", async () => {
    const sha = "0123456789abcdef0123456789abcdef01234567";
    const mail = (subject: string, body: string, header = ""): string => `From: Alice Example <alice@example.com>\nDate: Fri, 1 Mar 2024 10:00:00 +0000\nSubject: [PATCH] ${subject}\n${header}\n${body}\n---\n${patchOf("a.c")}`;
    const made = folder({
      series: "one.patch\nsuse.patch\ndebian.patch\nmail.patch\n",
      "one.patch": mail("net: one", `commit ${sha} upstream.\n\nFixes: 111111111111 ("net: zero")\nCc: stable@vger.kernel.org\nReported-by: syzbot+1@example.com\nCVE-2024-12345`),
      "suse.patch": mail("net: two", "Words.", `Git-commit: ${sha}\nPatch-mainline: v6.8\nReferences: bsc#1\n`),
      "debian.patch": `Description: net: three\nOrigin: backport, https://git.kernel.org/linus/${sha}\n\n${patchOf("a.c")}`,
      "mail.patch": mail("net: four", "Words.", `Origin: https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/commit/?id=${sha}\n`),
    });
    try {
      const { value } = await read(made.path);
      assert.deepEqual(value.map(({ facts }) => facts.claims.map((claim) => `${claim.dialect} ${claim.origin} ${claim.sha === sha ? "X" : claim.sha}`)), [["stable-upstream mainline X"], ["suse mainline X"], ["dep-3 mainline X"], ["dep-3 stable X"]]);
      const [one] = value;
      assert.deepEqual([one?.facts.fixes, one?.facts.ccStable, one?.facts.marks], [[{ sha: "111111111111", title: "net: zero" }], true, ["CVE-2024-12345", "syzbot"]]);
      assert.equal(value[2]?.facts.subject, "net: three");
    } finally {
      made.remove();
    }
  });

  it("takes paths by the level that the series gives, and turns a reversed patch", async () => {
    const made = folder({
      series: "zero.patch -p0\ngit.patch -p0\ntwo.patch -p2\nback.patch -R\norig.patch -p0\n",
      "zero.patch": patchOf("net/a.c", "old", "new", "", ""),
      "git.patch": patchOf("net/a.c"),
      "two.patch": patchOf("net/a.c", "old", "new", "linux/x/", "linux.new/x/"),
      "back.patch": "--- /dev/null\n+++ b/net/n.c\n@@ -0,0 +1,2 @@\n+one\n+two\n",
      "orig.patch": "--- net/a.c.orig\n+++ net/a.c\n@@ -1 +1 @@\n-x\n+y\n",
    });
    try {
      const { value } = await read(made.path);
      assert.deepEqual(value.map(({ diff }) => diff.files.map((file) => `${file.status} ${file.oldPath} ${file.newPath}`)), [["modified net/a.c net/a.c"], ["modified net/a.c net/a.c"], ["modified net/a.c net/a.c"], ["deleted net/n.c net/n.c"], ["modified net/a.c net/a.c"]]);
      assert.deepEqual(value[3]?.diff.files[0]?.groups.map((group) => [group.oldStart, group.oldCount, group.newStart, group.newCount]), [[1, 2, 0, 0]]);
    } finally {
      made.remove();
    }
  });

  it("finds a spec file's patches in SOURCES beside SPECS, and SUSE's below the list", async () => {
    const made = folder({
      "SPECS/kernel.spec": "Patch0: a.patch\nPatch1: gone.patch\nPatch2: packed.patch.xz\nPatch3: ../../etc/x.patch\n%autosetup -p1\n",
      "SOURCES/a.patch": patchOf("a.c"),
      "SPECS/another.spec": "",
      "suse/series.conf": "\tpatches.suse/b.patch\n\t../../outside.patch\n",
      "suse/patches.suse/b.patch": patchOf("b.c"),
    });
    try {
      const spec = await read(made.path);
      assert.deepEqual(names(spec), ["series:a.patch"]);
      assert.deepEqual(told(spec), ["1 several-specs", "2 not-found", "3 compressed", "4 not-found"]);
      const suse = await read(join(made.path, "suse"));
      assert.deepEqual([names(suse), told(suse)], [["series:patches.suse/b.patch"], ["2 outside"]]);
    } finally {
      made.remove();
    }
  });

  it("tells of an empty folder, an absent one, a file that is no patch, and stops when cancelled", async () => {
    const made = folder({ "sub/series": "words.patch\n", "sub/words.patch": "no diff\n" });
    try {
      assert.deepEqual(told(await read(join(made.path, "nothing"))), ["0 no-list"]);
      assert.deepEqual(told(await read(made.path)), ["0 no-list"]);
      assert.deepEqual(told(await read(join(made.path, "sub"))), ["1 nothing-found", "1 no-patch"]);
      await assert.rejects(read(made.path, { cancelled: true, onCancel: () => ({ dispose: () => undefined }) }), { code: "cancelled" });
    } finally {
      made.remove();
    }
  });

  it("survives patches that are cut or mixed up anywhere", async () => {
    const whole = Buffer.from([patchOf("a.c"), "diff --git a/x b/y\nsimilarity index 90%\nrename from x\nrename to y\nindex 1111111..2222222 100644\n", patchOf("ü.c", "alt", "neu"), "GIT binary patch\nliteral 3\nKc$@(M0000\n\n"].join(""));
    const files = { read: (path: string) => Promise.resolve(path.endsWith("series") ? Buffer.from("p.patch -p2 -R\n") : current), list: () => Promise.resolve([]), stat: (path: string) => Promise.resolve(path.endsWith("/s/series") || path.endsWith("/s") ? { directory: path.endsWith("/s"), size: 1, mtimeMs: 0 } : undefined) };
    let current: Uint8Array = whole;
    await fc.assert(fc.asyncProperty(fc.nat(whole.length), fc.nat(whole.length), fc.uint8Array({ maxLength: 6 }), async (cut, at, noise) => {
      current = Buffer.concat([whole.subarray(0, Math.min(cut, at)), noise, whole.subarray(at)]);
      const { value } = await readSeries(files, nodeDecode, "/s");
      for (const { diff } of value) for (const file of diff.files) for (const group of file.groups) assert.ok(group.deleted.length === group.oldCount && group.added.length === group.newCount);
    }), { numRuns: 300 });
  });
});

/** Lines without their grouping and without blank ones: two programs may choose differently among those. */
const hashesOf = (file: FileChanges): unknown => ({ path: file.newPath, status: file.status, deleted: file.groups.flatMap(({ deleted }) => [...deleted].filter((hash) => hash !== 0)).sort(), added: file.groups.flatMap(({ added }) => [...added].filter((hash) => hash !== 0)).sort() });

describe("a real kernel series", () => {
  const data = join(process.env["KEELSON_DATA"] ?? join(import.meta.dirname, "../../../../shared"), "data/patches");

  // Real data is no part of the repository; a clone alone has none.
  before(function () {
    if (existsSync(data)) return;
    console.log(`skipped: ${data} absent`);
    this.skip();
  });

  it("is read without git, and each patch has the diff of the commit that git makes of it", async function () {
    this.timeout(120_000);
    const series = await read(join(data, "mana"));
    assert.deepEqual([series.value.length, told(series)], [54, []]);
    const claimed = series.value.filter(({ facts }) => facts.claims.length > 0);
    const parts = mkdtempSync(join(tmpdir(), "keelson-mana-"));
    try {
      execFileSync("tar", ["xzf", join(data, "mana-base-linux-6.1.187.tar.gz"), "-C", parts]);
      const [top = ""] = readdirSync(parts);
      const opened = await git.open(join(parts, top));
      assert.ok(opened !== undefined);
      const log = nodeDecode.text((await opened.run(["log", "--no-merges", "--format=%H %s"])).stdout).trim().split("\n");
      const commits = new Map(log.map((line) => [line.slice(line.lastIndexOf("/") + 1), line.slice(0, line.indexOf(" "))]));
      const diffs = await loadDiffs(opened, nodeDecode, [...commits.values()]);
      let compared = 0;
      let alike = 0;
      for (const { path, diff } of series.value) {
        const commit = diffs.get(commits.get(basename(path)) ?? "");
        // The excerpt of the tree lacks some of the files: a patch is compared by those that are there.
        const files = commit?.files ?? [];
        const present = diff.files.filter((file) => files.some((other) => other.newPath === file.newPath));
        assert.deepEqual(present.map(hashesOf), files.map(hashesOf), path);
        if (files.length === 0) continue;
        compared++;
        const shape = (all: readonly FileChanges[]): string => JSON.stringify(all.map((file) => file.groups.map(({ oldCount, newCount }) => [oldCount, newCount])));
        if (shape(present) === shape(files)) alike++;
      }
      console.log(`  54 patches, ${claimed.length} with a claim; ${compared} have the lines of their commits, ${alike} of them in the same groups`);
      assert.ok(claimed.length >= 48 && compared >= 48 && alike >= 48);
    } finally {
      rmSync(parts, { recursive: true, force: true });
    }
  });

  it("maps each patch to the commit of a mainline that was made of the same patches", async function () {
    this.timeout(120_000);
    const series = await read(join(data, "mana"));
    const parts = mkdtempSync(join(tmpdir(), "keelson-mana-"));
    try {
      execFileSync("tar", ["xzf", join(data, "mana-base-linux-6.1.187.tar.gz"), "-C", parts]);
      const repository = await git.open(join(parts, readdirSync(parts)[0] ?? ""));
      assert.ok(repository !== undefined);
      const head = nodeDecode.text((await repository.run(["rev-parse", "HEAD"])).stdout).trim();
      const candidates = (await readFacts(repository, nodeDecode, { include: [head], exclude: [] })).filter(({ subject }) => subject.endsWith(".patch"));
      const records = new Map<string, Uint8Array>(series.value.map(({ facts, record }) => [facts.sha, record]));
      await readDiffs(repository, nodeDecode, candidates.map(({ sha }) => sha), (sha, record) => void records.set(sha, record));
      const { rows } = await mapCommits(
        {
          repository,
          decode: nodeDecode,
          facts: { store: () => Promise.resolve([]), sameBlobs: () => false, sides: () => Promise.resolve({ mainline: candidates, downstream: [] }), range: () => Promise.resolve(candidates), of: (shas) => factsOf(repository, nodeDecode, shas), claims: () => Promise.resolve([]) },
          diffs: { store: () => Promise.resolve(), need: () => Promise.resolve(), glimpse: () => Promise.resolve(), adopt: () => Promise.resolve(), record: (sha) => records.get(sha) },
          options: { mainline: "HEAD", downstream: "", ignoreTrailers: true, evidence: "diff", excluded: new Set() },
          job: { cancel: undefined, breathe: () => Promise.resolve(), onProgress: () => undefined },
        },
        series.value.map(({ facts }) => facts),
        candidates,
      );
      const subjects = new Map(candidates.map(({ sha, subject }) => [sha, basename(subject)]));
      const right = rows.filter(({ commit, upstream }) => upstream.length === 1 && `series:${subjects.get(upstream[0] ?? "") ?? ""}` === commit).length;
      const wrong = rows.filter(({ commit, upstream }) => upstream.some((sha) => `series:${subjects.get(sha) ?? ""}` !== commit)).length;
      console.log(`  ${rows.length} patches by their lines alone: ${right} right, ${wrong} wrong`);
      assert.ok(right >= 52 && wrong === 0);
    } finally {
      rmSync(parts, { recursive: true, force: true });
    }
  });
});
