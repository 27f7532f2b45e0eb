import assert from "node:assert/strict";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createHistory } from "../../../language-server/engine/review/facts/history";
import type { History } from "../../../language-server/engine/review/types";
import { Cancelled, type Cache } from "../../../language-server/engine/ports";
import { memoryCache } from "../../support/memory-cache";
import { makeRepository, type TestRepository } from "../support/git";

const reason = { id: "base.head" };

describe("history of a repository", () => {
  let repo: TestRepository;
  let culprit: string;
  let backport: string;
  let fix: string;
  let sideFix: string;
  let base: string;

  const open = (cache: Cache = memoryCache(), sha = base): History => createHistory(repo, { sha, reason }, cache, nodeDecode);

  before(async () => {
    repo = await makeRepository();
    await repo.commit("start", { "net/a.c": "a\n" });
    await repo.git("checkout", "-q", "-b", "mainline");
    culprit = await repo.commit('net: a: count *frames* in [brackets]\n\nSays "why".\n', { "net/a.c": "b\n" });
    sideFix = await repo.commit(`net: a: fix the count\n\nFixes: ${culprit.slice(0, 12)} ("net: a: count *frames* in [brackets]")\n\nSigned-off-by: Alice Example <alice@example.com>\n`);
    await repo.git("checkout", "-q", "main");
    backport = await repo.commit(`net: a: count *frames* in [brackets]\n\n[ Upstream commit ${culprit} ]\n`, { "net/a.c": "b\n" });
    fix = await repo.commit(`net: b: fix it too\n\nFixes: ${culprit.slice(0, 10)} ("net: a: …")\n`, { "net/b.c": "1\n" });
    base = await repo.commit("net: c: unrelated", { "net/c d.c": "1\n" });
  });
  after(() => {
    repo.remove();
  });

  it("finds a commit by full and by abbreviated sha, in upper case too", async () => {
    const history = open();
    for (const name of [culprit, culprit.slice(0, 12), culprit.slice(0, 12).toUpperCase()]) {
      assert.deepEqual(await history.findCommit(name), {
        kind: "found",
        commit: { sha: culprit, subject: "net: a: count *frames* in [brackets]", authorDate: "2023-11-14T22:15:20+00:00", authorName: "Alice Example" },
      });
    }
  });

  it("says missing for a sha that is no commit, and for words that are no sha", async () => {
    const history = open();
    const blob = await repo.git("rev-parse", "HEAD:net/b.c");
    for (const name of ["0123456789ab", blob, "main", "--all", ""]) assert.deepEqual(await history.findCommit(name), { kind: "missing" }, name);
  });

  it("does not take a branch for a sha of the same spelling", async () => {
    await repo.git("branch", "deadbeef", "main");
    assert.deepEqual(await open().findCommit("deadbeef"), { kind: "missing" });
    await repo.git("branch", culprit.slice(0, 8), "main");
    const found = await open().findCommit(culprit.slice(0, 8));
    assert.equal(found.kind === "found" && found.commit.sha, culprit);
    await repo.git("branch", "-D", "deadbeef", culprit.slice(0, 8));
  });

  it("names the candidates of an ambiguous abbreviation, commits only", async () => {
    const crowded = await makeRepository();
    try {
      const stream = Array.from({ length: 1000 }, (_, i) => `commit refs/heads/crowd\ncommitter Bob Sample <bob@example.org> ${1_700_000_000 + i} +0000\ndata 1\nx\n`);
      await crowded.run(["fast-import", "--quiet"], { input: stream.join("") });
      const shas = (await crowded.git("rev-list", "crowd")).split("\n");
      const shared = shas.map((sha) => sha.slice(0, 4)).find((short, i, all) => all.indexOf(short) !== i);
      assert.ok(shared !== undefined, "a thousand commits share four digits somewhere");
      const history = createHistory(crowded, { sha: shas[0]!, reason }, memoryCache(), nodeDecode);
      const found = await history.findCommit(shared);
      assert.equal(found.kind, "ambiguous");
      assert.deepEqual([...found.candidates].sort(), shas.filter((sha) => sha.startsWith(shared)).sort());
    } finally {
      crowded.remove();
    }
  });

  it("finds commits by their exact subject on any ref, newest first, special characters and all", async () => {
    const found = await open().findSubject("net: a: count *frames* in [brackets]");
    assert.deepEqual(found.map((commit) => commit.sha), [backport, culprit]);
    assert.deepEqual(await open().findSubject("net: a: count"), []);
    assert.deepEqual(await open().findSubject('Says "why".'), []);
    assert.deepEqual(await open().findSubject(""), []);
  });

  it("knows ancestors, and says no where a commit is missing", async () => {
    const history = open();
    assert.equal(await history.isAncestor(backport, base), true);
    assert.equal(await history.isAncestor(culprit, base), false);
    assert.equal(await history.isAncestor("0123456789ab", base), false);
  });

  it("answers from the base's whole history once it was asked more than a few times", async () => {
    const history = open();
    const inBase = (await repo.git("rev-list", base)).split("\n");
    for (const sha of [...inBase, ...inBase]) assert.equal(await history.isAncestor(sha, base), true, sha);
    for (const sha of [culprit, sideFix, "f".repeat(40), "0".repeat(40)]) assert.equal(await history.isAncestor(sha, base), false, sha);
  });

  it("finds the commit by which the base carries another one, from its marker", async () => {
    const history = open();
    assert.equal((await history.carriedAs(culprit))?.sha, backport);
    assert.equal((await history.carriedAs(culprit.slice(0, 12)))?.sha, backport);
    assert.equal(await history.carriedAs(sideFix), undefined);
  });

  it("does not count a carrier that the base does not reach", async () => {
    assert.equal(await open(memoryCache(), culprit).carriedAs(culprit), undefined);
  });

  it("lists later fixes on every ref, oldest first, wherever the Fixes: line stands", async () => {
    assert.deepEqual((await open().fixesOf(culprit)).map((commit) => commit.sha), [sideFix, fix]);
    assert.deepEqual(await open().fixesOf(fix), []);
  });

  it("reads subjects of paths, with spaces in a name and without reading a name as a pattern", async () => {
    const history = open();
    assert.deepEqual(await history.subjectsTouching(["net/c d.c"], 5), ["net: c: unrelated"]);
    assert.deepEqual(await history.subjectsTouching(["net/*.c"], 5), []);
    assert.deepEqual(await history.subjectsTouching(["net/a.c", "net/b.c"], 2), ["net: b: fix it too", "net: a: count *frames* in [brackets]"]);
  });

  it("asks git once for the same question", async () => {
    const history = open();
    await history.findCommit(culprit);
    await history.subjectsTouching(["net/a.c"], 5);
    const before = repo.calls.length;
    await history.findCommit(culprit);
    await history.subjectsTouching(["net/a.c"], 5);
    assert.equal(repo.calls.length, before);
  });

  it("reads only new commits when another history already walked the repository", async () => {
    const cache = memoryCache();
    assert.equal((await open(cache).carriedAs(culprit))?.sha, backport);
    const walked = repo.calls.length;
    assert.equal((await open(cache).carriedAs(culprit))?.sha, backport);
    assert.ok(!repo.calls.slice(walked).some((args) => args[0] === "rev-list"), "no second walk");

    const newer = await repo.commit(`net: a: fix the count\n\n(cherry picked from commit ${sideFix})\n`);
    const grown = open(cache, newer);
    assert.equal((await grown.carriedAs(sideFix))?.sha, newer);
    assert.equal((await grown.carriedAs(culprit))?.sha, backport);
    assert.equal(await open(cache).carriedAs(sideFix), undefined, "the older base does not reach it");
    await repo.git("reset", "-q", "--hard", base);
  });

  it("starts over when the cache lost a piece or holds something else", async () => {
    const cache = memoryCache();
    await open(cache).carriedAs(culprit);
    for (const key of [...cache.entries.keys()]) if (!key.endsWith("manifest")) cache.entries.delete(key);
    assert.equal((await open(cache).carriedAs(culprit))?.sha, backport);
    for (const key of [...cache.entries.keys()]) cache.entries.set(key, "\0garbage\nnot a sha");
    assert.equal((await open(cache).carriedAs(culprit))?.sha, backport);
  });

  it("stops when cancelled and answers the next caller all the same", async () => {
    const history = open();
    const cancelled = { cancelled: true, onCancel: () => ({ dispose: () => undefined }) };
    const stopped = history.carriedAs(culprit, cancelled);
    const other = history.carriedAs(culprit);
    await assert.rejects(stopped, Cancelled);
    assert.equal((await other)?.sha, backport);
  });

  it("says not found, and throws nothing, where the repository is broken", async () => {
    const empty = await makeRepository();
    try {
      const history = createHistory(empty, { sha: base, reason }, memoryCache(), nodeDecode);
      assert.deepEqual(await history.findCommit(base), { kind: "missing" });
      assert.equal(await history.carriedAs(culprit), undefined);
      assert.deepEqual(await history.fixesOf(culprit), []);
      assert.deepEqual(await history.subjectsTouching(["net/a.c"], 3), []);
    } finally {
      empty.remove();
    }
  });
});
