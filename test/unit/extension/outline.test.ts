import assert from "node:assert/strict";
import { asPatches, folderWhenAlike, rowLabel, targetsAt, type OutlineNode } from "../../../extension/review/outline";

function node(kind: OutlineNode["kind"], name: string, first: number, last: number, ...children: readonly OutlineNode[]): OutlineNode {
  return { kind, name, first, last, line: first, detail: "", children };
}

const file = node("file", "a.c", 20, 60, node("hunk", "@@ one", 25, 40), node("hunk", "@@ two", 41, 60));
const series = [node("patch", "[PATCH 1/2] first", 0, 60, file), node("patch", "[PATCH 2/2] second", 61, 90)];

describe("what stands at a line of a patch", () => {
  it("goes from the hunk to its file and its patch", () => {
    assert.deepEqual(targetsAt(series, 45), [
      { target: { kind: "hunk", patch: 0, file: 0, hunk: 1 }, name: "@@ two" },
      { target: { kind: "file", patch: 0, file: 0 }, name: "a.c" },
      { target: { kind: "patch", patch: 0 }, name: "[PATCH 1/2] first" },
    ]);
  });

  it("is the patch alone in its message", () => {
    assert.deepEqual(targetsAt(series, 70), [{ target: { kind: "patch", patch: 1 }, name: "[PATCH 2/2] second" }]);
  });

  it("is nothing outside of all patches", () => {
    assert.deepEqual(targetsAt(series, 200), []);
    assert.deepEqual(targetsAt([], 0), []);
  });

  it("counts the files of a bare diff as one patch with the document's name", () => {
    assert.deepEqual(targetsAt(asPatches([file], "change.diff"), 30), [
      { target: { kind: "hunk", patch: 0, file: 0, hunk: 0 }, name: "@@ one" },
      { target: { kind: "file", patch: 0, file: 0 }, name: "a.c" },
      { target: { kind: "patch", patch: 0 }, name: "change.diff" },
    ]);
    assert.equal(asPatches(series, "x"), series);
  });
});

describe("a patch's name in a narrow list", () => {
  it("comes with its folder only where another document has the same name", () => {
    const all = ["/srv/v1/0001-ring.patch", "/srv/v2/0001-ring.patch", "/srv/v2/0002-bus.patch", "Untitled-1"];
    assert.deepEqual(all.map((path) => folderWhenAlike(path, all)), ["v1", "v2", "", ""]);
  });

  it("leaves out what every row would repeat, and keeps number, version and RFC", () => {
    assert.equal(rowLabel("[PATCH 3/300] keel: step"), "[3/300] keel: step");
    assert.equal(rowLabel("[RFC PATCH v2 03/12] keel: step"), "[RFC v2 03/12] keel: step");
    assert.equal(rowLabel("[PATCH] keel: step"), "keel: step");
    assert.equal(rowLabel("keel: step"), "keel: step");
    assert.equal(rowLabel("[PATCH]"), "[PATCH]");
  });
});
