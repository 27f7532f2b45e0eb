import assert from "node:assert/strict";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCache, stateDirectory } from "../../../language-server/adapters/cache";
import { memoryCache } from "../../support/memory-cache";
import { cancelSource, never } from "../../../language-server/adapters/cancel";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeFiles } from "../../../language-server/adapters/files";
import { createGit, type GitProblem } from "../../../language-server/adapters/git";
import { nodeHash } from "../../../language-server/adapters/hash";
import { createProcess } from "../../../language-server/adapters/process";
import { Cancelled, type Process } from "../../../language-server/engine/ports";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import { runCheckpatch } from "../../../language-server/engine/review/checkpatch/checkpatch";
import { runGit } from "../support/git";

let folder = "";

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch {
    return `${pid} (gone) X`;
  }
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "keelson-system-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("running programs", () => {
  it("passes input, collects output and status, and inherits no steering variable", async () => {
    process.env["GIT_DIR"] = "/nowhere";
    try {
      const result = await createProcess({ trusted: () => true }).run("sh", ["-c", "cat; echo \"dir=$GIT_DIR global=$GIT_CONFIG_GLOBAL\"; echo oops >&2; exit 3"], { input: "in\n" });
      assert.deepEqual([result.status, Buffer.from(result.stdout).toString(), result.stderr], [3, "in\ndir= global=/dev/null\n", "oops\n"]);
    } finally {
      delete process.env["GIT_DIR"];
    }
  });

  it("says why a program could not be started, and refuses in an untrusted workspace", async () => {
    const missing = await createProcess({ trusted: () => true }).run(join(folder, "none"), []);
    assert.equal(missing.status, -1);
    assert.match(missing.stderr, /ENOENT/);
    const refused = await createProcess({ trusted: () => false }).run("sh", ["-c", `touch ${join(folder, "ran")}`]);
    assert.equal(refused.status, -1);
    assert.deepEqual(readdirSync(folder), []);
  });

  it("says why arguments could not be passed on, instead of failing", async () => {
    const programs = createProcess({ trusted: () => true });
    const odd = await programs.run("true", ["a\0b"]);
    assert.deepEqual([odd.status, odd.stdout.length], [-1, 0]);
    assert.match(odd.stderr, /null bytes/u);
    const long = await programs.run("true", ["x".repeat(1 << 22)]);
    assert.equal(long.status, -1);
    assert.match(long.stderr, /E2BIG/u);
  });

  it("ends the whole process group when cancelled, also a grandchild that ignores SIGTERM", async () => {
    const source = cancelSource();
    const pidFile = join(folder, "pid");
    const script = `(trap '' TERM; echo $BASHPID > ${pidFile}.new; mv ${pidFile}.new ${pidFile}; while :; do read -t 60 x < <(:) ; done) & wait`;
    const running = createProcess({ trusted: () => true }).run("bash", ["-c", script], { cancel: source.cancel });
    const settled = running.then(() => "ended", (error: unknown) => error);
    while (!readdirSync(folder).includes("pid")) await new Promise((resolve) => setImmediate(resolve));
    source.fire();
    assert.ok((await settled) instanceof Cancelled);
    const pid = Number(readFileSync(pidFile, "utf8"));
    // Killed at the latest when its parent's group was; whoever adopts it may take a moment to collect it.
    while (existsSync(`/proc/${pid}`) && !/^\d+ \(.*\) [ZX]/u.test(statOf(pid))) await new Promise((resolve) => setImmediate(resolve));
  }).timeout(20_000);

  it("stops a program that writes more than it may", async () => {
    const result = await createProcess({ trusted: () => true, maxOutput: 1000 }).run("sh", ["-c", "while :; do echo 0123456789; done"]);
    assert.equal(result.status, -1);
    assert.match(result.stderr, /more than 1000 bytes/);
  });
});

describe("cancel sources", () => {
  it("tell each listener once, a late one at once, and children of a parent that fires", () => {
    const told: string[] = [];
    const parent = cancelSource();
    const child = cancelSource(parent.cancel);
    child.cancel.onCancel(() => told.push("first"));
    child.cancel.onCancel(() => told.push("let go")).dispose();
    parent.fire();
    parent.fire();
    child.cancel.onCancel(() => told.push("late"));
    assert.deepEqual(told, ["first", "late"]);
    assert.equal(never.cancelled, false);
  });
});

