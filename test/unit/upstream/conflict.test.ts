import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cancelSource, never } from "../../../language-server/adapters/cancel";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createGit } from "../../../language-server/adapters/git";
import { nodeHash } from "../../../language-server/adapters/hash";
import type { GitRepository } from "../../../language-server/engine/ports";
import { conflictMessages } from "../../../language-server/engine/upstream/conflict/messages";
import { prerequisites } from "../../../language-server/engine/upstream/conflict/prerequisites";
import { RecordReader, type MergeRecord } from "../../../language-server/engine/upstream/conflict/records";
import { replays, type ReplayPorts } from "../../../language-server/engine/upstream/conflict/replay";
import type { ReplayResult } from "../../../language-server/engine/upstream/conflict/types";
import { createRepository, numbered, type TestRepository } from "../../support/repository";

async function portsOf(root: string): Promise<ReplayPorts> {
  const git = createGit({ trusted: () => true });
  const repo = await git.open(root);
  assert.ok(repo);
  return { repo, version: await git.version(), decode: nodeDecode, hash: nodeHash };
}

const show = ({ class: kind, files, reason }: ReplayResult): string => [kind, ...files, ...(reason === undefined ? [] : [reason.id])].join(" ");

/** All object files of a repository, to see that nothing was written. */
const objects = (root: string): readonly string[] => readdirSync(join(root, ".git", "objects"), { recursive: true }).map(String).sort();

/** What `git cherry-pick` itself makes of a pick, in a worktree. */
function cherryPick(made: TestRepository, commit: string, onto: string): string {
  made.git("checkout", "-q", "--detach", onto);
  try {
    made.git("cherry-pick", "--no-commit", commit);
    const kind = made.git("status", "--porcelain", "-uno") === "" ? "empty" : "clean";
    made.git("reset", "-q", "--hard");
    return kind;
  } catch {
    const files = made.git("diff", "--name-only", "-z", "--diff-filter=U").split("\0").filter((path) => path !== "");
    made.git("reset", "-q", "--hard");
    return ["conflict", ...new Set(files)].join(" ");
  }
}

