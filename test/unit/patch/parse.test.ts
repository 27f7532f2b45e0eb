import { strict as assert } from "node:assert";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { contentText, hunkLines, sourceLineText } from "../../../language-server/engine/patch/lines";
import { locate } from "../../../language-server/engine/patch/locate";
import { codes, diff, mail, only, parse, written } from "./support";

describe("patch: one mail", () => {
  it("reads header, message, remarks and diff", () => {
    const patch = only(mail);
    assert.equal(patch.kind, "patch");
    assert.equal(patch.commit, "0123456789abcdef0123456789abcdef01234567");
    assert.equal(patch.subject, "fs: call two() from one()");
    assert.deepEqual([patch.version, patch.index, patch.total, patch.prefixes], [3, 2, 10, ["RFC", "net-next"]]);
    assert.deepEqual(patch.author, { name: "Alice Example", email: "alice@example.com" });
    assert.equal(patch.messageId, "20230102-two@example.com");
    assert.deepEqual(patch.message.body.map((line) => `${line.line} ${line.text}`), ["8 One should call two.", "9 ", "10 Signed-off-by: Alice Example <alice@example.com>"]);
    assert.deepEqual(patch.message.remarks, [{ text: "v3: say why", line: 12 }]);
    assert.deepEqual([patch.bodyLine, patch.separatorLine, patch.encoded], [8, 11, false]);
    assert.deepEqual(patch.lines, { first: 1, last: 28 });
  });

  it("gives every hunk line its role, its numbers and its place", () => {
    const patch = only(mail);
    const file = patch.files[0]!;
    assert.deepEqual(written(patch, file), ["22 context 10 10 \tint ret;", "23 deleted 11 0 \tret = 0;", "24 added 0 11 \tret = two();", "25 added 0 12 \tret++;", "26 context 12 13 \treturn ret;"]);
    const line = hunkLines(patch, file.hunks[0]!, nodeDecode)[2]!;
    assert.equal(mail.slice(line.offset, line.offset + 14), "+\tret = two();");
    assert.equal(file.hunks[0]!.section, "static int one(void)");
    assert.deepEqual([file.added, file.deleted, file.status, file.oldBlob, file.newBlob, file.newMode], [2, 1, "modified", "1111111", "2222222", "100644"]);
  });

  it("tells for each document line where it is", () => {
    const { value } = parse(mail);
    const zones = [1, 4, 7, 8, 10, 11, 12, 17, 20, 21, 23, 27].map((line) => locate(value, line)!.zone);
    assert.deepEqual(zones, ["header", "header", "header", "message", "message", "outside", "remarks", "fileHeader", "fileHeader", "hunkHeader", "hunk", "outside"]);
    assert.equal(sourceLineText(value, 24, nodeDecode), "+\tret = two();");
    assert.equal(contentText(value.patches[0]!, 23, nodeDecode), "+\tret = two();");
  });

  it("reads the same from CRLF, and behind a byte order mark", () => {
    for (const text of [mail.replaceAll("\n", "\r\n"), `\ufeff${mail}`]) {
      const patch = only(text);
      assert.deepEqual(written(patch, patch.files[0]!), written(only(mail), only(mail).files[0]!));
      assert.deepEqual(patch.message, only(mail).message);
      assert.equal(patch.subject, "fs: call two() from one()");
      assert.deepEqual(parse(text).problems, []);
    }
  });

  it("takes the author, date and subject from the body when the mail was forwarded", () => {
    const patch = only(mail.replace("\n\nOne should", "\n\nFrom: Bob Sample <bob@example.org>\nSubject: fs: better\n\nOne should"));
    assert.deepEqual([patch.author?.name, patch.subject, patch.message.body[0]?.text], ["Bob Sample", "fs: better", "One should call two."]);
  });

  it("reads base-commit and prerequisites below the diff", () => {
    const base = "a".repeat(40);
    const patch = only(mail.replace("-- \n", `\nbase-commit: ${base}\nprerequisite-patch-id: ${"b".repeat(40)}\n-- \n`));
    assert.deepEqual([patch.baseCommit?.sha, patch.prerequisites, patch.files[0]!.deleted], [base, ["b".repeat(40)], 1]);
  });

  it("decodes RFC 2047 subjects and names, also when a character is cut between two words", () => {
    const split = mail.replace("[RFC PATCH v3 net-next 02/10] fs: call two() from\n one()", "=?UTF-8?B?W1BBVENIXSDk?=\n =?UTF-8?B?v67lpI0=?= =?gb2312?Q?=B2=E2=CA=D4?= ok").replace("Alice Example <", "=?utf-8?q?=E6=9D=8E=E7=A4=BA=E4=BE=8B?= <");
    const patch = only(split);
    assert.deepEqual([patch.subject, patch.author?.name], ["修复测试 ok", "李示例"]);
  });
});

