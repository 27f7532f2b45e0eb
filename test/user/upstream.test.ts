import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { modelName, startEndpoint } from "../support/endpoint/server";
import { makeUpstreamTree } from "./upstream-tree";
import { walking, type Walk, type WalkOptions } from "./walk";

const pairs = { "keelson.upstream.pairs": [{ name: "6.1", mainline: "main", downstream: "keel-6.1.y" }] };

/** The small tree, with a comparison that its keeper has set up. */
function keeper(options: WalkOptions = {}): WalkOptions {
  return { ...options, make: makeUpstreamTree, settings: { ...pairs, ...options.settings } };
}

async function compare(walk: Walk): Promise<void> {
  await walk.sideBar();
  // The palette lists what is registered when it opens.
  await walk.row("Not compared yet").waitFor();
  await walk.command("Keelson: Compare with Mainline");
  await walk.row(/Missing fixes\s*1/).waitFor();
}

async function openTwin(walk: Walk): Promise<void> {
  await walk.row("Adapted").click();
  await walk.row("adapted, 1 hunk differs").click();
  await walk.page.locator(".tab.active", { hasText: "Twin of" }).waitFor();
  await walk.panel().locator("main[data-phase=shown]").waitFor();
  await walk.panel().locator(".monaco-diff-editor .view-line").first().waitFor();
}

const themes = ["dark", "light", "high-contrast"] as const;

/** Looks at the panel in every theme, and leaves the dark one behind. */
async function lookAt(walk: Walk, name: string): Promise<void> {
  for (const theme of [...themes, "dark"] as const) {
    await walk.theme(theme);
    assert.deepEqual(await walk.axe(), [], `${name} in ${theme}`);
    await walk.shot(`${name}-${theme}`);
  }
}

