import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { walking, type Walk, type WalkOptions } from "./walk";

/** A tree with two sysctls, and documents of a program, in our own words. */
function makeSources(parent: string, name: string): void {
  const files: Readonly<Record<string, string>> = {
    "Documentation/admin-guide/sysctl/vm.rst": "===============================\nDocumentation for /proc/sys/vm/\n===============================\n\nswappiness\n==========\n\nHow eagerly anonymous memory is moved to swap.\n\nThe default value is 60.\n\n\ndirty_ratio\n===========\n\nPercentage of memory that may hold dirty data before writers must wait.\n",
    "redis/redis.conf": "################ LIMITS ################\n\n# How many clients may be connected at the same time.\nmaxclients 10000\n",
    "redis/src/config.c": 'createUIntConfig("maxclients", NULL, MODIFIABLE_CONFIG, 1, UINT_MAX, server.maxclients, 10000, INTEGER_CONFIG, NULL, updateMaxclients),\n',
    "notes.txt": "x\n",
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(parent, name, file)), { recursive: true });
    writeFileSync(join(parent, name, file), text);
  }
}

/** The user's own store must stay out of it. */
async function withStore(name: string, options: WalkOptions, body: (walk: Walk, folder: string) => Promise<void>): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), "keelson-home-"));
  const before = process.env["KEELSON_HOME"];
  process.env["KEELSON_HOME"] = home;
  let folder = "";
  const make = (parent: string, inside: string): void => {
    folder = join(parent, inside);
    makeSources(parent, inside);
  };
  try {
    await walking(name, { ...options, make }, (walk) => body(walk, folder));
  } finally {
    if (before === undefined) Reflect.deleteProperty(process.env, "KEELSON_HOME");
    else process.env["KEELSON_HOME"] = before;
    rmSync(home, { recursive: true, force: true });
  }
}

/** Language servers that were started with this store. */
function servers(): number {
  const home = `KEELSON_HOME=${process.env["KEELSON_HOME"] ?? ""}\0`;
  const text = (path: string): string => {
    try {
      return readFileSync(path, "utf8");
    } catch {
      // It ended meanwhile.
      return "";
    }
  };
  return readdirSync("/proc").filter((pid) => /^\d+$/u.test(pid) && text(`/proc/${pid}/cmdline`).includes("server.mjs") && text(`/proc/${pid}/environ`).includes(home)).length;
}

/** The view is folded away at first. */
async function openView(walk: Walk): Promise<void> {
  const header = walk.page.locator(".pane-header", { hasText: /^Knowledge|^参数库/u }).first();
  await header.waitFor();
  if ((await header.getAttribute("aria-expanded")) !== "true") await header.click();
}

/** Answers the dialog for a folder, then every input box below it. */
async function choose(walk: Walk, folder: string, boxes: number): Promise<void> {
  const box = walk.page.locator(".quick-input-widget input").first();
  // The dialog writes where it starts into its box when it has listed that folder.
  await walk.page.locator(".quick-input-list .monaco-list-row", { hasText: ".." }).first().waitFor();
  await box.fill(`${folder}/`);
  await walk.page.locator(".quick-input-widget .monaco-button", { hasText: /Read This|读取此/u }).first().click();
  for (let count = 0; count < boxes; count++) {
    await walk.page.locator(".quick-input-widget", { hasText: /Add documents|加入文档/u }).waitFor();
    await walk.page.keyboard.press("Enter");
  }
}

async function addSources(walk: Walk, folder: string, titles: readonly [string, string]): Promise<void> {
  await walk.command(titles[0]);
  await choose(walk, folder, 0);
  await walk.row(/keel-linux/u).waitFor();
  await walk.command(titles[1]);
  await choose(walk, join(folder, "redis"), 1);
  await walk.row(/^\s*redis/u).waitFor();
}

const english = ["Keelson: Add a Kernel Tree to the Knowledge Store…", "Keelson: Add Documents to the Knowledge Store…"] as const;

async function searchFor(walk: Walk, title: string, text: string, row: RegExp): Promise<void> {
  await walk.command(title);
  await walk.page.locator(".quick-input-widget input").first().fill(text);
  await walk.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first().waitFor();
}

describe("a keeper fills the knowledge store and searches it", function () {
  this.timeout(400_000);

  it("adds a tree and documents, searches, reads the source, and is told in a narrow window which is no longer there", async () => {
    await withStore("knowledge", {}, async (walk, folder) => {
      await walk.sideBar();
      await walk.page.locator(".pane-header", { hasText: "Knowledge" }).waitFor();
      await walk.page.getByText("No patch is open").waitFor();
      if (process.platform === "linux") assert.equal(servers(), 0, "the side bar alone starts nothing");
      await openView(walk);
      await walk.page.getByText("Nothing was read yet").waitFor();
      await walk.shot("knowledge-empty");
      await addSources(walk, folder, english);
      if (process.platform === "linux") assert.equal(servers(), 1);
      await walk.row(/By component/u).click();
      await walk.row(/^redis/u).waitFor();
      for (const theme of ["light", "high-contrast", "dark"] as const) {
        await walk.theme(theme);
        await walk.shot(`knowledge-filled-${theme}`);
      }
      await searchFor(walk, "Keelson: Search Tuning Knowledge", "dirty data writers wait", /vm\.dirty_ratio/u);
      await walk.shot("knowledge-search");
      await walk.page.keyboard.press("Enter");
      await walk.page.locator(".tab.active", { hasText: "vm.rst" }).waitFor();
      assert.match(await walk.text(), /dirty_ratio/u);
      await walk.page.setViewportSize({ width: 720, height: 560 });
      rmSync(join(folder, "redis"), { recursive: true });
      await walk.command("Keelson: Read Knowledge Sources Again");
      await walk.row(/no longer there/u).waitFor();
      await walk.shot("knowledge-gone-narrow");
    });
  });
});
