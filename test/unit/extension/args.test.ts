import assert from "node:assert/strict";
import { readCount, readCounts, readTarget, readText, readUri } from "../../../extension/args";
import { quoteWord } from "../../../extension/shellWords";

describe("arguments of commands", () => {
  it("takes every target of a lens", () => {
    for (const target of [
      { kind: "patch", patch: 0 },
      { kind: "file", patch: 1, file: 2 },
      { kind: "hunk", patch: 1, file: 2, hunk: 3 },
      { kind: "selection", firstLine: 4, lastLine: 9 },
    ]) {
      assert.deepEqual(readTarget({ uri: "file:///a.patch", target }), target);
    }
  });

  it("takes no half target", () => {
    for (const target of [undefined, {}, { kind: "patch" }, { kind: "file", patch: 0 }, { kind: "hunk", patch: 0, file: 0 }, { kind: "patch", patch: -1 }, { kind: "patch", patch: 0.5 }, { kind: "selection", firstLine: 5, lastLine: 4 }, { kind: "selection", firstLine: 0, lastLine: 4 }]) {
      assert.equal(readTarget({ target }), undefined, JSON.stringify(target));
    }
  });

  it("takes a uri from a lens, or the Uri that a menu gives", () => {
    assert.equal(readUri({ uri: "file:///a.patch" }), "file:///a.patch");
    assert.equal(readUri({ scheme: "file", path: "/a.patch", toString: () => "file:///a.patch" }), "file:///a.patch");
    for (const other of [undefined, null, "file:///a", 1, {}, { uri: 1 }]) assert.equal(readUri(other), undefined);
  });

  it("takes members of the right type only", () => {
    assert.equal(readText({ check: 1 }, "check"), undefined);
    assert.equal(readCount({ patch: "1" }, "patch"), undefined);
    assert.deepEqual(readCounts({ lines: [1, "2", -3, 4] }, "lines"), [1, 4]);
  });
});

describe("a path in the terminal", () => {
  it("is one word, whatever is in it", () => {
    assert.equal(quoteWord("/srv/a.mbox", "linux"), "/srv/a.mbox");
    assert.equal(quoteWord("/srv/it's $(here).mbox", "linux"), "'/srv/it'\\''s $(here).mbox'");
    assert.equal(quoteWord("C:\\a b.mbox", "win32"), '"C:\\a b.mbox"');
  });
});