describe("the replay of a mainline commit on a base", () => {
  let made: TestRepository;
  beforeEach(() => {
    made = createRepository("树 with spaces");
  });
  afterEach(() => {
    made.remove();
  });

  it("is clean, empty or in conflict as git cherry-pick says, with paths of any spelling", async () => {
    const path = "目录/a file.c";
    made.commit("base", { [path]: numbered(30), "other.c": numbered(10) });
    made.git("branch", "stable");
    const clean = made.commit("clean", { "other.c": numbered(10, { 5: "five" }) });
    const conflict = made.commit("conflict", { [path]: numbered(30, { 10: "ten" }) });
    made.git("checkout", "-q", "stable");
    made.commit("ours", { [path]: numbered(30, { 10: "another ten" }) });
    const before = objects(made.root);
    const ports = await portsOf(made.root);
    const requests = [clean, conflict].map((commit) => ({ commit, onto: "stable" }));
    const results = await replays([...requests, { commit: clean, onto: `${conflict}^` }], ports);
    assert.deepEqual(results.map(show), ["clean", `conflict ${path}`, "empty"]);
    assert.equal(results[1]?.conflicts[0]?.kind, "contents");
    assert.deepEqual(objects(made.root), before);
    assert.deepEqual(requests.map(({ commit, onto }) => cherryPick(made, commit, onto)), ["clean", `conflict ${path}`]);
  });

  it("agrees with git cherry-pick on every commit of random histories", async () => {
    let seed = 11;
    const random = (below: number): number => {
      seed = (seed * 1103515245 + 12345) % 2147483648;
      return Math.floor((seed / 2147483648) * below);
    };
    const texts: Record<string, Record<number, string>> = { "a.c": {}, "b/c.c": {} };
    const state = (): Record<string, string> => Object.fromEntries(Object.entries(texts).map(([path, lines]) => [path, numbered(24, lines)]));
    made.commit("base", state());
    made.git("branch", "stable");
    const change = (subject: string): string => {
      const path = random(2) === 0 ? "a.c" : "b/c.c";
      texts[path]![1 + random(24)] = subject;
      return made.commit(subject, state());
    };
    const mainline = Array.from({ length: 12 }, (_, i) => change(`mainline ${i}`));
    for (const path of Object.keys(texts)) texts[path] = {};
    made.git("checkout", "-q", "stable");
    for (let i = 0; i < 4; i++) change(`stable ${i}`);
    const onto = made.git("rev-parse", "stable").trim();
    const results = await replays(mainline.map((commit) => ({ commit, onto })), await portsOf(made.root), { jobs: 3 });
    assert.deepEqual(results.map(show), mainline.map((commit) => cherryPick(made, commit, onto)));
  });

  it("says why it is unknown: a merge, a commit that is not here, a name that is none", async () => {
    made.commit("base", { "a.c": "1\n" });
    made.git("checkout", "-q", "-b", "side");
    made.commit("side", { "b.c": "1\n" });
    made.git("checkout", "-q", "main");
    made.commit("main", { "c.c": "1\n" });
    made.git("merge", "-q", "--no-edit", "side");
    const merge = made.git("rev-parse", "HEAD").trim();
    const asked = [merge, "0123456789012345678901234567890123456789", "--exec=x", "main"].map((commit) => ({ commit, onto: "main^" }));
    const results = await replays([...asked, { commit: merge, onto: "no such" }, { commit: merge, onto: "nowhere" }], await portsOf(made.root));
    assert.deepEqual(results.map(show), ["merge", "unknownCommit", "badName", "badName", "badName", "unknownCommit"].map((id) => `unknown upstream.conflict.${id}`));
    for (const { reason } of results) assert.ok(reason !== undefined && reason.id in conflictMessages);
  });

  it("takes all of a root commit as its change", async () => {
    const root = made.commit("root", { "a.c": "1\n", "b.c": "2\n" });
    made.git("checkout", "-q", "--orphan", "other");
    made.git("rm", "-q", "-rf", ".");
    made.commit("another root", { "b.c": "3\n" });
    const results = await replays([{ commit: root, onto: "other" }, { commit: root, onto: root }], await portsOf(made.root));
    assert.deepEqual(results.map(show), ["conflict b.c", "empty"]);
  });

  it("has no answer in a repository without commits", async () => {
    const results = await replays([{ commit: "0123456789", onto: "HEAD" }], await portsOf(made.root));
    assert.deepEqual(results.map(show), ["unknown upstream.conflict.unknownCommit"]);
    assert.deepEqual(await replays([], await portsOf(made.root)), []);
  });

  it("tells the commit whose blob is missing and goes on behind it", async () => {
    made.commit("base", { "a.c": numbered(9), "b.c": numbered(9) });
    made.git("branch", "stable");
    const first = made.commit("first", { "a.c": numbered(9, { 2: "two" }) });
    const lost = made.commit("lost", { "b.c": numbered(9, { 2: "lost" }) });
    const last = made.commit("last", { "a.c": numbered(9, { 2: "two", 8: "eight" }) });
    made.git("checkout", "-q", "stable");
    made.commit("ours", { "b.c": numbered(9, { 5: "ours" }), "a.c": numbered(9, { 5: "ours" }) });
    const blob = made.git("rev-parse", `${lost}:b.c`).trim();
    rmSync(join(made.root, ".git", "objects", blob.slice(0, 2), blob.slice(2)));
    const results = await replays([first, lost, last].map((commit) => ({ commit, onto: "stable" })), await portsOf(made.root));
    assert.deepEqual(results.map(show), ["clean", "unknown upstream.conflict.missingObject", "clean"]);
    assert.ok(String(results[1]?.reason?.args?.["detail"]).includes(blob));
  });

  it("works where objects have SHA-256 names", async () => {
    const other = createRepository("long", join(made.root, ".."));
    rmSync(join(other.root, ".git"), { recursive: true });
    execFileSync("git", ["init", "-q", "-b", "main", "--object-format=sha256"], { cwd: other.root });
    other.git("config", "user.name", "Alice Example");
    other.git("config", "user.email", "alice@example.com");
    const base = other.commit("base", { "a.c": numbered(9) });
    const change = other.commit("change", { "a.c": numbered(9, { 4: "four" }) });
    assert.equal(change.length, 64);
    assert.deepEqual((await replays([{ commit: change, onto: base }, { commit: base, onto: base }], await portsOf(other.root))).map(show), ["clean", "empty"]);
  });

  it("asks for a newer git instead of failing on an old one", async () => {
    const commit = made.commit("base", { "a.c": "1\n" });
    const ports = await portsOf(made.root);
    for (const version of [[2, 30, 2], [2, 38, 9], [1, 99]]) {
      const [result] = await replays([{ commit, onto: "main" }], { ...ports, version });
      assert.equal(result?.class, "unknown");
      assert.equal(result.reason?.id, "upstream.conflict.oldGit");
    }
    assert.equal((await replays([{ commit, onto: "main" }], { ...ports, version: undefined }))[0]?.reason?.id, "upstream.conflict.noGit");
  });

  it("stops when it is cancelled and leaves no private directory", async () => {
    const commit = made.commit("base", { "a.c": "1\n" });
    const ports = await portsOf(made.root);
    const source = cancelSource(never);
    const disposed: string[] = [];
    const repo: GitRepository = {
      ...ports.repo,
      async scratch() {
        const scratch = await ports.repo.scratch();
        source.fire();
        return { ...scratch, dispose: () => { scratch.dispose(); disposed.push("scratch"); } };
      },
    };
    await assert.rejects(replays([{ commit, onto: commit }], { ...ports, repo }, { cancel: source.cancel }), { name: "Cancelled" });
    assert.deepEqual(disposed, ["scratch"]);
  });

  it("tells how far it is", async () => {
    const commit = made.commit("base", { "a.c": "1\n" });
    const told: string[] = [];
    await replays(Array.from({ length: 3 }, () => ({ commit, onto: "main" })), await portsOf(made.root), { onProgress: (done, total) => told.push(`${done}/${total}`) });
    assert.deepEqual(told, ["1/3", "2/3", "3/3"]);
  });
});

