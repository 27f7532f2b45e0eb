import assert from "node:assert/strict";
import { makeTuningFiles } from "./tuning-files";
import { walking, type Walk, type WalkOptions } from "./walk";

function admin(options: WalkOptions = {}): WalkOptions {
  return { ...options, make: makeTuningFiles, settings: { "editor.wordBasedSuggestions": "off", ...options.settings } };
}

/** The squiggles that are in view, once there are any. */
async function squiggles(walk: Walk): Promise<number> {
  const marks = walk.page.locator(".editor-instance .squiggly-warning, .editor-instance .squiggly-info");
  await marks.first().waitFor();
  return marks.count();
}

/** Findings, units, a hover and the list of problems of the sysctl file. */
async function readFindings(walk: Walk, name: string, source: RegExp): Promise<void> {
  const { page } = walk;
  await walk.open("90-keel.conf");
  assert.ok((await squiggles(walk)) >= 3);
  await page.locator(".editor-instance .view-line", { hasText: "= 256 MiB" }).waitFor();
  await walk.shot(`tuning-findings-${name}`);
  await page.locator(".editor-instance .view-line span", { hasText: "vm.dirty_bytes" }).first().hover();
  const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: /dirty_bytes/ }).first();
  await hover.waitFor();
  assert.match((await hover.innerText()).replaceAll("\u00a0", " "), source);
  await walk.shot(`tuning-hover-${name}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Shift+M");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  await walk.shot(`tuning-problems-${name}`);
}

/** Files of each kind with what stands in the status bar beside them. */
const files = [
  ["90-keel.conf", /Linux/],
  ["grub", /Linux/],
  ["tuned.conf", /Linux/],
  ["my.cnf", /MySQL/],
  ["postgresql.conf", /PostgreSQL/],
  ["nginx.conf", /nginx/],
  ["redis.conf", /Redis/],
  ["serve.sh", /vLLM/],
  ["compose.yaml", /vLLM/],
  ["keel.fio", /fio/],
  ["deploy.yaml", /vLLM/],
  ["sglang.sh", /SGLang/],
  ["fstab", /JuiceFS/],
  ["keel.config", /Linux/],
  ["keel.service", /systemd/],
] as const;

describe("an administrator edits configuration files", function () {
  this.timeout(400_000);

  it("sees in each kind of file what it is judged for, and findings, a hover with its sources and units behind numbers", async () => {
    await walking("tuning-kinds", admin(), async (walk) => {
      const status = walk.page.locator("[id$='keelson.tuning.target']").first();
      for (const [file, target] of files) {
        await walk.open(file);
        await walk.page.locator("[id$='keelson.tuning.target']", { hasText: target }).waitFor();
        await walk.shot(`tuning-${file.replaceAll(".", "-")}`);
        await walk.clear();
      }
      await walk.open("values.yaml");
      await status.waitFor({ state: "hidden" });
      await readFindings(walk, "dark", /Source: /);
      for (const theme of ["light", "high-contrast"] as const) {
        await walk.theme(theme);
        await walk.shot(`tuning-problems-${theme}`);
      }
    });
  });

  it("reads all of it in Chinese", async () => {
    await walking("tuning-chinese", admin({ locale: "zh-cn" }), (walk) => readFindings(walk, "chinese", /出处/));
  });
});
