import assert from "node:assert/strict";
import { withoutLinks } from "../../../extension/notice";

/** The form that VS Code makes a link of. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)/iu;

describe("words of others in a notification", () => {
  it("hold no link that would run a command", () => {
    const text = "The endpoint said: [Fix](command:workbench.action.terminal.sendSequence?%7B%22text%22%3A%22id%22%7D) or [more](https://example.com)";
    assert.match(text, link);
    assert.doesNotMatch(withoutLinks(text), link);
    assert.doesNotMatch(withoutLinks("[[a](](command:x)"), link);
  });

  it("stay as they are otherwise", () => {
    assert.equal(withoutLinks("git: a[0] (b) failed"), "git: a[0] (b) failed");
  });
});
