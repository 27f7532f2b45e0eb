import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RequestMethod, Requests } from "../../language-server/protocol/requests";
import { modelName, startEndpoint, type Endpoint } from "../support/endpoint/server";
import { startClient, type Client } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

interface Stage {
  readonly repository: TestRepository;
  readonly client: Client;
  readonly shas: Readonly<Record<"bug" | "fix" | "carried" | "adapted", string>>;
  readonly ask: <M extends RequestMethod>(method: M, params: Requests[M]["params"]) => Promise<Requests[M]["result"]>;
}

const pair = "mainline";

/**
 * Mainline brings a bug, fixes it and changes another file; ours has the bug, has the change in another form, and lacks the fix.
 */
async function startStage(script: string | undefined, upstream: Readonly<Record<string, unknown>>): Promise<Stage & { readonly endpoint: Endpoint | undefined; stop(): Promise<void> }> {
  const repository = createRepository();
  const endpoint = script === undefined ? undefined : await startEndpoint(script);
  repository.commit("base", { "net/a.c": numbered(60), "mm/b.c": numbered(60), MAINTAINERS: "Maintainers List\n----------------\n\nNETWORKING\nM:\tAlice Example <alice@example.com>\nS:\tMaintained\nF:\tnet/\n" });
  repository.git("branch", "ours");
  const bug = repository.commit("net: count from one", { "net/a.c": numbered(60, { 20: "int count = 1; /* was zero */" }) });
  repository.git("tag", "v1.0");
  const fix = repository.commit("net: count from zero again", { "net/a.c": numbered(60, { 20: "int count = 0; /* from zero */" }) }, `Counting from one lost an entry.\n\nFixes: ${bug.slice(0, 12)} ("net: count from one")\nCVE-2024-12345\nCc: stable@vger.kernel.org\nSigned-off-by: Alice Example <alice@example.com>`);
  const change = repository.commit("mm: drop empty pages", { "mm/b.c": numbered(60, { 30: "drop_empty_page(page, REASON_EMPTY);" }) });
  repository.git("tag", "v1.1");
  repository.git("checkout", "-q", "ours");
  const carried = repository.commit("net: count from one", { "net/a.c": numbered(60, { 20: "int count = 1; /* was zero */" }) }, `commit ${bug} upstream.\n\nSigned-off-by: Alice Example <alice@example.com>`);
  const adapted = repository.commit("mm: drop empty pages", { "mm/b.c": numbered(60, { 30: "drop_empty_page(page);" }) }, `commit ${change} upstream.\n\n[bob: drop_empty_page() takes no reason here]\nSigned-off-by: Bob Sample <bob@example.org>`);
  repository.commit("=cmd|' /C calc'!A0", { "ours.txt": "ours\n" });
  const settings = { upstream: { pairs: [{ name: pair, mainline: "main", downstream: "ours" }], ...upstream }, ...(endpoint === undefined ? {} : { models: [{ id: "house", baseUrl: endpoint.url, model: modelName }] }) };
  const client = await startClient({ folders: [repository.root], settings: () => settings, initializationOptions: { storagePath: join(repository.root, "..", "storage") } });
  const ask = <M extends RequestMethod>(method: M, params: Requests[M]["params"]): Promise<Requests[M]["result"]> => client.connection.sendRequest(method, params);
  await ask("keelson/upstream/refresh", { folder: repository.root, pair });
  const stop = async (): Promise<void> => {
    await client.stop();
    await endpoint?.close();
    repository.remove();
  };
  return { repository, client, shas: { bug, fix, carried, adapted }, ask, endpoint, stop };
}

