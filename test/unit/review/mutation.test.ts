import assert from "node:assert/strict";
import fc from "fast-check";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import { checks } from "../../../language-server/engine/review/registry";
import { reviewText } from "../../../language-server/engine/review/run";
import type { Finding } from "../../../language-server/engine/review/types";

const folder = join(import.meta.dirname, "../../../language-server/engine/review/checks");
const code = ["goto-release-order", "missing-unlock", "unchecked-allocation", "err-ptr", "sleep-in-atomic"];

function fixtures(check: string): readonly (readonly [string, string])[] {
  const directory = join(folder, check, "fixtures");
  const names = existsSync(directory) ? readdirSync(directory).filter((name) => name.endsWith(".patch")) : [];
  return names.map((name) => [name, readFileSync(join(directory, name), "utf8")]);
}

function review(text: string, ids?: readonly string[]): readonly Finding[] {
  return reviewText(parsePatchSet(nodeDecode.bytes(text), nodeDecode).value, nodeDecode, { checks: {}, byPath: {} }, undefined, ids === undefined ? checks : checks.filter((check) => ids.includes(check.id)));
}

function lines(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ line, message }) => `${line} ${message.id}`);
}

/** Changes that leave what the code does as it is. */
const rewrites: readonly (readonly [string, (text: string) => string])[] = [
  ["other names", (text) => text.replaceAll("sample", "kestrel").replaceAll(/(?<!\/)dev/g, "unit").replaceAll("slot", "cell").replaceAll(/\bret\b/g, "rc")],
  ["comments between the words", (text) => text.replaceAll(/^([+ ]\t.*);$/gm, "$1; /* that; } is all */")],
  ["a body of a branch in braces on its own line", (text) => text.replaceAll("kfree(", "kfree (")],
  ["CRLF", (text) => text.replaceAll("\n", "\r\n")],
];

describe("code checks on code that is written another way", () => {
  for (const check of code) {
    for (const [title, rewrite] of rewrites) {
      it(`${check} says the same with ${title}`, () => {
        for (const [name, text] of fixtures(check)) assert.deepEqual(lines(review(rewrite(text), [check])), lines(review(text, [check])), name);
      });
    }
    it(`${check} says nothing when all code is in a comment or a macro`, () => {
      for (const [name, text] of fixtures(check)) {
        if (!text.includes("/dev/null")) continue;
        const inMacro = text.replaceAll(/^\+(.*)$/gm, (line) => (line.startsWith("+++") ? line : `${line} \\`)).replace(/^\+(?!\+\+)/m, "+#define SAMPLE ");
        assert.deepEqual(lines(review(inMacro, [check])), [], name);
      }
    });
  }
});

describe("all text checks on damaged patches", () => {
  const texts = checks.flatMap((check) => fixtures(check.id).map(([, text]) => text));
  it("never fail, whatever is cut out, doubled or put in", () => {
    const piece = fc.constantFrom("", "{", "}", "(", ")", "\n", "\n+", "\n ", "@@ -1 +1 @@\n", "goto out;", "/*", "*/", '"', "\\", "\u202e", "\0", "if (", "\r\n");
    fc.assert(
      fc.property(fc.nat(texts.length - 1), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(200), piece, fc.nat(30), (which, where, cut, put, times) => {
        const text = texts[which] ?? "";
        const at = Math.floor(where * text.length);
        const damaged = text.slice(0, at) + put.repeat(times) + text.slice(at + cut);
        for (const finding of review(damaged)) assert.ok(finding.line >= 1 && finding.line <= damaged.split("\n").length + 1);
      }),
      { numRuns: 500 },
    );
  });
  it("get through deep nesting, endless calls and long lines", () => {
    const body = ["if (a) ".repeat(20_000), "f(".repeat(20_000), "{".repeat(20_000), `x = "${"a".repeat(200_000)}`, "goto a; ".repeat(5000), "mutex_lock(&a); ".repeat(2000), "p = kmalloc(1, GFP_KERNEL); ".repeat(2000)];
    for (const line of body) {
      const text = `--- /dev/null\n+++ b/drivers/net/a.c\n@@ -0,0 +1,5 @@\n+int f(void)\n+{\n+\tspin_lock(&l); IS_ERR(a); goto x; kmalloc(1);\n+\t${line}\n+}\n`;
      review(text);
    }
  });
});
