import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { modelName, startEndpoint } from "../support/endpoint/server";
import { dist } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

function keelson(args: readonly string[], options: { readonly cwd?: string; readonly input?: string; readonly env?: Readonly<Record<string, string>>; readonly closeEarly?: boolean } = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: "C.UTF-8", XDG_CONFIG_HOME: "/nonexistent", ...options.env };
    const child = spawn(process.execPath, [join(dist, "server", "cli.mjs"), ...args], { cwd: options.cwd ?? tmpdir(), env });
    let out = "";
    let error = "";
    child.stdout.on("data", (chunk: Buffer) => {
      out += chunk.toString();
      if (options.closeEarly === true) child.stdout.destroy();
    });
    child.stderr.on("data", (chunk: Buffer) => (error += chunk.toString()));
    child.stdin.on("error", () => undefined);
    child.stdin.end(options.input ?? "");
    child.on("close", (status) => {
      resolve({ status, out, error });
    });
  });
}

interface Review {
  readonly patches: readonly { readonly subject: string; readonly findings: readonly { check: string; severity: string; file: string | null; side: string; line: number; quote: string; message: string }[]; readonly applies: { state: string; steps: readonly { how: string; ok: boolean; error: string }[] }; readonly maintainers: readonly { email: string }[] }[];
}