describe("a keeper compares a tree with mainline", function () {
  this.timeout(400_000);

  it("reads the view, a commit beside its twin, and the heat map, in every theme", async () => {
    await walking("upstream-panels", keeper(), async (walk) => {
      const { page } = walk;
      await compare(walk);
      await walk.shot("upstream-compared");
      await openTwin(walk);
      const twin = walk.panel();
      const answer = await twin.locator(".answer").innerText();
      assert.match(answer, /Adapted/i);
      assert.match(answer, /1 of 2 hunks differ/);
      const place = twin.locator(".place");
      assert.match(await place.innerText(), /Hunk 1 of 2/);
      await twin.locator(".tool[title*=F7]").last().focus();
      await page.keyboard.press("F7");
      await twin.locator(".place", { hasText: "Hunk 2 of 2" }).waitFor();
      assert.match(await place.innerText(), /adapted/i);
      await lookAt(walk, "twin");
      await walk.command("View: Close All Editors");
      await page.locator(".tab", { hasText: "Twin of" }).waitFor({ state: "detached" });
      await walk.command("Keelson: Show Heat Map of Subsystems");
      const map = walk.panel();
      await map.locator("[role=grid]").waitFor();
      assert.match(await map.locator("[role=grid]").innerText(), /KEEL DRIVER/);
      await lookAt(walk, "heatmap");
      await map.locator("[role=grid] [tabindex='0']").first().focus();
      for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await page.keyboard.press(key);
      await page.locator(".pane-body", { hasText: "subsystem KEEL DRIVER" }).first().waitFor();
      await walk.row("keel: give up draining").waitFor();
      await walk.shot("heatmap-rows");
    });
  });

  it("writes lists, a report, a series, notes and an explanation, tries the fixes, and sorts in a narrow window", async () => {
    const endpoint = await startEndpoint("lies");
    const settings = { "keelson.models": [{ id: "team", baseUrl: endpoint.url, model: modelName }], "keelson.model.roles": { explain: "team" }, "keelson.upstream.inclusionTemplate": "stable" };
    try {
      await walking("upstream-texts", keeper({ settings }), async (walk) => {
        await compare(walk);
        const { page } = walk;
        const pick = (text: string): Promise<void> => page.locator(".quick-input-list .monaco-list-row", { hasText: text }).first().click();
        for (const [format, expected] of [
          ["CSV", /^Commit,[^]*keel: give up draining/i],
          ["Markdown", /^\| Commit \|[^]*give up draining/],
          ["JSON", /^\[\s*\{[^]*keel: give up draining/],
        ] as const) {
          await walk.menu(walk.row("Missing fixes"), "Export List");
          await pick(format);
          assert.match(await walk.text(), expected, format);
          if (format === "Markdown") await walk.shot("export-markdown");
          await walk.discard();
        }
        await walk.menu(walk.row("6.1"), "Write Report");
        await pick("Markdown");
        assert.match(await walk.text(), /Missing fixes/);
        await walk.shot("report-markdown");
        await walk.discard();
        await walk.menu(walk.row("Missing fixes"), "Open as a Series for git am");
        assert.match(await walk.text(), /From: Alice Example/);
        await walk.shot("series");
        await walk.discard();
        await walk.row("Adapted").click();
        await walk.menu(walk.row("adapted, 1 hunk differs"), "Show What Would Be Sent");
        assert.match(await walk.text(), /^POST \S*\/chat\/completions[^]*"name": "difference"/);
        await walk.shot("difference-preview");
        await walk.discard();
        await walk.menu(walk.row("adapted, 1 hunk differs"), "Explain the Difference");
        assert.match(await walk.text(), /In the words of team/);
        await walk.shot("difference-explained");
        await walk.discard();
        await walk.menu(walk.row("6.1"), "Write Release Notes");
        await page.locator(".quick-input-widget", { hasText: "Which commits?" }).waitFor();
        await page.keyboard.press("Enter");
        assert.match(await walk.text(), /drain the ring before it is stopped/);
        await walk.shot("release-notes");
        await walk.discard();
        await walk.menu(walk.row("Missing fixes"), "Try Picking Them onto Our Branch");
        await page.locator(".notification-list-item", { hasText: "1 tried: 1 pick clean" }).waitFor();
        await walk.row("Missing fixes").click();
        await walk.row(/picks clean/).waitFor();
        await walk.shot("fixes-tried");
        await page.setViewportSize({ width: 1000, height: 760 });
        await walk.command("Keelson: Sort Upstream");
        await pick("sections of MAINTAINERS");
        await page.locator(".pane-body", { hasText: "by subsystem" }).first().waitFor();
        await walk.row("KEEL DRIVER").waitFor();
        await walk.shot("upstream-sorted-narrow");
      });
    } finally {
      await endpoint.close();
    }
  });

  it("is told what a tree without history can be asked", async () => {
    const make = (parent: string, name: string): void => {
      for (const path of ["drivers/keel/ring.c", "include/linux/keel.h", "Makefile"]) {
        mkdirSync(dirname(join(parent, name, path)), { recursive: true });
        writeFileSync(join(parent, name, path), `/* ${path} */\n`);
      }
    };
    await walking("no-history", { make }, async (walk) => {
      const { page } = walk;
      const box = page.locator(".quick-input-widget input").first();
      await walk.sideBar();
      const ask = page.locator(".pane-body .monaco-button", { hasText: "Ask What the Tree Carries" });
      await ask.waitFor();
      await walk.shot("no-history");
      await page.locator(".pane-body .monaco-button", { hasText: "Compare with Mainline" }).click();
      await page.locator(".notification-list-item", { hasText: "repository" }).waitFor();
      await walk.shot("no-history-compare");
      await ask.click();
      await box.fill("/srv/linux");
      await page.keyboard.press("Enter");
      await page.locator(".quick-input-widget", { hasText: "Which of its commits?" }).waitFor();
      await page.keyboard.press("Enter");
      const told = page.locator(".monaco-dialog-box");
      await told.waitFor();
      assert.match(await told.innerText(), /keelson upstream presence --repo \/srv\/linux --tree \S*keel-linux --commits commits\.txt/);
      await walk.shot("no-history-commands");
    });
  });
});
