import assert from "node:assert/strict";
import { join } from "node:path";
import fc from "fast-check";
import { staleCommits } from "../../../language-server/engine/upstream/match/carry";
import { memoryCache } from "../../support/memory-cache";
import { createHistory, forget, rowsOf, type Commit } from "./history";
import { functions } from "./stores";
import { facts, row, sha } from "./view/facts";

/** A change of mainline's: which helper of which file gets which body. */
interface Change {
  readonly file: number;
  readonly helper: number;
  readonly body: number;
  /** Changes a helper of the next file as well. */
  readonly wide: boolean;
}

/** What downstream does with one of mainline's commits, or by itself. */
interface Pick {
  readonly of: number;
  readonly how: "trailer" | "title" | "lines" | "adapted" | "own" | "revert";
  readonly change: Change;
}

/** What mainline does after the first comparison. */
interface News {
  readonly how: "other" | "lands-own" | "reverts" | "relands" | "same-title" | "same-lines";
  readonly of: number;
  readonly change: Change;
}

const files = 4;
const helpers = 8;

const change: fc.Arbitrary<Change> = fc.record({ file: fc.nat(files - 1), helper: fc.nat(helpers - 1), body: fc.nat(40), wide: fc.boolean() });
const plan = fc.record({
  mainline: fc.array(change, { minLength: 30, maxLength: 34 }),
  downstream: fc.array(fc.record({ of: fc.nat(33), how: fc.constantFrom<Pick["how"][]>("trailer", "trailer", "title", "lines", "adapted", "own", "revert"), change }), { minLength: 8, maxLength: 12 }),
  news: fc.array(fc.record({ how: fc.constantFrom<News["how"][]>("other", "lands-own", "lands-own", "reverts", "relands", "same-title", "same-lines"), of: fc.nat(33), change }), { minLength: 1, maxLength: 4 }),
  evidence: fc.constantFrom("all" as const, "all" as const, "diff" as const),
});

function bodyOf(seed: number, adapted: boolean): string {
  const lock = ["mutex", "spin", "raw_spin", "read", "write"][seed % 5] ?? "";
  return `\tif (!state->ready_${seed})\n\t\treturn -E${adapted ? "BUSY" : "AGAIN"};\n\t${lock}_lock(&state->queue_${seed});\n\tdrain_queue_${seed}(state, ${seed * 7});\n\t${lock}_unlock(&state->queue_${seed});\n\treturn run_${seed % 9}(state);`;
}

/** A branch whose files are tables of helpers. */
class Tree {
  readonly bodies: Record<number, string>[] = Array.from({ length: files }, () => ({}));
  set({ file, helper, body, wide }: Change, adapted = false): Record<string, string> {
    const touched = wide ? [file, (file + 1) % files] : [file];
    for (const at of touched) this.bodies[at] = { ...this.bodies[at], [helper]: bodyOf(body + 50 * Math.abs(at - file), adapted) };
    return this.text(touched);
  }
  unset({ file, helper, wide }: Change): Record<string, string> {
    const touched = wide ? [file, (file + 1) % files] : [file];
    for (const at of touched) this.bodies[at] = Object.fromEntries(Object.entries(this.bodies[at] ?? {}).filter(([key]) => Number(key) !== helper));
    return this.text(touched);
  }
  text(which: readonly number[]): Record<string, string> {
    return Object.fromEntries(which.map((at) => [`net/part_${at}.c`, functions(helpers, this.bodies[at] ?? {})]));
  }
}

const titleOf = (i: number, { file, body }: Change): string => `net: part ${file}: drain queue ${body} in step ${i}`;

