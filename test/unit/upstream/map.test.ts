import assert from "node:assert/strict";
import type { MapRow } from "../../../language-server/engine/upstream/types";
import { makeRepository, type TestRepository } from "../support/git";
import { functions, mapOf } from "./stores";

const fixed = (i: number): string => `\tif (!state->ready_${i})\n\t\treturn -EAGAIN;\n\treturn run_${i}(state);`;

describe("downstream's commits against mainline's", () => {
  let repo: TestRepository;
  beforeEach(async () => {
    repo = await makeRepository();
    await repo.commit("start", { "net/a.c": functions(12), "net/b.c": functions(6), "doc/notes.txt": "notes\n" });
    await repo.git("branch", "ours");
  });
  afterEach(() => {
    repo.remove();
  });

  /** Commits on our side; mainline's stays checked out. */
  const ours = (message: string, files: Readonly<Record<string, string>>): Promise<string> => repo.commitOn("ours", message, files);
  const rowOf = async (commit: string, options: Parameters<typeof mapOf>[1] = {}): Promise<MapRow> => {
    const row = (await mapOf(repo, options)).rows.find((entry) => entry.commit === commit);
    assert.ok(row !== undefined);
    return row;
  };
  const states = ({ hunks }: MapRow): readonly string[] => hunks.map(({ state, up, down }) => `${state} ${up ?? "-"} ${down ?? "-"}`);

  it("verifies a claim by the diff: same", async () => {
    const up = await repo.commit("net: check that helper 3 is ready", { "net/a.c": functions(12, { 3: fixed(3) }) });
    const down = await ours(`net: check that helper 3 is ready\n\n[ Upstream commit ${up} ]`, { "net/a.c": functions(12, { 3: fixed(3) }) });
    const row = await rowOf(down);
    assert.deepEqual([row.verdict, row.upstream, row.method, row.claims.map(({ state }) => state)], ["same", [up], "claim", ["verified"]]);
    assert.deepEqual(states(row), ["same net/a.c:23 net/a.c:23"]);
  });

  it("finds the twin without trailers, with another title, by the changed lines", async () => {
    const up = await repo.commit("net: check that helper 3 is ready", { "net/a.c": functions(12, { 3: fixed(3) }) });
    const down = await ours("backport of something", { "net/a.c": functions(12, { 3: fixed(3) }) });
    for (const evidence of ["all", "diff"] as const) {
      const row = await rowOf(down, { ignoreTrailers: true, evidence });
      assert.deepEqual([row.verdict, row.upstream], ["same", [up]]);
    }
  });

  it("names exactly the hunks that were dropped, also among equal ones: partial", async () => {
    const check = "\tif (!dev)\n\t\treturn -ENODEV;\n\treturn 0;";
    const all = { 1: check, 5: check, 9: check };
    const up = await repo.commit("net: check the device", { "net/a.c": functions(12, all), "doc/notes.txt": "notes\nmore\n" });
    const down = await ours("net: check the device", { "net/a.c": functions(12, { 1: check, 9: check }) });
    const row = await rowOf(down);
    assert.deepEqual([row.verdict, row.upstream], ["partial", [up]]);
    assert.deepEqual(row.hunks.filter(({ state }) => state === "dropped").map(({ up: place }) => place), ["doc/notes.txt:1", "net/a.c:39"]);
  });

  it("tells equal hunks apart by where they stand", async () => {
    const text = (changed: readonly number[]): string => Array.from({ length: 60 }, (_, i) => ([10, 30, 50].includes(i) ? (changed.includes(i) ? "the new words\n" : "the old words\n") : `line ${i}\n`)).join("");
    await repo.commit("start of words", { "doc/words.txt": text([]) });
    await repo.git("branch", "-f", "ours", "main");
    const up = await repo.commit("doc: say it anew", { "doc/words.txt": text([10, 30, 50]) });
    const down = await ours("doc: say it anew", { "doc/words.txt": text([10, 50]) });
    const row = await rowOf(down);
    assert.deepEqual([row.verdict, row.upstream, row.hunks.filter(({ state }) => state === "dropped").map(({ up: place }) => place)], ["partial", [up], ["doc/words.txt:28"]]);
  });

  it("tells a line that was written differently at the same place: adapted", async () => {
    const up = await repo.commit("net: check two helpers", { "net/a.c": functions(12, { 2: fixed(2), 7: fixed(7) }) });
    const down = await ours("net: check two helpers", { "net/a.c": functions(12, { 2: fixed(2), 7: fixed(7).replace("-EAGAIN", "-EBUSY") }) });
    const row = await rowOf(down);
    assert.deepEqual([row.verdict, row.upstream, row.hunks.map(({ state }) => state)], ["adapted", [up], ["same", "adapted"]]);
  });

  it("tells what only downstream adds: extended", async () => {
    const up = await repo.commit("net: check helper 2", { "net/a.c": functions(12, { 2: fixed(2) }) });
    const down = await ours("net: check helper 2", { "net/a.c": functions(12, { 2: fixed(2) }), "net/b.c": functions(6, { 4: fixed(4) }) });
    const row = await rowOf(down);
    assert.deepEqual([row.verdict, row.upstream, row.hunks.map(({ state }) => state)], ["extended", [up], ["same", "extra"]]);
  });

  it("finds two mainline commits in one of ours: squash", async () => {
    const first = await repo.commit("net: check helper 2 first", { "net/a.c": functions(12, { 2: fixed(2), 3: fixed(3), 4: fixed(4) }) });
    const second = await repo.commit("net: then the helpers of b", { "net/b.c": functions(6, { 1: fixed(1), 2: fixed(2), 4: fixed(4) }) });
    const down = await ours("net: ready checks", { "net/a.c": functions(12, { 2: fixed(2), 3: fixed(3), 4: fixed(4) }), "net/b.c": functions(6, { 1: fixed(1), 2: fixed(2), 4: fixed(4) }) });
    const row = await rowOf(down);
    assert.equal(row.verdict, "squash");
    assert.deepEqual([...row.upstream].sort(), [first, second].sort());
  });

  it("finds one mainline commit in two of ours: split", async () => {
    const up = await repo.commit("net: check all helpers", { "net/a.c": functions(12, { 2: fixed(2), 3: fixed(3) }), "net/b.c": functions(6, { 1: fixed(1), 4: fixed(4) }) });
    const one = await ours("net: check all helpers", { "net/a.c": functions(12, { 2: fixed(2), 3: fixed(3) }) });
    const other = await ours("net: check all helpers, part two", { "net/b.c": functions(6, { 1: fixed(1), 4: fixed(4) }) });
    const { rows } = await mapOf(repo);
    assert.deepEqual(new Map(rows.map((row) => [row.commit, `${row.verdict} ${row.upstream.join(" ")}`])), new Map([[other, `split ${up}`], [one, `split ${up}`]]));
  });

  it("tells a revert of our own from a revert that mainline made", async () => {
    await ours("net: an idea of ours", { "net/b.c": functions(6, { 5: fixed(5) }) });
    const down = await ours('Revert "net: an idea of ours"', { "net/b.c": functions(6) });
    const row = await rowOf(down);
    assert.deepEqual([row.verdict, row.upstream], ["revert", []]);
  });

  it("reports a claim that the diff contradicts, and the commit that is meant", async () => {
    const wrong = await repo.commit("doc: unrelated words about the notes", { "doc/notes.txt": "other words entirely\n" });
    const right = await repo.commit("net: check helper 8", { "net/a.c": functions(12, { 8: fixed(8) }) });
    const down = await ours(`net: check helper 8\n\n(cherry picked from commit ${wrong})`, { "net/a.c": functions(12, { 8: fixed(8) }) });
    const row = await rowOf(down);
    assert.deepEqual([row.upstream, row.claims.map(({ commit, state }) => [commit, state])], [[right], [[wrong, "wrong"]]]);
  });

  it("does not take the same author and second for proof when another commit has the very lines", async () => {
    const wrong = await repo.commit("doc: unrelated words about the notes", { "doc/notes.txt": "other words entirely\n" });
    const right = await repo.commit("net: check helper 8", { "net/a.c": functions(12, { 8: fixed(8) }) });
    await repo.git("checkout", "-q", "ours");
    const own = await repo.commit("net: check helper 8", { "net/a.c": functions(12, { 8: fixed(8) }) });
    await repo.git("commit", "-q", "--amend", "-m", `net: check helper 8\n\n(cherry picked from commit ${wrong})`, `--date=${await repo.git("log", "-1", "--format=%ad", "--date=raw", wrong)}`);
    const down = await repo.git("rev-parse", "HEAD");
    await repo.git("checkout", "-q", "main");
    assert.notEqual(down, own);
    const row = await rowOf(down);
    assert.deepEqual([row.upstream, row.claims.map(({ state }) => state)], [[right], ["wrong"]]);
  });

  it("does not take an equal title for proof when another commit of that title has the very lines", async () => {
    const wrong = await repo.commit("net: check helper 8", { "doc/notes.txt": "other words entirely\n" });
    const right = await repo.commit("net: check helper 8", { "net/a.c": functions(12, { 8: fixed(8) }) });
    const down = await ours(`net: check helper 8\n\n(cherry picked from commit ${wrong})`, { "net/a.c": functions(12, { 8: fixed(8) }) });
    const row = await rowOf(down);
    assert.deepEqual([row.upstream, row.claims.map(({ state }) => state)], [[right], ["wrong"]]);
  });

  it("follows a claim over stable's commit to mainline's, and keeps both hops", async () => {
    const up = await repo.commit("net: check helper 8", { "net/a.c": functions(12, { 8: fixed(8) }) });
    await repo.git("checkout", "-q", "-b", "stable", "main~1");
    const stable = await repo.commit(`net: check helper 8\n\ncommit ${up} upstream.`, { "net/a.c": functions(12, { 8: fixed(8) }) });
    await repo.git("checkout", "-q", "main");
    const down = await ours(`net: check helper 8\n\nstable inclusion\nfrom stable-v6.6.1\ncommit ${stable}\ncategory: bugfix\n\n--------------------------------\n`, { "net/a.c": functions(12, { 8: fixed(8) }) });
    const row = await rowOf(down);
    assert.deepEqual([row.upstream, row.claims.map(({ commit, via, state }) => [commit, via, state])], [[up], [[up, [stable], "verified"]]]);
  });

  it("answers none when the twin is no candidate, and none for work of our own", async () => {
    const up = await repo.commit("net: check helper 8", { "net/a.c": functions(12, { 8: fixed(8) }) });
    const down = await ours("net: check helper 8", { "net/a.c": functions(12, { 8: fixed(8) }) });
    const own = await ours("net: nothing that mainline has", { "net/own.c": functions(3, { 1: "\treturn only_ours();" }) });
    const { rows } = await mapOf(repo, { excluded: new Set([up]) });
    assert.deepEqual(rows.map(({ commit, upstream }) => [commit, upstream]), [[own, []], [down, []]]);
  });

  for (const later of [false, true]) {
    it(`takes the twin that lies nearest when mainline landed the change twice: the ${later ? "later" : "earlier"} one`, async () => {
      const moved = "/* more */\n".repeat(40);
      const change = { "net/a.c": functions(12, { 8: fixed(8) }) };
      const shifted = { "net/a.c": `${moved}${functions(12, { 8: fixed(8) })}` };
      const first = await repo.commit("net: check helper 8", change);
      await repo.commit('Revert "net: check helper 8"', { "net/a.c": functions(12) });
      await repo.commit("net: many lines above", { "net/a.c": `${moved}${functions(12)}` });
      const second = await repo.commit("net: check helper 8", shifted);
      if (later) await ours("ours: many lines above", { "net/a.c": `${moved}${functions(12)}` });
      const down = await ours("net: check helper 8", later ? shifted : change);
      assert.deepEqual((await rowOf(down, { evidence: "diff" })).upstream, [later ? second : first]);
    });
  }
});
