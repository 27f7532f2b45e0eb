import assert from "node:assert/strict";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createCache } from "../../../language-server/adapters/cache";
import { askedMap, computeMap } from "../../../language-server/upstream/compute";
import { brief, createHistory, forget, indexesOf, rowsOf, runPlainGit, settingsOf, type AskSettings, type Commit, type History } from "./history";
import { functions } from "./stores";

const fixed = (i: number): string => `\tif (!state->ready_${i})\n\t\treturn -EAGAIN;\n\treturn run_${i}(state);`;
const both = (changed: readonly number[]): string => functions(12, Object.fromEntries(changed.map((i) => [i, fixed(i)])));
const locked = functions(12, { 6: "\tmutex_lock(&state->queue_lock);\n\tdrain_queue_of(state);\n\tmutex_unlock(&state->queue_lock);\n\treturn 0;" });

const mainline: readonly Commit[] = [
  { branch: "main", message: "net: check helper 2", files: { "net/a.c": both([2]) } },
  { branch: "main", message: "net: check helpers 4 and 9", files: { "net/a.c": both([2, 4, 9]) } },
  { branch: "main", message: "net: drain under the lock", files: { "net/b.c": locked } },
  { branch: "main", message: "doc: say more", files: { "doc/notes.txt": "notes\nand more of them\n" } },
];

/** Downstream's side of the same history: claims in full, claims cut short, none, and a wrong one. */
function downstream(start: string, ups: readonly string[]): readonly Commit[] {
  const [one = "", two = "", three = ""] = ups;
  return [
    { branch: "ours", from: start, message: `net: check helper 2\n\n[ Upstream commit ${one} ]\n`, files: { "net/a.c": both([2]) } },
    { branch: "ours", message: `net: look before helper 4\n\n(cherry picked from commit ${two.slice(0, 12)})\n`, files: { "net/a.c": both([2, 4]) } },
    { branch: "ours", message: `net: helper six\n\ncommit ${one} upstream.\n`, files: { "net/b.c": locked } },
    { branch: "ours", message: "ours: a driver of our own\n", files: { "drivers/own.c": functions(3, { 1: "\treturn only_ours();" }) } },
    { branch: "ours", message: `Revert "ours: a driver of our own"\n\nThis reverts commit ${three.slice(0, 12)}.\n`, files: { "drivers/own.c": "" } },
  ];
}

interface Made {
  readonly history: History;
  readonly ups: readonly string[];
  readonly downs: readonly string[];
}

function made(format: "sha1" | "sha256"): Made {
  const history = createHistory(format);
  const [start = ""] = history.add([{ branch: "main", message: "start\n", files: { "net/a.c": both([]), "net/b.c": both([]), "doc/notes.txt": "notes\n" } }]);
  const ups = history.add(mainline);
  return { history, ups, downs: history.add(downstream(start, ups)) };
}

