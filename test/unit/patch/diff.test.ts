import { strict as assert } from "node:assert";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { hunkLines } from "../../../language-server/engine/patch/lines";
import { locate } from "../../../language-server/engine/patch/locate";
import { codes, diff, mail, only, parse, written } from "./support";

const hunk = "@@ -1,2 +1,2 @@\n a\n-b\n+c\n";

/** `old -> new status` of each file. */
function files(text: string): readonly string[] {
  return parse(text).value.patches.flatMap((patch) => patch.files.map((file) => `${file.oldPath} -> ${file.newPath} ${file.status}`));
}

describe("patch: names", () => {
  const names: readonly (readonly [string, string, string])[] = [
    ["git's own prefixes", `diff --git a/fs/x.c b/fs/x.c\n--- a/fs/x.c\n+++ b/fs/x.c\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["no prefixes", `diff --git fs/x.c fs/x.c\n--- fs/x.c\n+++ fs/x.c\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["no prefixes, a new file", `diff --git fs/x.c fs/x.c\nnew file mode 100644\n--- /dev/null\n+++ fs/x.c\n@@ -0,0 +1 @@\n+a\n`, "fs/x.c -> fs/x.c added"],
    ["no prefixes, a new file below b/", `diff --git b/x.c b/x.c\nnew file mode 100644\n--- /dev/null\n+++ b/x.c\n@@ -0,0 +1 @@\n+a\n`, "b/x.c -> b/x.c added"],
    ["mnemonic prefixes", `diff --git i/fs/x.c w/fs/x.c\n--- i/fs/x.c\n+++ w/fs/x.c\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["prefixes of somebody's own", `diff --git old/fs/x.c new/fs/x.c\n--- old/fs/x.c\n+++ new/fs/x.c\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["two trees", `diff -urN linux-6.1.orig/fs/x.c linux-6.1/fs/x.c\n--- linux-6.1.orig/fs/x.c\t2023-01-02 10:00:00.000000000 +0100\n+++ linux-6.1/fs/x.c\t2023-01-02 11:00:00.000000000 +0100\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["two trees further down", `--- ../old/linux/fs/x.c\n+++ ../linux/fs/x.c\n${hunk}`, "linux/fs/x.c -> linux/fs/x.c modified"],
    [".orig", `--- fs/x.c.orig\n+++ fs/x.c\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["Subversion", `Index: fs/x.c\n===================================================================\n--- fs/x.c\t(revision 1)\n+++ fs/x.c\t(working copy)\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["a file that a plain diff makes", `--- a/x.c\t1970-01-01 01:00:00.000000000 +0100\n+++ b/x.c\t2023-01-02 10:00:00.000000000 +0100\n@@ -0,0 +1 @@\n+a\n`, "x.c -> x.c added"],
    ["a file that a plain diff takes away", `--- a/x.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n`, "x.c -> x.c deleted"],
    ["spaces", "diff --git a/a b/c d b/a b/c d\nold mode 100644\nnew mode 100755\n", "a b/c d -> a b/c d mode"],
    ["octal escapes", 'diff --git "a/\\346\\265\\213 \\"x\\".c" "b/\\346\\265\\213 \\"x\\".c"\nold mode 100644\nnew mode 100755\n', '测 "x".c -> 测 "x".c mode'],
    ["one quoted side", 'diff --git a/x.c "b/\\346\\265\\213.c"\nsimilarity index 90%\nrename from x.c\nrename to "\\346\\265\\213.c"\n', "x.c -> 测.c renamed"],
    ["a copy", "diff --git a/x.c b/y.c\nsimilarity index 100%\ncopy from x.c\ncopy to y.c\n", "x.c -> y.c copied"],
    ["an empty new file", "diff --git a/x.c b/x.c\nnew file mode 100644\nindex 0000000..e69de29\n", "x.c -> x.c added"],
    ["git apply's rejects", `diff a/fs/x.c b/fs/x.c\t(rejected hunks)\n${hunk}`, "fs/x.c -> fs/x.c modified"],
    ["binaries of a plain diff", "Binary files old/x.bin and new/x.bin differ\n", "x.bin -> x.bin modified"],
    ["submodules", "diff --git a/sub b/sub\nindex 1111111..2222222 160000\n--- a/sub\n+++ b/sub\n@@ -1 +1 @@\n-Subproject commit 1111111\n+Subproject commit 2222222\n", "sub -> sub modified"],
  ];
  for (const [name, text, expected] of names) {
    it(`reads ${name}`, () => {
      assert.deepEqual(files(text), [expected]);
      assert.deepEqual(parse(text).problems, []);
    });
  }

  it("tells of paths that leave the tree", () => {
    assert.deepEqual(codes(parse(`--- a/../../etc/x\n+++ b/../../etc/x\n${hunk}`)), ["2 unsafe-path"]);
  });
});

describe("patch: hunks", () => {
  it("reads a missing line end on either side", () => {
    const patch = only("--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n");
    assert.deepEqual(written(patch, patch.files[0]!), ["4 context 1 1 a", "5 deleted 2 0 b (no eol)", "6 eof 0 0 \\ No newline at end of file", "7 added 0 2 c (no eol)", "8 eof 0 0 \\ No newline at end of file"]);
  });

  it("takes an empty line for a context line whose blank was cut", () => {
    const patch = only("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n");
    assert.equal(written(patch, patch.files[0]!)[1], "5 context 2 2 ");
    assert.deepEqual(codes(parse("--- a/x\n+++ b/x\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c\n")), []);
  });

  it("takes a deleted line of dashes for no signature, and a signature for no deleted line", () => {
    const patch = only(mail.replace("@@ -10,3 +10,4 @@", "@@ -10,4 +10,4 @@").replace("-\tret = 0;", "-- \n-\tret = 0;"));
    assert.equal(written(patch, patch.files[0]!)[1], "23 deleted 11 0 - ");
    assert.equal(patch.files[0]!.deleted, 2);
    assert.equal(only(mail).files[0]!.deleted, 1);
  });

  it("counts the lines themselves when the header is wrong, and says so", () => {
    for (const header of ["@@ -10,9 +10,9 @@", "@@ -10,2 +10,2 @@", "@@ -10,4 +10,4 @@"]) {
      const text = mail.replace("@@ -10,3 +10,4 @@", header);
      const file = only(text).files[0]!;
      assert.deepEqual([file.hunks[0]!.actualOld, file.hunks[0]!.actualNew, file.added, file.deleted], [3, 4, 2, 1], header);
      assert.deepEqual(codes(parse(text)), ["21 hunk-count"], header);
    }
  });

  it("finds the next file when a hunk promises too much", () => {
    const text = `--- a/x\n+++ b/x\n@@ -1,9 +1,9 @@\n a\n-b\n+c\n--- a/y\n+++ b/y\n${hunk}`;
    assert.deepEqual(files(text), ["x -> x modified", "y -> y modified"]);
    assert.deepEqual(codes(parse(text)), ["3 hunk-count"]);
  });

  it("tells a cut patch from a miscounted one", () => {
    assert.deepEqual(codes(parse(diff.slice(0, diff.indexOf("+\tret++")))), ["5 truncated"]);
  });

  it("passes over what a mailer wrapped", () => {
    const text = mail.replace("+\tret = two();", "+\tret =\ntwo();");
    const patch = only(text);
    assert.deepEqual(codes(parse(text)), ["25 wrapped-line"]);
    assert.deepEqual([patch.files[0]!.added, hunkLines(patch, patch.files[0]!.hunks[0]!, nodeDecode).length], [2, 5]);
  });

  it("goes on after text between hunks and after a header that makes no sense", () => {
    assert.deepEqual(codes(parse(`--- a/x\n+++ b/x\n${hunk}Some words.\n${hunk}`)), ["8 hunk-without-file"]);
    assert.equal(only(`--- a/x\n+++ b/x\n${hunk}Some words.\n${hunk}`).files[0]!.hunks.length, 2);
    assert.deepEqual(codes(parse(`--- a/x\n+++ b/x\n@@ nonsense @@\n a\n${hunk}`)).slice(0, 1), ["3 bad-hunk-header"]);
  });

  it("reads invalid UTF-8 as Latin-1, as git guesses", () => {
    const patch = only(Buffer.from("--- a/x\n+++ b/x\n@@ -1 +1 @@\n-\xe9\n+\xc3\xa9\n", "latin1"));
    assert.deepEqual(written(patch, patch.files[0]!), ["4 deleted 1 0 é", "5 added 0 1 é"]);
  });
});

describe("patch: what is no text diff", () => {
  it("reads git's binary patches and goes on behind them", () => {
    const binary = "diff --git a/x.bin b/x.bin\nindex 1111111111111111111111111111111111111111..2222222222222222222222222222222222222222 100644\nGIT binary patch\nliteral 4\nLcmZQzWMT#Y01f~L\n\nliteral 4\nLcmZQzWMT#Y01f~L\n\n";
    const patch = only(`${binary}${diff}`);
    assert.deepEqual(patch.files.map((file) => [file.newPath, file.binary, file.hunks.length]), [["x.bin", true, 0], ["fs/one.c", false, 1]]);
    assert.deepEqual(codes(parse(`${binary.replace("LcmZ", "!!")}${diff}`)), ["5 bad-binary"]);
    assert.deepEqual(codes(parse(binary.slice(0, binary.indexOf("\n\n") + 1))), ["5 truncated-binary"]);
  });

  it("shows a combined diff without analysing it", () => {
    const combined = `diff --cc fs/x.c\nindex 1111111,2222222..3333333\n--- a/fs/x.c\n+++ b/fs/x.c\n@@@ -1,2 -1,2 +1,3 @@@\n  a\n++b\n +c\n${diff}`;
    const { value } = parse(combined);
    assert.deepEqual(files(combined), ["fs/x.c -> fs/x.c combined", "fs/one.c -> fs/one.c modified"]);
    assert.equal(locate(value, 7)?.file?.status, "combined");
    assert.deepEqual(codes(parse(combined)), ["1 combined-diff"]);
  });

  it("tells of a context diff", () => {
    assert.deepEqual(codes(parse(`*** a/x\n--- b/x\n***************\n*** 1,2 ****\n  a\n${diff}`)), ["1 context-diff"]);
  });

  it("finds nothing in nothing, and says so of other text", () => {
    assert.deepEqual([parse("").value.format, codes(parse(""))], ["empty", []]);
    assert.deepEqual([parse("\n \n").value.format, codes(parse("\n\n"))], ["empty", []]);
    assert.deepEqual([parse("Hello.\n").value.patches.length, codes(parse("Hello.\n"))], [0, ["1 nothing-found"]]);
  });

  it("reads UTF-16 and says that git does not", () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(diff, "utf16le")]);
    assert.equal(only(utf16).files[0]!.added, 2);
    assert.deepEqual(codes(parse(utf16)), ["1 utf-16"]);
  });
});

describe("patch: bare diffs with words above", () => {
  it("keeps the text of a quilt patch, with its trailers and markers", () => {
    const sha = "c".repeat(40);
    const patch = only(`Make one call two.\n\n[ Upstream commit ${sha} ]\n\nSigned-off-by: Alice Example <alice@example.com>\n\n${diff}`);
    assert.deepEqual([patch.subject, patch.message.body[0]?.text, patch.message.trailers[0]?.key, patch.message.markers[0]?.sha], ["", "Make one call two.", "Signed-off-by", sha]);
  });

  it("reads DEP-3 fields", () => {
    const patch = only(`Description: call two\n The second line\n .\n says why.\nAuthor: Bob Sample <bob@example.org>\nForwarded: no\n---\n${diff}`);
    assert.deepEqual([patch.subject, patch.author?.name, patch.message.body.map((line) => line.text)], ["call two", "Bob Sample", ["The second line", "", "says why."]]);
  });

  it("reads commits of git log -p", () => {
    const sha = "d".repeat(40);
    const log = `commit ${sha} (HEAD -> main)\nAuthor: Bob Sample <bob@example.org>\nDate:   Mon Jan 2 10:00:00 2023 +0100\n\n    fs: call two\n\n    Why not.\n\n    Signed-off-by: Bob Sample <bob@example.org>\n\n${diff}\ncommit ${"e".repeat(40)}\nAuthor: Bob Sample <bob@example.org>\nDate:   Mon Jan 2 10:00:00 2023 +0100\n\n    fs: empty\n`;
    const { value, problems } = parse(log);
    const [first, second] = value.patches;
    assert.deepEqual([first?.commit, first?.subject, first?.message.body[0]?.text, first?.message.trailers[0]?.value, first?.files.length, first?.encoded], [sha, "fs: call two", "Why not.", "Bob Sample <bob@example.org>", 1, true]);
    assert.deepEqual([second?.subject, second?.kind, problems], ["fs: empty", "empty", []]);
  });
});