describe("texts of a comparison", function () {
  this.timeout(180_000);
  let stage: Awaited<ReturnType<typeof startStage>>;
  before(async () => {
    stage = await startStage(undefined, { inclusionTemplate: "openeuler" });
  });
  after(() => stage.stop());

  it("write nothing into the tree", async () => {
    const { repository, shas, ask } = stage;
    const ref = { folder: repository.root, pair };
    await ask("keelson/upstream/report", { ...ref, format: "html" });
    await ask("keelson/upstream/series", { ...ref, commits: [shas.fix], template: "stable", bug: "" });
    await ask("keelson/upstream/decide", { ...ref, commit: shas.fix, reason: "x" });
    await ask("keelson/upstream/decide", { ...ref, commit: shas.fix, reason: "" });
    assert.equal(repository.git("status", "--porcelain"), "");
    assert.ok(!existsSync(join(repository.root, ".keelson")));
  });

  it("are exports of lists that keep shas whole and give no spreadsheet a formula", async () => {
    const { repository, shas, ask } = stage;
    const list = { folder: repository.root, pair, filter: {}, sort: "list" as const };
    const missing = await ask("keelson/upstream/export", { ...list, list: "missing", format: "csv" });
    assert.equal(missing.rows, 1);
    assert.match(missing.text, new RegExp(`^commit,subject,author,date,risk,fixes,evidence\r\n${shas.fix},net: count from zero again,Alice Example,2024-03-01,`));
    assert.match(missing.text, new RegExp(`${shas.bug},.*which ours has as ${shas.carried.slice(0, 12)}`));
    const alone = (await Promise.all((["ours", "unsure"] as const).map((name) => ask("keelson/upstream/export", { ...list, list: name, format: "csv" })))).map(({ text }) => text).join("");
    assert.match(alone, /,'=cmd\|' \/C calc'!A0,/);
    const adapted = JSON.parse((await ask("keelson/upstream/export", { ...list, list: "adapted", format: "json" })).text) as readonly Readonly<Record<string, string>>[];
    assert.deepEqual(adapted.map((row) => [row["commit"], row["verdict"]]), [[shas.adapted, "adapted"]]);
  });

  it("are a report in each form, with decisions and subsystems in it", async () => {
    const { repository, shas, ask } = stage;
    const ref = { folder: repository.root, pair };
    assert.match((await ask("keelson/upstream/report", { ...ref, format: "markdown" })).text, /\| Missing fixes \| 1 \|[\s\S]*\| NETWORKING \| 1 \|/);
    await ask("keelson/upstream/decide", { ...ref, commit: shas.fix, reason: "we count from one <on purpose>" });
    const html = (await ask("keelson/upstream/report", { ...ref, format: "html" })).text;
    assert.match(html, /we count from one &lt;on purpose&gt;/);
    const json = JSON.parse((await ask("keelson/upstream/report", { ...ref, format: "json" })).text) as { readonly counts: Readonly<Record<string, number>> };
    assert.deepEqual([json.counts["missing"], json.counts["decided"], json.counts["adapted"]], [0, 1, 1]);
    await ask("keelson/upstream/decide", { ...ref, commit: shas.fix, reason: "" });
  });

  it("keep decisions in the tree, one file an author, once a team made the folder", async () => {
    const { repository, shas, ask } = stage;
    const folder = join(repository.root, ".keelson", "decisions");
    mkdirSync(folder, { recursive: true });
    await ask("keelson/upstream/decide", { folder: repository.root, pair, commit: shas.fix, reason: "not ours" });
    assert.deepEqual(readdirSync(folder), ["bob-example-org.jsonl"]);
    const decided = await ask("keelson/upstream/export", { folder: repository.root, pair, list: "decided", filter: {}, sort: "list", format: "json" });
    assert.equal((JSON.parse(decided.text) as readonly Readonly<Record<string, string>>[])[0]?.["reason"], "not ours");
    await ask("keelson/upstream/decide", { folder: repository.root, pair, commit: shas.fix, reason: "" });
    assert.equal((await ask("keelson/upstream/export", { folder: repository.root, pair, list: "missing", filter: {}, sort: "list", format: "json" })).rows, 1);
  });

  it("are a series under the team's header that git am applies, with tag, CVE and sign-off", async () => {
    const { repository, shas, ask } = stage;
    const { chosen, templates } = await ask("keelson/upstream/templates", { folder: repository.root });
    assert.deepEqual([chosen, templates.find(({ id }) => id === chosen)?.bug], ["openeuler", true]);
    const series = await ask("keelson/upstream/series", { folder: repository.root, pair, commits: [shas.fix], template: chosen, bug: "https://example.com/I1" });
    assert.deepEqual([series.mails, series.notes, series.bytes, series.amOptions], [1, [], undefined, []]);
    assert.match(series.text, /\nmainline inclusion\nfrom mainline-v1\.1\ncommit [0-9a-f]{40}\ncategory: bugfix\nbugzilla: https:\/\/example\.com\/I1\nCVE: CVE-2024-12345\n/);
    assert.match(series.text, /\nSigned-off-by: Bob Sample <bob@example\.org>\n---\n/);
    const mbox = join(repository.root, "..", "series.mbox");
    writeFileSync(mbox, series.text);
    execFileSync("git", ["am", "-q", mbox], { cwd: repository.root, stdio: "pipe" });
    await ask("keelson/upstream/refresh", { folder: repository.root, pair });
    assert.equal((await ask("keelson/upstream/export", { folder: repository.root, pair, list: "missing", filter: {}, sort: "list", format: "json" })).rows, 0);
  });

  it("refuse what is no commit and no form, in a sentence", async () => {
    const { repository, ask } = stage;
    const ref = { folder: repository.root, pair };
    await assert.rejects(ask("keelson/upstream/series", { ...ref, commits: ["--output=/tmp/x"], template: "stable", bug: "" }), /None of these commits/);
    await assert.rejects(ask("keelson/upstream/series", { ...ref, commits: [], template: "nonsense", bug: "" }), /no inclusion header called nonsense/);
    await assert.rejects(ask("keelson/upstream/releaseNotes", { ...ref, range: "--output=/tmp/x..y" }), /is no range/);
    await assert.rejects(ask("keelson/upstream/explainDifference", { ...ref, commit: "f".repeat(40) }), /in no commit of mainline/);
    await assert.rejects(ask("keelson/upstream/report", { folder: "/", pair: "another", format: "json" }), /another/);
  });

  it("tell why a commit differs by facts alone when no endpoint is set", async () => {
    const { repository, shas, ask } = stage;
    const { text } = await ask("keelson/upstream/explainDifference", { folder: repository.root, pair, commit: shas.adapted });
    assert.match(text, /bob\\: drop\\_empty\\_page\\\(\\\) takes no reason here/);
    assert.match(text, /Only mainline\\: \\\+drop\\_empty\\_page\\\(page, REASON\\_EMPTY\\\);[^\n]*`mm\/b\.c:30`/);
    assert.doesNotMatch(text, /In the words of/);
  });
});

describe("texts of a comparison, with an endpoint that invents", function () {
  this.timeout(180_000);
  let stage: Awaited<ReturnType<typeof startStage>>;
  before(async () => {
    stage = await startStage("lies", {});
  });
  after(() => stage.stop());

  it("tell why a commit differs in words that the two commits prove, after showing what would be sent", async () => {
    const { repository, shas, ask, endpoint } = stage;
    const params = { folder: repository.root, pair, commit: shas.adapted };
    const preview = await ask("keelson/upstream/previewDifference", params);
    const { text } = await ask("keelson/upstream/explainDifference", params);
    assert.match(text, /## In the words of house/);
    assert.match(text, /could not be verified and are not shown\\: 2/);
    assert.doesNotMatch(text, /invented/);
    assert.ok(preview.text.includes("REASON_EMPTY"));
    assert.ok((endpoint?.requests.length ?? 0) >= 1);
  });

  it("are release notes of a range, grouped, with the sentences that name its commits above them", async () => {
    const { repository, shas, ask } = stage;
    const { text } = await ask("keelson/upstream/releaseNotes", { folder: repository.root, pair, range: "main~3.." });
    assert.match(text, /## Summary by house/);
    assert.doesNotMatch(text, /Closes hole/);
    assert.match(text, new RegExp(`\`${shas.adapted.slice(0, 12)}\` mm\\\\: drop empty pages`));
    const one = await ask("keelson/upstream/releaseNotes", { folder: repository.root, pair, range: "ours~1..ours" });
    assert.match(one.text, /1 commits/);
  });
});