describe("the cache", () => {
  it("gives back what another process or window put, and the newest of it", async () => {
    const one = createCache(folder);
    const two = createCache(folder);
    await Promise.all(Array.from({ length: 20 }, (_, i) => (i % 2 === 0 ? one : two).put("space", "key", `value ${i % 2}`)));
    assert.match((await one.get("space", "key")) ?? "", /^value [01]$/);
    assert.equal(await two.get("other", "key"), undefined);
  });

  it("takes a damaged or half-written entry for none, wherever it was cut", async () => {
    const cache = createCache(folder);
    await cache.put("space", "key", "a value with 中文");
    const [name] = readdirSync(folder, { recursive: true }).map(String).filter((path) => /[0-9a-f]{64}$/u.test(path));
    const file = join(folder, name!);
    const whole = readFileSync(file);
    for (let size = 0; size < whole.length; size += 7) {
      writeFileSync(file, whole.subarray(0, size));
      assert.equal(await cache.get("space", "key"), undefined);
    }
    writeFileSync(file, whole.toString("utf8").replace("a value", "b value"));
    assert.equal(await cache.get("space", "key"), undefined);
  });

  it("drops the oldest entries when it grows too large, and touches nothing else in its folder", async () => {
    writeFileSync(join(folder, "decisions.jsonl"), "kept\n");
    const cache = createCache(folder, { maxBytes: 2000 });
    for (let i = 0; i < 201; i++) await cache.put("space", `key ${i}`, "x".repeat(50));
    const entries = readdirSync(folder, { recursive: true }).filter((path) => /[0-9a-f]{64}$/u.test(String(path)));
    assert.ok(entries.length > 0 && entries.length < 20, String(entries.length));
    assert.equal(readFileSync(join(folder, "decisions.jsonl"), "utf8"), "kept\n");
  });

  it("lies in the git directory, or in the user's cache when that is no place to write", async () => {
    assert.equal(await stateDirectory(folder, "/unused"), join(folder, "keelson"));
    writeFileSync(join(folder, "file"), "");
    assert.ok((await stateDirectory(join(folder, "file"), join(folder, "mine"))).startsWith(join(folder, "mine")));
  });
});

describe("opening repositories", () => {
  it("says nothing is there for a folder without git, and when git itself is missing", async () => {
    const git = createGit({ trusted: () => true });
    assert.equal(await git.open(folder), undefined);
    const none = createGit({ trusted: () => true, gitPath: join(folder, "no-git") });
    assert.equal(await none.version(), undefined);
    assert.equal(await none.open(folder), undefined);
  });

  it("tells worktrees of one repository apart by their branch, and opens from a file that is not there yet", async () => {
    await runGit(folder, ["init", "-q", "-b", "main", "repo 中文"]);
    const root = join(folder, "repo 中文");
    await runGit(root, ["-c", "user.name=Alice Example", "-c", "user.email=alice@example.com", "commit", "-q", "--allow-empty", "-m", "first"]);
    await runGit(root, ["worktree", "add", "-q", "-b", "other", join(folder, "side")]);
    const git = createGit({ trusted: () => true });
    const main = await git.open(join(root, "patches/new.patch"));
    const side = await git.open(join(folder, "side"));
    assert.deepEqual([main?.root, main?.branch, side?.root, side?.branch], [root, "main", join(folder, "side"), "other"]);
    assert.equal(side?.commonDir, main?.commonDir);
  });

  it("says clearly that git refuses a repository of another owner", async () => {
    const fake = join(folder, "git");
    writeFileSync(fake, "#!/bin/sh\ncase \"$*\" in *version) echo git version 2.39.5;; *) echo \"fatal: detected dubious ownership in repository at '/x'\" >&2; exit 128;; esac\n");
    chmodSync(fake, 0o755);
    const problems: GitProblem[] = [];
    assert.equal(await createGit({ trusted: () => true, gitPath: fake, onProblem: (problem) => problems.push(problem) }).open(folder), undefined);
    assert.deepEqual(problems.map(({ code, path }) => [code, path]), [["unsafe-directory", folder]]);
  });
});

describe("checkpatch.pl", () => {
  const mail = (n: number): string => `From ${String(n).repeat(40)} Mon Sep 17 00:00:00 2001\nFrom: Alice Example <alice@example.com>\nSubject: [PATCH ${n}/2] a: say ${n}\n\ntext\n---\ndiff --git a/a.c b/a.c\n--- a/a.c\n+++ b/a.c\n@@ -1 +1 @@\n-a\n+b${n}\n`;

  it("puts what the tree's script says on the right lines of a mailbox, and asks once for the same bytes", async () => {
    mkdirSync(join(folder, "scripts"));
    writeFileSync(join(folder, "scripts/checkpatch.pl"), "the tree's own");
    const asked: string[] = [];
    const process: Process = {
      run(program, args, options) {
        asked.push(`${program} ${args.at(-1) ?? ""} in ${options?.cwd ?? ""}`);
        const line = nodeDecode.text(options?.input as Uint8Array).split("\n").findIndex((text) => text.startsWith("+b")) + 1;
        return Promise.resolve({ status: 1, stdout: nodeDecode.bytes(`-:${line}: ERROR:CODE_INDENT: code indent should use tabs\nnoise\n-:3: WARNING:ODD_SUBJECT: odd subject\n`), stderr: "" });
      },
    };
    const ports = { process, files: nodeFiles, cache: memoryCache(), decode: nodeDecode, hash: nodeHash };
    const set = parsePatchSet(nodeDecode.bytes(mail(1) + mail(2)), nodeDecode).value;
    for (let i = 0; i < 2; i++) {
      const { findings } = await runCheckpatch(ports, folder, set, set.patches[1]!);
      assert.deepEqual(findings.map(({ line, quote, severity, side, message }) => [line, quote, severity, side, message.args?.["type"]]), [
        [24, "+b2", "error", "new", "CODE_INDENT"],
        [15, "Subject: [PATCH 2/2] a: say 2", "warning", "header", "ODD_SUBJECT"],
      ]);
    }
    assert.deepEqual(asked, [`perl - in ${folder}`]);
  });
});
