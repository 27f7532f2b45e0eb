import assert from "node:assert/strict";
import { readRange } from "../../../extension/review/range";

describe("a typed commit or range", () => {
  for (const range of ["HEAD", "HEAD~3..", "v6.1..v6.1.2", "main...topic", "..topic", "0123456789ab", "feature/中文", "v6.1^{commit}", "HEAD@{1}", "a^..a"]) {
    it(`takes ${range}`, () => {
      assert.deepEqual(readRange(` ${range} `), { range });
    });
  }

  for (const [text, flaw] of [
    ["", "empty"],
    ["   ", "empty"],
    ["--output=/etc/passwd", "option"],
    ["a..--upload-pack=x", "option"],
    ["a b", "space"],
    ["a;b", "character"],
    ["$(touch)", "character"],
    ["a`b`", "character"],
    ["a\u202eb", "character"],
    ["a\u0000b", "character"],
    ["..", "dots"],
    ["a....b", "dots"],
    ["a..b..c", "dots"],
  ] as const) {
    it(`refuses ${JSON.stringify(text)}: ${flaw}`, () => {
      assert.deepEqual(readRange(text), { flaw });
    });
  }
});
