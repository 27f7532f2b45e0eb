import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import type { RequestMethod, Requests } from "../../language-server/protocol/requests";
import type { TwinFileParams, TwinView } from "../../language-server/protocol/upstream-panels";
import { startClient, type Client } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

const pair = "mainline";
const large = 3 * 1024 * 1024;
/** Few lines, so that they are compared, but many bytes. */
const table = Array.from({ length: 300 }, (_, i) => `int fs_table_${i}[] = { ${"0, ".repeat(large / 900)}0 };\n`).join("");

/** Ours carries three of mainline's changes: one in another form, one under a wrong claim, one with a rename beside it. */
describe("what the server tells the panels of a comparison", function () {
  this.timeout(180_000);
  let repository: TestRepository;
  let client: Client;
  let shas: Readonly<Record<"bug" | "fix" | "change" | "bulk" | "carried" | "adapted" | "mistaken" | "alone" | "moved", string>>;

  const ask = <M extends RequestMethod>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]> => client.connection.sendRequest(method, params);
  const ref = (): { readonly folder: string; readonly pair: string } => ({ folder: repository.root, pair });
  const twin = (commit: string, upstream?: string): Promise<TwinView> => ask("keelson/upstream/twin", { ...ref(), commit, ...(upstream === undefined ? {} : { upstream }), job: "t" });
  const texts = (params: Partial<TwinFileParams> & Pick<TwinFileParams, "commit">): Promise<Requests["keelson/upstream/twinFile"]["result"]> =>
    ask("keelson/upstream/twinFile", { folder: repository.root, upstream: undefined, upPath: undefined, downPath: undefined, view: "patch", force: false, ...params });
  const hunks = (view: TwinView): readonly string[] => view.files.map(({ downPath, upPath, hunks: all }) => `${downPath ?? upPath ?? ""} ${all.map(({ state, up, down }) => `${state}:${String(up?.line ?? "-")}:${String(down?.line ?? "-")}`).join(" ")}`);

  before(async () => {
    repository = createRepository();
    repository.commit("base", { "net/a.c": numbered(60), "mm/b.c": numbered(60), "mm/[b].c": numbered(20), "fs/d.c": numbered(40), MAINTAINERS: "NETWORKING\nM:\tAlice Example <alice@example.com>\nF:\tnet/\n\nMEMORY\nM:\tAlice Example <alice@example.com>\nF:\tmm/\n" });
    repository.git("branch", "ours");
    const bug = repository.commit("net: count from one", { "net/a.c": numbered(60, { 20: "int count = 1; /* was zero */" }) });
    const fix = repository.commit("net: count from zero again", { "net/a.c": numbered(60, { 20: "int count = 0; /* from zero */" }) }, `Fixes: ${bug.slice(0, 12)} ("net: count from one")`);
    const change = repository.commit("mm: drop empty pages", { "mm/b.c": numbered(60, { 10: "drop_first_page(page);", 30: "drop_empty_page(page, REASON_EMPTY);", 50: "drop_last_page(page);" }) });
    const bulk = repository.commit("fs: add a table", { "fs/d.c": numbered(40, { 30: "int fs_table_ready = 1;" }), "fs/table.h": table });
    repository.git("checkout", "-q", "ours");
    const carried = repository.commit("net: count from one", { "net/a.c": numbered(60, { 20: "int count = 1; /* was zero */" }) }, `[ Upstream commit ${bug} ]`);
    const adapted = repository.commit("mm: drop empty pages", { "mm/b.c": numbered(60, { 10: "drop_first_page(page);", 30: "drop_empty_page(page);" }) }, `commit ${change} upstream.`);
    repository.commit("fs: add a table", { "fs/d.c": numbered(40, { 30: "int fs_table_ready = 1;" }), "fs/table.h": table }, `(cherry picked from commit ${fix})`);
    // The repository's commits share author and date, which would speak for the claim.
    repository.git("commit", "-q", "--amend", "--no-edit", "--date=2024-05-01T10:00:00Z");
    const mistaken = repository.git("rev-parse", "HEAD").trim();
    const alone = repository.commit("lab: add the board", { "lab/board.c": "int board;\n", "mm/[b].c": numbered(20, { 9: "int bracket;" }) });
    repository.git("mv", "lab/board.c", "lab/panel.c");
    const moved = repository.commit("lab: call it a panel", { "lab/other.c": "int other;\n" });
    shas = { bug, fix, change, bulk, carried, adapted, mistaken, alone, moved };
    client = await startClient({ folders: [repository.root], settings: () => ({ upstream: { pairs: [{ name: pair, mainline: "main", downstream: "ours" }] } }), initializationOptions: { storagePath: join(repository.root, "..", "storage") } });
  });
  after(async () => {
    await client.stop();
    repository.remove();
  });

  it("is nothing before anybody compared, and stops when a panel gives up", async () => {
    assert.equal(await ask("keelson/upstream/heatmap", { ...ref(), compute: false, job: "h" }), null);
    const asked = ask("keelson/upstream/heatmap", { ...ref(), compute: true, job: "h" });
    await ask("keelson/upstream/cancelPanelJob", { job: "h" });
    await assert.rejects(asked, /Stopped before it was done/);
  });

  it("is our commits and missing fixes by subsystem, each number the length of its list", async () => {
    const heat = await ask("keelson/upstream/heatmap", { ...ref(), compute: true, job: "h" });
    assert.ok(heat);
    assert.equal(heat.rowsAre, "subsystems");
    assert.deepEqual([heat.fixesKnown, heat.stale, heat.unread], [true, false, 0]);
    assert.deepEqual([...heat.rows].map(({ name, commits }) => `${name} ${String(commits)}`).sort(), [" 2", "MEMORY 2", "NETWORKING 1"]);
    assert.equal(heat.total.commits, 5);
    for (const list of ["missing", "wrong", "same", "ours"] as const) {
      const { total } = await ask("keelson/upstream/rows", { ...ref(), list, filter: {}, sort: "list", offset: 0, limit: 10 });
      assert.equal(heat.total.counts[heat.columns.indexOf(list)], total, list);
    }
    assert.equal(heat.total.counts[heat.columns.indexOf("missing")], 1);
    assert.equal(heat.total.counts[heat.columns.indexOf("wrong")], 1);
  });

  it("is a twin with its hunks in the order of the file, the dropped one among them", async () => {
    const view = await twin(shas.adapted);
    assert.equal(view.upstream?.sha, shas.change);
    assert.deepEqual(hunks(view), ["mm/b.c same:7:7 adapted:27:27 dropped:47:-"]);
    assert.deepEqual(view.claims.map(({ state, line }) => [state, line]), [["verified", `commit ${shas.change} upstream.`]]);
    assert.deepEqual(view.sides, { mainline: "main", downstream: "ours" });
    const { up, down } = await texts({ commit: view.commit.sha, upstream: shas.change, upPath: "mm/b.c", downPath: "mm/b.c" });
    assert.ok(up.state === "text" && down.state === "text");
    assert.match(up.text, /^\+drop_empty_page\(page, REASON_EMPTY\);$/m);
    assert.match(down.text, /^\+drop_empty_page\(page\);$/m);
    const files = await texts({ commit: view.commit.sha, upstream: shas.change, upPath: "mm/b.c", downPath: "mm/b.c", view: "file" });
    assert.ok(files.down.state === "text" && files.down.text === numbered(60, { 10: "drop_first_page(page);", 30: "drop_empty_page(page);" }));
  });

  it("says which commit a wrong claim meant", async () => {
    const view = await twin(shas.mistaken);
    assert.equal(view.upstream?.sha, shas.bulk);
    assert.deepEqual(view.claims.map(({ state, line, likely }) => [state, line, likely?.sha]), [["wrong", `(cherry picked from commit ${shas.fix})`, shas.bulk]]);
  });

  it("lists what mainline fixed later, with what we lack", async () => {
    const { fixes } = await ask("keelson/upstream/twinFixes", { ...ref(), commit: shas.carried, job: "t" });
    assert.deepEqual(fixes.map(({ card, state, relation }) => [card.sha, state, relation]), [[shas.fix, "missing", "fixes"]]);
    assert.deepEqual((await ask("keelson/upstream/twinFixes", { ...ref(), commit: shas.adapted, job: "t" })).fixes, []);
  });

  it("compares with another commit of mainline when asked to", async () => {
    const view = await twin(shas.adapted, shas.bug);
    assert.equal(view.upstream?.sha, shas.bug);
    assert.deepEqual(view.answer.map(({ sha }) => sha), [shas.change]);
    assert.deepEqual([...hunks(view)].sort(), ["mm/b.c extra:-:7 extra:-:27", "net/a.c dropped:17:-"]);
  });

  it("shows a commit of ours alone with what was before, and a rename as one", async () => {
    const view = await twin(shas.alone);
    assert.equal(view.upstream, undefined);
    const { up, down } = await texts({ commit: shas.alone, downPath: "mm/[b].c", view: "file" });
    assert.ok(up.state === "text" && down.state === "text");
    assert.equal(up.text, numbered(20));
    const added = await texts({ commit: shas.alone, downPath: "lab/board.c", view: "file" });
    assert.deepEqual(added, { up: { state: "absent" }, down: { state: "text", text: "int board;\n" } });
    const patch = await texts({ commit: shas.moved, downPath: "lab/panel.c" });
    assert.match(patch.down.state === "text" ? patch.down.text : patch.down.state, /rename from lab\/board\.c/);
  });

  it("opens a large file only when the reader insists", async () => {
    const params = { commit: shas.mistaken, upstream: shas.bulk, upPath: "fs/table.h", downPath: "fs/table.h" };
    assert.equal((await texts({ ...params, view: "file" })).up.state, "large");
    const forced = await texts({ ...params, view: "file", force: true });
    assert.ok(forced.up.state === "text" && forced.up.text.length > large);
  });

  it("takes paths as names and nothing else as a commit", async () => {
    assert.equal((await texts({ commit: shas.alone, downPath: "mm/[b].c" })).down.state, "text");
    assert.equal((await texts({ commit: shas.adapted, downPath: "mm/*" })).down.state, "absent");
    assert.equal((await texts({ commit: shas.adapted, downPath: "../../etc/passwd", view: "file" })).down.state, "absent");
    for (const commit of ["--output=x", "HEAD", "ours", `${shas.adapted}^`]) {
      assert.deepEqual(await texts({ commit, downPath: "mm/b.c", view: "file" }), { up: { state: "absent" }, down: { state: "absent" } }, commit);
      await assert.rejects(twin(commit), /is no branch, tag or commit/);
      await assert.rejects(twin(shas.adapted, commit), /is no branch, tag or commit/);
    }
    await assert.rejects(ask("keelson/upstream/twin", { folder: "/", pair: "other", commit: shas.adapted, job: "t" }));
  });

  it("says which side's content this repository lacks", async () => {
    const blob = repository.git("rev-parse", `${shas.change}:mm/b.c`).trim();
    rmSync(join(repository.root, ".git/objects", blob.slice(0, 2), blob.slice(2)));
    for (const view of ["file", "patch"] as const) {
      const { up, down } = await texts({ commit: shas.adapted, upstream: shas.change, upPath: "mm/b.c", downPath: "mm/b.c", view });
      assert.deepEqual([up.state, down.state], ["missing", "text"], view);
    }
    const view = await twin(shas.adapted);
    assert.deepEqual(view.notes, [{ code: "missing-blob", commit: shas.change }]);
    assert.deepEqual(view.files, [{ upPath: "mm/b.c", downPath: "mm/b.c", hunks: [], binary: false, missing: ["mainline"] }]);
  });
});
