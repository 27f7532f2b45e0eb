import assert from "node:assert/strict";
import fc from "fast-check";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { whatStands } from "../../../language-server/engine/upstream/follow/alive";
import { followReferences, missingFixes, type FollowOptions } from "../../../language-server/engine/upstream/follow/missing";
import { createNames, sameTitle } from "../../../language-server/engine/upstream/follow/names";
import { readNamed, type NamedCommits } from "../../../language-server/engine/upstream/follow/read-named";
import type { CveRecord } from "../../../language-server/engine/upstream/cve/types";
import { readFacts } from "../../../language-server/engine/upstream/facts/read";
import type { CommitFacts, MapRow, MissingFix, UpstreamMap, Verdict } from "../../../language-server/engine/upstream/types";
import { Cancelled } from "../../../language-server/engine/ports";
import { makeRepository, type TestRepository } from "../support/git";

/** A letter stands for a commit: `a` is aaaa…, 40 digits. */
const sha = (letter: string): string => letter.repeat(40).slice(0, 40);

function commit(letter: string, more: Partial<CommitFacts> = {}): CommitFacts {
  const author = { name: "Alice Example", email: "alice@example.com" };
  return { sha: sha(letter), parents: [], author, authorTime: 0, commitTime: 1_700_000_000, subject: `net: change ${letter}`, claims: [], fixes: [], reverts: [], ccStable: false, marks: [], paths: [], ...more };
}

const names = (...letters: readonly string[]): CommitFacts["fixes"] => letters.map((letter) => ({ sha: sha(letter).slice(0, 12), title: "" }));

function row(commitLetter: string, upstream: readonly string[], verdict: Verdict = "same", more: Partial<MapRow> = {}): MapRow {
  return { commit: sha(commitLetter), upstream: upstream.map(sha), verdict, score: 1, method: "title", claims: [], alternatives: [], hunks: [], ...more };
}

interface Scene {
  /** Newest first. */
  readonly mainline: readonly CommitFacts[];
  readonly downstream?: readonly (readonly [CommitFacts, MapRow])[];
  /** Letters of commits in the history of both. */
  readonly base?: readonly string[];
  readonly cves?: readonly CveRecord[];
  readonly options?: Partial<FollowOptions>;
}

function mapOf({ mainline, downstream = [] }: Scene): UpstreamMap {
  return { mainline: sha("0"), downstream: sha("1"), base: undefined, candidates: mainline, commits: downstream.map(([facts]) => facts), rows: downstream.map(([, one]) => one), notices: [], habits: { keepsTitles: true, keepsAuthors: true, keepsTimes: true } };
}

function namedOf(scene: Scene): NamedCommits {
  const all = createNames([...scene.mainline.map((one) => one.sha), ...(scene.downstream ?? []).map(([facts]) => facts.sha), ...(scene.base ?? []).map(sha)]);
  const shared = new Set((scene.base ?? []).map(sha));
  return {
    find: (reference) => {
      const found = all.find(reference.sha);
      return found === undefined ? undefined : { commit: found, by: "sha" };
    },
    shared: (one) => shared.has(one),
  };
}

function run(scene: Scene): readonly MissingFix[] {
  const options: FollowOptions = { kinds: new Set(["fixes", "reverts", "cve"]), subsystems: [], ...scene.options };
  return missingFixes(mapOf(scene), { named: namedOf(scene), cves: scene.cves ?? [] }, options);
}

/** `fix <kind> culprit (how)` lines. */
function told(scene: Scene): readonly string[] {
  return run(scene).flatMap(({ fix, reasons }) => reasons.map(({ kind, culprit, carriedBy }) => `${fix.charAt(0)} ${kind} ${culprit.charAt(0)} (${carriedBy.how}${carriedBy.how === "base" ? "" : ` ${carriedBy.commit.charAt(0)}`})`));
}

