import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import { checks } from "../../../language-server/engine/review/registry";
import { reviewInRepository, reviewText } from "../../../language-server/engine/review/run";
import type { Check, CheckSettings, Finding } from "../../../language-server/engine/review/types";
import { repositoryInput } from "../support/repository-input";

/** What a fixture's sidecar says of one finding. */
interface Expected {
  readonly line: number;
  readonly quote: string;
  readonly id: string;
}

const folder = join(import.meta.dirname, "../../../language-server/engine/review/checks");
const settings: CheckSettings = { checks: {}, byPath: {} };

function fixturesOf(check: string): string {
  return join(folder, check, "fixtures");
}

function namesIn(directory: string, prefix: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory).filter((name) => name.startsWith(prefix) && /\.(?:patch|mbox|diff)$/.test(name)) : [];
}

async function findingsOf(check: Check, name: string): Promise<readonly Finding[]> {
  const set = parsePatchSet(readFileSync(join(fixturesOf(check.id), name)), nodeDecode).value;
  if (check.needs === "text") return reviewText(set, nodeDecode, settings, undefined, [check]);
  const findings: Finding[] = [];
  for (const patch of set.patches) findings.push(...(await reviewInRepository(repositoryInput(set, patch, check.id, name), settings, undefined, [check])));
  return findings;
}

function expectedOf(check: string): Readonly<Record<string, readonly Expected[]>> {
  const file = join(fixturesOf(check), "expected.json");
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Record<string, readonly Expected[]>) : {};
}

describe("fixtures of the checks", () => {
  for (const check of checks) {
    const directory = fixturesOf(check.id);
    const expected = expectedOf(check.id);
    describe(check.id, () => {
      it("has a page, a patch that fails and one that passes", () => {
        assert.ok(existsSync(join(folder, check.id, "page.md")), "page.md");
        assert.ok(namesIn(directory, "fail-").length > 0, "fail-*.patch");
        assert.ok(namesIn(directory, "pass-").length > 0, "pass-*.patch");
        assert.deepEqual(Object.keys(expected).sort(), [...namesIn(directory, "fail-")].sort());
      });
      it("has every message in both languages, with the same placeholders", () => {
        for (const [id, text] of Object.entries(check.messages)) {
          assert.ok(id.startsWith(`${check.id}.`), id);
          const placeholders = (words: string): readonly string[] => [...new Set(words.match(/\{\w+\}/g) ?? [])].sort();
          assert.deepEqual(placeholders(text.en), placeholders(text["zh-cn"]), id);
        }
      });
      for (const name of namesIn(directory, "fail-")) {
        it(`finds what is wrong in ${name}`, async () => {
          const findings = await findingsOf(check, name);
          assert.deepEqual(
            findings.map(({ line, quote, message }) => ({ line, quote, id: message.id })),
            expected[name],
          );
          assertWellFormed(check, name, findings);
        });
      }
      for (const name of namesIn(directory, "pass-")) {
        it(`says nothing of ${name}`, async () => {
          assert.deepEqual((await findingsOf(check, name)).map(({ line, message }) => ({ line, id: message.id })), []);
        });
      }
    });
  }
});

/** Every message exists, its arguments fill it, and the quote stands where the finding says. */
function assertWellFormed(check: Check, name: string, findings: readonly Finding[]): void {
  const bytes = readFileSync(join(fixturesOf(check.id), name));
  const lines = nodeDecode.text(bytes).split("\n");
  const encoded = new Set(parsePatchSet(bytes, nodeDecode).value.patches.filter((patch) => patch.encoded).map((patch) => patch.ordinal));
  for (const finding of findings) {
    for (const message of [finding.message, ...(finding.related ?? []).map((one) => one.message), ...(finding.fix === undefined ? [] : [finding.fix.title])]) {
      const text = check.messages[message.id];
      assert.ok(text !== undefined, `${message.id} has no text`);
      for (const placeholder of text.en.match(/\{(\w+)\}/g) ?? []) assert.ok(placeholder.slice(1, -1) in (message.args ?? {}), `${message.id}: ${placeholder}`);
    }
    if (encoded.has(finding.patch)) continue;
    const line = lines[finding.line - 1] ?? "";
    assert.ok(line.includes(finding.quote), `line ${finding.line} of ${name} has “${finding.quote}”`);
    if (finding.startColumn !== undefined && finding.endColumn !== undefined) {
      assert.ok(finding.startColumn >= 0 && finding.startColumn < finding.endColumn && finding.endColumn <= line.length, `${name}: columns ${finding.startColumn}–${finding.endColumn}`);
    }
  }
}
