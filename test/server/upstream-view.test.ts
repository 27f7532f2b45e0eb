import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { CodeLens, Hover, InlayHint } from "vscode-languageserver-protocol";
import type { InitializationOptions } from "../../language-server/protocol/initialize";
import type { RequestMethod, Requests } from "../../language-server/protocol/requests";
import type { UpstreamList } from "../../language-server/protocol/upstream";
import { startClient, type Client } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

const pair = "mainline";
const signed = "Signed-off-by: Alice Example <alice@example.com>";

interface Made {
  readonly repository: TestRepository;
  readonly shas: Readonly<Record<"count" | "pages" | "ring" | "other" | "fix" | "sameOurs" | "adaptedOurs" | "partialOurs" | "wrongOurs" | "alone", string>>;
}

/** The driver's file: a function among others, so that a hunk's section names the one before it. */
function driver(count: string, ring: string): string {
  return `#include <net.h>\n\nstatic int net_count(struct net *net)\n{\n\tint count = ${count};\n\n\tnet->seen = 1;\n\tnet->count = count;\n\treturn count;\n}\n\nint net_open(struct net *net)\n{\n\tnet->open = 1;\n\tnet->ring = ${ring};\n\treturn net_count(net);\n}\n`;
}

/** Made on another day than the rest: an author's time alone tells commits apart. */
function redated(repository: TestRepository, commit: () => string): string {
  commit();
  repository.git("commit", "-q", "--amend", "--no-edit", "--date=2024-04-02T11:00:00Z");
  return repository.git("rev-parse", "HEAD").trim();
}

/** Ours carries one commit as it is, one adapted, one without its second hunk, one under a wrong sha, one alone; it lacks a fix. */
function makeTree(): Made {
  const repository = createRepository();
  const maintainers = "Maintainers List\n----------------\n\nNETWORKING\nM:\tAlice Example <alice@example.com>\nS:\tMaintained\nF:\tnet/\n\nMEMORY\nM:\tBob Sample <bob@example.org>\nS:\tMaintained\nF:\tmm/\n";
  repository.commit("base", { "net/a.c": driver("0", "0"), "mm/b.c": numbered(60), "mm/c.c": numbered(80), "mm/d.c": numbered(40), MAINTAINERS: maintainers });
  repository.git("branch", "ours");
  const count = repository.commit("net: count from one", { "net/a.c": driver("1", "0") });
  repository.git("tag", "v1.0");
  const pages = repository.commit("mm: drop empty pages", { "mm/b.c": numbered(60, { 30: "drop_empty_page(page, REASON_EMPTY);" }) });
  const ring = repository.commit("mm: walk the ring in both directions", { "mm/c.c": numbered(80, { 10: "walk_forward(ring_head(ring));", 60: "walk_backward(ring_tail(ring));" }) });
  const other = redated(repository, () => repository.commit("mm: give back what was taken", { "mm/d.c": numbered(40, { 20: "give_back(taken_page(page));" }) }));
  const fix = repository.commit("net: count from zero again", { "net/a.c": driver("0 /* as the hardware */", "0") }, `Counting from one lost an entry.\n\nFixes: ${count.slice(0, 12)} ("net: count from one")\nCc: stable@vger.kernel.org\n${signed}`);
  repository.git("checkout", "-q", "ours");
  const sameOurs = repository.commit("net: count from one", { "net/a.c": driver("1", "0") }, `commit ${count} upstream.\n\n${signed}`);
  const adaptedOurs = repository.commit("mm: drop empty pages", { "mm/b.c": numbered(60, { 30: "drop_empty_page(page);" }) }, `commit ${pages} upstream.\n\n${signed}`);
  const partialOurs = repository.commit("mm: walk the ring in both directions", { "mm/c.c": numbered(80, { 10: "walk_forward(ring_head(ring));" }) }, `commit ${ring} upstream.\n\n${signed}`);
  const wrongOurs = redated(repository, () => repository.commit("mm: give back what was taken", { "mm/d.c": numbered(40, { 20: "give_back(taken_page(page));" }) }, `commit ${pages} upstream.\n\n${signed}`));
  const alone = repository.commit("ours: say whose tree it is", { "ours.txt": "ours\n" });
  return { repository, shas: { count, pages, ring, other, fix, sameOurs, adaptedOurs, partialOurs, wrongOurs, alone } };
}

interface Editor {
  readonly client: Client;
  ask<M extends RequestMethod>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]>;
  subjects(list: UpstreamList, filter?: Requests["keelson/upstream/rows"]["params"]["filter"]): Promise<readonly string[]>;
}