describe("missing follow-ups", () => {
  it("lists a fix of what is in the history of both", () => {
    assert.deepEqual(told({ mainline: [commit("f", { fixes: names("b") })], base: ["b"] }), ["f fixes b (base)"]);
  });

  it("lists a fix of what a downstream commit carries, adapted or in part", () => {
    const mainline = [commit("f", { fixes: names("c") }), commit("c")];
    for (const verdict of ["same", "adapted", "partial", "extended", "squash", "split"] as const) {
      assert.deepEqual(told({ mainline, downstream: [[commit("d"), row("d", ["c"], verdict)]] }), ["f fixes c (commit d)"], verdict);
    }
  });

  it("does not list a fix of what downstream does not have", () => {
    assert.deepEqual(told({ mainline: [commit("f", { fixes: names("c") }), commit("c")] }), []);
    assert.deepEqual(told({ mainline: [commit("f", { fixes: [{ sha: "0123456789ab", title: "" }] })] }), []);
  });

  it("does not list a fix that downstream carries, in part or adapted", () => {
    const mainline = [commit("f", { fixes: names("b") })];
    for (const verdict of ["same", "adapted", "partial"] as const) assert.deepEqual(told({ mainline, base: ["b"], downstream: [[commit("d"), row("d", ["f"], verdict)]] }), [], verdict);
  });

  it("lists a fix with the doubt where the map is unsure that downstream carries it", () => {
    const alternatives = [{ commit: sha("f"), score: 0.6 }];
    const [fix] = run({ mainline: [commit("f", { fixes: names("b") })], base: ["b"], downstream: [[commit("d"), row("d", [], "unsure", { alternatives })]] });
    assert.deepEqual(fix?.maybeCarriedBy, [sha("d")]);
  });

  it("believes the map's answer for a culprit, and doubts it for a fix, where the diffs could not be compared", () => {
    const mainline = [commit("f", { fixes: names("c") }), commit("c")];
    const down: Scene["downstream"] = [[commit("e"), row("e", ["f"], "unsure")], [commit("d"), row("d", ["c"], "unsure")]];
    assert.deepEqual(told({ mainline, downstream: down }), ["f fixes c (commit d)"]);
    assert.deepEqual(run({ mainline, downstream: down })[0]?.maybeCarriedBy, [sha("e")]);
  });

  it("follows fixes of fixes, and tells the chain", () => {
    const mainline = [commit("e", { fixes: names("d") }), commit("d", { fixes: names("c") }), commit("c", { fixes: names("b") })];
    assert.deepEqual([...told({ mainline, base: ["b"] })].sort(), ["c fixes b (base)", "d fixes c (fix c)", "e fixes d (fix d)"]);
  });

  it("finds the chain whatever the order of the commits", () => {
    const mainline = [commit("c", { fixes: names("b") }), commit("d", { fixes: names("c") })];
    assert.deepEqual([...told({ mainline, base: ["b"] })].sort(), ["c fixes b (base)", "d fixes c (fix c)"]);
  });

  it("leaves out a fix that mainline took back, and what only fixes that", () => {
    const mainline = [commit("e", { fixes: names("f") }), commit("r", { subject: 'Revert "net: change f"', reverts: names("f") }), commit("f", { fixes: names("b") })];
    assert.deepEqual(told({ mainline, base: ["b"] }), []);
  });

  it("lists it again when mainline took the revert back", () => {
    const mainline = [commit("8", { subject: 'Revert "Revert "net: change f""', reverts: names("7") }), commit("7", { subject: 'Revert "net: change f"', reverts: names("f") }), commit("f", { fixes: names("b") })];
    assert.deepEqual(told({ mainline, base: ["b"] }), ["f fixes b (base)"]);
  });

  it("knows a revert and a reapply without a sha by their titles", () => {
    const revert = commit("7", { subject: 'Revert "net: change f"' });
    const fix = commit("f", { fixes: names("b") });
    assert.deepEqual(told({ mainline: [revert, fix], base: ["b"] }), []);
    assert.deepEqual(told({ mainline: [commit("8", { subject: 'Reapply "net: change f"' }), revert, fix], base: ["b"] }), ["f fixes b (base)"]);
  });

  it("does not take a fix for reverted by a commit that reverts a part of it", () => {
    const fix = commit("f", { fixes: names("b") });
    for (const subject of ["net: do it in another way", 'Partially revert "net: change f"']) {
      assert.ok(told({ mainline: [commit("7", { subject, reverts: names("f") }), fix], base: ["b"] }).includes("f fixes b (base)"), subject);
    }
  });

  it("lists mainline's revert of what downstream has", () => {
    const revert = commit("7", { subject: 'Revert "net: change c"', reverts: names("c") });
    const scene: Scene = { mainline: [revert, commit("c")], downstream: [[commit("d"), row("d", ["c"])]] };
    assert.deepEqual(told(scene), ["7 reverts c (commit d)"]);
    assert.deepEqual(run(scene)[0]?.risk, ["revert"]);
  });

  it("does not list a fix of what downstream took back", () => {
    const mainline = [commit("f", { fixes: names("c") }), commit("c")];
    const revert = commit("e", { subject: 'Revert "net: change d"', reverts: names("d") });
    assert.deepEqual(told({ mainline, downstream: [[revert, row("e", [], "revert")], [commit("d"), row("d", ["c"])]] }), []);
    const own: readonly [CommitFacts, MapRow] = [commit("e", { subject: 'Revert "net: change b"', reverts: names("b") }), row("e", [], "revert")];
    assert.deepEqual(told({ mainline: [commit("f", { fixes: names("b") })], base: ["b"], downstream: [own] }), []);
  });

  it("counts a fix that downstream picked and took back as missing again, and says by what", () => {
    const mainline = [commit("f", { fixes: names("b") })];
    const revert = commit("e", { subject: 'Revert "net: change d"', reverts: names("d") });
    const [fix] = run({ mainline, base: ["b"], downstream: [[revert, row("e", [], "revert")], [commit("d"), row("d", ["f"])]] });
    assert.equal(fix?.revertedBy, sha("e"));
  });

  it("counts it as carried when downstream picked it again", () => {
    const mainline = [commit("f", { fixes: names("b") })];
    const revert = commit("e", { subject: 'Revert "net: change d"', reverts: names("f") });
    assert.deepEqual(told({ mainline, base: ["b"], downstream: [[commit("9"), row("9", ["f"])], [revert, row("e", [], "revert")], [commit("d"), row("d", ["f"])]] }), []);
  });

  it("takes a pick of mainline's revert as taking the culprit back", () => {
    const mainline = [commit("f", { fixes: names("c") }), commit("7", { subject: 'Revert "net: change c"', reverts: names("c") }), commit("c")];
    assert.deepEqual(told({ mainline, downstream: [[commit("e"), row("e", ["7"])], [commit("d"), row("d", ["c"])]] }), []);
  });

  it("takes back what the map says a revert takes back", () => {
    const mainline = [commit("f", { fixes: names("c") }), commit("c")];
    assert.deepEqual(told({ mainline, downstream: [[commit("e", { subject: "drop d" }), row("e", [], "revert", { takesBack: sha("d") })], [commit("d"), row("d", ["c"])]] }), []);
  });

  it("lists what a CVE record says, also where it names a stable tree's commit that downstream merged", () => {
    const record: CveRecord = { id: "CVE-2024-11111", fixes: [sha("f")], allFixes: [sha("f")], introduced: [sha("d")] };
    const [fix] = run({ mainline: [commit("f")], downstream: [[commit("d"), row("d", [], "downstream-only")]], cves: [record] });
    assert.deepEqual([fix?.reasons[0]?.kind, fix?.cves, fix?.risk], ["cve", ["CVE-2024-11111"], ["cve"]]);
  });

  it("lists a Cc: stable without a culprit when asked for, as its own reason", () => {
    const scene: Scene = { mainline: [commit("f", { ccStable: true }), commit("e", { ccStable: true, fixes: names("9") })], base: ["b"] };
    assert.deepEqual(told(scene), []);
    assert.deepEqual(told({ ...scene, options: { kinds: new Set(["stable"]) } }), ["f stable  (base)"]);
  });

  it("lists only the reasons asked for", () => {
    const scene: Scene = { mainline: [commit("7", { subject: 'Revert "x"', reverts: names("b") }), commit("f", { fixes: names("b") })], base: ["b"] };
    assert.deepEqual(told({ ...scene, options: { kinds: new Set(["reverts"]) } }), ["7 reverts b (base)"]);
  });

  it("sorts by risk, then the newest first", () => {
    const fix = (letter: string, more: Partial<CommitFacts>, commitTime = 1): CommitFacts => commit(letter, { fixes: names("b"), commitTime, ...more });
    const mainline = [
      fix("1", {}, 5),
      fix("2", {}, 9),
      fix("3", { subject: "net: fix a regression" }),
      fix("4", { paths: ["net/core/dev.c"] }),
      fix("5", { marks: ["syzbot"] }),
      fix("6", { ccStable: true }),
      fix("7", { marks: ["CVE-2024-1234"] }),
      fix("8", { marks: ["CVE-2024-1235"], ccStable: true }),
    ];
    assert.equal(run({ mainline, base: ["b"], options: { subsystems: ["net/"] } }).map((one) => one.fix.charAt(0)).join(""), "87654321");
  });

  it("stops when told to", () => {
    const scene: Scene = { mainline: [commit("f", { fixes: names("b") })], base: ["b"] };
    const cancel = { cancelled: true, onCancel: () => ({ dispose: () => undefined }) };
    assert.throws(() => missingFixes(mapOf(scene), { named: namedOf(scene), cves: [] }, { kinds: new Set(["fixes"]), subsystems: [] }, cancel), Cancelled);
  });

  it("never fails, lists nothing carried and always names a culprit that is there, whatever refers to what", () => {
    const letters = ["2", "3", "4", "5", "6", "7", "8", "9"];
    const some = fc.subarray([...letters, "b", "c"], { maxLength: 3 });
    const facts = fc.record({ fixes: some, reverts: some, revert: fc.boolean() });
    const picks = fc.array(fc.record({ upstream: some, reverts: fc.subarray(["d", "e", ...letters], { maxLength: 2 }), verdict: fc.constantFrom<Verdict>("same", "revert", "unsure", "squash", "downstream-only") }), { maxLength: 2 });
    fc.assert(
      fc.property(fc.array(facts, { minLength: 8, maxLength: 8 }), picks, (mainline, down) => {
        const scene: Scene = {
          mainline: mainline.map((one, i) => commit(letters[i]!, { fixes: names(...one.fixes), reverts: names(...one.reverts), ...(one.revert ? { subject: 'Revert "x"' } : {}) })),
          downstream: down.map((one, i) => [commit(["d", "e"][i]!, { reverts: names(...one.reverts), subject: 'Revert "y"' }), row(["d", "e"][i]!, one.upstream, one.verdict)]),
          base: ["b"],
        };
        const fixes = run(scene);
        const listed = new Set(fixes.map(({ fix }) => fix));
        for (const { reasons } of fixes) {
          assert.ok(reasons.length > 0);
          for (const { carriedBy } of reasons) assert.ok(carriedBy.how !== "fix" || listed.has(carriedBy.commit));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("what stands after reverts", () => {
  it("goes through chains that are longer than a stack", () => {
    const length = 100_000;
    const undone = whatStands(Array.from({ length }, (_, i) => ({ by: i + 1, targets: [i] })));
    assert.equal(undone(0), undefined);
    assert.equal(undone(1), 2);
  });

  it("ends in a circle", () => {
    const undone = whatStands([{ by: 0, targets: [1, 0] }, { by: 1, targets: [0] }]);
    assert.equal([undone(0), undone(1)].filter((by) => by === undefined).length, 1);
  });
});

describe("names of commits", () => {
  it("finds a sha by an abbreviation that fits one only", () => {
    const list = createNames([sha("a"), `ab${sha("c").slice(2)}`, sha("f")]);
    assert.equal(list.find("aa"), sha("a"));
    assert.equal(list.find("a"), undefined);
    assert.equal(list.find("f"), sha("f"));
    assert.equal(list.find(""), undefined);
    assert.equal(list.find("0"), undefined);
  });

  it("knows a title by its words, and a long one by its beginning", () => {
    assert.ok(sameTitle("net: fix  the Thing", 'net: fix "the" thing.'));
    assert.ok(sameTitle("net: core: fix a very long…", "net: core: fix a very long title of a commit"));
    assert.ok(!sameTitle("net: a", "net: ab"));
    assert.ok(!sameTitle("", ""));
  });
});

describe("commits that messages name, looked up in a repository", () => {
  let repo: TestRepository;
  let base: string;
  let culprit: string;
  let side: string;
  let mainline: string;
  let downstream: string;
  let range: { downstream: string; candidates: readonly CommitFacts[]; commits: readonly CommitFacts[] };

  before(async () => {
    repo = await makeRepository();
    base = await repo.commit("net: a: begin", { "a.c": "1\n" });
    await repo.git("checkout", "-q", "-b", "side");
    side = await repo.commit("net: a: count frames", { "a.c": "2\n" });
    await repo.git("checkout", "-q", "main");
    culprit = await repo.commit("net: a: count frames", { "a.c": "2\n" });
    mainline = await repo.commit(`net: a: fix\n\nFixes: ${side.slice(0, 12)} ("net: a: count frames")\nFixes: 0123456789ab ("net: a: begin")\n`, { "a.c": "3\n" });
    await repo.git("checkout", "-q", "-b", "down", base);
    downstream = await repo.commit("ours", { "b.c": "1\n" });
    range = {
      downstream,
      candidates: await readFacts(repo, nodeDecode, { include: [mainline], exclude: [downstream] }),
      commits: await readFacts(repo, nodeDecode, { include: [downstream], exclude: [mainline] }),
    };
  });
  after(() => {
    repo.remove();
  });

  const find = async (named: string, title = ""): Promise<readonly [string | undefined, string | undefined, boolean]> => {
    const reference = { sha: named, title };
    const commits = await readNamed(repo, nodeDecode, range, [reference]);
    const found = commits.find(reference);
    return [found?.commit, found?.by, found !== undefined && commits.shared(found.commit)];
  };

  it("finds a commit of both by an abbreviation, and says that it is shared", async () => {
    assert.deepEqual(await find(base.slice(0, 8)), [base, "sha", true]);
  });

  it("finds mainline's own commit, which is not shared", async () => {
    assert.deepEqual(await find(culprit.slice(0, 12)), [culprit, "sha", false]);
  });

  it("goes by the quoted title where the sha is unknown", async () => {
    assert.deepEqual(await find("0123456789ab", "net: a: begin"), [base, "title", true]);
    assert.deepEqual(await find("0123456789ab", "net: a: count frames"), [culprit, "title", false]);
    assert.deepEqual(await find("0123456789ab", "no such title"), [undefined, undefined, false]);
  });

  it("goes by the title where the sha is that of a copy on another branch", async () => {
    assert.deepEqual(await find(side.slice(0, 12)), [culprit, "title", false]);
  });

  it("goes by the title where the sha is another commit's", async () => {
    assert.deepEqual(await find(base.slice(0, 12), "net: a: count frames"), [culprit, "title", false]);
    assert.deepEqual(await find(base.slice(0, 12), "net: a: misquoted"), [base, "sha", true]);
  });

  it("takes no branch, option or word for a sha", async () => {
    await repo.git("branch", "deadbeef", mainline);
    for (const named of ["deadbeef", "main", "--all", "", "^main", "abc"]) assert.deepEqual((await find(named))[0], undefined, named);
    await repo.git("branch", "-D", "deadbeef");
  });

  it("asks git a fixed number of times, however many commits are named", async () => {
    const references = [...followReferences(range, []), ...Array.from({ length: 500 }, (_, i) => ({ sha: (i + 0x1000000).toString(16).padStart(12, "0"), title: `t ${i}` }))];
    const before = repo.calls.length;
    await readNamed(repo, nodeDecode, range, references);
    assert.ok(repo.calls.length - before <= 4);
  });
});
