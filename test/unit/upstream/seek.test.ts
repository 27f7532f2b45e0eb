import assert from "node:assert/strict";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createGit } from "../../../language-server/adapters/git";
import { loadDiffs, openDiffReader } from "../../../language-server/engine/upstream/diff/read";
import { candidatePool } from "../../../language-server/engine/upstream/match/pool";
import type { CommitFacts } from "../../../language-server/engine/upstream/types";
import { makeRepository, type TestRepository } from "../support/git";
import { functions, mapOf } from "./stores";

const fixed = (i: number): string => `\tif (!state->ready_${i})\n\t\treturn -EAGAIN;\n\treturn run_${i}(state);`;

function touching(...paths: readonly string[]): CommitFacts {
  return { sha: paths.join(" "), parents: [], author: { name: "", email: "" }, authorTime: 0, commitTime: 0, subject: paths.join(" "), claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths };
}

describe("where twins are looked for", () => {
  it("takes candidates of the same file, and of one that has the name elsewhere", () => {
    const candidates = [touching("net/a.c"), touching("lib/a.c"), touching("net/b.c")];
    assert.deepEqual(candidatePool([touching("net/a.c")], candidates), { numbers: [0, 1], paths: ["net/a.c", "lib/a.c"] });
  });

  it("takes no candidate for a name that many files bear", () => {
    const candidates = Array.from({ length: 9 }, (_, i) => touching(`part${i}/Makefile`));
    assert.deepEqual(candidatePool([touching("part3/Makefile")], candidates).numbers, [3]);
  });

  it("leaves a path out that too many touch, unless there is no other", () => {
    const candidates = [...Array.from({ length: 200 }, () => touching("MAINTAINERS")), touching("net/a.c")];
    assert.deepEqual(candidatePool([touching("MAINTAINERS", "net/a.c")], candidates).numbers, [200]);
    assert.equal(candidatePool([touching("MAINTAINERS")], candidates).numbers.length, 200);
  });

  it("asks in a busy file, and only there, whether a candidate is akin", () => {
    const candidates = [...Array.from({ length: 20 }, () => touching("net/busy.c")), touching("net/calm.c")];
    assert.deepEqual(candidatePool([touching("net/busy.c", "net/calm.c")], candidates, (_, candidate) => candidate === candidates[7]).numbers, [7, 20]);
  });
});

describe("a commit that nobody proposes a twin for", () => {
  let repo: TestRepository;
  const ours = (message: string, files: Readonly<Record<string, string>>): Promise<string> => repo.commitOn("ours", message, files);
  beforeEach(async () => {
    repo = await makeRepository();
    await repo.commit("start", { "net/a.c": functions(40), "net/b.c": functions(6) });
    await repo.git("branch", "ours");
  });
  afterEach(() => {
    repo.remove();
  });

  it("is found among many that touch its file, by a title with words in common", async () => {
    const bodies: Record<number, string> = {};
    let twin = "";
    const picks: string[] = [];
    for (let i = 0; i < 20; i++) {
      bodies[i] = fixed(i);
      const up = await repo.commit(i === 12 ? "net: wait for helper twelve" : `net: rework number ${i}`, { "net/a.c": functions(40, bodies) });
      if (i === 12) twin = up;
      else picks.push(await ours(`net: rework number ${i}`, { [`net/ours${i}.c`]: "int ours;\n" }));
    }
    const down = await ours("helper twelve: do not run early", { "net/a.c": functions(40, { 12: fixed(12) }) });
    const row = (await mapOf(repo)).rows.find(({ commit }) => commit === down);
    assert.deepEqual([row?.verdict, row?.upstream], ["same", [twin]]);
    assert.equal(picks.length, 19);
  });

  it("is looked for in code, not in lists of data that one of ours rewrites and another only touches", async () => {
    const list = (first: number): string => Array.from({ length: 300 }, (_, i) => `vendor ${first + i}\n`).join("");
    await repo.commit("lists: begin", { "lists/vendors.txt": list(0) });
    await ours("lists: begin", { "lists/vendors.txt": list(0) });
    for (let i = 0; i < 6; i++) {
      await repo.commit(`net: rework number ${i}`, { [`net/part${i}.c`]: "int theirs;\n" });
      await ours(`net: rework number ${i}`, { [`net/part${i}.c`]: "int theirs;\n" });
    }
    const twin = await repo.commit("net: wait for helper two", { "net/a.c": functions(40, { 2: fixed(2) }), "lists/vendors.txt": `one more\n${list(0)}` });
    await ours("lists: all that is new", { "lists/vendors.txt": list(1000), "net/b.c": functions(6, { 5: fixed(5) }) });
    const down = await ours("helper two: do not run early", { "net/a.c": functions(40, { 2: fixed(2) }), "lists/vendors.txt": `one more\n${list(1000)}` });
    const looks: string[] = [];
    const { rows } = await mapOf(repo, {}, (paths) => looks.push(...paths));
    assert.deepEqual(rows.find(({ commit }) => commit === down)?.upstream, [twin]);
    assert.ok(looks.includes("net/a.c"));
    assert.ok(!looks.includes("lists/vendors.txt"));
  });

  it("is no other commit's revert only since it takes a line back that somebody brought", async () => {
    const up = await repo.commit("net: check helper 3", { "net/a.c": functions(40, { 3: fixed(3) }) });
    const down = await ours("net: check helper 3", { "net/a.c": functions(40, { 3: fixed(3) }) });
    const back = await ours(`Revert "net: check helper 3"\n\nThis reverts commit ${down}.`, { "net/a.c": functions(40) });
    const rows = new Map((await mapOf(repo)).rows.map((row) => [row.commit, row]));
    assert.deepEqual([rows.get(down)?.verdict, rows.get(down)?.upstream], ["same", [up]]);
    assert.deepEqual([rows.get(back)?.verdict, rows.get(back)?.takesBack], ["revert", down]);
  });

  it("is found in mainline by its lines alone also where it takes back one of ours", async () => {
    await repo.commit("net: check helper 3", { "net/a.c": functions(40, { 3: fixed(3) }) });
    const upBack = await repo.commit("net: helper 3 again", { "net/a.c": functions(40) });
    await ours("one", { "net/a.c": functions(40, { 3: fixed(3) }) });
    const back = await ours("two", { "net/a.c": functions(40) });
    const row = (await mapOf(repo, { ignoreTrailers: true, evidence: "diff" })).rows.find(({ commit }) => commit === back);
    assert.deepEqual(row?.upstream, [upBack]);
  });
});

