import assert from "node:assert/strict";
import { stepFrom } from "../../../extension/review/steps";

const spots = [
  { line: 9, character: 4, name: "c" },
  { line: 2, character: 0, name: "a" },
  { line: 9, character: 0, name: "b" },
];

function nameFrom(line: number, character: number, direction: "next" | "previous"): string | undefined {
  return stepFrom(spots, { line, character }, direction)?.name;
}

describe("next and previous finding", () => {
  it("goes through them in the order of the document", () => {
    assert.deepEqual([nameFrom(0, 0, "next"), nameFrom(2, 0, "next"), nameFrom(9, 0, "next")], ["a", "b", "c"]);
    assert.deepEqual([nameFrom(20, 0, "previous"), nameFrom(9, 4, "previous"), nameFrom(9, 0, "previous")], ["c", "b", "a"]);
  });

  it("goes round the end", () => {
    assert.equal(nameFrom(9, 4, "next"), "a");
    assert.equal(nameFrom(2, 0, "previous"), "c");
  });

  it("has nowhere to go without findings", () => {
    assert.equal(stepFrom(spots.slice(0, 0), { line: 0, character: 0 }, "next"), undefined);
  });
});