describe("prerequisites of a conflict", () => {
  let made: TestRepository;
  let ports: ReplayPorts;
  beforeEach(async () => {
    made = createRepository();
    made.commit("base", { "a.c": numbered(40), "b.c": numbered(40) });
    made.git("branch", "stable");
    ports = await portsOf(made.root);
  });
  afterEach(() => {
    made.remove();
  });

  async function ask(commit: string): Promise<string> {
    const [result] = await replays([{ commit, onto: "stable" }], ports);
    assert.ok(result);
    const found = await prerequisites(result, ports);
    if (found === undefined) return result.class;
    return `${found.state} ${found.scope ?? ""} ${found.commits.map((sha) => made.git("show", "-s", "--format=%s", sha).trim()).join(", ")}`;
  }

  it("are the one commit that the change stands on", async () => {
    made.commit("unrelated", { "a.c": numbered(40, { 35: "far away" }) });
    made.commit("needed", { "a.c": numbered(40, { 10: "ten", 35: "far away" }) });
    made.commit("later", { "a.c": numbered(40, { 10: "ten", 25: "later", 35: "far away" }) });
    const fix = made.commit("fix", { "a.c": numbered(40, { 10: "ten, fixed", 25: "later", 35: "far away" }) });
    assert.equal(await ask(fix), "found whole needed");
  });

  it("are two commits, in the order in which they pick, when one alone does not do", async () => {
    made.commit("first", { "a.c": numbered(40, { 10: "ten" }) });
    made.commit("second", { "a.c": numbered(40, { 10: "ten", 20: "twenty" }) });
    const fix = made.commit("fix", { "a.c": numbered(40, { 10: "ten, fixed", 20: "twenty, fixed" }) });
    assert.equal(await ask(fix), "found whole first, second");
  });

  it("are a chain of commits on the same line", async () => {
    let fix = "";
    for (let i = 1; i <= 5; i++) fix = made.commit(`step ${i}`, { "a.c": numbered(40, { 10: `ten, step ${i}` }) });
    assert.equal(await ask(fix), "found whole step 1, step 2, step 3, step 4");
  });

  it("are a commit's changes to the files alone when the rest of it conflicts on the base", async () => {
    made.commit("wide", { "a.c": numbered(40, { 10: "ten" }), "b.c": numbered(40, { 5: "five" }) });
    const fix = made.commit("fix", { "a.c": numbered(40, { 10: "ten, fixed" }) });
    made.git("checkout", "-q", "stable");
    made.commit("ours", { "b.c": numbered(40, { 5: "our five" }) });
    assert.equal(await ask(fix), "found files wide");
  });

  it("are looked for where the commit conflicts, when the rest of an earlier one is in the base in another form", async () => {
    made.commit("wide", { "a.c": numbered(40, { 10: "ten" }), "b.c": numbered(40, { 5: "five" }) });
    const fix = made.commit("fix", { "a.c": numbered(40, { 10: "ten, fixed" }), "b.c": numbered(40, { 5: "five", 30: "fixed" }) });
    made.git("checkout", "-q", "stable");
    made.commit("ours", { "b.c": numbered(40, { 5: "our five" }) });
    assert.equal(await ask(fix), "found files wide");
  });

  it("bring a file that the base lacks", async () => {
    made.commit("driver", { "new.c": numbered(40), "b.c": numbered(40, { 5: "register new" }) });
    const fix = made.commit("fix", { "new.c": numbered(40, { 10: "fixed" }) });
    made.git("checkout", "-q", "stable");
    made.commit("ours", { "b.c": numbered(40, { 5: "our five" }) });
    assert.equal(await ask(fix), "found files driver");
  });

  it("are not found when it is the base that differs", async () => {
    const fix = made.commit("fix", { "a.c": numbered(40, { 10: "ten" }) });
    made.git("checkout", "-q", "stable");
    made.commit("ours", { "a.c": numbered(40, { 10: "our ten" }) });
    assert.equal(await ask(fix), "none-within-bound  ");
  });

  it("are not asked for a commit that picks clean", async () => {
    assert.equal(await ask(made.commit("fix", { "a.c": numbered(40, { 10: "ten" }) })), "clean");
  });
});

describe("the output of git merge-tree", () => {
  const text = ["0", "t1", "a", "b", "", "1", "a", "Auto-merging", "Auto-merging a\n", "2", "a", "b", "CONFLICT (rename/delete)", "CONFLICT …\n", "", "1", "t2", "", "0", "t3", "", "1", "d/", "CONFLICT (directory rename split)", "…\n", "", ""].join("\0");
  const expected: readonly MergeRecord[] = [
    { clean: false, tree: "t1", files: ["a", "b"], conflicts: [{ path: "a", kind: "rename/delete" }, { path: "b", kind: "rename/delete" }] },
    { clean: true, tree: "t2", files: [], conflicts: [] },
    { clean: false, tree: "t3", files: ["d/"], conflicts: [{ path: "d/", kind: "directory rename split" }] },
  ];

  it("is read the same however it is cut", () => {
    const bytes = nodeDecode.bytes(text);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const records: MergeRecord[] = [];
      const reader = new RecordReader(nodeDecode, (record) => records.push(record));
      for (let at = 0; at < bytes.length; at += size) reader.take(bytes.slice(at, at + size));
      assert.deepEqual(records, expected);
    }
  });
});