describe("diffs that one git answers", () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await makeRepository();
  });
  afterEach(() => {
    repo.remove();
  });

  it("come from one process, however often it is asked", async () => {
    const commits = [await repo.commit("one", { "a.c": "1\n" }), await repo.commit("two", { "a.c": "2\n" }), await repo.commit("three", { "a.c": "3\n" })];
    const seen: string[] = [];
    const reader = openDiffReader(repo, nodeDecode);
    for (const commit of commits) await reader.read([commit], (sha) => seen.push(sha));
    await reader.close();
    assert.deepEqual(seen, commits);
    assert.equal(repo.calls.filter(([verb]) => verb === "diff-tree").length, 1);
  });

  it("tell of a file of data only that it changed", async () => {
    const data = (word: string): string => `${word}\n`.repeat(200_000);
    await repo.commit("start", { "vendors.txt": data("vendor"), "a.c": "1\n" });
    const commit = await repo.commit("update", { "vendors.txt": `${data("vendor")}another\n`, "a.c": "2\n" });
    const opened = await createGit({ trusted: () => true }).open(repo.root);
    assert.ok(opened !== undefined);
    const diff = (await loadDiffs(opened, nodeDecode, [commit])).get(commit);
    assert.deepEqual(diff?.files.map(({ newPath, status, groups }) => [newPath, status, groups.length]), [["a.c", "modified", 1], ["vendors.txt", "binary", 1]]);
  });
});

describe("the same lines in another place, by the diff alone", () => {
  let repo: TestRepository;
  const change = { from: fixed(3), to: fixed(3).replace("EAGAIN", "EBUSY").replace("run_3(state)", "run_locked_3(state, state->queue_of_receiver)") };
  const source = `${functions(5)}\n${change.from}\n`;
  const mended = `${functions(5)}\n${change.to}\n`;
  const row = async (): Promise<readonly string[]> => (await mapOf(repo, { evidence: "diff" })).rows.map(({ upstream }) => upstream[0] ?? "none");
  beforeEach(async () => {
    repo = await makeRepository();
    await repo.commit("start", { "net/fast/fast_queue.c": source, "net/slow/slow_queue.c": source });
    await repo.git("branch", "ours");
  });
  afterEach(() => {
    repo.remove();
  });

  it("is a sibling when both files were there from the start", async () => {
    await repo.commit("slow: say that the queue is busy", { "net/slow/slow_queue.c": mended });
    await repo.commitOn("ours", "fast: say that the queue is busy", { "net/fast/fast_queue.c": mended });
    assert.deepEqual(await row(), ["none"]);
  });

  it("is the twin when mainline moved the file since", async () => {
    await repo.commit("fast: move the queue", { "net/fast/fast_queue.c": "", "net/common/receive_queue.c": source });
    const twin = await repo.commit("common: say that the queue is busy", { "net/common/receive_queue.c": mended });
    await repo.commitOn("ours", "fast: say that the queue is busy", { "net/fast/fast_queue.c": mended });
    assert.deepEqual(await row(), [twin]);
  });
});
