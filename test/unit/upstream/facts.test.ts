import assert from "node:assert/strict";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { messageFacts } from "../../../language-server/engine/upstream/facts/message";
import { readFacts } from "../../../language-server/engine/upstream/facts/read";
import { revertDepth, titleKey } from "../../../language-server/engine/upstream/facts/title";
import { makeRepository, type TestRepository } from "../support/git";

describe("what a commit message says beside its words", () => {
  it("reads Fixes lines, folded and with other punctuation", () => {
    const body = 'Fixes: 0123456789ab ("net: add a helper\n that is long")\nfixes: commit abcdef0123456789 (net: other)\nFixes: 12345678\n';
    assert.deepEqual(messageFacts("net: mend", body).fixes, [
      { sha: "0123456789ab", title: "net: add a helper that is long" },
      { sha: "abcdef0123456789", title: "net: other" },
      { sha: "12345678", title: "" },
    ]);
  });

  it("reads reverts over line ends, and stable, CVE and syzbot marks", () => {
    const facts = messageFacts('Revert "net: add"', "This reverts commit\n0123456789abcdef0123456789abcdef01234567 since it broke.\n\nReported-by: syzbot+1@example.com\nCc: <stable@vger.kernel.org> # 6.1\nThis is CVE-2024-12345.\n");
    assert.deepEqual([facts.reverts.map(({ sha }) => sha), facts.ccStable, facts.marks], [["0123456789abcdef0123456789abcdef01234567"], true, ["CVE-2024-12345", "syzbot"]]);
  });

  it("takes a sentence that only mentions such words for none", () => {
    const facts = messageFacts("doc: words", "This fixes a typo and is stable.\nfixes the build\n");
    assert.deepEqual([facts.fixes, facts.reverts, facts.ccStable, facts.claims], [[], [], false, []]);
  });

  it("makes one key of a title under any carrier's tag", () => {
    assert.equal(titleKey("BACKPORT: FROMGIT: net: Fix  it."), titleKey("net: fix it"));
    assert.equal(titleKey("[Backport] net: fix it"), titleKey("net: fix it"));
    assert.notEqual(titleKey("net: fix it"), titleKey("net: fix them"));
  });

  it("counts how often a title is reverted", () => {
    assert.deepEqual(revertDepth('Revert "Revert "net: add""'), { depth: 2, title: "net: add" });
    assert.deepEqual(revertDepth("net: add"), { depth: 0, title: "net: add" });
  });
});

describe("facts of a range", () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await makeRepository();
  });
  afterEach(() => {
    repo.remove();
  });

  it("is not deceived by a message that looks like another record", async () => {
    const start = await repo.commit("start");
    const evil = `net: a subject\n\n\u0001${"f".repeat(40)} pretends\n\n:100644 100644 a b M\tnet/evil.c\n\u0001\u0002\n`;
    const commit = await repo.commit(evil, { "net/文 件.c": "x\n", "b.c": "y\n" });
    const facts = await readFacts(repo, nodeDecode, { include: [commit], exclude: [start] });
    assert.deepEqual(facts.map(({ sha, subject, paths }) => [sha, subject, paths]), [[commit, "net: a subject", ["b.c", "net/文 件.c"]]]);
  });

  it("leaves merges out and keeps newest first", async () => {
    const start = await repo.commit("start");
    const one = await repo.commit("one", { a: "1" });
    await repo.git("checkout", "-q", "-b", "side", start);
    const two = await repo.commit("two", { b: "2" });
    await repo.git("checkout", "-q", "main");
    await repo.git("merge", "-q", "--no-ff", "-m", "merge", "side");
    const facts = await readFacts(repo, nodeDecode, { include: [await repo.git("rev-parse", "main")], exclude: [start] });
    assert.deepEqual(facts.map(({ sha }) => sha), [two, one]);
  });
});