describe("patch: mailboxes", () => {
  it("splits at git's separator and unquotes >From in messages", () => {
    const quoted = mail.replace("One should", ">From here on one should");
    const { value, problems } = parse(mail + quoted);
    assert.deepEqual([value.format, value.patches.length, problems.length], ["mbox", 2, 0]);
    assert.equal(value.patches[1]!.message.body[0]!.text, "From here on one should call two.");
    assert.deepEqual([value.patches[0]!.encoded, value.patches[1]!.encoded], [false, true]);
    assert.equal(locate(value, 30)!.patch.ordinal, 1);
  });

  it("takes one > from lines that mboxrd quoted twice", () => {
    assert.equal(only(mail.replace("One should", ">>From here")).message.body[0]!.text, ">From here call two.");
  });

  it("does not split at a From that has no date", () => {
    assert.equal(parse(mail.replace("One should", "From now on one should") + mail).value.patches.length, 2);
  });

  it("tells covers, replies and mails without a diff apart", () => {
    const from = "From alice@example.com Mon Jan  2 10:00:00 2023\nFrom: Alice Example <alice@example.com>\n";
    const cover = `${from}Subject: [PATCH 0/2] fs: things\n\nHello.\n\n`;
    const reply = `${from}Subject: Re: [PATCH 1/2] fs: one\nIn-Reply-To: <a@example.com>\n\n> diff --git a/x b/x\nNo.\n\n`;
    const empty = `${from}Subject: [PATCH 2/2] fs: nothing\n\nNothing.\n`;
    const kinds = parse(cover + reply + empty + mail).value.patches.map((patch) => patch.kind);
    assert.deepEqual(kinds, ["cover", "reply", "empty", "patch"]);
  });

  it("reads the whole mails around a damaged one", () => {
    const damaged = mail.slice(0, mail.indexOf("+\tret = two")).replace("@@ -10,3", "@@ -1x,3");
    const { value, problems } = parse(`${mail}${damaged}\n${mail}`);
    assert.deepEqual(value.patches.map((patch) => patch.files[0]?.added), [2, 0, 2]);
    assert.ok(problems.every((problem) => problem.line > 28 && problem.line < 58));
    assert.ok(problems.length > 0);
  });
});

describe("patch: mails wrapped for transport", () => {
  const wrap = (header: string, body: string): string => `From: Alice Example <alice@example.com>\nSubject: [PATCH] fs: wrapped\nMIME-Version: 1.0\n${header}\n\n${body}`;
  const body = `Says é.\n\n---\n${diff}`;
  const wrapped: readonly (readonly [string, string])[] = [
    ["base64", wrap("Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: base64", Buffer.from(body).toString("base64").replace(/.{70}/g, "$&\n") + "\n")],
    ["quoted-printable", wrap('Content-Type: text/plain; charset="utf-8"\nContent-Transfer-Encoding: quoted-printable', body.replaceAll("=", "=3D").replaceAll("é", "=C3=A9").replaceAll("static int", "static =\nint"))],
    ["format=flowed", wrap("Content-Type: text/plain; charset=utf-8; format=flowed", body.replace(/^ /gm, "  ").replace("Says é.", "Says \né."))],
    ["format=flowed with DelSp", wrap("Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes", body.replace(/^ /gm, "  ").replace("Says é.", "Sa \nys é."))],
    ["multipart/signed", wrap('Content-Type: multipart/signed; boundary="=-x"; micalg=pgp-sha256;\n protocol="application/pgp-signature"', `\n--=-x\nContent-Type: text/plain; charset=utf-8\n\n${body}\n--=-x\nContent-Type: application/pgp-signature; name=signature.asc\n\n-----BEGIN PGP SIGNATURE-----\n--=-x--\n`)],
    ["an attachment", wrap('Content-Type: multipart/mixed; boundary="bb"', `--bb\nContent-Type: text/plain; charset=utf-8\n\nSays é.\n\n--bb\nContent-Type: text/x-patch; name="one.patch"\nContent-Disposition: attachment; filename="one.patch"\nContent-Transfer-Encoding: base64\n\n${Buffer.from(`---\n${diff}`).toString("base64")}\n--bb--\n`)],
    ["Latin-1", wrap("Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable", body.replaceAll("=", "=3D").replaceAll("é", "=E9"))],
  ];
  for (const [name, text] of wrapped) {
    it(`reads ${name}`, () => {
      const patch = only(text);
      assert.equal(patch.encoded, true);
      assert.equal(patch.message.body[0]?.text, "Says é.");
      assert.deepEqual(written(patch, patch.files[0]!).map((line) => line.replace(/^\d+ /, "")), written(only(diff), only(diff).files[0]!).map((line) => line.replace(/^\d+ /, "")));
      assert.deepEqual(parse(text).problems, []);
    });
  }

  it("maps decoded lines to the document's own", () => {
    const patch = only(wrapped[1]![1]);
    const document = wrapped[1]![1].split("\n");
    assert.equal(document[patch.files[0]!.hunks[0]!.line - 1]?.slice(0, 14), "@@ -10,3 +10,4");
    const last = hunkLines(patch, patch.files[0]!.hunks[0]!, nodeDecode).at(-1)!;
    assert.equal(document[last.line - 1], " \treturn ret;");
  });

  it("tells of base64 that is none and of a part that is not closed", () => {
    assert.deepEqual(codes(parse(wrap("Content-Type: text/plain\nContent-Transfer-Encoding: base64", "SGVs*bG8K\n"))), ["7 bad-base64"]);
    assert.deepEqual(codes(parse(wrap('Content-Type: multipart/mixed; boundary="bb"', `--bb\nContent-Type: text/plain\n\n${body}`))), ["5 no-closing-boundary"]);
  });

  it("reads a mail in GB18030 that says so", () => {
    const text = Buffer.concat([Buffer.from("From: Alice Example <alice@example.com>\nSubject: [PATCH] x\nContent-Type: text/plain; charset=gb18030\nContent-Transfer-Encoding: 8bit\n\n"), Buffer.from([0xb2, 0xe2, 0xca, 0xd4, 0x0a]), Buffer.from(`---\n${diff}`)]);
    const { value } = parse(text);
    assert.deepEqual([value.patches[0]!.message.body[0]?.text, value.patches[0]!.encoded, sourceLineText(value, 6, nodeDecode)], ["测试", false, "测试"]);
  });
});
