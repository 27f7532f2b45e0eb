import { strict as assert } from "node:assert";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import fc from "fast-check";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { hunkLines, sourceLineText } from "../../../language-server/engine/patch/lines";
import { locate } from "../../../language-server/engine/patch/locate";
import { patchMessages } from "../../../language-server/engine/patch/messages";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import type { Parsed, Patch, PatchSet } from "../../../language-server/engine/patch/types";
import { ourView } from "./git-oracle";
import { diff, mail } from "./support";

const data = process.env["KEELSON_DATA"] ?? resolve(__dirname, "../../../../shared");
const mana = [join(data, "data/patches/mana"), join(data, "patches/mana")].find((folder) => existsSync(folder));

/** Whatever came in, what comes out hangs together. */
function assertSound({ value, problems }: Parsed<PatchSet>): void {
  const last = Math.max(1, value.source.lineCount);
  for (const problem of problems) {
    assert.ok(problem.line >= 1 && problem.line <= last, `${problem.code} ${problem.line} of ${last}`);
    assert.ok(patchMessages[problem.message.id] !== undefined, problem.message.id);
  }
  let before = 0;
  for (const patch of value.patches) {
    assert.ok(patch.lines.first > before && patch.lines.last >= patch.lines.first && patch.lines.last <= last);
    before = patch.lines.last;
    for (const hunk of patch.files.flatMap((file) => file.hunks)) {
      const lines = hunkLines(patch, hunk, nodeDecode);
      assert.ok(hunk.end >= hunk.start && hunk.end <= patch.content.lineCount);
      assert.equal(lines.filter((line) => line.role === "context" || line.role === "deleted").length, hunk.actualOld);
      assert.equal(lines.filter((line) => line.role === "context" || line.role === "added").length, hunk.actualNew);
    }
  }
  for (let line = 0; line <= last + 1; line += 1 + Math.floor(last / 100)) {
    locate(value, line);
    sourceLineText(value, line, nodeDecode);
  }
}

const pieces = [...diff.split("\n"), ...mail.split("\n").slice(0, 14), "--- a/x", "+++ b/x", "@@ -1,3 +1,3 @@", "@@ -1 +1 @@", " ", "+", "-", "\\ No newline at end of file", "GIT binary patch", "literal 4", "LcmZQzWMT#Y01f~L", "diff --cc x", "@@@ -1 -1 +1 @@@", "diff --git a/x b/x", 'diff --git "a/\\', "rename from x", "-- ", "--b", "--b--", "Content-Type: multipart/mixed; boundary=b", "Content-Type: text/plain; charset=utf-16; format=flowed", "Content-Transfer-Encoding: base64", "Content-Transfer-Encoding: quoted-printable", "=?utf-8?q?=?=", ">From ", "From: x", "Subject: =?x?b?AA?=", `commit ${"a".repeat(40)}`, "Author: x", "\r", "\0"];

