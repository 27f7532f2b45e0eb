import { strict as assert } from "node:assert";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { parseTrailers } from "../../../language-server/engine/patch/trailers";
import { git } from "./git-oracle";
import { diff, only } from "./support";

function messageOf(body: string): ReturnType<typeof only>["message"] {
  return only(`From: Alice Example <alice@example.com>\nSubject: [PATCH] x\n\n${body}\n---\n${diff}`).message;
}

function trailersOf(body: string): readonly string[] {
  return messageOf(body).trailers.map((trailer) => `${trailer.key}: ${trailer.value}`);
}

describe("patch: trailers", () => {
  const examples: readonly (readonly [string, string, readonly string[]])[] = [
    ["the last paragraph", "Text.\n\nFixes: 0123 (\"x\")\nSigned-off-by: A <a@example.com>", ['Fixes: 0123 ("x")', "Signed-off-by: A <a@example.com>"]],
    ["folded ones", "Text.\n\nReported-by: A\n  <a@example.com>\nSigned-off-by: B", ["Reported-by: A <a@example.com>", "Signed-off-by: B"]],
    ["a quarter of trailers with a sign-off among them", "Text.\n\nSigned-off-by: A\n[B: adjust]\nwords\nwords", ["Signed-off-by: A"]],
    ["nothing when there are fewer", "Text.\n\nSigned-off-by: A\none\ntwo\nthree\nfour", []],
    ["nothing among words without a sign-off", "Text.\n\nKey: value\nwords", []],
    ["a cherry-pick line as git's own mark", "Text.\n\nLink: x\nwords\n(cherry picked from commit 0123)", ["Link: x"]],
    ["nothing above an old list of conflicts", "Text.\n\nSigned-off-by: A\n\nConflicts:\n\tfs/x.c", ["Signed-off-by: A"]],
    ["a body of trailers alone", "Signed-off-by: A", ["Signed-off-by: A"]],
  ];
  for (const [name, body, expected] of examples) {
    it(`finds ${name}`, () => {
      assert.deepEqual(trailersOf(body), expected);
    });
  }

  it("knows the document's lines of a folded trailer", () => {
    const [first] = messageOf("Text.\n\nReported-by: A\n  <a@example.com>\nSigned-off-by: B").trailers;
    assert.deepEqual([first?.lines, first?.text], [{ first: 6, last: 7 }, "Reported-by: A"]);
  });

  it("answers as git interpret-trailers does on any message", () => {
    const folder = mkdtempSync(join(tmpdir(), "keelson-trailers-"));
    const line = fc.constantFrom("Signed-off-by: A <a@example.com>", "Fixes: 0123", "Key : v", "Key: ", "two words: v", " folded", "\ttab", "words here", "", "  ", "# comment", "(cherry picked from commit 01)", "[A: note]", "Conflicts:", "\tfs/x.c", "http://example.com", "---", "ключ: v", "Signed-off-by:x", ": v", "-k: v");
    try {
      fc.assert(
        fc.property(fc.array(line, { minLength: 1, maxLength: 12 }), (texts) => {
          const theirs = git(folder, ["interpret-trailers", "--parse", "--no-divider"], `title\n\n${texts.join("\n")}\n`).toString().split("\n").slice(0, -1);
          const ours = parseTrailers(texts.map((text, i) => ({ text, line: i + 1 })), true).map((trailer) => `${trailer.key}: ${trailer.value}`);
          assert.deepEqual(ours, theirs);
        }),
        { numRuns: 300 },
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe("patch: notes of those who carried it", () => {
  it("are kept wherever they stand, with their author", () => {
    const { notes } = messageOf("Text.\n\n[1] https://example.com/x\n\nSigned-off-by: A\n[Bob Sample: adjust context,\n drop a test]\n[no name]\nSigned-off-by: B");
    assert.deepEqual(notes, [
      { who: "Bob Sample", text: "adjust context, drop a test", lines: { first: 9, last: 10 } },
      { who: "", text: "no name", lines: { first: 11, last: 11 } },
    ]);
  });
});

const sha = "0123456789abcdef0123456789abcdef01234567";

describe("patch: backport markers", () => {
  const examples: readonly (readonly [string, string])[] = [
    [`commit ${sha} upstream.`, `stable-upstream mainline ${sha}`],
    [`commit ${sha} upstream`, `stable-upstream mainline ${sha} wording`],
    [`[ Upstream commit ${sha} ]`, `stable-bracket mainline ${sha}`],
    [`[Upstream commit ${sha}]`, `stable-bracket mainline ${sha} wording`],
    [`[ upstream commit ${sha} ]`, `dpdk mainline ${sha}`],
    [`[ backported from upstream commit ${sha} ]`, `dpdk mainline ${sha}`],
    [`(cherry picked from commit ${sha})`, `cherry-pick mainline ${sha}`],
    [`(cherry-picked from commit ${sha})`, `cherry-pick mainline ${sha} wording`],
    ["(cherry picked from commit 0123456)", "cherry-pick mainline 0123456 sha-too-short"],
    ["(cherry picked from commit 0123456789ab)", "cherry-pick mainline 0123456789ab sha-not-full"],
    [`(cherry picked from commit\n${sha})`, `cherry-pick mainline ${sha}`],
    [`(backported from commit ${sha})`, `backport mainline ${sha}`],
    [`(cherry picked from commit ${sha} linux-next)`, `ubuntu mainline ${sha}`],
    [`BugLink: https://bugs.launchpad.net/bugs/1\n\n(backported from commit ${sha})`, `ubuntu mainline ${sha}`],
    [`master commit: ${sha}`, `master-commit mainline ${sha}`],
    [`Git-commit: ${sha}`, `suse mainline ${sha}`],
    [`ANBZ: #4567\n\ncommit ${sha} upstream.`, `anolis mainline ${sha}`],
    [`mainline inclusion\nfrom mainline-v6.2-rc1\ncommit ${sha}\ncategory: bugfix\n\n--------`, `openeuler mainline ${sha}`],
    [`stable inclusion\nfrom stable-v5.10.1\ncommit ${sha}`, `openeuler stable ${sha}`],
    ["mainline inclusion\ncategory: bugfix", "openeuler mainline - no-commit"],
    ["hulk inclusion\ncategory: feature", "openeuler other -"],
    ["A commit 0123456789ab made this worse.", ""],
  ];
  for (const [text, expected] of examples) {
    it(`reads ${text.replace(/\n+/g, " / ").replaceAll(sha, "X")}`, () => {
      const markers = messageOf(`Text.\n\n${text}\n\nSigned-off-by: A`).markers;
      assert.equal(markers.map((marker) => [marker.dialect, marker.origin, marker.sha ?? "-", ...marker.flaws].join(" ")).join("; "), expected);
    });
  }

  it("follows openEuler's header to its end and keeps the mainline commit that it names too", () => {
    const { markers } = messageOf(`stable inclusion\nfrom stable-v5.10.1\ncommit ${sha}\ncategory: bugfix\n\n--------\n\n[ Upstream commit ${"a".repeat(40)} ]\n\nText.`);
    assert.deepEqual(markers.map((marker) => [marker.dialect, marker.lines]), [
      ["openeuler", { first: 4, last: 9 }],
      ["stable-bracket", { first: 11, last: 11 }],
    ]);
  });

  it("reads SUSE's header fields and ChromeOS subject tags", () => {
    const text = `From: Alice Example <alice@example.com>\nSubject: [PATCH] BACKPORT: FROMGIT: fs: x\nGit-commit: ${sha}\nPatch-mainline: v6.2\n\nText.\n---\n${diff}`;
    const { markers } = only(text).message;
    assert.deepEqual(markers.map((marker) => [marker.dialect, marker.lines.first, marker.text]), [
      ["chromeos", 2, "BACKPORT: FROMGIT:"],
      ["suse", 3, `Git-commit: ${sha}`],
    ]);
  });
});