/** Makes both branches, with mainline as it was and as it is: `before` and `main`. */
function make({ mainline, downstream, news }: { readonly mainline: readonly Change[]; readonly downstream: readonly Pick[]; readonly news: readonly News[] }): ReturnType<typeof createHistory> {
  const history = createHistory();
  const [start = ""] = history.add([{ branch: "main", message: "start\n", files: new Tree().text([0, 1, 2, 3]) }]);
  const up = new Tree();
  const ups = history.add(mainline.map((one, i) => ({ branch: "main", message: `${titleOf(i, one)}\n`, files: up.set(one), author: `Dev ${i % 3} <dev${i % 3}@example.com>`, time: 1_600_000_000 + 100 * i })));
  history.git("branch", "before", "main");
  const down = new Tree();
  const own: Commit[] = downstream.map(({ of, how, change: ours }, i) => {
    const theirs = mainline[of % mainline.length] ?? ours;
    const [sha, title] = [ups[of % mainline.length] ?? "", titleOf(of % mainline.length, theirs)];
    const base = { branch: "ours", ...(i === 0 ? { from: start } : {}), author: `Dev ${of % 3} <dev${of % 3}@example.com>` };
    switch (how) {
      case "trailer":
        return { ...base, message: `${title}\n\n[ Upstream commit ${sha} ]\n`, files: down.set(theirs) };
      case "title":
        return { ...base, message: `${title}\n`, files: down.set(theirs), time: 1_600_000_000 + 100 * (of % mainline.length) };
      case "lines":
        return { ...base, message: `ours: taken over in step ${i}\n`, files: down.set(theirs) };
      case "adapted":
        return { ...base, message: `${title}\n`, files: down.set(theirs, true) };
      case "own":
        return { ...base, message: `ours: something of our own in step ${i}\n`, files: down.set({ ...ours, body: 100 + i }), author: "Carol Sample <carol@example.org>" };
      case "revert":
        return { ...base, message: `Revert "${title}"\n`, files: down.unset(theirs) };
    }
  });
  history.add(own);
  history.add(
    news.map(({ how, of, change: later }, i): Commit => {
      const theirs = mainline[of % mainline.length] ?? later;
      const at = of % downstream.length;
      const base = { branch: "main", author: `Dev ${i % 3} <dev${i % 3}@example.com>`, time: 1_650_000_000 + 100 * i };
      switch (how) {
        case "other":
          return { ...base, message: `net: later step ${i}\n`, files: up.set({ ...later, body: 200 + i }) };
        case "lands-own":
          return { ...base, message: `net: what a vendor had, step ${i}\n`, files: up.set({ ...(downstream[at]?.change ?? later), body: 100 + at }) };
        case "reverts":
          return { ...base, message: `Revert "${titleOf(of % mainline.length, theirs)}"\n`, files: up.unset(theirs) };
        case "relands":
          return { ...base, message: `${titleOf(of % mainline.length, theirs)}\n`, files: up.set(theirs) };
        case "same-title":
          return { ...base, message: `${titleOf(of % mainline.length, theirs)}\n`, files: up.set({ ...later, body: 300 + i }) };
        case "same-lines":
          return { ...base, message: `net: once more, step ${i}\n`, files: up.set(theirs) };
      }
    }),
  );
  return history;
}

describe("an answer that is carried on", function () {
  this.timeout(600_000);

  it("is the answer that is made from nothing", async () => {
    await fc.assert(
      fc.asyncProperty(plan, async ({ evidence, ...histories }) => {
        const history = make(histories);
        try {
          const cache = memoryCache();
          const options = { evidence, ignoreTrailers: evidence === "diff" } as const;
          await rowsOf(history.root, { mainline: "before", ...options }, { cache });
          const carried = await rowsOf(history.root, options, { cache });
          forget(join(history.root, ".git"));
          const anew = await rowsOf(history.root, options);
          const told = ({ rows }: typeof anew): readonly unknown[] => rows.map(({ commit, verdict, upstream }) => [history.git("log", "-1", "--format=%s", commit), verdict, upstream.map((sha) => history.git("log", "-1", "--format=%s %h", sha))]);
          if (JSON.stringify(carried.rows.map(({ verdict, upstream }) => [verdict, upstream])) !== JSON.stringify(anew.rows.map(({ verdict, upstream }) => [verdict, upstream]))) assert.deepEqual(told(carried), told(anew));
          assert.deepEqual([carried.candidates, carried.base], [anew.candidates, anew.base]);
        } finally {
          history.remove();
        }
      }),
      { numRuns: Number(process.env["KEELSON_CARRY_RUNS"] ?? 6), ...(process.env["KEELSON_CARRY_RUNS"] === undefined ? {} : { endOnFailure: true }) },
    );
  });

  it("makes a row anew whose candidates lie so near to each other that any commit may turn them round", async () => {
    const rows = [
      row("01", "same", ["a1"], { method: "lines", score: 0.99, alternatives: [{ commit: sha("a2"), score: 0.98 }] }),
      row("02", "same", ["a3"], { method: "lines", score: 0.99, alternatives: [{ commit: sha("a4"), score: 0.5 }] }),
      row("03", "same", ["a5"], { method: "claim", score: 0.99, alternatives: [{ commit: sha("a6"), score: 0.98 }] }),
    ];
    const commits = rows.map(({ commit }) => facts(commit));
    const known = ["a1", "a2", "a3", "a4", "a5", "a6"].map((name) => facts(name));
    const earlier = { rows, habits: { keepsTitles: true, keepsAuthors: true, keepsTimes: true }, candidates: known.map(({ sha: own }) => own), commits: commits.map(({ sha: own }) => own) };
    const ground = { commits, candidates: [...known, facts("ff", { subject: "doc: words", paths: ["doc/x"] })], options: { evidence: "diff" }, job: {}, diffs: { need: () => Promise.resolve() }, keys: { of: () => undefined } } as unknown as Parameters<typeof staleCommits>[1];
    assert.deepEqual([...(await staleCommits(earlier, ground))], [sha("01")]);
  });
});