describe("patch: any input", () => {
  it("never fails on arbitrary bytes", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => { assertSound(parsePatchSet(bytes, nodeDecode)); }), { numRuns: 300 });
  });

  it("never fails on the parts of patches and mails in any order", () => {
    const line = fc.constantFrom(...pieces);
    fc.assert(fc.property(fc.array(line, { maxLength: 60 }), fc.boolean(), (lines, crlf) => { assertSound(parsePatchSet(Buffer.from(lines.join(crlf ? "\r\n" : "\n")), nodeDecode)); }), { numRuns: 800 });
  });

  it("reads bytes that lie anywhere in their buffer", () => {
    for (let offset = 0; offset < 5; offset++) {
      const buffer = Buffer.concat([Buffer.alloc(offset), Buffer.from(mail)]);
      const view = new Uint8Array(buffer.buffer, buffer.byteOffset + offset, buffer.length - offset);
      assert.equal(parsePatchSet(view, nodeDecode).value.source.lineCount, mail.split("\n").length - 1);
    }
  });

  const long = 200_000;
  const hostile: readonly (readonly [string, string])[] = [
    ["hunk headers", "--- a/x\n+++ b/x\n" + "@@ -1 +1 @@\n".repeat(long)],
    ["file headers", "--- a/x\n+++ b/x\n".repeat(long)],
    ["Re: in a subject", `From: x@example.com\nSubject: ${"Re: ".repeat(long)}\n\n`],
    ["brackets in a subject", `From: x@example.com\nSubject: ${"[PATCH 1/2]".repeat(long)}\n\n`],
    ["open brackets", `From: x@example.com\nSubject: x\n\n${"[x\n".repeat(long)}`],
    ["encoded words without end", `From: x@example.com\nSubject: ${"=?a?b?".repeat(long)}\n\n`],
    ["quotes in a name", `From: ${'"('.repeat(long)} x@example.com\nSubject: x\n\n`],
    ["blanks in a file's name", `diff --git ${"a ".repeat(long)}\nindex 1..2\n`],
    ["blanks behind a file's name", `--- a/x${" ".repeat(long)}x\n+++ b/x\n@@ -1 +1 @@\n`],
    ["octal escapes", `diff --git "a/${"\\346".repeat(long)}" b/x\n`],
    ["nested parts", Array.from({ length: 2000 }, (_, i) => `Content-Type: multipart/mixed; boundary=b${i}\n\n--b${i}\n`).join("")],
    ["folded trailers", `From: x@example.com\nSubject: x\n\nA: b\n${" c\n".repeat(20_000)}`],
    ["inclusions", `From: x@example.com\nSubject: x\n\n${"mainline inclusion\n".repeat(long)}`],
    ["a diffstat of blanks", `From: x@example.com\nSubject: x\n\n---\n x${" ".repeat(long)}\n`],
    ["a content type of blanks", `From: x@example.com\nContent-Type: text/plain;${" ".repeat(long)}x\n\n`],
    ["pairs of binaries", `Binary files ${"a and ".repeat(long)}\n`],
    ["blanks in a bracket", `From: x@example.com\nSubject: [PATCH 1${" ".repeat(long)}]\n\n`],
    ["signatures", `From: x@example.com\n\n${"-- \n".repeat(long)}`],
    ["context lines that never end", `--- a/x\n+++ b/x\n@@ -1,4294967295 +1,4294967295 @@\n${" x\n".repeat(long)}`],
  ];
  for (const [name, text] of hostile) {
    it(`comes to an end on very many ${name}`, () => {
      parsePatchSet(Buffer.from(text), nodeDecode);
    }).timeout(20_000);
  }
});

/** The mails that are mutated: the real series when it is here, else ours. */
function sampleMails(): readonly Buffer[] {
  const ours = [mail, mail.replace("fs: call", "fs: recall"), mail.replaceAll("one.c", "two.c")].map((text) => Buffer.from(text));
  if (mana === undefined) return ours;
  const names = readdirSync(mana).filter((name) => name.endsWith(".patch")).slice(0, 40);
  return names.map((name) => readFileSync(join(mana, name)));
}

type Mutation = readonly [kind: number, at: number, other: number, value: number];

function mutate(bytes: Buffer, mutations: readonly Mutation[]): Buffer {
  let result = bytes;
  for (const [kind, at, other, value] of mutations) {
    const from = Math.floor(at * result.length);
    const to = Math.min(result.length, from + Math.floor(other * 200));
    const before = result.subarray(0, from);
    if (kind === 0) result = Buffer.concat([before, Buffer.from([value]), result.subarray(from + 1)]);
    else if (kind === 1) result = Buffer.concat([before, result.subarray(to)]);
    else if (kind === 2) result = Buffer.concat([before, result.subarray(from, to), result.subarray(from)]);
    else if (kind === 3) result = Buffer.concat([before, Buffer.from("\n"), result.subarray(from)]);
    else result = Buffer.from(before);
  }
  return result;
}

/** All that a mail says, without the line numbers that its neighbours move. */
function said(patch: Patch | undefined): unknown {
  return patch === undefined ? undefined : [ourView(patch), patch.message.body.map((line) => line.text), patch.files.map((file) => file.hunks.length)];
}

describe("patch: damaged mailboxes", () => {
  it("give the mails around the damage whole", () => {
    const mails = sampleMails();
    const mutation = fc.tuple(fc.nat({ max: 4 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 255 }));
    const pick = fc.nat({ max: mails.length - 1 });
    fc.assert(
      fc.property(pick, pick, pick, fc.array(mutation as fc.Arbitrary<Mutation>, { minLength: 1, maxLength: 4 }), (first, middle, last, mutations) => {
        const damaged = mutate(mails[middle]!, mutations);
        const parsed = parsePatchSet(Buffer.concat([mails[first]!, damaged, Buffer.from("\n"), mails[last]!]), nodeDecode);
        assertSound(parsed);
        assert.deepEqual(said(parsed.value.patches.at(-1)), said(parsePatchSet(mails[last]!, nodeDecode).value.patches[0]));
        // What follows without a separator of its own is part of the first mail; its own diff stands all the same.
        const whole = parsePatchSet(mails[first]!, nodeDecode).value.patches[0]!;
        assert.deepEqual(ourView(parsed.value.patches[0]!).numstat.slice(0, whole.files.length), ourView(whole).numstat);
      }),
      { numRuns: 150 },
    );
  }).timeout(120_000);
});