describe("a comparison in a repository of another object format", () => {
  const all: History[] = [];
  after(() => {
    for (const history of all) history.remove();
  });

  it("gives the same answer with SHA-256 names as with SHA-1 names, cold, carried by the index, and kept", async () => {
    const told: unknown[][] = [];
    for (const format of ["sha1", "sha256"] as const) {
      const { history, ups, downs } = made(format);
      all.push(history);
      const numbers = new Map([...ups.map((sha, i) => [sha, `up ${i}`] as const), ...downs.map((sha, i) => [sha, `down ${i}`] as const)]);
      const cache = createCache(join(history.root, ".git", "kept"));
      for (const options of [{}, {}, { evidence: "diff", ignoreTrailers: true }] as const) {
        const { rows, notices, base } = await rowsOf(history.root, options, { cache });
        assert.deepEqual([notices, base?.length], [[], format === "sha1" ? 40 : 64]);
        told.push(rows.map(({ commit, upstream, verdict, score, method, claims, hunks }) => [numbers.get(commit), verdict, upstream.map((sha) => numbers.get(sha)), score, method, claims.map(({ commit: claimed, state }) => [numbers.get(claimed ?? ""), state]), hunks]));
      }
    }
    assert.deepEqual(told.slice(3), told.slice(0, 3));
    assert.deepEqual(
      told[0]?.map((row) => (row as readonly unknown[]).slice(0, 3)),
      [["down 4", "revert", []], ["down 3", "downstream-only", []], ["down 2", "same", ["up 2"]], ["down 1", "partial", ["up 1"]], ["down 0", "same", ["up 0"]]],
    );
  });

  it("gives the facts of SHA-256 commits back from the index", async () => {
    const { history, ups, downs } = made("sha256");
    all.push(history);
    for (let run = 0; run < 2; run++) {
      const settings = await settingsOf(history.root);
      const map = await computeMap(settings, await askedMap(settings, { mainline: "main", downstream: "ours", ignoreTrailers: false, evidence: "all", excluded: new Set() }));
      assert.deepEqual([map.candidates.map(({ sha }) => sha), map.commits.map(({ sha }) => sha)], [[...ups].reverse(), [...downs].reverse()]);
      assert.equal(map.commits.at(-1)?.claims[0]?.sha, ups[0]);
      await settings.repository.run(["gc", "-q"]);
    }
  });
});

describe("a comparison when the view of the history changes", () => {
  let history: History;
  let ups: readonly string[];
  let downs: readonly string[];
  let kept: AskSettings;
  beforeEach(() => {
    ({ history, ups, downs } = made("sha1"));
    kept = { cache: createCache(join(history.root, ".git", "kept")) };
  });
  afterEach(() => {
    history.remove();
  });

  const verdicts = async (root: string, options: Parameters<typeof rowsOf>[1] = {}, settings = kept): Promise<readonly string[]> => {
    const told = brief(await rowsOf(root, options, settings));
    return downs.map((sha) => told.get(sha) ?? "no row");
  };
  const whole = (): readonly string[] => [`same ${ups[0] ?? ""}`, `partial ${ups[1] ?? ""}`, `same ${ups[2] ?? ""}`, "downstream-only", "revert"];

  it("takes a replaced commit for what it is replaced by, in an index of its own, and forgets it with the replacement", async () => {
    assert.deepEqual(await verdicts(history.root), whole());
    // Mainline's third commit now changes another helper of b.c.
    const [other = ""] = history.add([{ branch: "aside", from: ups[1] ?? "", message: "net: drain under the lock\n", files: { "net/b.c": both([10]) } }]);
    history.git("replace", ups[2] ?? "", other);
    const replaced = await verdicts(history.root);
    // Against the replacement it is the next commit that brings the lines, beside its own.
    assert.deepEqual([replaced[0], replaced[1], replaced[2]], [whole()[0], whole()[1], `partial ${ups[3] ?? ""}`]);
    assert.equal(indexesOf(join(history.root, ".git")).length, 2);
    history.git("replace", "-d", ups[2] ?? "");
    assert.deepEqual(await verdicts(history.root), whole());
    assert.equal(indexesOf(join(history.root, ".git")).length, 2);
  });

  it("takes a replaced blob for what it is replaced by", async () => {
    assert.deepEqual(await verdicts(history.root), whole());
    history.git("replace", history.git("rev-parse", `${ups[2] ?? ""}:net/b.c`), history.git("rev-parse", `${ups[0] ?? ""}:net/b.c`));
    const replaced = await rowsOf(history.root, {}, kept);
    const row = replaced.rows.find(({ commit }) => commit === downs[2]);
    // Both commits have that blob, and neither changes anything now.
    assert.deepEqual([row?.hunks, indexesOf(join(history.root, ".git")).length], [[], 2]);
    history.git("replace", "-d", history.git("rev-parse", `${ups[2] ?? ""}:net/b.c`));
    assert.deepEqual(await verdicts(history.root), whole());
  });

  it("takes grafted parents for the parents", async () => {
    assert.deepEqual(await verdicts(history.root), whole());
    // The first of ours is cut off: the start is no common ground any more, and mainline's own start is a candidate.
    writeFileSync(join(history.root, ".git", "info", "grafts"), `${downs[0] ?? ""}\n`);
    const { base, candidates, commits } = await rowsOf(history.root, {}, kept);
    assert.deepEqual([base, candidates.length, commits.length], [undefined, 5, 5]);
    rmSync(join(history.root, ".git", "info", "grafts"));
    assert.deepEqual(await verdicts(history.root), whole());
    assert.equal(indexesOf(join(history.root, ".git")).length, 2);
  });

  it("gives a shallow clone an index of its own, and another one when it grows deeper", async () => {
    const clone = join(history.root, "clone");
    history.git("clone", "-q", "--bare", "--depth", "2", "--no-single-branch", pathToFileURL(history.root).href, clone);
    const shallow = await rowsOf(clone, {}, { cache: createCache(join(clone, "kept")) });
    assert.deepEqual([shallow.base, shallow.candidates.length, shallow.commits.length], [undefined, 2, 2]);
    assert.deepEqual(indexesOf(clone).map((name) => name.startsWith("plain.")), [false]);
    runPlainGit(clone, ["fetch", "-q", "--deepen", "1"]);
    const deeper = await rowsOf(clone, {}, { cache: createCache(join(clone, "kept")) });
    assert.deepEqual([deeper.candidates.length, deeper.commits.length, indexesOf(clone).length], [3, 3, 2]);
    runPlainGit(clone, ["fetch", "-q", "--unshallow"]);
    assert.deepEqual(await verdicts(clone, {}, { cache: createCache(join(clone, "kept")) }), whole());
    assert.deepEqual(indexesOf(clone).filter((name) => name.startsWith("plain.")).length, 1);
  });

  it("takes the commits at a shallow edge for what they are there: whole trees that came at once", async () => {
    const clone = join(history.root, "clone");
    history.git("clone", "-q", "--bare", "--depth", "2", "--no-single-branch", pathToFileURL(history.root).href, clone);
    const { rows } = await rowsOf(clone, { evidence: "diff", ignoreTrailers: true });
    assert.deepEqual(rows.map(({ commit }) => commit), [downs[4], downs[3]]);
    forget(clone);
  });
});

