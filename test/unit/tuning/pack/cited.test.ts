import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadPack } from "../../../../language-server/engine/tuning/pack/load";
import type { PackSetting } from "../../../../language-server/engine/tuning/pack/types";

/** Where the cited works lie: a kernel tree, and a folder with one folder for each other component. */
const kernel = process.env["KEELSON_KERNEL"] ?? "/usr/src/linux-source-6.1";
const others = process.env["KEELSON_CITED"] ?? "";

const cache = new Map<string, readonly string[] | undefined>();

function linesOf(file: string, component: string): readonly string[] | undefined {
  const folder = file.startsWith("man7/") ? "man-pages" : component === "ext4" || component === "xfs" ? "kernel" : component;
  const root = folder === "kernel" ? kernel : others === "" ? undefined : join(others, folder);
  // What is on the web only cannot be looked up here.
  if (root === undefined || !existsSync(root) || file.endsWith(".html")) return undefined;
  const path = join(root, file);
  if (!cache.has(path)) cache.set(path, existsSync(path) ? readFileSync(path, "utf8").split("\n") : []);
  return cache.get(path);
}

/** Spellings of a name in its document: whole, its last part, and with dashes for underscores. */
function spellings(name: string): readonly string[] {
  const last = name.replace(/=.*$/u, "").split(/[./]/u).at(-1) ?? name;
  return [name, last, last.replace(/^sched_/u, ""), last.replaceAll("_", "-"), last.replaceAll("-", "_"), name.replace(/^--/u, ""), name.replace(/^--/u, "").replaceAll("-", "_"), name.replace(/^--(?:kv-|scheduling-)/u, "").replaceAll("-", "_"), name.toUpperCase()];
}

/** The part of a document about one setting: from its line to where the next begins, at most 60 lines. */
function passage(lines: readonly string[], line: number): string {
  return lines.slice(Math.max(0, line - 6), line + 60).join("\n");
}

describe("the pack's citations", () => {
  let settings: readonly PackSetting[] = [];
  before(async () => {
    ({ settings } = await loadPack());
  });
  const checked = (check: (setting: PackSetting, lines: readonly string[], line: number) => boolean): { readonly wrong: string[]; readonly looked: number } => {
    const wrong: string[] = [];
    let looked = 0;
    for (const setting of settings) {
      const [source] = setting.sources;
      const lines = source === undefined ? undefined : linesOf(source.file, setting.component);
      if (source === undefined || lines === undefined) continue;
      looked += 1;
      if (!check(setting, lines, source.line)) wrong.push(`${setting.name}: ${source.file}:${String(source.line)}`);
    }
    return { wrong, looked };
  };

  it("point at lines that name the setting", function () {
    const { wrong, looked } = checked(({ name }, lines, line) => spellings(name).some((spelling) => (lines[line - 1] ?? "").includes(spelling)));
    if (looked === 0) {
      console.log("      skipped: KEELSON_KERNEL and KEELSON_CITED name no cited works");
      this.skip();
    }
    console.log(`      ${String(looked)} of ${String(settings.length)} settings looked up`);
    assert.deepEqual(wrong, []);
  });

  it("state the default that the pack tells", function () {
    let looked = 0;
    const wrong = settings.flatMap(({ name, component, default: value, sources }) => {
      const known = sources.flatMap(({ file, line }) => {
        const lines = linesOf(file, component);
        return lines === undefined ? [] : [passage(lines, line)];
      });
      if (value === undefined || known.length === 0) return [];
      looked += 1;
      return known.some((text) => states(text, value)) ? [] : [`${name} = ${value}`];
    });
    if (looked === 0) this.skip();
    console.log(`      ${String(looked)} defaults looked up`);
    assert.deepEqual(wrong, []);
  });
});

/** Whether a passage has the value: as it is, as a product, in hexadecimal, with commas, or in words. */
function states(text: string, value: string): boolean {
  const products = [...text.matchAll(/\d+(?: ?\* ?\d+)+/gu)].map(([product]) => String(product.split("*").reduce((all, factor) => all * Number(factor), 1)));
  const numbers = [...text.matchAll(/0x[\da-f]+|\d{1,3}(?:,\d{3})+/giu)].map(([number]) => String(Number(number.replaceAll(",", ""))));
  const words = value === "0" ? /disabled by default|off by default|default:? (?:is )?(?:disabled|off|no)\b/iu : value === "1" ? /enabled by default|on by default|default:? (?:is )?(?:enabled|on|yes)\b/iu : undefined;
  return text.toLowerCase().includes(value.toLowerCase()) || [...products, ...numbers].includes(value) || (words?.test(text) ?? false);
}
