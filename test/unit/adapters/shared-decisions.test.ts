import { strict as assert } from "node:assert";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { createDecisionLog, type Decision } from "../../../language-server/adapters/decisions";
import { createGit } from "../../../language-server/adapters/git";
import { createSharedLog } from "../../../language-server/adapters/shared-decisions";
import { createDecisions } from "../../../language-server/decisions";
import { identityOf } from "../../../language-server/identity";
import { createRepository } from "../../support/repository";

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const sha = "0123456789abcdef0123456789abcdef01234567";
const decision = (hour: number, action: Decision["action"], reason: string, check = "upstream/missing-fix"): Decision => ({ at: `2024-03-01T${String(hour).padStart(2, "0")}:00:00.000Z`, action, check, quote: sha, where: "mainline", reason });

describe("decisions that a team shares", () => {
  let root: string;
  const logOf = (email: string | undefined): ReturnType<typeof createSharedLog> => createSharedLog(root, createDecisionLog(join(root, `own-${email ?? ""}.jsonl`), silent), () => Promise.resolve(email === undefined ? undefined : { name: "Alice 爱", email }), silent);
  const shared = (): string => join(root, ".keelson", "decisions");

  beforeEach(() => { root = mkdtempSync(join(tmpdir(), "keelson-shared-")); });
  afterEach(() => { rmSync(root, { recursive: true, force: true }); });

  it("stay one person's as long as nobody made the folder", async () => {
    await logOf("a@example.com").add(decision(1, "suppress", "not our hardware"));
    assert.ok(!existsSync(join(root, ".keelson")));
    assert.deepEqual((await logOf("a@example.com").all()).map(({ reason, by }) => [reason, by]), [["not our hardware", undefined]]);
    assert.deepEqual(await logOf("b@example.com").all(), []);
  });

  it("lie in one file an author, signed, and the latest wins whoever took it", async () => {
    mkdirSync(shared(), { recursive: true });
    await logOf("Bob.B@Example.com").add(decision(3, "restore", ""));
    await logOf("a@example.com").add(decision(2, "suppress", "not our hardware"));
    await logOf("a@example.com").add(decision(4, "suppress", "still not"));
    assert.deepEqual(readdirSync(shared()).sort(), ["a-example-com.jsonl", "bob-b-example-com.jsonl"]);
    assert.deepEqual((await logOf("c@example.com").all()).map(({ at, action, by }) => `${at.slice(11, 13)} ${action} ${by ?? ""}`), ["02 suppress Alice 爱 <a@example.com>", "03 restore Alice 爱 <Bob.B@Example.com>", "04 suppress Alice 爱 <a@example.com>"]);
  });

  it("are about what the tree carries only: a repository hides no finding of a review", async () => {
    mkdirSync(shared(), { recursive: true });
    await logOf("a@example.com").add(decision(1, "suppress", "x", "secrets"));
    assert.deepEqual(readdirSync(shared()), []);
    await createDecisionLog(join(shared(), "evil.jsonl"), silent).add(decision(1, "suppress", "x", "secrets"));
    assert.deepEqual(await logOf("b@example.com").all(), []);
  });

  it("lose at most the line that a kill cut, and go on behind it", async () => {
    mkdirSync(shared(), { recursive: true });
    await logOf("a@example.com").add(decision(1, "suppress", "one"));
    await logOf("a@example.com").add(decision(2, "suppress", "two"));
    const file = join(shared(), "a-example-com.jsonl");
    const whole = readFileSync(file);
    const first = whole.indexOf(10) + 1;
    for (let cut = first; cut < whole.length - 1; cut++) {
      writeFileSync(file, whole);
      truncateSync(file, cut);
      assert.deepEqual((await logOf("a@example.com").all()).map(({ reason }) => reason), ["one"], String(cut));
    }
    await logOf("a@example.com").add(decision(3, "suppress", "three"));
    assert.deepEqual((await logOf("a@example.com").all()).map(({ reason }) => reason), ["one", "three"]);
  });

  it("are written through no link", async () => {
    const elsewhere = join(root, "elsewhere");
    mkdirSync(join(elsewhere, "decisions"), { recursive: true });
    symlinkSync(elsewhere, join(root, ".keelson"));
    await logOf("a@example.com").add(decision(1, "suppress", "one"));
    assert.deepEqual(readdirSync(join(elsewhere, "decisions")), []);
    rmSync(join(root, ".keelson"));
    mkdirSync(join(root, ".keelson"));
    symlinkSync(join(elsewhere, "decisions"), shared());
    await logOf("a@example.com").add(decision(2, "suppress", "two"));
    assert.deepEqual(readdirSync(join(elsewhere, "decisions")), []);
    rmSync(shared());
    mkdirSync(shared());
    writeFileSync(join(root, "mine"), "mine\n");
    symlinkSync(join(root, "mine"), join(shared(), "a-example-com.jsonl"));
    await assert.rejects(logOf("a@example.com").add(decision(3, "suppress", "three")), /not a plain file/u);
    assert.equal(readFileSync(join(root, "mine"), "utf8"), "mine\n");
  });

  it("carry the name that git is configured with, in the repository or by the user", async () => {
    const repository = createRepository("tree", root);
    repository.commit("one", { "a.c": "x\n" });
    mkdirSync(join(repository.root, ".keelson", "decisions"), { recursive: true });
    const opened = await createGit({ gitPath: "", log: silent, trusted: () => true }).open(repository.root);
    assert.ok(opened !== undefined);
    await (await createDecisions(root, silent).of(opened)).add(decision(1, "suppress", "x"));
    assert.deepEqual(readdirSync(join(repository.root, ".keelson", "decisions")), ["bob-example-org.jsonl"]);
    repository.git("config", "--unset", "user.name");
    repository.git("config", "--unset", "user.email");
    assert.equal(await identityOf(opened, nodeDecode, { HOME: root }), undefined);
    writeFileSync(join(root, ".gitconfig"), "[user]\n\tname = Carol\n\temail = carol@example.com\n");
    assert.deepEqual(await identityOf(opened, nodeDecode, { HOME: root }), { name: "Carol", email: "carol@example.com" });
    assert.deepEqual(await identityOf(opened, nodeDecode, { HOME: root, GIT_COMMITTER_NAME: "Dan", GIT_COMMITTER_EMAIL: "dan@example.com" }), { name: "Dan", email: "dan@example.com" });
  });
});
