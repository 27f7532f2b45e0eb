import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { cancelSource } from "../../../language-server/adapters/cancel";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeFiles } from "../../../language-server/adapters/files";
import { createGit } from "../../../language-server/adapters/git";
import { nodeHash } from "../../../language-server/adapters/hash";
import { alignLines } from "../../../language-server/engine/upstream/presence/align";
import { ChangeReader, type TextChange } from "../../../language-server/engine/upstream/presence/change-text";
import { presences, type PresencePorts } from "../../../language-server/engine/upstream/presence/presence";
import type { Presence, TreeRef } from "../../../language-server/engine/upstream/presence/types";
import { createRepository, type TestRepository } from "../../support/repository";

async function portsOf(root: string): Promise<PresencePorts> {
  const repo = await createGit({ trusted: () => true }).open(root);
  assert.ok(repo);
  return { repo, files: nodeFiles, decode: nodeDecode, hash: nodeHash };
}

/** A C function whose lines are its own. */
const body = (name: string, lines: readonly string[] = []): string => `static int ${name}_probe(struct device *dev)\n{\n\tstruct ${name}_state *state = ${name}_from(dev);\n\tint ret;\n\n${[`ret = ${name}_enable_clock(state);`, "if (ret)", "\treturn ret;", ...lines, `${name}_start_queue(state);`].map((line) => `\t${line}\n`).join("")}\treturn 0;\n}\n\n`;
const source = (...parts: readonly string[]): string => `// SPDX-License-Identifier: GPL-2.0\n#include <linux/keel.h>\n\n${parts.join("")}`;
const old = source(body("alpha"), body("beta"), body("gamma"));
const fixed = source(body("alpha"), body("beta", ["if (!state->queue_depth)", "\treturn -EINVAL;"]), body("gamma"));
const path = "驱动/keel core.c";

const show = ({ state, evidence }: Presence): string => [state, ...new Set(evidence.flatMap(({ at }) => at ?? []))].join(" ");

