import { strict as assert } from "node:assert";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { hunkLines } from "../../../language-server/engine/patch/lines";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import type { FileDiff, Parsed, Patch, PatchSet } from "../../../language-server/engine/patch/types";

export function parse(text: string | Uint8Array): Parsed<PatchSet> {
  return parsePatchSet(typeof text === "string" ? Buffer.from(text) : text, nodeDecode);
}

export function only(text: string | Uint8Array): Patch {
  const { patches } = parse(text).value;
  assert.equal(patches.length, 1);
  return patches[0]!;
}

/** One line a hunk line: role, old number, new number, text. */
export function written(patch: Patch, file: FileDiff): readonly string[] {
  return file.hunks.flatMap((hunk) => hunkLines(patch, hunk, nodeDecode).map((line) => `${line.line} ${line.role} ${line.oldNumber} ${line.newNumber} ${line.text}${line.noEol ? " (no eol)" : ""}`));
}

export function codes(parsed: Parsed<PatchSet>): readonly string[] {
  return parsed.problems.map((problem) => `${problem.line} ${problem.code}`);
}

export const diff = `diff --git a/fs/one.c b/fs/one.c
index 1111111..2222222 100644
--- a/fs/one.c
+++ b/fs/one.c
@@ -10,3 +10,4 @@ static int one(void)
 	int ret;
-	ret = 0;
+	ret = two();
+	ret++;
 	return ret;
`;

export const mail = `From 0123456789abcdef0123456789abcdef01234567 Mon Sep 17 00:00:00 2001
From: Alice Example <alice@example.com>
Date: Mon, 2 Jan 2023 10:00:00 +0100
Subject: [RFC PATCH v3 net-next 02/10] fs: call two() from
 one()
Message-Id: <20230102-two@example.com>

One should call two.

Signed-off-by: Alice Example <alice@example.com>
---
v3: say why

 fs/one.c | 3 ++-
 1 file changed, 2 insertions(+), 1 deletion(-)

${diff}-- 
2.39.5

`;
