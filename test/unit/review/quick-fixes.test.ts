import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import type { PatchSet } from "../../../language-server/engine/patch/types";
import { checks } from "../../../language-server/engine/review/registry";
import { reviewInRepository, reviewText } from "../../../language-server/engine/review/run";
import type { Check, Finding, TextEdit } from "../../../language-server/engine/review/types";
import { repositoryInput } from "../support/repository-input";

const folder = join(import.meta.dirname, "../../../language-server/engine/review/checks");
const settings = { checks: {}, byPath: {} };
const messageChecks = ["subject-form", "subject-prefix", "fixes-form", "fixes-known", "fixes-missing", "signoff-chain", "trailer-spacing", "cc-stable-form", "backport-marker"];

function read(text: string): PatchSet {
  return parsePatchSet(nodeDecode.bytes(text), nodeDecode).value;
}

async function findingsIn(check: Check, text: string, fixture: string): Promise<readonly Finding[]> {
  const set = read(text);
  if (check.needs === "text") return reviewText(set, nodeDecode, settings, undefined, [check]);
  const found = await Promise.all(set.patches.map((patch) => reviewInRepository(repositoryInput(set, patch, check.id, fixture), settings, undefined, [check])));
  return found.flat();
}

/** Edits of one fix, last first, on a text with LF or CRLF lines. */
function apply(text: string, edits: readonly TextEdit[]): string {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  const offset = (line: number, column: number): number => starts[line - 1]! + column;
  return [...edits]
    .sort((a, b) => offset(b.startLine, b.startColumn) - offset(a.startLine, a.startColumn))
    .reduce((out, edit) => out.slice(0, offset(edit.startLine, edit.startColumn)) + edit.newText + out.slice(offset(edit.endLine, edit.endColumn)), text);
}

/** What a patch does to the tree. */
function effect(text: string): unknown {
  return read(text).patches.map((patch) => patch.files.map((file) => [file.newPath, file.added, file.deleted, file.hunks.length]));
}

describe("quick fixes of the message checks", () => {
  for (const check of checks.filter(({ id }) => messageChecks.includes(id))) {
    for (const name of readdirSync(join(folder, check.id, "fixtures")).filter((file) => /^fail-.*\.patch$/.test(file))) {
      it(`${check.id}: each fix of ${name} settles its finding, keeps line ends and the diff`, async () => {
        const text = readFileSync(join(folder, check.id, "fixtures", name), "utf8");
        const before = await findingsIn(check, text, name);
        for (const finding of before) {
          if (finding.fix === undefined) continue;
          const mended = apply(text, finding.fix.edits);
          const after = await findingsIn(check, mended, name);
          assert.equal(after.length, before.length - 1, mended);
          assert.deepEqual(effect(mended), effect(text));
          assert.equal(/\r\n/.test(mended) && /[^\r]\n/.test(mended), false, "one kind of line end");
        }
      });
    }
  }
});
