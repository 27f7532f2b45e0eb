import assert from "node:assert/strict";
import { pathsOnly, twinFiles } from "../../../language-server/lsp/upstream/twin-files";
import type { ChangeGroup, CommitDiff, FileChanges } from "../../../language-server/engine/upstream/types";
import type { TwinFile } from "../../../language-server/protocol/upstream-panels";
import { languageOf, readPatch } from "../../../webview/twin/patch";

/** A group at a line: each word is an added line's hash. */
function group(line: number, ...added: readonly number[]): ChangeGroup {
  return { oldStart: line - 1, oldCount: 0, newStart: line, newCount: added.length, deleted: new Uint32Array(0), added: Uint32Array.from(added) };
}

function file(path: string, ...groups: readonly ChangeGroup[]): FileChanges {
  return { oldPath: path, newPath: path, status: "modified", groups };
}

function diff(digit: string, ...files: readonly FileChanges[]): CommitDiff {
  return { sha: digit.repeat(40), id: [0, 0], files, state: "known" };
}

function told(files: readonly TwinFile[]): readonly string[] {
  return files.map(({ upPath, downPath, hunks }) => [`${upPath ?? "-"} ${downPath ?? "-"}:`, ...hunks.map(({ state, up, down }) => `${state} ${up === undefined ? "-" : `${String(up.line)}+${String(up.count)}`} ${down === undefined ? "-" : `${String(down.line)}+${String(down.count)}`}`)].join(" "));
}

describe("the files of a twin", () => {
  it("stand side by side with their hunks in the order of the file", () => {
    const up = diff("a", file("net/ring.c", group(100, 1, 2), group(200, 3), group(300, 4)), file("net/dev.c", group(10, 5)));
    const down = diff("d", file("net/ring.c", group(90, 1, 2), group(290, 4)), file("net/compat.h", group(1, 6)));
    assert.deepEqual(told(twinFiles(up, down, undefined)), ["net/ring.c net/ring.c: same 97+8 87+8 dropped 197+7 - same 297+7 287+7", "- net/compat.h: extra - 1+4", "net/dev.c -: dropped 7+7 -"]);
  });

  it("pair a file that lies elsewhere in our tree", () => {
    const up = diff("a", file("drivers/net/ethernet/keel/ring.c", group(100, 1, 2)));
    const down = diff("d", file("drivers/net/keel/ring.c", group(90, 1, 2)));
    assert.deepEqual(told(twinFiles(up, down, undefined)), ["drivers/net/ethernet/keel/ring.c drivers/net/keel/ring.c: same 97+8 87+8"]);
  });

  it("leave out of one part of a squash what came from another part", () => {
    const up = diff("a", file("net/ring.c", group(100, 1, 2)));
    const down = diff("d", file("net/ring.c", group(90, 1, 2), group(400, 7)), file("net/dev.c", group(10, 5)));
    assert.deepEqual(told(twinFiles(up, down, [{ state: "same", up: "net/ring.c:97", down: "net/ring.c:87" }, { state: "same", up: "net/dev.c:7", down: "net/dev.c:7" }, { state: "extra", up: undefined, down: "net/ring.c:397" }])), ["net/ring.c net/ring.c: same 97+8 87+8 extra - 397+7"]);
  });

  it("are known by path where their lines are not", () => {
    assert.deepEqual(pathsOnly(["a.c", "b.c"], ["b.c", "c.c"], ["mainline"]), [
      { upPath: "b.c", downPath: "b.c", hunks: [], binary: false, missing: ["mainline"] },
      { upPath: undefined, downPath: "c.c", hunks: [], binary: false, missing: ["mainline"] },
      { upPath: "a.c", downPath: undefined, hunks: [], binary: false, missing: ["mainline"] },
    ]);
  });
});

describe("a patch made fit to be compared", () => {
  it("loses what differs for every two commits, and shows line numbers beside it", () => {
    const { text, numbers, hunks } = readPatch("diff --git a/x.c b/x.c\nindex 1..2 100644\n--- a/x.c\n+++ b/x.c\n@@ -3,3 +7,3 @@ int f(void)\n a\n-b\n+c\n d\n@@ -30 +34,0 @@\n-e\n\\ No newline at end of file\n");
    assert.equal(text, "@@ int f(void)\n a\n-b\n+c\n d\n@@\n-e\n\\ No newline at end of file");
    assert.deepEqual(numbers, ["", "7", "", "8", "9", "", "", ""]);
    assert.deepEqual(hunks, [{ first: 1, last: 5, start: 7 }, { first: 6, last: 7, start: 34 }]);
  });

  it("keeps a mode, a rename, and lines of the file that look like headers", () => {
    const { text } = readPatch("diff --git a/x b/y\nold mode 100644\nnew mode 100755\nsimilarity index 90%\nrename from x\nrename to y\n@@ -1,2 +1,2 @@\n--- a\n+++ b\n index 3\n");
    assert.equal(text, "old mode 100644\nnew mode 100755\nrename from x\nrename to y\n@@\n--- a\n+++ b\n index 3");
  });

  it("takes what is no patch as it is, and nothing for nothing", () => {
    assert.deepEqual(readPatch("no patch\n"), { text: "no patch", numbers: [""], hunks: [] });
    assert.deepEqual(readPatch(""), { text: "", numbers: [], hunks: [] });
    assert.deepEqual(readPatch("@@ -1,5 +1,5 @@\n a\n").hunks, [{ first: 1, last: 2, start: 1 }], "a patch that was cut off");
  });

  it("knows the language of a path", () => {
    assert.deepEqual(["kernel/fork.c", "arch/arm64/kernel/head.S", "rust/lib.rs", "Makefile", "a.b/c"].map(languageOf), ["c", "c", "rust", "plaintext", "plaintext"]);
  });
});