describe("whether a commit's change is in a tree", () => {
  let made: TestRepository;
  let ports: PresencePorts;
  let folder: string;
  beforeEach(async () => {
    made = createRepository("树 mainline");
    made.commit("base", { [path]: old });
    ports = await portsOf(made.root);
    folder = mkdtempSync(join(tmpdir(), "keelson-bare-树 "));
  });
  afterEach(() => {
    made.remove();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A plain folder with these files. */
  function bare(files: Readonly<Record<string, string | Uint8Array>>): TreeRef {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return { kind: "directory", path: folder };
  }

  async function ask(commit: string, ...trees: readonly TreeRef[]): Promise<readonly string[]> {
    return (await presences(trees.map((tree) => ({ commit, tree })), ports)).map(show);
  }

  const revision = (name: string): TreeRef => ({ kind: "revision", name });

  it("is told for revisions and for a folder without git, with the line that tells it", async () => {
    const fix = made.commit("fix", { [path]: fixed });
    const line = 1 + fixed.split("\n").indexOf("\tif (!state->queue_depth)");
    assert.deepEqual(await ask(fix, revision("HEAD"), revision(`${fix}^`), bare({ [path]: fixed })), [`present ${path}:${line}`, `absent ${path}:${line}`, `present ${path}:${line}`]);
  });

  it("sees through later code, other white space, CRLF and moved functions", async () => {
    const fix = made.commit("fix", { [path]: fixed });
    const parts = [body("alpha"), body("beta", ["if (!state->queue_depth)", "\treturn -EINVAL;"]), body("gamma")];
    const later = source(body("delta"), parts[1]!.replace("int ret;", "int ret = 0;\n\tu32 mask = BIT(3);"), parts[0]!, parts[2]!);
    for (const text of [later, fixed.replaceAll("\t", "        "), fixed.replaceAll("\n", "\r\n"), `\ufeff${fixed}`]) {
      assert.match((await ask(fix, bare({ [path]: text })))[0]!, /^present /u);
    }
    for (const text of [source(body("delta"), body("beta"), body("alpha")), old.replaceAll("\n", "\r\n"), old.replaceAll("\t", "  ")]) {
      assert.match((await ask(fix, bare({ [path]: text })))[0]!, /^absent /u);
    }
  });

  it("does not take the same lines in a twin function for the change", async () => {
    const twin = (fixedOnes: readonly string[]): string => source(...["alpha", "beta", "gamma"].map((name) => body(name, fixedOnes.includes(name) ? ["if (!state->ready)", "\treturn -EAGAIN;"] : [])));
    made.commit("twins", { [path]: twin(["alpha"]) });
    const fix = made.commit("fix beta", { [path]: twin(["alpha", "beta"]) });
    const states: string[] = [];
    for (const has of [["alpha"], ["beta"], ["alpha", "gamma"], []]) states.push((await ask(fix, bare({ [path]: twin(has) })))[0]!.split(" ")[0]!);
    assert.deepEqual(states, ["absent", "present", "absent", "absent"]);
  });

  it("knows a pure deletion, a moved line and a change of white space", async () => {
    const dropped = made.commit("drop gamma", { [path]: source(body("alpha"), body("beta")) });
    const states = async (commit: string): Promise<string> => (await ask(commit, revision(commit), revision(`${commit}^`))).map((told) => told.split(" ")[0]).join(" ");
    assert.equal(await states(dropped), "present absent");
    const free = "\tkfree(state->buffer_of_the_queue);\n";
    made.commit("before", { "b.c": `${old}${free}\tstate->buffer_of_the_queue = NULL;\n}\n` });
    const moved = made.commit("move", { "b.c": `${old}\tstate->buffer_of_the_queue = NULL;\n${free}}\n` });
    assert.equal(await states(moved), "present absent");
    const spaces = made.commit("spaces", { "b.c": `${old}\tstate->buffer_of_the_queue    =    NULL;\n${free}}\n` });
    assert.equal(await states(spaces), "present absent");
  });

  it("knows new, deleted, renamed, empty, binary and executable files", async () => {
    const states = async (commit: string): Promise<string> => (await ask(commit, revision(commit), revision(`${commit}^`))).map((told) => told.split(" ")[0]).join(" ");
    assert.equal(await states(made.commit("new", { "new.c": source(body("omega")) })), "present absent");
    made.git("mv", "new.c", "renamed.c");
    assert.equal(await states(made.commit("rename", {})), "present absent");
    made.git("rm", "-q", "renamed.c");
    assert.equal(await states(made.commit("delete", {})), "present absent");
    assert.equal(await states(made.commit("empty", { "empty.txt": "" })), "present absent");
    made.commit("binary", { "logo.bin": "\0one" });
    assert.equal(await states(made.commit("other binary", { "logo.bin": "\0two" })), "present absent");
    made.git("update-index", "--chmod=+x", path);
    made.git("commit", "-q", "-m", "mode");
    assert.equal(await states(made.git("rev-parse", "HEAD").trim()), "present absent");
  });

  it("is partial when some of its places have it and others do not", async () => {
    const both = made.commit("two places", { [path]: source(body("alpha", ["if (!state->ring_memory)", "\treturn -ENOMEM;"]), body("beta"), body("gamma", ["mutex_lock(&state->table_lock);", "state->generation_number++;"])) });
    const half = source(body("alpha", ["if (!state->ring_memory)", "\treturn -ENOMEM;"]), body("beta"), body("gamma"));
    assert.match((await ask(both, bare({ [path]: half })))[0]!, /^partial /u);
  });

  it("finds the file where folders were renamed and files were split", async () => {
    const fix = made.commit("fix", { [path]: fixed });
    const elsewhere = bare({ "drivers/librte_keel/keel core.c": fixed });
    assert.match((await ask(fix, elsewhere))[0]!, /^present drivers\/librte_keel\//u);
    rmSync(folder, { recursive: true });
    assert.match((await ask(fix, bare({ "驱动/keel_all.c": `${source(body("kappa"), body("lambda"))}${old}` })))[0]!, /^absent 驱动\/keel_all\.c:/u);
  });

  it("says why it is unknown", async () => {
    made.git("checkout", "-q", "-b", "side");
    made.commit("side", { "b.c": "1\n" });
    made.git("checkout", "-q", "main");
    made.commit("main", { "c.c": "1\n" });
    made.git("merge", "-q", "--no-edit", "side");
    const merge = made.git("rev-parse", "HEAD").trim();
    const requests = [
      { commit: merge, tree: revision("main") },
      { commit: "0123456789", tree: revision("main") },
      { commit: "--help", tree: revision("main") },
      { commit: "main", tree: revision("main") },
      { commit: merge.slice(0, 12), tree: revision("main") },
      { commit: made.git("rev-parse", "side").trim(), tree: revision("no/such") },
      { commit: made.git("rev-parse", "side").trim(), tree: { kind: "directory" as const, path: join(folder, "none") } },
      { commit: made.git("rev-parse", "side").trim(), tree: revision("main:b.c") },
    ];
    assert.deepEqual((await presences(requests, ports)).map(({ reason }) => reason?.id.split(".").at(-1)), ["merge", "unknownCommit", "badName", "badName", "merge", "noTree", "noTree", "noTree"]);
  });

  it("takes a root commit as the files that it makes, and has no answer in an empty repository", async () => {
    const root = made.git("rev-parse", "HEAD").trim();
    assert.match((await ask(root, revision("HEAD")))[0]!, /^present /u);
    const empty = createRepository("empty", folder);
    ports = await portsOf(empty.root);
    assert.deepEqual(await ask("0123456789", revision("HEAD")), ["unknown"]);
  });

  it("says that a change can't be read when a blob is missing, and answers the others", async () => {
    const lost = made.commit("lost", { "lost.c": source(body("lost")) });
    const fix = made.commit("fix", { [path]: fixed });
    const blob = made.git("rev-parse", `${lost}:lost.c`).trim();
    rmSync(join(made.root, ".git", "objects", blob.slice(0, 2), blob.slice(2)));
    // Without a work tree, from which git would take the content.
    cpSync(join(made.root, ".git"), join(folder, "bare.git"), { recursive: true });
    execFileSync("git", ["config", "core.bare", "true"], { cwd: join(folder, "bare.git") });
    for (const [root, reason] of [[made.root, "treeBlob"], [join(folder, "bare.git"), "missingBlob"]] as const) {
      const results = await presences([lost, fix].map((commit) => ({ commit, tree: revision("HEAD") })), await portsOf(root));
      assert.deepEqual(results.map((told) => `${told.state} ${told.reason?.id ?? ""}`), [`unknown upstream.presence.${reason}`, "present "]);
    }
  });

  it("works where objects have SHA-256 names", async () => {
    execFileSync("git", ["init", "-q", "-b", "main", "--object-format=sha256", folder]);
    cpSync(join(made.root, path), join(folder, "core.c"));
    const git = (...args: readonly string[]): string => execFileSync("git", ["-c", "user.name=Alice Example", "-c", "user.email=alice@example.com", ...args], { cwd: folder, encoding: "utf8" });
    git("add", "-A");
    git("commit", "-q", "-m", "base");
    writeFileSync(join(folder, "core.c"), fixed);
    git("commit", "-q", "-a", "-m", "fix");
    ports = await portsOf(folder);
    assert.deepEqual((await ask(git("rev-parse", "HEAD").trim(), revision("HEAD"), revision("HEAD^"))).map((told) => told.split(" ")[0]), ["present", "absent"]);
  });

  it("does not follow a path out of the tree or a link that has no end", async () => {
    const fix = made.commit("fix", { [path]: fixed });
    const tree = bare({ "a.c": old });
    symlinkSync(folder, join(folder, "loop"));
    assert.match((await ask(fix, tree))[0]!, /^absent/u);
  });

  it("stops when it is cancelled", async () => {
    const fix = made.commit("fix", { [path]: fixed });
    const source = cancelSource();
    const requests = Array.from({ length: 200 }, () => ({ commit: fix, tree: revision("HEAD") }));
    await assert.rejects(presences(requests, ports, { cancel: source.cancel, onProgress: (done) => { if (done === 3) source.fire(); } }), { name: "Cancelled" });
  });

  it("never throws, whatever the tree holds", async () => {
    const fix = made.commit("fix", { [path]: fixed });
    const lines = fixed.split("\n");
    const line = fc.oneof(fc.constantFrom(...lines), fc.string(), fc.constantFrom("", "}", "\t", "\0", "\ud800"));
    const text = fc.array(line, { maxLength: 120 }).map((chosen) => chosen.join("\n"));
    await fc.assert(
      fc.asyncProperty(text, async (content) => {
        const [told] = await presences([{ commit: fix, tree: bare({ [path]: content }) }], ports);
        assert.ok(told !== undefined && told.share >= 0 && told.share <= 1);
        for (const { at } of told.evidence) if (at !== undefined) assert.ok(Number(at.split(":").at(-1)) <= Math.max(1, content.split("\n").length));
      }),
      { numRuns: 15 },
    );
  });
});

describe("the reader of changed lines", () => {
  const sha = "0123456789012345678901234567890123456789";
  const diff = [sha, "diff --git a/a b.c b/a b.c", `index ${sha}..${sha} 100644`, "--- a/a b.c", "+++ b/a b.c", "@@ -3 +3,2 @@ int x", "-old", "+new", "+--- not a header", "\\ No newline at end of file", 'diff --git "a/\\351.c" "b/\\351.c"', "deleted file mode 100644", `index ${sha}..${sha}`, "--- a/x", "+++ /dev/null", "@@ -1 +0,0 @@", "-diff --git a/x b/x", ""].join("\n");

  it("reads the same however the output is cut", () => {
    const bytes = nodeDecode.bytes(diff);
    const read = (size: number): readonly TextChange[] => {
      const changes: TextChange[] = [];
      const reader = new ChangeReader(nodeDecode, (change) => changes.push(change));
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.slice(at, at + size));
      reader.end(true);
      return changes;
    };
    const whole = read(bytes.length);
    const [first, second] = whole[0]!.files;
    assert.deepEqual([first!.newPath, first!.groups[0]!.at, first!.groups[0]!.added.map(({ text }) => text)], ["a b.c", 2, ["new", "--- not a header"]]);
    assert.deepEqual([second!.kind, second!.groups[0]!.deleted.map(({ text }) => text)], ["deleted", ["diff --git a/x b/x"]]);
    for (const size of [1, 2, 5, 13]) assert.deepEqual(read(size), whole);
  });

  it("never throws on mutated output", () => {
    const bytes = nodeDecode.bytes(diff);
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(bytes.length - 1), fc.nat(255), (cut, at, value) => {
        const changed = Uint8Array.from(bytes);
        changed[at] = value;
        const reader = new ChangeReader(nodeDecode, () => undefined);
        reader.push(changed.subarray(0, cut));
        reader.push(changed.subarray(cut));
        reader.end(true);
      }),
      { numRuns: 500 },
    );
  });
});

describe("the alignment of two texts", () => {
  it("maps lines to equal lines, in order, and everything to itself", () => {
    const text = fc.array(fc.nat(12), { maxLength: 60 }).map((values) => Uint32Array.from(values));
    fc.assert(
      fc.property(text, text, (one, other) => {
        const map = alignLines(one, other);
        let last = -1;
        map.forEach((at, i) => {
          if (at < 0) return;
          assert.equal(other[at], one[i]);
          assert.ok(at > last);
          last = at;
        });
        assert.deepEqual([...alignLines(one, one)], [...one.keys()]);
      }),
      { numRuns: 300 },
    );
  });
});
