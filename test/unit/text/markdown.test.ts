import assert from "node:assert/strict";
import fc from "fast-check";
import MarkdownIt from "markdown-it";
import { plain, prose, visible } from "../../../language-server/engine/text/markdown";

/** As generous as a viewer may be: HTML goes through, and what looks like an address becomes a link. */
const generous = new MarkdownIt({ html: true, linkify: true });

/** The text of one paragraph; undefined when it holds anything but text. */
function read(markdown: string): string | undefined {
  const [open, inline, close, ...rest] = generous.parse(markdown, {});
  if (open?.type !== "paragraph_open" || close?.type !== "paragraph_close" || rest.length > 0) return undefined;
  const parts = inline?.children ?? [];
  return parts.every(({ type }) => type === "text") ? parts.map(({ content }) => content).join("") : undefined;
}

const pieces = fc.constantFrom("*", "**", "_", "__", "`", "~~", "[", "](", ")", "!", "<", ">", "&amp;", "<b>", "|", "$", "\\", "#", "# ", "- ", "+ ", "1. ", "===", "---", ":", "://", "//", "http", "https://example.com/a", "www.", "a@example.com", "mailto:a@b.example", ".", "com", "net/a_b.c", "a", " ", "中文", "\n", "    ");

for (const [name, escaped] of Object.entries({ plain, prose })) {
  describe(`${name} words inside Markdown`, () => {
    it("are read as they were written, and make nothing", () => {
      fc.assert(fc.property(fc.array(pieces, { minLength: 1, maxLength: 12 }).map((parts) => parts.join("").trim()).filter((text) => text !== ""), (text) => {
        assert.equal(read(escaped(text)), visible(text));
      }), { numRuns: 5000 });
    });
  });
}

describe("prose", () => {
  it("leaves paths, names and sentences as people write them", () => {
    for (const text of ["net/ring: fix a leak (bsc-12)", "rx_queue_setup() - drop it, 3 of 4 hunks!", "fixes 0123456789ab, which ours has as ba9876543210", "dropped mm/slab.c:9 → mm/slab.c:12"]) assert.equal(prose(text), text);
  });
});
