import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCache, stateDirectory } from "../../../language-server/adapters/cache";
import { createDecisionLog, type Decision } from "../../../language-server/adapters/decisions";
import { createLease } from "../../../language-server/adapters/lease";
import type { Log } from "../../../language-server/engine/ports";

/** A git directory that came in an archive: what lies in its `keelson` folder was put there by somebody else. */
describe("state in a git directory of somebody else's making", () => {
  let folder: string;
  let common: string;
  let state: string;
  let home: string;
  const warnings: string[] = [];
  const log: Log = { debug: () => undefined, info: () => undefined, warn: (text) => void warnings.push(text), error: () => undefined };
  const decision: Decision = { at: "2024-03-01T10:00:00.000Z", action: "suppress", check: "secrets", quote: "$(touch pwned)", where: "a.c", reason: "a test value" };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "keelson-planted-"));
    common = join(folder, "git");
    state = join(common, "keelson");
    home = join(folder, "home");
    mkdirSync(state, { recursive: true });
    mkdirSync(home);
    warnings.length = 0;
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("writes no decision through a link to a file of the user's", async () => {
    const profile = join(home, "profile");
    writeFileSync(profile, "mine\n");
    symlinkSync(profile, join(state, "decisions.jsonl"));
    const decisions = createDecisionLog(join(state, "decisions.jsonl"), log);
    assert.deepEqual(await decisions.all(), []);
    await assert.rejects(decisions.add(decision), /not a plain file/u);
    assert.equal(readFileSync(profile, "utf8"), "mine\n");
    assert.equal(warnings.length, 1);
  });

  it("makes no file at the end of a link that leads nowhere", async () => {
    symlinkSync(join(home, "new"), join(state, "decisions.jsonl"));
    await assert.rejects(createDecisionLog(join(state, "decisions.jsonl"), log).add(decision), /not a plain file/u);
    assert.deepEqual(readdirSync(home), []);
  });

  const plants: Readonly<Record<string, (file: string) => void>> = {
    "a pipe": (file) => {
      execFileSync("mkfifo", [file]);
    },
    "a folder": (file) => {
      mkdirSync(file);
    },
    "a link to itself": (file) => {
      symlinkSync(file, file);
    },
    "a file without end": (file) => {
      writeFileSync(file, "");
      truncateSync(file, 64 * 2 ** 30);
    },
  };
  for (const [what, plant] of Object.entries(plants)) {
    it(`takes ${what} for no decisions and no cache entry, and waits for nothing`, async () => {
      plant(join(state, "decisions.jsonl"));
      assert.deepEqual(await createDecisionLog(join(state, "decisions.jsonl"), log).all(), []);
      const cache = createCache(join(state, "cache"));
      await cache.put("space", "key", "value");
      const entry = join(state, "cache", String(readdirSync(join(state, "cache"), { recursive: true }).find((name) => /[0-9a-f]{64}$/u.test(String(name)))));
      rmSync(entry);
      plant(entry);
      assert.equal(await cache.get("space", "key"), undefined);
      await cache.put("space", "key", "again");
    });
  }

  it("leaves out a decision that has the right sum and is no JSON", async () => {
    const body = "{none";
    const line = `${createHash("sha256").update(body).digest("hex").slice(0, 16)} ${body}\n`;
    const file = join(state, "decisions.jsonl");
    writeFileSync(file, line);
    const decisions = createDecisionLog(file, log);
    await decisions.add(decision);
    assert.deepEqual(await decisions.all(), [decision]);
  });

  it("keeps its state with the user when the folder, or the cache in it, is a link or a file", async () => {
    const mine = join(folder, "mine");
    symlinkSync(home, join(state, "cache"));
    assert.ok((await stateDirectory(common, mine)).startsWith(mine));
    rmSync(state, { recursive: true });
    symlinkSync(home, state);
    assert.ok((await stateDirectory(common, mine)).startsWith(mine));
    rmSync(state);
    writeFileSync(state, "");
    assert.ok((await stateDirectory(common, mine)).startsWith(mine));
    assert.deepEqual(readdirSync(home), []);
  });

  it("neither writes through a link below the cache nor tidies up behind one", async () => {
    const kept = join(home, "ab", "a".repeat(64));
    mkdirSync(join(home, "ab"));
    writeFileSync(kept, "x".repeat(5000));
    mkdirSync(join(state, "cache"));
    symlinkSync(home, join(state, "cache", "space"));
    const cache = createCache(join(state, "cache"), { maxBytes: 100 });
    await cache.put("space", "key", "value");
    await cache.put("other", "key", "value");
    assert.ok(existsSync(kept));
    assert.deepEqual(readdirSync(home, { recursive: true }).sort(), ["ab", `ab/${"a".repeat(64)}`]);
  });

  it("waits for no holder from the future, nor for a folder in a lease's place", async () => {
    const file = join(state, "index.lease");
    writeFileSync(file, "1 nobody");
    utimesSync(file, new Date("2099-01-01"), new Date("2099-01-01"));
    assert.equal(await createLease(state).hold("index", () => Promise.resolve("mine"), undefined), "mine");
    mkdirSync(file);
    utimesSync(file, new Date(0), new Date(0));
    assert.equal(await createLease(state).hold("index", () => Promise.resolve("mine"), undefined), "mine");
  });
});
