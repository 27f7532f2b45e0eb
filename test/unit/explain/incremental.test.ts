import assert from "node:assert/strict";
import fc from "fast-check";
import { createStatementReader } from "../../../language-server/engine/text/incremental";

function read(text: string, size = 1): { readonly texts: readonly unknown[]; readonly sawAnswer: boolean; readonly whole: boolean } {
  const reader = createStatementReader();
  const values: unknown[] = [];
  for (let i = 0; i < text.length; i += size) values.push(...reader.push(text.slice(i, i + size)));
  values.push(...reader.end());
  return { texts: values.map((value) => (value as { text: unknown }).text), sawAnswer: reader.sawAnswer, whole: reader.whole };
}

const one = { section: "what", text: "one", evidence: [{ path: "a.c", side: "new", quote: 'if (x) { "}" }', line: 3 }] };
const two = { section: "how", text: "two", evidence: [{ path: "a.c", side: "old", quote: "\\n{", line: 4 }] };
const whole = JSON.stringify({ statements: [one, two] });

describe("statements out of a growing text", () => {
  it("come as soon as each is complete", () => {
    const reader = createStatementReader();
    const at = whole.indexOf(',{"section":"how"');
    assert.equal(reader.push(whole.slice(0, at - 1)).length, 0);
    assert.equal(reader.push(whole.slice(at - 1, at)).length, 1);
    assert.equal(reader.push(whole.slice(at)).length, 1);
    assert.equal(reader.end().length, 0);
  });

  it("are the same however the text is cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: whole.length }), (size) => {
        assert.deepEqual(read(whole, size).texts, ["one", "two"]);
      }),
    );
  });

  it("are found in a code fence, after prose with braces, and in a bare list", () => {
    assert.deepEqual(read(`\`\`\`json\n${whole}\n\`\`\``).texts, ["one", "two"]);
    assert.deepEqual([...read(`Let me look at { the hunk" first.\n${whole}`).texts].sort(), ["one", "two"]);
    assert.deepEqual([...read(`{ not closed " ${whole} and so on`).texts].sort(), ["one", "two"]);
    assert.deepEqual(read(JSON.stringify([one, two])).texts, ["one", "two"]);
  });

  it("that are complete come out of a text that breaks off", () => {
    assert.deepEqual(read(whole.slice(0, -30)), { texts: ["one"], sawAnswer: true, whole: false });
  });

  it("of an empty list are none, but it is an answer; prose is not", () => {
    assert.deepEqual(read('{"statements":[]}'), { texts: [], sawAnswer: true, whole: true });
    assert.deepEqual(read("I can't."), { texts: [], sawAnswer: false, whole: false });
    assert.deepEqual(read(""), { texts: [], sawAnswer: false, whole: false });
  });

  it("never throw, whatever text comes", () => {
    const piece = fc.constantFrom("{", "}", "[", "]", '"', "\\", ",", '"statements":', '"text":"x"', '"section":"what"', "a", "\n", "</think>");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        read(pieces.join(""), 3);
      }),
      { numRuns: 2000 },
    );
  });
});
