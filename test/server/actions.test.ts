import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ExplanationView, WorktreePlan } from "../../language-server/protocol/requests";
import { modelName, startEndpoint, type Endpoint } from "../support/endpoint/server";
import { startClient, type Client } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

/** Resolves with the first view of a session that satisfies `wanted`. */
function viewThat(client: Client, wanted: (view: ExplanationView) => boolean): Promise<ExplanationView> {
  return new Promise((resolve) => {
    const subscription = client.connection.onNotification("keelson/review/explanationChanged", (view: ExplanationView) => {
      if (!wanted(view)) return;
      subscription.dispose();
      resolve(view);
    });
  });
}

function models(endpoint: Endpoint | undefined): unknown {
  return endpoint === undefined ? {} : { models: [{ id: "house", baseUrl: endpoint.url, model: modelName, headers: { "x-team-token": "kernel-secret" } }] };
}

interface Stage {
  readonly repository: TestRepository;
  readonly client: Client;
  readonly uri: string;
}

async function withStage(script: string | undefined, work: (stage: Stage, endpoint: Endpoint) => Promise<void>): Promise<void> {
  const repository = createRepository();
  repository.commit("keel: add the driver", { "drivers/keel/keel.c": numbered(40) });
  repository.commit("keel: count from one", { "drivers/keel/keel.c": numbered(40, { 20: "line twenty" }) });
  repository.commit("keel: name line thirty", { "drivers/keel/keel.c": numbered(40, { 20: "line twenty", 30: "line thirty" }) });
  const mbox = repository.git("format-patch", "--stdout", "-2");
  repository.git("reset", "-q", "--hard", "HEAD~2");
  const endpoint = script === undefined ? undefined : await startEndpoint(script);
  const client = await startClient({ folders: [repository.root], settings: () => models(endpoint), initializationOptions: { storagePath: join(repository.root, "..", "storage") } });
  const uri = pathToFileURL(join(repository.root, "series.mbox")).toString();
  client.open(uri, mbox, "mbox");
  try {
    await work({ repository, client, uri }, endpoint as Endpoint);
  } finally {
    await client.stop();
    await endpoint?.close();
    repository.remove();
  }
}

