import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { ICruiseResult } from "dependency-cruiser";

const root = resolve(import.meta.dirname, "../..");

/** Runs the lint step's own program and rules on another tree; it exits with the number of violations. */
function cruise(folder: string): Promise<ICruiseResult> {
  const args = [join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs"), "--config", ".dependency-cruiser.cjs", "--output-type", "json"];
  return new Promise((settle, reject) => {
    execFile(process.execPath, [...args, "language-server", "extension", "webview"], { cwd: folder, maxBuffer: 1 << 26 }, (_error, stdout, stderr) => {
      if (stdout === "") reject(new Error(stderr));
      else settle(JSON.parse(stdout) as ICruiseResult);
    });
  });
}

/** file | what it imports | the rule that must object; `-` where the import is allowed. */
const table = `
language-server/engine/patch/a.ts        | import "node:fs"                                                    | engine-patch
language-server/engine/patch/b.ts        | import "vscode"                                                     | engine-patch
language-server/engine/patch/c.ts        | import "undici"                                                     | engine-patch
language-server/engine/patch/d.ts        | import { a } from "../review/thing"                                 | engine-patch
language-server/engine/patch/e.ts        | import { a } from "../../adapters/thing"                            | engine-patch
language-server/engine/patch/f.ts        | import type { A } from "../../protocol/thing"                       | engine-patch
language-server/engine/patch/ok.ts       | import "zod"; import type { A } from "../ports"; import { a } from "../text/thing" | -
language-server/engine/review/a.ts       | import { a } from "../tuning/thing"                                 | engine-review
language-server/engine/review/b.ts       | import { a } from "../backport/thing"                               | engine-review
language-server/engine/review/ok.ts      | import { a } from "../patch/thing"; import { a as b } from "../upstream/thing" | -
language-server/engine/tuning/a.ts       | import { a } from "../patch/thing"                                  | engine-tuning
language-server/engine/tuning/ok.ts      | import { a } from "../knowledge/thing"                              | -
language-server/engine/deploy/ok.ts      | import { a } from "../capacity/thing"                               | -
language-server/engine/capacity/a.ts     | import { a } from "../deploy/thing"                                 | engine-capacity
language-server/engine/text/a.ts         | import { a } from "../patch/thing"                                  | engine-shared
language-server/engine/novelty/a.ts      | import { a } from "../text/thing"                                   | engine-unknown-capability
language-server/adapters/a.ts            | import { a } from "../engine/patch/thing"                           | adapters
language-server/adapters/b.ts            | import "vscode-languageserver"                                      | adapters
language-server/adapters/c.ts            | import { a } from "../lsp/thing"                                    | adapters
language-server/adapters/ok.ts           | import "node:fs"; import "undici"; import type { A } from "../engine/patch/types" | -
language-server/protocol/a.ts            | import { a } from "../engine/patch/types"                           | protocol-code
language-server/protocol/b.ts            | import "node:fs"                                                    | protocol-code
language-server/protocol/c.ts            | import type { A } from "../engine/patch/thing"                      | protocol-types
language-server/protocol/ok.ts           | import "zod"; import type { A } from "../engine/patch/types"        | -
language-server/lsp/a.ts                 | import "vscode"                                                     | vscode-in-extension-only
language-server/lsp/b.ts                 | import "openai"                                                     | doors
language-server/lsp/c.ts                 | import { a } from "../../extension/thing"                           | doors
language-server/lsp/ok.ts                | import "node:fs"; import { a } from "../engine/patch/thing"; import { a as b } from "../adapters/thing" | -
extension/a.ts                           | import { a } from "../language-server/engine/patch/thing"           | extension
extension/b.ts                           | import { a } from "../language-server/protocol/thing"               | extension-protocol-types
extension/c.ts                           | import "zod"                                                        | extension
extension/d.ts                           | import type { A } from "../language-server/engine/patch/types"      | extension
extension/ok.ts                          | import "vscode"; import type { A } from "../language-server/protocol/thing" | -
webview/explain/a.ts                     | import { a } from "../../language-server/protocol/thing"            | webview-protocol-types
webview/explain/b.ts                     | import { a } from "../../extension/thing"                           | webview
webview/explain/c.ts                     | import "node:fs"                                                    | webview
webview/explain/d.ts                     | import "@vscode/webview-ui-toolkit"                                 | toolkit-behind-kit
webview/explain/e.ts                     | import type { A } from "../../language-server/engine/patch/types"   | webview
webview/explain/ok.ts                    | import type { A } from "../../language-server/protocol/thing"       | -
webview/kit/ok.ts                        | import "@vscode/webview-ui-toolkit"                                 | -
language-server/lsp/circle-a.ts          | import { a } from "./circle-b"; export const b = a                  | no-circles
language-server/lsp/lost.ts              | import "./nowhere"                                                  | resolvable
`;

const rows = table.trim().split("\n").map((row) => {
  const [file = "", text = "", rule = ""] = row.split("|").map((cell) => cell.trim());
  return { file, text, rule };
});

/** What the rows import: one small module for each place they name. */
const modules = [
  ...["patch", "review", "backport", "upstream", "tuning", "knowledge", "capacity", "deploy", "text"].map((name) => `language-server/engine/${name}/thing.ts`),
  ...["language-server/engine/patch/types.ts", "language-server/engine/ports.ts", "language-server/adapters/thing.ts"],
  ...["language-server/protocol/thing.ts", "language-server/lsp/thing.ts", "extension/thing.ts"],
];

describe("the import table", () => {
  let folder = "";
  const objections = new Map<string, Set<string>>();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "keelson-imports-"));
    symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
    for (const file of ["tsconfig.base.json", ".dependency-cruiser.cjs"]) cpSync(join(root, file), join(folder, file));
    const write = (file: string, text: string): void => {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${text};\n`);
    };
    for (const file of modules) write(file, "export const a = 1; export interface A { readonly a: number }");
    write("language-server/lsp/circle-b.ts", 'import { b } from "./circle-a"; export const a = b');
    for (const { file, text } of rows) write(file, text);
    const { summary } = await cruise(folder);
    for (const violation of summary.violations) {
      const rules = objections.get(violation.from) ?? new Set<string>();
      objections.set(violation.from, rules.add(violation.rule.name));
    }
  });

  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  for (const { file, text, rule } of rows) {
    it(rule === "-" ? `lets ${file} say: ${text}` : `refuses, by ${rule}, that ${file} says: ${text}`, () => {
      const found = [...(objections.get(file) ?? [])];
      if (rule === "-") assert.deepEqual(found, []);
      else assert(found.includes(rule), `objections: ${found.join(", ") || "none"}`);
    });
  }
});
