import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { contextHunks } from "../../../language-server/engine/upstream/diff/hunks";
import { diffParser } from "../../../language-server/engine/upstream/diff/parse";
import { loadDiffs, readDiffs } from "../../../language-server/engine/upstream/diff/read";
import { unpackDiff } from "../../../language-server/engine/upstream/diff/record";
import type { CommitDiff } from "../../../language-server/engine/upstream/types";
import { makeRepository, type TestRepository } from "../support/git";

const sha = (digit: string): string => digit.repeat(40);

function parse(text: string, size = 1 << 20): readonly CommitDiff[] {
  const found: CommitDiff[] = [];
  const parser = diffParser(nodeDecode, (commit, record) => found.push(unpackDiff(commit, record, 0, nodeDecode)));
  const bytes = Buffer.from(text);
  for (let i = 0; i < bytes.length; i += size) parser.push(bytes.subarray(i, i + size));
  parser.end(true);
  return found;
}

const sample = `${sha("a")}
diff --git a/net/a b.c b/net/a b.c
index 1111111111111111111111111111111111111111..2222222222222222222222222222222222222222 100644
--- a/net/a b.c
+++ b/net/a b.c
@@ -3,2 +3 @@ int start(void)
-	int x = 1;
--- a/not/a/header
+	int  x =  2;
@@ -20,0 +20,1 @@ int stop(void)
+diff --git is a line too
${sha("b")}
diff --git "a/\\346\\226\\207.c" b/new.c
similarity index 90%
rename from "\\346\\226\\207.c"
rename to new.c
${sha("c")}
diff --git a/logo.png b/logo.png
index 1111111111111111111111111111111111111111..3333333333333333333333333333333333333333 100644
Binary files a/logo.png and b/logo.png differ
`;

describe("diffs of git, hashed as they stream by", () => {
  it("knows content that looks like a header by the hunk's counts", () => {
    const [first] = parse(sample);
    assert.deepEqual(
      first?.files.map(({ newPath, groups }) => [newPath, groups.map(({ oldStart, oldCount, newStart, newCount, deleted, added }) => [oldStart, oldCount, newStart, newCount, deleted.length, added.length])]),
      [["net/a b.c", [[3, 2, 3, 1, 2, 1], [20, 0, 20, 1, 0, 1]]]],
    );
  });

  it("reads renames, quoted names and binary files", () => {
    const [, renamed, binary] = parse(sample);
    assert.deepEqual(renamed?.files.map(({ status, oldPath, newPath }) => [status, oldPath, newPath]), [["renamed", "文.c", "new.c"]]);
    assert.deepEqual(binary?.files.map(({ status, groups }) => [status, groups.length]), [["binary", 1]]);
  });

  it("gives the same however the output is cut into chunks", () => {
    const whole = parse(sample);
    for (const size of [1, 2, 7, 64]) assert.deepEqual(parse(sample, size), whole);
  });

  it("ignores white space in lines, and nothing else", () => {
    const [one] = parse(sample);
    const [other] = parse(sample.replace("\tint  x =  2;", "int x = 2;"));
    const [third] = parse(sample.replace("x =  2;", "x =  3;"));
    assert.deepEqual(one, other);
    assert.notDeepEqual(one?.id, third?.id);
  });

  it("drops the commit that git did not finish", () => {
    const found: string[] = [];
    const parser = diffParser(nodeDecode, (commit) => found.push(commit));
    parser.push(Buffer.from(sample));
    parser.end(false);
    assert.deepEqual(found, [sha("a"), sha("b")]);
  });

  it("never throws and never loops on anything", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...sample.split("\n")), fc.string()), { maxLength: 30 }), (lines) => {
        parse(lines.join("\n"));
      }),
    );
  });
});

describe("diffs of a repository", () => {
  let repo: TestRepository;
  before(async () => {
    repo = await makeRepository();
  });
  after(() => {
    repo.remove();
  });

  it("finds the hunks that git prints with three lines of context", async () => {
    const lines = Array.from({ length: 120 }, (_, i) => `line ${i}`);
    await repo.commit("first", { "路径 a.c": `${lines.join("\n")}\n` });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(fc.nat(119), fc.constantFrom("delete", "change", "insert")), { minLength: 1, maxLength: 12 }), async (edits) => {
        const next = lines.map((line) => [line]);
        for (const [at, what] of edits) next[at] = what === "delete" ? [] : what === "change" ? [`changed ${at}`] : [`line ${at}`, `new ${at}`];
        const commit = await repo.commit("edit", { "路径 a.c": `${next.flat().join("\n")}\n` });
        const diff = (await loadDiffs(repo, nodeDecode, [commit])).get(commit);
        const ours = diff?.files.flatMap((file) => contextHunks(file).map(({ oldLine, line }) => `${oldLine} ${line}`));
        const theirs = [...(await repo.git("show", "--format=", "-U3", commit)).matchAll(/^@@ -(\d+)(?:,\d+)? \+(\d+)/gmu)].map((match) => `${match[1] ?? ""} ${match[2] ?? ""}`);
        assert.deepEqual(ours, theirs);
        await repo.commit("back", { "路径 a.c": `${lines.join("\n")}\n` });
      }),
      { numRuns: 15 },
    );
  });

  it("goes on behind commits whose blobs are missing, and names them", async () => {
    const commits: string[] = [];
    for (let i = 0; i < 12; i++) commits.push(await repo.commit(`part ${i}`, { "part.c": `value ${i}\n` }));
    const lost = [2, 3, 7].map((i) => commits[i] ?? "");
    for (const commit of lost) {
      const blob = await repo.git("rev-parse", `${commit}:part.c`);
      rmSync(join(repo.commonDir, "objects", blob.slice(0, 2), blob.slice(2)), { force: true });
    }
    const states = new Map<string, string>();
    await readDiffs(repo, nodeDecode, commits, (commit, record) => states.set(commit, unpackDiff(commit, record, 0, nodeDecode).state));
    // A commit needs the blob of its parent as well.
    assert.deepEqual(commits.map((commit) => states.get(commit)), ["known", "known", "missing-blob", "missing-blob", "missing-blob", "known", "known", "missing-blob", "missing-blob", "known", "known", "known"]);
  });
});