describe("explanations", () => {
  it("streams verified statements into a session, and finds them again after a restart without asking anew", async () => {
    await withStage("plain", async ({ client, uri, repository }, endpoint) => {
      const done = viewThat(client, (view) => view.state === "done");
      const target = { kind: "patch", patch: 0 };
      const first = await client.connection.sendRequest<ExplanationView>("keelson/review/explain", { uri, target });
      assert.ok(first.facts.some((fact) => fact.kind === "subject"));
      const view = await done;
      assert.equal(view.session, first.session);
      assert.equal(view.endpoint?.model, modelName);
      assert.ok(view.statements.length > 0);
      const text = repository.git("--version");
      assert.notEqual(text, "");
      for (const statement of view.statements) assert.ok(statement.evidence.length > 0);
      const asked = endpoint.requests.length;
      const other = await startClient({ settings: () => models(endpoint), initializationOptions: { storagePath: join(repository.root, "..", "storage") } });
      try {
        const again = await other.connection.sendRequest<ExplanationView | null>("keelson/review/explanation", { session: view.session });
        assert.deepEqual(again?.statements, view.statements);
        assert.equal(endpoint.requests.length, asked);
      } finally {
        await other.stop();
      }
    });
  });

  it("stops when told to, and begins again when asked again", async () => {
    await withStage("silent", async ({ client, uri }, endpoint) => {
      const asked = endpoint.nextRequest();
      const target = { kind: "hunk", patch: 1, file: 0, hunk: 0 };
      const first = await client.connection.sendRequest<ExplanationView>("keelson/review/explain", { uri, target });
      await asked;
      const stopped = viewThat(client, (view) => view.state === "cancelled");
      await client.connection.sendRequest("keelson/review/cancelExplanation", { session: first.session });
      assert.equal((await stopped).session, first.session);
      await endpoint.quiet();
      const next = endpoint.nextRequest();
      const second = await client.connection.sendRequest<ExplanationView>("keelson/review/explain", { uri, target });
      await next;
      assert.equal(second.state, "running");
    });
  });

  it("tells an endpoint's error with what to do about it", async () => {
    await withStage("401", async ({ client, uri }) => {
      const failed = viewThat(client, (view) => view.state === "error");
      await client.connection.sendRequest("keelson/review/explain", { uri, target: { kind: "file", patch: 0, file: 0 } });
      const view = await failed;
      assert.match(view.error?.advice ?? "", /Set Model Key/u);
    });
  });

  it("shows what would be sent without sending it, and without secrets", async () => {
    await withStage("plain", async ({ client, uri }, endpoint) => {
      await client.connection.sendRequest("keelson/model/keys", { keys: { house: "sk-very-secret-key" } });
      const { text } = await client.connection.sendRequest<{ text: string }>("keelson/review/preview", { uri, target: { kind: "patch", patch: 0 } });
      assert.match(text, /^POST http:\/\/127\.0\.0\.1:/u);
      assert.match(text, /line twenty/u);
      assert.doesNotMatch(text, /very-secret|kernel-secret/u);
      assert.equal(endpoint.requests.length, 0);
      const told = await client.connection.sendRequest<{ text: string }>("keelson/server/diagnose", null);
      assert.doesNotMatch(told.text, /very-secret|kernel-secret/u);
      assert.doesNotMatch(client.logs.join("\n"), /very-secret|kernel-secret/u);
    });
  });

  it("says that there is no endpoint and shows the facts", async () => {
    await withStage(undefined, async ({ client, uri }) => {
      const view = await client.connection.sendRequest<ExplanationView>("keelson/review/explain", { uri, target: { kind: "selection", firstLine: 20, lastLine: 30 } });
      assert.equal(view.state, "none");
      await assert.rejects(client.connection.sendRequest("keelson/review/preview", { uri, target: { kind: "patch", patch: 0 } }), /keelson\.models/u);
    });
  });

  it("tests an endpoint and prints what it can do", async () => {
    await withStage("plain", async ({ client }) => {
      const { text, rows } = await client.connection.sendRequest<{ text: string; rows: { name: string; state: string }[] }>("keelson/model/test", {});
      assert.equal(rows.find((row) => row.name === "stream")?.state, "yes");
      assert.match(text, /\| stream \| yes \|/u);
    });
  });
});

describe("patch documents of a repository", () => {
  it("makes one of staged changes, of the working tree with new files, of a commit and of a range with its base", async () => {
    await withStage(undefined, async ({ client, repository }) => {
      const source = (request: object) => client.connection.sendRequest<{ text: string; title: string }>("keelson/review/source", { folder: repository.root, ...request });
      await assert.rejects(source({ kind: "staged" }), /no staged changes/u);
      repository.write("drivers/keel/keel.c", numbered(40, { 5: "line five" }));
      repository.git("add", "-A");
      repository.write("drivers/keel/new 名.c", "int fresh;\n");
      const staged = await source({ kind: "staged" });
      assert.match(staged.text, /\+line five/u);
      assert.doesNotMatch(staged.text, /int fresh/u);
      assert.equal(staged.title, "Staged changes of tree");
      const worktree = await source({ kind: "worktree" });
      assert.match(worktree.text, /\+line five/u);
      assert.match(worktree.text, /\+int fresh;/u);
      repository.commit("keel: name line five", {});
      const head = repository.git("rev-parse", "HEAD").trim();
      const parent = repository.git("rev-parse", "HEAD~1").trim();
      const commit = await source({ kind: "range", range: "HEAD" });
      assert.ok(commit.text.startsWith(`From ${head}`));
      assert.ok(commit.text.includes(`base-commit: ${parent}`));
      repository.git("config", "format.attach", "always");
      assert.doesNotMatch((await source({ kind: "range", range: "HEAD" })).text, /multipart|boundary/u, "a mail as people read it, whatever git is configured to");
      assert.equal((await source({ kind: "range", range: "HEAD~1..HEAD" })).text, commit.text);
      await assert.rejects(source({ kind: "range", range: "HEAD..HEAD" }), /no commit/u);
    });
  });

  it("judges a commit where it was made, not where it already is", async () => {
    await withStage(undefined, async ({ client, repository }) => {
      repository.commit("keel: name line five", { "drivers/keel/keel.c": numbered(40, { 5: "line five" }) });
      const request = { kind: "range", folder: repository.root, range: "HEAD" };
      const { text } = await client.connection.sendRequest<{ text: string }>("keelson/review/source", request);
      const uri = `keelson-patch:/tree/HEAD.diff?${encodeURIComponent(JSON.stringify(request))}`;
      client.open(uri, text);
      await client.settled(uri);
      const titles = (await client.lenses(uri)).map((lens) => lens.command?.title ?? "");
      assert.ok(titles.some((title) => /^Applies to [0-9a-f]{12}$/u.test(title)), titles.join(" | "));
    });
  });
});

