import assert from "node:assert/strict";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { branchHoldings } from "../../../language-server/engine/upstream/contains/branches";
import { readFirstTags } from "../../../language-server/engine/upstream/contains/first-tag";
import { compareVersions, readTags } from "../../../language-server/engine/upstream/contains/tags";
import { Cancelled, type Cache } from "../../../language-server/engine/ports";
import { memoryCache } from "../../support/memory-cache";
import { makeRepository, type TestRepository } from "../support/git";

describe("the first tag that holds a commit", () => {
  let repo: TestRepository;
  const shas: string[] = [];
  let tip: string;

  before(async () => {
    repo = await makeRepository();
    const commit = async (name: string): Promise<string> => {
      const sha = await repo.commit(name, { [`${name}.c`]: "1\n" });
      shas.push(sha);
      return sha;
    };
    await commit("one");
    await repo.git("tag", "v1.0-rc1");
    await commit("two");
    await repo.git("tag", "-a", "-m", "release", "v1.0");
    await repo.git("checkout", "-q", "-b", "side");
    await commit("three");
    await repo.git("checkout", "-q", "main");
    await commit("four");
    await repo.git("tag", "v1.1-rc1");
    await repo.git("merge", "-q", "--no-ff", "-m", "merge side", "side");
    shas.push(await repo.git("rev-parse", "HEAD"));
    await commit("five");
    await repo.git("tag", "-a", "-m", "release", "v1.1");
    await repo.git("tag", "-a", "-m", "tag of a tag", "signed-v1.1", "v1.1");
    await repo.git("tag", "a-tree", "HEAD^{tree}");
    await commit("six");
    tip = shas.at(-1)!;
    await repo.git("checkout", "-q", "-b", "stable", "v1.0");
    await commit("seven");
    await repo.git("tag", "-a", "-m", "stable", "v1.0.1");
    await repo.git("checkout", "-q", "main");
  });
  after(() => {
    repo.remove();
  });

  it("is what git tag --contains prints first, for every commit of a history with merges", async () => {
    const tags = await readFirstTags(repo, nodeDecode, { mainline: tip, exclude: [] });
    for (const sha of shas) {
      const [first = ""] = (await repo.git("tag", "--contains", sha, "--merged", tip, "--sort=creatordate")).split("\n");
      assert.equal(tags.of(sha) ?? "", (await repo.git("merge-base", "--is-ancestor", sha, tip).then(() => true, () => false)) ? first : "", sha);
    }
    assert.equal(tags.of(tip), undefined);
  });

  it("is the same where the walk ends at downstream's history", async () => {
    const all = await readFirstTags(repo, nodeDecode, { mainline: tip, exclude: [] });
    const some = await readFirstTags(repo, nodeDecode, { mainline: tip, exclude: [shas[1]!] });
    for (const sha of shas.slice(2, 7)) assert.equal(some.of(sha), all.of(sha));
    assert.equal(some.of(shas[0]!), undefined);
  });

  it("is read from the cache the second time, and made again when a tag came or the cache is damaged", async () => {
    const kept = new Map<string, string>();
    const cache: Cache = { get: (space, key) => Promise.resolve(kept.get(`${space} ${key}`)), put: (space, key, value) => Promise.resolve(void kept.set(`${space} ${key}`, value)) };
    const walks = async (): Promise<number> => {
      const before = repo.calls.filter(([verb]) => verb === "rev-list").length;
      assert.equal((await readFirstTags(repo, nodeDecode, { mainline: tip, exclude: [] }, { cache })).of(shas[0]!), "v1.0-rc1");
      return repo.calls.filter(([verb]) => verb === "rev-list").length - before;
    };
    assert.deepEqual([await walks(), await walks()], [1, 0]);
    const [key, value] = [...kept][0]!;
    for (let at = 0; at < value.length; at += 7) {
      kept.set(key, value.slice(0, at));
      assert.equal(await walks(), 1, `cut at ${at}`);
    }
    await repo.git("tag", "v1.1-rc2", shas[4]!);
    assert.equal(await walks(), 1);
    await repo.git("tag", "-d", "v1.1-rc2");
    assert.equal((await readFirstTags(repo, nodeDecode, { mainline: tip, exclude: [] }, { cache: memoryCache() })).of(shas[3]!), "v1.1-rc1");
  });

  it("knows nothing of a tip that is not there", async () => {
    assert.equal((await readFirstTags(repo, nodeDecode, { mainline: "0".repeat(40), exclude: [] })).of(shas[0]!), undefined);
  });

  it("leaves out tags of trees, and follows tags of tags", async () => {
    assert.deepEqual((await readTags(repo, nodeDecode)).map(({ name }) => name).sort(), ["signed-v1.1", "v1.0", "v1.0-rc1", "v1.0.1", "v1.1", "v1.1-rc1"]);
  });

  it("stops when told to", async () => {
    await assert.rejects(readFirstTags(repo, nodeDecode, { mainline: tip, exclude: [] }, { cancel: { cancelled: true, onCancel: () => ({ dispose: () => undefined }) } }), Cancelled);
  });
});

describe("versions", () => {
  it("are compared by their numbers, candidates before the release", () => {
    const order = ["v1.9-rc1", "v1.9", "v1.9.1", "v1.10-rc2", "v1.10-rc10", "v1.10", "v2.0-alpha1", "v2.0"];
    assert.deepEqual([...order].reverse().sort(compareVersions), order);
  });
});

describe("branches that have a commit of mainline", () => {
  it("tells how: by their history, by a map, by a claim alone", async () => {
    const repo = await makeRepository();
    try {
      const base = await repo.commit("base", { "a.c": "1\n" });
      const early = await repo.commit("early", { "a.c": "2\n" });
      const late = await repo.commit("late", { "a.c": "3\n" });
      await repo.git("checkout", "-q", "-b", "stable", early);
      const pick = await repo.commit(`late\n\n[ Upstream commit ${late} ]\n`, { "a.c": "3\n" });
      await repo.git("checkout", "-q", "-b", "old", base);
      const old = await repo.commit("ours", { "b.c": "1\n" });
      const held = await branchHoldings(repo, nodeDecode, late, [early, late], [{ name: "stable", tip: pick }, { name: "old", tip: old }]);
      assert.deepEqual([...held], [
        [early, [{ branch: "stable", how: "history", commit: undefined }]],
        [late, [{ branch: "stable", how: "claimed", commit: pick }]],
      ]);
      const row = { commit: pick, upstream: [late], verdict: "same", score: 1, method: "claim", claims: [], alternatives: [], hunks: [] } as const;
      const facts = { sha: pick, parents: [early], author: { name: "", email: "" }, authorTime: 0, commitTime: 0, subject: "late", claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths: [] };
      const map = { mainline: late, downstream: pick, base: early, candidates: [{ ...facts, sha: late }], commits: [facts], rows: [row], notices: [], habits: { keepsTitles: true, keepsAuthors: true, keepsTimes: true } };
      const mapped = await branchHoldings(repo, nodeDecode, late, [early, late], [{ name: "stable", tip: pick, map }]);
      assert.deepEqual(mapped.get(late), [{ branch: "stable", how: "carried", commit: pick }]);
    } finally {
      repo.remove();
    }
  });
});
