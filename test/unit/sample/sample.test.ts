import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { never } from "../../../language-server/adapters/cancel";
import { parsePatchSet } from "../../../language-server/engine/patch/parse";
import { checks } from "../../../language-server/engine/review/registry";
import { defaultCheckSettings } from "../../../language-server/engine/review/run";
import type { Finding } from "../../../language-server/engine/review/types";
import { textFindings } from "../../../language-server/findings";
import { settingsSchema } from "../../../language-server/protocol/settings";
import { repositoryStage, type SetFacts } from "../../../language-server/repository-stage";
import { createWorkbench, type Workbench } from "../../../language-server/workbench";
import { generateSample, type SampleExpectations, type Variation } from "../../../scripts/sample/generate";

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: (text: string) => { console.error(text); } };

/** All that the product says of a patch file of the sample: `check at "line"`. */
async function review(workbench: Workbench, folder: string, path: string): Promise<readonly { readonly finding: Finding; readonly lineText: string }[]> {
  const bytes = new Uint8Array(readFileSync(join(folder, "patches", path)));
  const lines = new TextDecoder().decode(bytes).split("\n");
  const { value: set } = parsePatchSet(bytes, nodeDecode);
  const failed = (check: string, error: unknown): void => {
    assert.fail(`${check}: ${String(error)}`);
  };
  const fromText = await textFindings(set, { decode: nodeDecode, settings: defaultCheckSettings, cancel: never, breathe: () => Promise.resolve(), onFailure: failed });
  const facts: SetFacts | undefined = await repositoryStage({
    workbench,
    place: { kind: "path", path: folder },
    set,
    decode: nodeDecode,
    settings: settingsSchema.parse({}),
    cancel: never,
    onProgress: () => undefined,
  });
  assert(facts, "the repository answers");
  const fromRepository = [...facts.patches.values()].flatMap(({ findings }) => findings);
  // A later patch of a series was made from what the earlier ones made; that no commit has it is true, and no flaw.
  const onEarlier = (finding: Finding): boolean => finding.message.id === "base-guess.unknown" && set.patches.some(({ total }) => total !== undefined);
  return [...fromText, ...fromRepository].filter((finding) => !onEarlier(finding)).map((finding) => ({ finding, lineText: lines[finding.line - 1] ?? "" }));
}

const variations: readonly { readonly name: string; readonly variation: Variation }[] = [
  { name: "as it is", variation: { rename: (text) => text, padding: 0, reversed: false } },
  {
    name: "with other names, moved lines and another order",
    variation: { rename: (text) => text.replaceAll("keel", "mast").replaceAll("KEEL", "MAST").replaceAll("Keel", "Mast").replaceAll("shadow", "mirror"), padding: 9, reversed: true },
  },
];

for (const { name, variation } of variations) {
  describe(`the sample workspace, ${name}`, function () {
    this.timeout(120_000);
    let folder = "";
    let expectations: SampleExpectations = new Map();
    const said = new Map<string, readonly string[]>();
    const wanted = new Map<string, readonly string[]>();

    before(async () => {
      folder = join(mkdtempSync(join(tmpdir(), "keelson-sample-")), "linux");
      expectations = generateSample(folder, variation);
      const workbench = createWorkbench({ trusted: () => true, gitPath: () => "", log: quiet, storage: join(folder, "../storage") });
      for (const [path, expected] of expectations) {
        const found = await review(workbench, folder, path);
        const label = ({ finding, lineText }: (typeof found)[number]): string => {
          const match = expected.find(({ check, at }) => check === finding.check && (lineText.includes(at) || finding.quote.includes(at)));
          return `${finding.check} at ${match?.at ?? `line ${finding.line}: ${lineText} (${JSON.stringify(finding.message)})`}`;
        };
        said.set(path, [...new Set(found.map(label))].sort());
        wanted.set(path, expected.map(({ check, at }) => `${check} at ${at}`).sort());
      }
    });

    after(() => {
      rmSync(join(folder, ".."), { recursive: true, force: true });
    });

    it("gives every registered check something true to say", () => {
      const named = new Set([...expectations.values()].flat().map(({ check }) => check));
      assert.deepEqual(checks.map(({ id }) => id).filter((id) => !named.has(id)), []);
    });

    it("gets from the checks what is expected of each patch, and nothing else", () => {
      assert.deepEqual(Object.fromEntries(said), Object.fromEntries(wanted));
    });
  });
}