async function startEditor(root: string, options: InitializationOptions = {}): Promise<Editor> {
  const client = await startClient({ folders: [root], dynamic: true, settings: () => ({ upstream: { pairs: [{ name: pair, mainline: "main", downstream: "ours" }, { name: 5 }] } }), initializationOptions: { storagePath: join(root, "..", "storage"), ...options } });
  const ask = <M extends RequestMethod>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]> => client.connection.sendRequest(method, params);
  return {
    client,
    ask,
    subjects: async (list, filter = {}) => (await ask("keelson/upstream/rows", { folder: root, pair, list, filter, sort: "list", offset: 0, limit: 100 })).rows.map(({ subject }) => subject),
  };
}

describe("what the Upstream view asks", () => {
  let made: Made;
  let editor: Editor;
  let ref: { readonly folder: string; readonly pair: string };
  before(async () => {
    made = makeTree();
    editor = await startEditor(made.repository.root);
    ref = { folder: made.repository.root, pair };
  });
  after(async () => {
    await editor.client.stop();
    made.repository.remove();
  });

  it("names the comparisons of the settings, and leaves out one that is none", async () => {
    const { pairs, note } = await editor.ask("keelson/upstream/pairs", null);
    assert.deepEqual(pairs, [{ ...ref, repository: "tree", mainline: "main", downstream: "ours" }]);
    assert.equal(note, "");
  });

  it("says what to do before anything was compared, and compares nothing by itself", async () => {
    const summary = await editor.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.equal(summary.state, "none");
    assert.match(summary.note, /Compare with Mainline/u);
    await assert.rejects(editor.subjects("same"), /Not compared yet/u);
  });

  it("counts each list once it was compared", async () => {
    await editor.ask("keelson/upstream/refresh", ref);
    const { state, counts, commits, candidates, note } = await editor.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.deepEqual([state, note, commits, candidates], ["known", "", 5, 5]);
    assert.deepEqual(counts, { missing: 1, "not-built": 0, decided: 0, wrong: 1, unsure: 0, partial: 1, adapted: 1, same: 2, ours: 1, revert: 0 });
  });

  it("lists rows with their evidence in one line", async () => {
    const rows = async (list: UpstreamList): Promise<readonly (readonly [string, string])[]> => (await editor.ask("keelson/upstream/rows", { ...ref, list, filter: {}, sort: "list", offset: 0, limit: 10 })).rows.map(({ commit, detail }) => [commit, detail] as const);
    const { shas } = made;
    assert.deepEqual(await rows("partial"), [[shas.partialOurs, "partial, 1 hunk dropped"]]);
    assert.deepEqual(await rows("adapted"), [[shas.adaptedOurs, "adapted, 1 hunk differs"]]);
    assert.deepEqual(await rows("wrong"), [[shas.wrongOurs, `says ${shas.pages.slice(0, 12)}, is ${shas.other.slice(0, 12)}`]]);
    const [missing] = await rows("missing");
    assert.equal(missing?.[0], shas.fix);
    assert.match(missing[1], new RegExp(`^Cc: stable.* · fixes ${shas.count.slice(0, 12)}, carried as ${shas.sameOurs.slice(0, 12)}`, "u"));
  });

  it("pages rows, newest first or by subject", async () => {
    const page = async (offset: number, sort: "list" | "subject"): Promise<readonly string[]> => (await editor.ask("keelson/upstream/rows", { ...ref, list: "same", filter: {}, sort, offset, limit: 1 })).rows.map(({ subject }) => subject);
    assert.deepEqual([...(await page(0, "list")), ...(await page(1, "list"))], ["mm: give back what was taken", "net: count from one"]);
    assert.deepEqual(await page(0, "subject"), ["mm: give back what was taken"]);
    assert.deepEqual(await page(2, "list"), []);
  });

  it("sorts rows by subsystem and says which, and cuts a list into parts that say what they begin and end with", async () => {
    const about = { ...ref, list: "same", filter: {} } as const;
    const { rows } = await editor.ask("keelson/upstream/rows", { ...about, sort: "subsystem", offset: 0, limit: 10 });
    assert.deepEqual(rows.map(({ subject, subsystem }) => [subject, subsystem]), [["mm: give back what was taken", "MEMORY"], ["net: count from one", "NETWORKING"]]);
    const parts = async (sort: "list" | "subject", size: number): Promise<unknown> => (await editor.ask("keelson/upstream/parts", { ...about, sort, size })).parts;
    assert.deepEqual(await parts("list", 5), [{ offset: 0, count: 2, first: "2024-04-02", last: "2024-03-01" }]);
    assert.deepEqual(await parts("subject", 1), [{ offset: 0, count: 1, first: "mm: give back what was taken", last: "mm: give back what was taken" }, { offset: 1, count: 1, first: "net: count from one", last: "net: count from one" }]);
  });

  it("filters by subsystem, path, author, day and words", async () => {
    assert.deepEqual(await editor.subjects("same", { subsystem: "NETWORKING" }), ["net: count from one"]);
    assert.deepEqual(await editor.subjects("same", { subsystem: "NOBODY" }), []);
    assert.deepEqual(await editor.subjects("same", { path: "mm/" }), ["mm: give back what was taken"]);
    assert.deepEqual(await editor.subjects("same", { path: "**/a.c" }), ["net: count from one"]);
    assert.deepEqual(await editor.subjects("same", { author: "ALICE@" }), ["mm: give back what was taken", "net: count from one"]);
    assert.deepEqual(await editor.subjects("same", { since: 1_800_000_000 }), []);
    assert.deepEqual(await editor.subjects("same", { text: "COUNT" }), ["net: count from one"]);
    assert.deepEqual(await editor.subjects("missing", { risk: ["stable"] }), ["net: count from zero again"]);
    assert.deepEqual(await editor.subjects("missing", { risk: ["syzbot"] }), []);
    const { counts } = await editor.ask("keelson/upstream/summary", { ...ref, filter: { path: "net" } });
    assert.deepEqual([counts.missing, counts.same, counts.adapted], [1, 1, 0]);
  });

  it("names the subsystems that commits touch", async () => {
    const { subsystems } = await editor.ask("keelson/upstream/subsystems", ref);
    assert.deepEqual(subsystems, [{ name: "MEMORY", commits: 3 }, { name: "NETWORKING", commits: 1 }]);
  });

  it("tells the later fixes of a commit of either side", async () => {
    for (const commit of [made.shas.sameOurs, made.shas.count]) {
      const { fixes } = await editor.ask("keelson/upstream/laterFixes", { ...ref, commit });
      assert.deepEqual(fixes.map((fix) => [fix.commit, fix.carriedAs, fix.detail]), [[made.shas.fix, undefined, "missing"]]);
    }
  });

  it("remembers that a fix is not for us, with the reason, and takes it back", async () => {
    await editor.ask("keelson/upstream/decide", { ...ref, commit: made.shas.fix, reason: "we count from one on purpose" });
    const decided = await editor.ask("keelson/upstream/rows", { ...ref, list: "decided", filter: {}, sort: "list", offset: 0, limit: 10 });
    assert.deepEqual(decided.rows.map(({ commit, detail }) => [commit, detail]), [[made.shas.fix, "we count from one on purpose"]]);
    assert.deepEqual(await editor.subjects("missing"), []);
    await editor.ask("keelson/upstream/decide", { ...ref, commit: made.shas.fix, reason: "" });
    assert.deepEqual(await editor.subjects("missing"), ["net: count from zero again"]);
    await assert.rejects(editor.ask("keelson/upstream/decide", { ...ref, commit: "--help", reason: "x" }), /--help/u);
  });

  it("suggests the sides of a comparison and says how much there is to compare", async () => {
    const suggested = await editor.ask("keelson/upstream/suggestPairs", { folder: ref.folder });
    assert.equal(suggested.mainline[0]?.ref, "main");
    assert.equal(suggested.downstream[0]?.ref, "ours");
    const check = (mainline: string, downstream: string) => editor.ask("keelson/upstream/checkPair", { folder: ref.folder, mainline, downstream });
    assert.deepEqual(await check("main", "ours"), { mainlineCommits: 5, downstreamCommits: 5 });
    assert.match((await check("main", "main")).problem ?? "", /same commit/u);
    assert.match((await check("nowhere", "ours")).problem ?? "", /nowhere is no branch/u);
    assert.match((await check("--output=x", "ours")).problem ?? "", /is no branch/u);
  });

  it("knows no comparison, path or revision that the settings do not name", async () => {
    await assert.rejects(editor.ask("keelson/upstream/refresh", { folder: ref.folder, pair: "other" }), /No comparison is called other/u);
    await assert.rejects(editor.ask("keelson/upstream/refresh", { folder: "/", pair }), /No comparison/u);
  });

  describe("in a patch", () => {
    const open = async (sha: string): Promise<{ readonly uri: string; readonly text: string }> => {
      const { text } = await editor.ask("keelson/review/source", { kind: "range", folder: ref.folder, range: sha });
      const uri = pathToFileURL(join(ref.folder, `${sha.slice(0, 12)}.diff`)).toString();
      editor.client.open(uri, text);
      return { uri, text };
    };
    const titles = async (sha: string): Promise<readonly string[]> => (await editor.client.lenses((await open(sha)).uri)).map(({ command }) => command?.title ?? "");

    it("has a lens that names mainline's commit, the verdict and the later fixes", async () => {
      const { shas } = made;
      const lenses = await titles(shas.sameOurs);
      assert.ok(lenses.includes(`mainline ${shas.count.slice(0, 12)} (as is) · 1 later fix · 1 missing`), lenses.join(" | "));
      assert.ok(lenses.includes("Show Later Fixes"));
      const adapted = await titles(shas.adaptedOurs);
      assert.ok(adapted.includes(`mainline ${shas.pages.slice(0, 12)} (adapted, 1 hunk differs)`), adapted.join(" | "));
      assert.ok((await titles(shas.alone)).includes("ours alone, in no commit of main"));
      assert.ok((await titles(shas.ring)).includes(`carried in ours as ${shas.partialOurs.slice(0, 12)} (partial, 1 hunk dropped)`));
      assert.ok((await titles(shas.fix)).includes("missing in ours"));
    });

    it("hints at the hunks that ours lacks or has in another form", async () => {
      const hints = async (sha: string): Promise<readonly (readonly [string, string])[]> => {
        const { uri, text } = await open(sha);
        const lines = text.split("\n");
        const found = await editor.client.connection.sendRequest<InlayHint[]>("textDocument/inlayHint", { textDocument: { uri }, range: { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } } });
        return found.map(({ position, label }) => [(lines[position.line] ?? "").slice(0, 6), typeof label === "string" ? label : ""] as const).filter(([, label]) => !label.startsWith("applies"));
      };
      const { shas } = made;
      const ours = shas.partialOurs.slice(0, 12);
      const dropped = await hints(shas.ring);
      assert.ok(dropped.some(([at, label]) => at === "@@ -57" && label === `dropped in ${ours}`), JSON.stringify(dropped));
      assert.ok((await hints(shas.partialOurs)).some(([at, label]) => at === "diff -" && label === `1 hunk of mainline ${shas.ring.slice(0, 12)} dropped`));
      assert.ok((await hints(shas.adaptedOurs)).some(([at, label]) => at.startsWith("@@") && label === `differs in ${shas.pages.slice(0, 12)}`));
    });

    it("tells in a hover on a sha the verdict, the first tag and the later fixes", async () => {
      const { uri, text } = await open(made.shas.sameOurs);
      const line = text.split("\n").findIndex((entry) => entry.startsWith("commit "));
      const hover = await editor.client.connection.sendRequest<Hover>("textDocument/hover", { textDocument: { uri }, position: { line, character: 12 } });
      const { value } = hover.contents as { readonly value: string };
      assert.match(value, /mainline: carried in ours as/u);
      assert.match(value, /First in `v1\.0`/u);
      assert.match(value, new RegExp(`\`${made.shas.fix.slice(0, 12)}\` net\\\\: count from zero again \\(missing\\)`, "u"));
    });
  });

  describe("in a source file", () => {
    it("registers source files only once it knows of missing fixes", () => {
      assert.ok([...editor.client.registered.values()].includes("textDocument/codeLens c cpp"), [...editor.client.registered.values()].join(" | "));
    });

    it("has a lens on the function that lacks a fix, which leads to the fix", async () => {
      const uri = pathToFileURL(join(ref.folder, "net/a.c")).toString();
      // Two lines above what mainline has: the function is found by its name.
      editor.client.open(uri, `/* ours */\n\n${driver("1", "0")}`, "c");
      const lenses = await editor.client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } });
      assert.deepEqual(lenses.map(({ range, command }) => [range.start.line, command?.title]), [[4, "Missing fix: net: count from zero again"]]);
      const argument = lenses[0]?.command?.arguments?.[0] as Requests["keelson/upstream/fixPlaces"]["params"];
      const { places } = await editor.ask("keelson/upstream/fixPlaces", argument);
      assert.equal(places.length, 1);
      assert.match(decodeURIComponent(places[0]?.uri ?? ""), new RegExp(`^keelson-patch:/tree/${made.shas.fix.slice(0, 12)}.diff`, "u"));
      const { text } = await editor.ask("keelson/review/source", { kind: "range", folder: ref.folder, range: made.shas.fix });
      assert.match(text.split("\n")[(places[0]?.line ?? 0) - 1] ?? "", /^@@ /u);
    });

    it("says nothing of a file that mainline has no missing fix of", async () => {
      const uri = pathToFileURL(join(ref.folder, "mm/b.c")).toString();
      editor.client.open(uri, numbered(60), "c");
      assert.deepEqual(await editor.client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument: { uri } }), []);
    });
  });

  it("says what moved since, and keeps the old rows until it compares anew", async () => {
    made.repository.commit("ours: say it twice", { "ours.txt": "ours\nours\n" });
    const stale = await editor.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.deepEqual([stale.state, stale.note, stale.counts.ours], ["stale", "ours has 1 new commit", 1]);
    await editor.ask("keelson/upstream/refresh", ref);
    const fresh = await editor.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.deepEqual([fresh.state, fresh.counts.ours], ["known", 2]);
  });

  it("has the comparison of an earlier session at hand", async () => {
    const again = await startEditor(ref.folder);
    const changed = new Promise<void>((resolve) => {
      again.client.connection.onNotification("keelson/upstream/changed", ({ running }: { readonly running: boolean }) => {
        if (!running) resolve();
      });
    });
    const summary = await again.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.equal(summary.counts.same, 2);
    await changed;
    assert.deepEqual(await again.subjects("missing"), ["net: count from zero again"]);
    await again.client.stop();
  });

  it("shows the answer of an earlier session when sides moved since, says of which commits it is, and compares nothing by itself", async () => {
    const [mainline, downstream] = ["main", "ours"].map((name) => made.repository.git("rev-parse", name).trim());
    made.repository.commit("ours: say it three times", { "ours.txt": "ours\nours\nours\n" });
    const again = await startEditor(ref.folder);
    const idle = new Promise<void>((resolve) => {
      again.client.connection.onNotification("keelson/upstream/changed", ({ running }: { readonly running: boolean }) => {
        if (!running) resolve();
      });
    });
    await again.ask("keelson/upstream/summary", { ...ref, filter: {} });
    await idle;
    const { state, note, tips, counts } = await again.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.deepEqual([state, note, tips, counts.ours, counts.missing], ["stale", "ours has 1 new commit", { mainline, downstream }, 2, 1]);
    assert.deepEqual(await again.subjects("missing"), ["net: count from zero again"]);
    assert.deepEqual((await again.subjects("ours")).length, 2);
    await again.ask("keelson/upstream/refresh", ref);
    const fresh = await again.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.deepEqual([fresh.state, fresh.note, fresh.counts.ours], ["known", "", 3]);
    await again.client.stop();
  });

  it("shows the earlier answer of a branch that was rebased, and none of a comparison that was never made", async () => {
    const last = made.repository.git("rev-parse", "ours").trim();
    made.repository.git("commit", "-q", "--amend", "-m", "ours: say it often");
    const again = await startEditor(ref.folder);
    const { tips } = await again.ask("keelson/upstream/summary", { ...ref, filter: {} });
    assert.equal(tips?.downstream, last);
    await again.client.stop();
    const other = await startClient({ folders: [ref.folder], settings: () => ({ upstream: { pairs: [{ name: pair, mainline: "main~1", downstream: "ours" }] } }), initializationOptions: { storagePath: join(ref.folder, "..", "storage") } });
    const never: Requests["keelson/upstream/summary"]["result"] = await other.connection.sendRequest("keelson/upstream/summary", { ...ref, filter: {} });
    assert.deepEqual([never.state, never.tips ?? null], ["none", null]);
    await other.stop();
  });

  it("runs no git without trust, and says why", async () => {
    const restricted = await startEditor(ref.folder, { trusted: false });
    const { pairs, note } = await restricted.ask("keelson/upstream/pairs", null);
    assert.deepEqual(pairs, []);
    assert.match(note, /not trusted/u);
    await assert.rejects(restricted.ask("keelson/upstream/refresh", ref), /not trusted/u);
    await restricted.client.stop();
  });

  it("writes nothing into the tree", () => {
    writeFileSync(join(ref.folder, "net/a.c"), driver("1", "0"));
    assert.equal(made.repository.git("status", "--porcelain").trim(), "");
  });
});
