import assert from "node:assert/strict";
import type { HeatmapPanelState, HeatmapView } from "../../../language-server/protocol/upstream-panels";
import { launchPanels, type PanelBrowser, type PanelPage } from "../harness";
import type { ThemeName } from "../themes";
import { large, request, sample } from "./sample";

describe("heat map panel", () => {
  let browser: PanelBrowser;
  let panel: PanelPage;

  before(async () => {
    browser = await launchPanels();
  });
  after(async () => {
    await browser.close();
  });
  afterEach(async () => {
    const faults = [...panel.faults];
    await panel.close();
    assert.deepEqual(faults, [], "no CSP violation and no console error");
  });

  interface Options {
    readonly theme?: ThemeName;
    readonly width?: number;
    readonly locale?: "en" | "zh-cn";
    readonly state?: HeatmapPanelState;
  }

  async function start(options: Options = {}): Promise<void> {
    panel = await browser.open("heatmap", { theme: options.theme ?? "dark", width: options.width ?? 1000 });
    await panel.next("ready");
    await panel.post({ type: "init", locale: options.locale ?? "en", state: options.state ?? { request } });
  }
  async function answer(view: HeatmapView | null): Promise<{ readonly params: unknown }> {
    const asked = await panel.next("request");
    assert.equal(asked.method, "keelson/upstream/heatmap");
    await panel.post({ type: "response", id: asked.id, result: view });
    return asked;
  }
  async function open(view: HeatmapView | null, options: Options = {}): Promise<void> {
    await start(options);
    await answer(view);
  }
  const text = (): Promise<string> => panel.page.locator("main").innerText();
  const names = (): Promise<readonly string[]> => panel.page.locator(".virtual-row .name").allInnerTexts();
  const focused = (): Promise<string> => panel.page.evaluate(() => `${document.activeElement?.getAttribute("data-row") ?? "?"}:${document.activeElement?.getAttribute("data-column") ?? "?"}`);
  /** A cell: row 0 is the head, 1 the total, 2 the first subsystem; column 0 the name. */
  const cell = (row: number, column: number) => panel.page.locator(`[data-row="${String(row)}"][data-column="${String(column)}"]`);

  it("shows the subsystems with the most missing fixes first, and totals", async () => {
    await open(sample);
    assert.deepEqual((await names()).slice(0, 3), ["MEMORY MANAGEMENT", "NETWORKING DRIVERS", "KEEL ETHERNET DRIVER"]);
    assert.equal(await cell(1, 1).innerText(), "872");
    assert.equal(await cell(2, 2).innerText(), "21");
    assert.match(await text(), /keel-6\.6 against linux\/master/);
    assert.match(await text(), /12 of 12 subsystems/);
    await panel.shot("heatmap");
  });

  it("is a grid to a screen reader: counted, named, one cell in the tab order", async () => {
    await open(sample);
    const grid = panel.page.locator("[role=grid]");
    assert.equal(await grid.getAttribute("aria-rowcount"), "14");
    assert.equal(await grid.getAttribute("aria-colcount"), "12");
    assert.equal(await panel.page.locator("[role=grid] [tabindex='0']").count(), 1);
    assert.equal(await cell(2, 2).getAttribute("aria-label"), "MEMORY MANAGEMENT, Missing fixes: 21; show them in the Upstream view");
    assert.equal(await cell(0, 2).getAttribute("aria-sort"), "descending");
  });

  it("moves by arrow keys and opens the rows behind a number by Enter", async () => {
    await open(sample);
    await panel.page.locator("[role=grid] [tabindex='0']").focus();
    for (const key of ["ArrowDown", "ArrowRight", "ArrowRight"]) await panel.page.keyboard.press(key);
    assert.equal(await focused(), "3:2");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.next("action")).action, { kind: "upstreamRows", rows: { ...request, list: "missing", filter: { subsystem: "NETWORKING DRIVERS" } } });
    await panel.page.keyboard.press("Home");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.next("action")).action, { kind: "upstreamRows", rows: { ...request, filter: { subsystem: "NETWORKING DRIVERS" } } });
    await panel.page.keyboard.press("Control+End");
    assert.equal(await focused(), "13:11");
    await panel.page.keyboard.press("Control+Home");
    assert.equal(await focused(), "2:0");
  });

  it("names the verdicts that a column holds together", async () => {
    await open(sample);
    await cell(2, 8).click();
    assert.deepEqual((await panel.next("action")).action, { kind: "upstreamRows", rows: { ...request, list: "adapted", filter: { subsystem: "MEMORY MANAGEMENT", verdict: ["squash", "split"] } } });
    await cell(1, 4).click();
    assert.deepEqual((await panel.next("action")).action, { kind: "upstreamRows", rows: { ...request, list: "unsure", filter: {} } });
  });

  it("opens what belongs to no subsystem", async () => {
    await open(sample);
    const line = 1 + (await names()).indexOf("(no subsystem)");
    assert.notEqual(line, 0);
    await panel.page.locator(`[role=grid] .cell.name`).nth(line).click();
    assert.deepEqual((await panel.next("action")).action, { kind: "upstreamRows", rows: { ...request, filter: { unfiled: true } } });
  });

  it("opens nothing where there is nothing", async () => {
    await open(sample);
    await cell(10, 2).click();
    assert.equal((await panel.sent()).filter(({ type }) => type === "action").length, 0);
  });

  it("sorts by a column from the keyboard, both ways, and keeps the focus and the choice", async () => {
    await open(sample);
    await panel.page.locator("[role=grid] [tabindex='0']").focus();
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("ArrowUp");
    await panel.page.keyboard.press("Enter");
    assert.equal((await names())[0], "(no subsystem)");
    assert.equal((await names())[1], "ARM64 PORT (AARCH64 ARCHITECTURE)");
    assert.equal(await focused(), "0:0");
    await panel.page.keyboard.press("Enter");
    assert.equal((await names())[0], "SCHEDULER");
    assert.deepEqual(await panel.kept(), { request, sort: { column: "name", down: true }, search: "" });
  });

  it("searches as one types, says when nothing is found, and clears by Escape", async () => {
    await open(sample);
    await panel.page.keyboard.press("Control+f");
    await panel.page.keyboard.type("arm64");
    assert.deepEqual(await names(), ["ARM64 PORT (AARCH64 ARCHITECTURE)", "KERNEL VIRTUAL MACHINE FOR ARM64 (KVM/arm64)"]);
    assert.match(await text(), /2 of 12 subsystems/);
    await panel.page.keyboard.type("xyz");
    assert.match(await text(), /Nothing is named like “arm64xyz”/);
    await panel.page.keyboard.press("Escape");
    assert.equal((await names()).length, 12);
    await panel.page.keyboard.press("ArrowDown");
    assert.equal(await focused(), "2:0");
  });

  it("scrolls through 10,000 subsystems of which few are drawn", async () => {
    await open(large(10_000));
    assert.ok((await panel.page.locator(".virtual-row").count()) < 80);
    await panel.page.locator("[role=grid] [tabindex='0']").focus();
    await panel.page.keyboard.press("Control+End");
    assert.equal(await focused(), "10001:11");
    assert.equal(await panel.page.locator("[aria-rowindex='10002']").isVisible(), true);
    await panel.page.keyboard.press("PageUp");
    await panel.page.keyboard.press("ArrowUp");
    const box = await panel.page.evaluate(() => {
      const at = document.activeElement?.getBoundingClientRect();
      const head = document.querySelector(".head")?.getBoundingClientRect();
      return { above: (at?.top ?? 0) >= (head?.bottom ?? 0), below: (at?.bottom ?? 0) <= window.innerHeight };
    });
    assert.deepEqual(box, { above: true, below: true }, "the focus is never under the head");
    await panel.shot("heatmap-large");
  });

  it("offers to compare when nothing is known yet, tells how far it is, and stops", async () => {
    await open(null);
    assert.match(await text(), /Not compared yet/);
    await panel.shot("heatmap-none");
    await panel.page.getByText("Compare Now", { exact: true }).click();
    const asked = await panel.next("request");
    const { job, compute } = asked.params as { job: string; compute: boolean };
    assert.equal(compute, true);
    await panel.post({ type: "notify", method: "keelson/upstream/panelProgress", params: { job, text: "Reading commits", done: 1200, total: 10_730 } });
    assert.match(await text(), /Reading commits – 1,200 of 10,730/);
    await panel.page.getByText("Cancel", { exact: true }).click();
    assert.deepEqual((await panel.next("request")).params, { job });
    await panel.post({ type: "failure", id: asked.id, message: "Stopped before it was done." });
    assert.match(await text(), /The heat map could not be made\s*Stopped before it was done\./);
    await panel.shot("heatmap-error");
  });

  it("says that the branches moved, and keeps what stands while it compares again", async () => {
    await open({ ...sample, stale: true, unread: 3, fixesKnown: false });
    const shown = await text();
    assert.match(shown, /The branches have moved since this comparison/);
    assert.match(shown, /3 commits were not compared line by line/);
    assert.match(shown, /Missing fixes are still being looked for/);
    assert.equal(await cell(2, 2).innerText(), "?");
    await panel.shot("heatmap-stale");
    await panel.page.getByText("Compare Again", { exact: true }).click();
    const asked = await panel.next("request");
    assert.equal((await names()).length, 12);
    await panel.post({ type: "failure", id: asked.id, message: "git did not succeed." });
    assert.match(await text(), /git did not succeed\. What is below is the last comparison\./);
    assert.equal((await names()).length, 12);
  });

  it("draws itself anew when the server learns more", async () => {
    await open({ ...sample, fixesKnown: false });
    await panel.post({ type: "notify", method: "keelson/upstream/changed", params: { running: false } });
    assert.equal(((await answer(sample)).params as { compute: boolean }).compute, false);
    assert.equal(await cell(2, 2).innerText(), "21");
  });

  it("says when the tree has no MAINTAINERS, and when there is nothing to show", async () => {
    await open({ ...sample, rowsAre: "directories" });
    assert.match(await text(), /The tree has no MAINTAINERS, so rows are directories/);
    await panel.close();
    await open({ ...sample, rows: [] });
    assert.match(await text(), /No commits of your own/);
  });

  it("reads no name as HTML", async () => {
    const hostile = "<img src=x onerror=\"window.pwned=1\"> \u202eSREVIRD";
    await open({ ...sample, sides: { mainline: hostile, downstream: hostile }, rows: sample.rows.map((row) => ({ ...row, name: hostile })) });
    assert.equal(await panel.page.evaluate(() => "pwned" in window), false);
    assert.equal(await panel.page.locator("main img").count(), 0);
    assert.match((await names())[0] ?? "", /<img src=x/);
  });

  it("shows after a reload the order and the search that were chosen", async () => {
    await open(sample, { state: { request, sort: { column: "commits", down: true }, search: "net" } });
    assert.deepEqual(await names(), ["NETWORKING DRIVERS", "KEEL ETHERNET DRIVER", "NETWORKING [GENERAL]"]);
  });

  it("speaks Chinese", async () => {
    await open(sample, { locale: "zh-cn" });
    const shown = await text();
    assert.match(shown, /各子系统与 mainline 的差距/);
    assert.match(shown, /缺失的修复/);
    assert.equal(await panel.page.evaluate(() => document.documentElement.lang), "zh-CN");
    await panel.shot("heatmap-chinese");
  });

  for (const theme of ["dark", "light", "high-contrast", "high-contrast-light"] as const) {
    it(`has no accessibility fault in the ${theme} theme, wide and narrow`, async () => {
      await open(sample, { theme });
      assert.deepEqual(await panel.axe(), []);
      await panel.shot(`heatmap-${theme}`);
      await panel.page.setViewportSize({ width: 300, height: 900 });
      assert.deepEqual(await panel.axe(), []);
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, "nothing is cut off at 300 px");
      await panel.shot(`heatmap-narrow-${theme}`);
    });
  }
});