describe("keelson in the terminal", () => {
  let repository: TestRepository;
  let mbox: string;
  let folder: string;
  before(() => {
    repository = createRepository();
    repository.commit("keel: add the driver", { "drivers/keel/keel.c": numbered(40), MAINTAINERS: "KEEL DRIVER\nM:\tAlice Example <alice@example.com>\nS:\tMaintained\nF:\tdrivers/keel/\n" });
    repository.commit("keel: count from one", { "drivers/keel/keel.c": numbered(40, { 20: "line twenty " }) });
    repository.commit("keel: 名字", { "drivers/keel/keel.c": numbered(40, { 20: "line twenty ", 30: "line thirty" }) });
    mbox = repository.git("format-patch", "--stdout", "-2");
    folder = mkdtempSync(join(tmpdir(), "keelson-cli-"));
    writeFileSync(join(folder, "series.mbox"), mbox);
    repository.git("format-patch", "-q", "-o", join(folder, "patches"), "-2");
    repository.git("reset", "-q", "--hard", "HEAD~2");
  });
  after(() => {
    repository.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  it("prints what a mailbox holds as the documented JSON", async () => {
    const ran = await keelson(["patch", "parse", join(folder, "series.mbox"), "--format", "json"]);
    assert.equal(ran.status, 0);
    const { patches } = JSON.parse(ran.out) as { patches: Record<string, unknown>[] };
    assert.deepEqual(Object.keys(patches[0] ?? {}), ["subject", "author", "date", "messageId", "version", "index", "total", "trailers", "files", "problems"]);
    assert.deepEqual(patches.map((patch) => [patch["subject"], patch["index"], patch["total"]]), [["keel: count from one", 1, 2], ["keel: 名字", 2, 2]]);
  });

  it("reads standard input and a folder alike", async () => {
    const piped = await keelson(["patch", "parse", "-"], { input: mbox });
    const listed = await keelson(["patch", "parse", join(folder, "patches")]);
    assert.equal(piped.status, 0);
    assert.equal(piped.out, listed.out);
    assert.match(piped.out, /^\[1\/2\] keel: count from one$/mu);
  });

  it("reviews with the tree, prints the documented JSON and ends with 1 for findings", async () => {
    const ran = await keelson(["review", join(folder, "series.mbox"), "--repo", repository.root, "--format", "json", "--no-model"]);
    assert.equal(ran.status, 1, ran.error);
    const { patches } = JSON.parse(ran.out) as Review;
    assert.deepEqual(patches.map((patch) => patch.applies.state), ["clean", "clean"]);
    assert.deepEqual(patches[0]?.maintainers.map((entry) => entry.email), ["alice@example.com"]);
    const finding = patches[0].findings.find((entry) => entry.check === "trailing-whitespace");
    assert.deepEqual([finding?.severity, finding?.file, finding?.side, finding?.quote.includes(" ")], ["warning", "drivers/keel/keel.c", "new", true]);
    assert.ok(patches[0].applies.steps.every((step) => typeof step.how === "string" && typeof step.ok === "boolean" && typeof step.error === "string"));
  });

  it("judges each file of a folder after the earlier ones", async () => {
    const ran = await keelson(["review", join(folder, "patches"), "--repo", repository.root, "--format", "json"]);
    assert.deepEqual((JSON.parse(ran.out) as Review).patches.map((patch) => patch.applies.state), ["clean", "clean"]);
  });

  it("ends with 0 below the threshold and runs only the checks that were named", async () => {
    const below = await keelson(["review", join(folder, "series.mbox"), "--severity-threshold", "error"]);
    assert.equal(below.status, 0, below.out);
    const some = await keelson(["review", join(folder, "series.mbox"), "--checks", "subject-form"]);
    assert.equal(some.status, 0, some.out);
    assert.doesNotMatch(some.out, /trailing-whitespace/u);
  });

  it("keeps to 80 columns without colour when nobody watches", async () => {
    const ran = await keelson(["review", join(folder, "series.mbox"), "--repo", repository.root]);
    assert.equal(ran.out.includes("\u001b"), false);
    for (const line of ran.out.split("\n")) assert.ok(line.length <= 80, line);
    assert.match(ran.out, /Applies to main/u);
    const help = await keelson(["--help"]);
    assert.equal(help.status, 0);
    for (const line of help.out.split("\n")) assert.ok(line.length <= 80, line);
  });

  it("ends with 2 and one sentence when it can't run", async () => {
    const cases: readonly (readonly [readonly string[], RegExp])[] = [
      [[], /Say what to do/u],
      [["frobnicate"], /no command “frobnicate”/u],
      [["review"], /Name a patch file/u],
      [["review", join(folder, "absent.patch")], /can't be read/u],
      [["review", join(folder, "series.mbox"), "--format", "xml"], /--format takes text, json/u],
      [["review", join(folder, "series.mbox"), "--checks", "nonsense"], /no check “nonsense”/u],
      [["review", join(folder, "series.mbox"), "--repo", folder], /no git repository or source tree/u],
      [["review", join(folder, "series.mbox"), "--nonsense"], /--nonsense/u],
      [["patch", "explain", join(folder, "series.mbox"), "--patch", "7"], /no number 7/u],
      [["review", join(folder, "series.mbox"), "--settings", join(folder, "series.mbox")], /no JSON object/u],
    ];
    for (const [args, message] of cases) {
      const ran = await keelson(args);
      assert.equal(ran.status, 2, args.join(" "));
      assert.equal(ran.out, "");
      assert.match(ran.error, message);
      assert.equal(ran.error.trim().split("\n").length, 1, ran.error);
    }
  });

  it("speaks Chinese when the terminal does", async () => {
    const ran = await keelson(["review", join(folder, "series.mbox")], { env: { LC_ALL: "zh_CN.UTF-8" } });
    assert.match(ran.out, /补丁：2/u);
    const wrong = await keelson(["review"], { env: { LC_ALL: "", LC_MESSAGES: "zh_CN.UTF-8" } });
    assert.match(wrong.error, /请给出补丁文件/u);
  });

  it("obeys settings as VS Code writes them", async () => {
    const file = join(folder, "settings.json");
    writeFileSync(file, '{\n  // not for us\n  "keelson.review.checks": { "trailing-whitespace": "off", },\n  "keelson.review.nonsense": 3,\n}\n');
    const ran = await keelson(["review", join(folder, "series.mbox"), "--settings", file]);
    assert.doesNotMatch(ran.out, /trailing-whitespace/u);
  });

  it("lets no escape sequence of a patch reach the terminal", async () => {
    const ran = await keelson(["review", "-"], { input: mbox.replace("keel: count", "keel: \u001b]0;owned\u0007count").replace("line twenty ", "line \u001b[2J ") });
    assert.equal(ran.out.includes("\u001b"), false);
    assert.equal(ran.out.includes("\u0007"), false);
  });

  it("is quiet when its reader has had enough", async () => {
    const ran = await keelson(["patch", "parse", "-", "--format", "json"], { input: mbox.repeat(400), closeEarly: true });
    assert.equal(ran.error, "");
  });

  it("explains with verified statements, or with facts alone", async () => {
    const alone = await keelson(["patch", "explain", join(folder, "series.mbox")]);
    assert.equal(alone.status, 0);
    assert.match(alone.out, /keel: count from one/u);
    assert.match(alone.out, /No model endpoint is set/u);
    const endpoint = await startEndpoint("plain");
    try {
      const file = join(folder, "models.json");
      writeFileSync(file, JSON.stringify({ "keelson.models": [{ id: "house", baseUrl: endpoint.url, model: modelName }] }));
      const env = { XDG_CACHE_HOME: join(folder, "cache") };
      const ran = await keelson(["patch", "explain", join(folder, "series.mbox"), "--settings", file, "--format", "json"], { env });
      const view = JSON.parse(ran.out) as { state: string; statements: { evidence: { quote: string }[] }[] };
      assert.equal(view.state, "done");
      for (const { evidence } of view.statements) for (const { quote } of evidence) assert.ok(mbox.includes(quote.trim()), quote);
      const told = await keelson(["patch", "explain", join(folder, "series.mbox"), "--settings", file, "--no-model"], { env });
      assert.doesNotMatch(told.out, /Explanation by/u);
    } finally {
      await endpoint.close();
    }
  });
});
