import assert from "node:assert/strict";
import { render } from "../../../language-server/engine/text/message";

describe("messages", () => {
  const table = { boats: { en: "{boats|boat|boats} of {owner}", "zh-cn": "{owner} 的 {boats} 艘船" } };
  const said = (boats: number, locale: "en" | "zh-cn" = "en"): string => render({ id: "boats", args: { boats, owner: "Alice" } }, table, locale);

  it("count in English with one noun for one and another for all else", () => {
    assert.deepEqual([said(0), said(1), said(2), said(1, "zh-cn")], ["0 boats of Alice", "1 boat of Alice", "2 boats of Alice", "Alice 的 1 艘船"]);
  });

  it("are left as they are where an argument or the message is missing", () => {
    assert.deepEqual([render({ id: "boats" }, table, "en"), render({ id: "ships" }, table, "en")], ["{boats|boat|boats} of {owner}", "ships"]);
  });

  it("never read a placeholder in an argument", () => {
    assert.equal(render({ id: "boats", args: { boats: 1, owner: "{boats|a|b}" } }, table, "en"), "1 boat of {boats|a|b}");
  });
});
