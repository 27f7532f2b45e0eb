import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dist } from "../support/lsp-client";
import { createRepository, numbered, type TestRepository } from "../support/repository";

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly error: string;
}

interface Row {
  readonly commit: string;
  readonly upstream: readonly string[];
  readonly verdict: string;
  readonly claimed: readonly string[];
  readonly hunks: readonly { readonly state: string; readonly up: string | null; readonly down: string | null }[];
}

/** Runs `keelson upstream …`; `killAfter` lines of git's calls on standard error it is killed. */
function upstream(args: readonly string[], killAfter?: number): Promise<Ran> {
  return new Promise((resolve) => {
    const env = { ...process.env, LC_ALL: "C.UTF-8", XDG_CONFIG_HOME: "/nonexistent", ...(killAfter === undefined ? {} : { KEELSON_LOG: "1" }) };
    const child = spawn(process.execPath, [join(dist, "server", "cli.mjs"), "upstream", ...args], { cwd: tmpdir(), env });
    let out = "";
    let error = "";
    let lines = 0;
    child.stdout.on("data", (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => {
      error += chunk.toString();
      lines += chunk.toString().split("\n").length - 1;
      if (killAfter !== undefined && lines >= killAfter) child.kill("SIGKILL");
    });
    child.on("close", (status) => {
      resolve({ status, out, error });
    });
  });
}

describe("keelson upstream map in the terminal", function () {
  // Each command is a process with threads of its own.
  this.timeout(180_000);
  let repository: TestRepository;
  let map: readonly string[];
  const shas: Record<string, string> = {};
  before(() => {
    repository = createRepository("树 with spaces");
    repository.commit("start", { "net/dev.c": numbered(60), "驱动/a b.c": numbered(40) });
    repository.git("branch", "ours");
    shas["up1"] = repository.commit("net: change ten", { "net/dev.c": numbered(60, { 10: "ten" }) });
    shas["up2"] = repository.commit("drivers: change two places", { "驱动/a b.c": numbered(40, { 5: "five five", 30: "thirty thirty" }) });
    repository.git("checkout", "-q", "ours");
    shas["down1"] = repository.commit("net: change ten", { "net/dev.c": numbered(60, { 10: "ten" }) }, `[ Upstream commit ${shas["up1"]} ]`);
    shas["down2"] = repository.commit("drivers: change two places", { "驱动/a b.c": numbered(40, { 5: "five five" }) }, `(cherry picked from commit ${"0".repeat(40)})`);
    shas["own"] = repository.commit("ours: something else", { "ours.c": numbered(30) });
    map = ["map", "--repo", repository.root, "--mainline", "main", "--downstream", "ours", "--format", "jsonl"];
  });
  after(() => {
    repository.remove();
  });

  const rows = (out: string): readonly Row[] => out.trim().split("\n").map((line) => JSON.parse(line) as Row);
  const brief = (out: string): ReadonlyMap<string, string> => new Map(rows(out).map(({ commit, verdict, upstream: found }) => [commit, [verdict, ...found].join(" ")]));
  const expected = (): ReadonlyMap<string, string> => new Map([[shas["own"] ?? "", "downstream-only"], [shas["down2"] ?? "", `partial ${shas["up2"] ?? ""}`], [shas["down1"] ?? "", `same ${shas["up1"] ?? ""}`]]);
  const forget = (): void => {
    rmSync(join(repository.root, ".git", "keelson"), { recursive: true, force: true });
  };

  it("answers for every commit of ours, the same cold, warm and by the diff alone", async () => {
    forget();
    for (const flags of [[], [], ["--ignore-trailers", "--evidence", "diff"]]) {
      const { status, out, error } = await upstream([...map, ...flags]);
      assert.deepEqual([status, error, brief(out)], [0, "", expected()]);
    }
  });

  it("names the dropped hunk and keeps a claim that leads nowhere apart from the answer", async () => {
    const row = rows((await upstream(map)).out).find(({ commit }) => commit === shas["down2"]);
    assert.deepEqual(row?.hunks, [{ state: "same", up: "驱动/a b.c:2", down: "驱动/a b.c:2" }, { state: "dropped", up: "驱动/a b.c:27", down: null }]);
    assert.deepEqual(row.claimed, ["0".repeat(40)]);
  });

  it("gives the same answer after it was killed at any of its steps", async () => {
    forget();
    for (const step of [2, 5, 7, 9]) await upstream(map, step);
    assert.deepEqual(brief((await upstream(map)).out), expected());
  });

  it("makes a cut index again and says so", async () => {
    forget();
    await upstream(map);
    const folder = join(repository.root, ".git", "keelson");
    rmSync(join(folder, "cache"), { recursive: true, force: true });
    const file = join(folder, "upstream", readdirSync(join(folder, "upstream"))[0] ?? "");
    writeFileSync(file, readFileSync(file).subarray(0, -3));
    const { out, error } = await upstream(map);
    assert.deepEqual(brief(out), expected());
    assert.match(error, /damaged behind byte \d+/u);
  });

  it("sees new commits without being told", async () => {
    await upstream(map);
    const more = repository.commit("net: change twenty", { "net/dev.c": numbered(60, { 10: "ten", 20: "twenty twenty" }) });
    assert.ok(brief((await upstream(map)).out).has(more));
    repository.git("reset", "-q", "--hard", "HEAD~1");
  });

  it("writes nothing but its folder in the git directory", async () => {
    const before = repository.git("status", "--porcelain", "--ignored") + repository.git("for-each-ref") + repository.git("count-objects", "-v");
    await upstream(map);
    assert.equal(repository.git("status", "--porcelain", "--ignored") + repository.git("for-each-ref") + repository.git("count-objects", "-v"), before);
  });

  it("says what is wrong with a revision, an option and a missing option", async () => {
    const wrong = await upstream(["map", "--repo", repository.root, "--mainline", "nowhere", "--downstream", "ours"]);
    assert.deepEqual([wrong.status, wrong.error], [2, "keelson: nowhere is no commit of this repository. Check the name, or fetch it first.\n"]);
    const evil = await upstream(["map", "--repo", repository.root, "--mainline=--output=/tmp/x", "--downstream", "ours"]);
    assert.deepEqual([evil.status, evil.out], [2, ""]);
    const missing = await upstream(["map", "--repo", repository.root, "--mainline", "main"]);
    assert.deepEqual([missing.status, missing.error], [2, "keelson: --downstream is missing. See keelson upstream --help.\n"]);
  });

  it("tells what the index holds", async () => {
    await upstream(["index", "--repo", repository.root, "--mainline", "main", "--downstream", "ours"]);
    const { out } = await upstream(["status", "--repo", repository.root, "--format", "jsonl"]);
    const status = JSON.parse(out) as { readonly facts: number; readonly diffs: number; readonly damaged: boolean };
    assert.deepEqual([status.facts >= 5, status.diffs >= 5, status.damaged], [true, true, false]);
  });
});