describe("applying to a worktree", () => {
  it("shows a plan that writes nothing, then does just that beside the tree", async () => {
    await withStage(undefined, async ({ client, repository, uri }) => {
      const plan = await client.connection.sendRequest<WorktreePlan>("keelson/review/planWorktree", { uri, patch: 1 });
      assert.equal(dirname(plan.path), dirname(repository.root));
      assert.ok(basename(plan.path).startsWith("tree-keel-name-line-thirty"));
      assert.ok(!existsSync(plan.path));
      const done = await client.connection.sendRequest<{ ok: boolean; output: string }>("keelson/review/applyToWorktree", { uri, patch: 1, plan });
      assert.ok(done.ok, done.output);
      const text = readFileSync(join(plan.path, "drivers/keel/keel.c"), "utf8");
      assert.equal(text, numbered(40, { 20: "line twenty", 30: "line thirty" }));
      assert.equal(repository.git("status", "--porcelain").trim(), "", "the user's own tree is as it was");
      await assert.rejects(client.connection.sendRequest("keelson/review/planWorktree", { uri, patch: 1 }), /already there/u);
    });
  });

  it("leaves the worktree of a patch that stopped, and says so", async () => {
    await withStage(undefined, async ({ client, repository }) => {
      const uri = pathToFileURL(join(repository.root, "stray.mbox")).toString();
      client.open(uri, repository.git("format-patch", "--stdout", "-1", "ORIG_HEAD").replace(/^ line 29$/mu, " line of another tree"), "mbox");
      const plan = await client.connection.sendRequest<WorktreePlan>("keelson/review/planWorktree", { uri, patch: 0 });
      const done = await client.connection.sendRequest<{ ok: boolean; made: boolean; output: string }>("keelson/review/applyToWorktree", { uri, patch: 0, plan });
      assert.deepEqual([done.ok, done.made, existsSync(plan.path)], [false, true, true]);
      assert.equal(repository.git("status", "--porcelain").trim(), "", "the user's own tree is as it was");
    });
  });

  it("refuses a plan that is not its own", async () => {
    await withStage(undefined, async ({ client, uri, repository }) => {
      const plan = await client.connection.sendRequest<WorktreePlan>("keelson/review/planWorktree", { uri, patch: 0 });
      const elsewhere = { ...plan, path: join(repository.root, "..", "elsewhere") };
      await assert.rejects(client.connection.sendRequest("keelson/review/applyToWorktree", { uri, patch: 0, plan: elsewhere }), /changed since the plan/u);
      assert.ok(!existsSync(elsewhere.path));
    });
  });
});