describe("a comparison in a repository that lacks blobs", () => {
  let history: History;
  let ups: readonly string[];
  let downs: readonly string[];
  let clone: string;
  let kept: AskSettings;
  beforeEach(() => {
    ({ history, ups, downs } = made("sha1"));
    clone = join(history.root, "clone");
    history.git("config", "uploadpack.allowFilter", "true");
    history.git("clone", "-q", "--bare", "--filter=blob:none", pathToFileURL(history.root).href, clone);
    kept = { cache: createCache(join(clone, "kept")) };
  });
  afterEach(() => {
    history.remove();
  });

  const bring = (...blobs: readonly string[]): void => {
    for (const blob of blobs) {
      const text = runPlainGit(history.root, ["cat-file", "blob", blob]);
      assert.equal(runPlainGit(clone, ["hash-object", "-w", "--stdin"], text).trim(), blob);
    }
  };
  const blobsOf = (commit: string): readonly string[] => history.git("ls-tree", "-r", "--format=%(objectname)", commit).split("\n");
  const missing = ({ notices }: Awaited<ReturnType<typeof rowsOf>>): readonly string[] => notices.flatMap(({ code, commits }) => (code === "missing-blobs" ? commits : []));

  it("tells the commits that it can't see, fetches nothing, and answers wholly once the blobs are there", async () => {
    const blind = await rowsOf(clone, {}, kept);
    const told = new Set(missing(blind));
    // Whoever was looked for by lines is told, too, as far as it could not be read.
    assert.deepEqual([[...downs, ...ups.slice(0, 3)].filter((sha) => !told.has(sha)), [...told].filter((sha) => ![...downs, ...ups].includes(sha))], [[], []]);
    assert.deepEqual(blind.rows.filter(({ verdict }) => verdict !== "unsure" && verdict !== "downstream-only" && verdict !== "revert"), []);
    // Nothing came over from the other repository meanwhile.
    assert.equal(runPlainGit(clone, ["rev-list", "--objects", "--all", "--missing=print"]).split("\n").filter((line) => line.startsWith("?")).length, new Set([`${ups[0] ?? ""}~1`, ...ups, ...downs].flatMap(blobsOf)).size);

    // The first twin's blobs, on both sides and before: that row is right, the others are still told.
    bring(...blobsOf(`${ups[0] ?? ""}~1`), ...blobsOf(ups[0] ?? ""));
    const some = await rowsOf(clone, {}, kept);
    assert.equal(brief(some).get(downs[0] ?? ""), `same ${ups[0] ?? ""}`);
    assert.deepEqual([missing(some).includes(downs[0] ?? ""), missing(some).includes(downs[1] ?? "")], [false, true]);

    bring(...[...ups, ...downs].flatMap(blobsOf));
    const all = await rowsOf(clone, {}, kept);
    const plain = await rowsOf(history.root);
    assert.deepEqual([all.rows, all.notices], [plain.rows, []]);
  });

  it("is right about the rest when one blob in the middle is missing", async () => {
    const lost = history.git("rev-parse", `${ups[1] ?? ""}:net/a.c`);
    bring(...[...ups, ...downs, `${ups[0] ?? ""}~1`].flatMap(blobsOf).filter((blob) => blob !== lost));
    const told = await rowsOf(clone, {}, kept);
    assert.deepEqual(missing(told), [ups[1]]);
    const plain = brief(await rowsOf(history.root));
    for (const [commit, text] of brief(told)) assert.equal(text, commit === downs[1] ? `unsure ${ups[1] ?? ""}` : plain.get(commit));
    bring(lost);
    assert.deepEqual(brief(await rowsOf(clone, {}, kept)), plain);
  });

  it("tells a commit that was only looked at, since it may be the twin of one that seems to have none", async () => {
    const [own = ""] = history.add([{ branch: "ours", message: "ours: nobody has this title\n", author: "Carol Sample <carol@example.org>", files: { "net/b.c": functions(12, { 1: fixed(1), 3: fixed(3) }) } }]);
    const [up = ""] = history.add([{ branch: "main", message: "net: the same lines under another name\n", files: { "net/b.c": functions(12, { 1: fixed(1), 3: fixed(3) }) } }]);
    runPlainGit(clone, ["fetch", "-q", "--filter=blob:none", "origin", "main:main", "ours:ours"]);
    const lost = history.git("rev-parse", `${ups[2] ?? ""}:net/b.c`);
    bring(...[...ups, ...downs, own, up, `${ups[0] ?? ""}~1`].flatMap(blobsOf).filter((blob) => blob !== lost));
    // Both need that blob: it is what mainline's commit changes.
    const told = await rowsOf(clone, {}, kept);
    assert.deepEqual([missing(told).includes(up), brief(told).get(own)], [true, "downstream-only"]);
    bring(lost);
    const plain = await rowsOf(history.root);
    assert.deepEqual([brief(plain).get(own)?.split(" ")[1], brief(await rowsOf(clone, {}, kept))], [up, brief(plain)]);
  });

  it("says that the history can't be read when trees are missing, and keeps nothing", async () => {
    const bare = join(history.root, "treeless");
    history.git("clone", "-q", "--bare", "--filter=tree:0", pathToFileURL(history.root).href, bare);
    await assert.rejects(rowsOf(bare, {}, { cache: createCache(join(bare, "kept")) }), { name: "HistoryError", message: /[0-9a-f]{40}/u });
  });
});
