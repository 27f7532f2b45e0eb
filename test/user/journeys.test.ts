import assert from "node:assert/strict";
import { modelName, startEndpoint, type Endpoint } from "../support/endpoint/server";
import { sharedWalk, walking, type Walk, type WalkOptions } from "./walk";

const clocks = "0003-keel-drive-the-bus";

/** Settings that name a scripted endpoint, as a user's own would name one. */
function endpointSettings(endpoint: Endpoint): Record<string, unknown> {
  return { "keelson.models": [{ id: "team", baseUrl: endpoint.url, model: modelName }], "keelson.model.roles": { explain: "team" } };
}

async function withEndpoint(script: string, name: string, options: WalkOptions, body: (walk: Walk, endpoint: Endpoint) => Promise<void>): Promise<void> {
  const endpoint = await startEndpoint(script);
  try {
    await walking(name, { ...options, settings: { ...options.settings, ...endpointSettings(endpoint) } }, (walk) => body(walk, endpoint));
  } finally {
    await endpoint.close();
  }
}

/** Opens the patch with squiggles and asks for an explanation of the whole of it. */
async function explainPatch(walk: Walk): Promise<void> {
  await walk.open(clocks);
  await walk.page.locator(".squiggly-warning").first().waitFor();
  const panel = walk.page.locator("iframe.webview.ready").first();
  // A lens that is drawn anew at the moment of the click does not hear it; a person clicks again.
  for (let left = 5; left > 0; left--) {
    await walk.page.locator(".codelens-decoration a[role=button]").first().click();
    const opened = await panel.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
    if (opened) break;
  }
  await walk.panel().locator("main").waitFor();
}

describe("a keeper's first window", function () {
  this.timeout(180_000);
  const window = sharedWalk("first-window");

  it("shows what is wrong with a patch: squiggles, hover and lenses", async () => {
    const walk = window();
    await walk.open(clocks);
    await walk.page.locator(".squiggly-warning").first().waitFor();
    await walk.lens("Explain").first().waitFor();
    await walk.command("Go to Next Problem in Files (Error, Warning, Info)");
    await walk.page.locator(".peekview-widget, .zone-widget").first().waitFor();
    await walk.page.keyboard.press("Escape");
    await walk.page.keyboard.press("Control+k");
    await walk.page.keyboard.press("Control+i");
    const hover = walk.page.locator(".monaco-hover:visible").first();
    await hover.waitFor();
    assert.match(await hover.innerText(), /keelson/i);
    await walk.shot("patch-dark");
  });

  it("gives the facts, and says how to set an endpoint, when there is none", async () => {
    const walk = window();
    await explainPatch(walk);
    await walk.panel().locator("[data-notice=none]").waitFor();
    assert.match(await walk.panel().locator("main").innerText(), /No model endpoint is set/);
    assert.match(await walk.panel().locator("main").innerText(), /goto-release-order/);
    assert.deepEqual(await walk.axe(), []);
    await walk.shot("explain-no-endpoint");
  });

  it("lets a finding be suppressed with a reason, and taken back", async () => {
    const walk = window();
    const { page } = walk;
    const counts = (text: string): Promise<void> => walk.lens(text).first().waitFor();
    await walk.open(clocks);
    await counts("2 findings");
    // The cursor is where an earlier test left it.
    await walk.page.keyboard.press("Control+Home");
    await walk.command("Keelson: Next Finding");
    await walk.command("Keelson: Suppress Finding");
    await page.locator(".quick-input-widget", { hasText: "Suppress err-ptr" }).locator("input").first().fill("the clocks are stubbed here");
    await page.keyboard.press("Enter");
    await counts("1 finding");
    const undo = page.locator(".notification-list-item .monaco-button", { hasText: "Undo" });
    await undo.waitFor();
    await walk.shot("suppress-undo");
    await undo.click();
    await counts("2 findings");
  });

  it("applies a patch in a worktree that is shown before it is made", async () => {
    const walk = window();
    await walk.open("0001-keel-drain-the-ring");
    await walk.lens("Applies to main").first().waitFor();
    await walk.command("Keelson: Apply to a Worktree");
    const plan = walk.page.locator(".monaco-dialog-box");
    await plan.waitFor();
    assert.match(await plan.innerText(), /git worktree add --detach \S*keel-linux-keel-drain-the-ring\S* [0-9a-f]{12}\n/);
    await walk.shot("worktree-plan");
    await plan.locator(".monaco-button", { hasText: "Apply" }).click();
    await walk.page.locator(".notification-list-item", { hasText: "Applied in" }).locator(".monaco-button", { hasText: "Open in New Window" }).waitFor();
  });

  it("has room in a narrow side bar, and a walkthrough", async () => {
    const walk = window();
    await walk.page.setViewportSize({ width: 1000, height: 760 });
    await walk.open(clocks);
    await walk.page.locator(".squiggly-warning").first().waitFor();
    await walk.sideBar();
    await walk.page.locator(".pane-body .monaco-list-row", { hasText: "keel" }).first().waitFor();
    await walk.shot("side-bar-narrow");
    await walk.command("Keelson: Open Walkthrough");
    await walk.page.locator(".gettingStartedContainer .getting-started-step, .gettingStarted .step-title").first().waitFor();
    await walk.shot("walkthrough");
  });

  it("compares with mainline for the first time", async () => {
    const walk = window();
    const { page } = walk;
    const pick = page.locator(".quick-input-widget");
    await page.locator(".pane-body .monaco-button", { hasText: "Compare with Mainline" }).click();
    await pick.getByText("which side is mainline's?").waitFor();
    await pick.locator("input").first().fill("main");
    await pick.getByText("as typed").waitFor();
    await page.keyboard.press("Enter");
    await pick.getByText("which side is yours?").waitFor();
    await walk.shot("upstream-assistant");
    await pick.locator("input").first().fill("keel-6.1.y");
    await pick.getByText("as typed").waitFor();
    await page.keyboard.press("Enter");
    await pick.getByText("what to call it").waitFor();
    await page.keyboard.press("Enter");
    await pick.getByText("Nothing is written to the tree.").waitFor();
    await page.keyboard.press("Enter");
    const list = (title: string) => page.locator(".pane-body .monaco-list-row", { hasText: title }).first();
    await list("As is").waitFor();
    await list("As is").click();
    const commit = page.locator(".pane-body .monaco-list-row[aria-level='3']").first();
    await commit.waitFor();
    await walk.shot("upstream-view");
    await commit.click();
    await page.locator(".tab.active", { hasText: "Twin of" }).waitFor();
  });
});

describe("a keeper's walk", function () {
  this.timeout(180_000);

  it("follows an explanation from the first word to the last, in every theme, and jumps to its evidence", async () => {
    await withEndpoint("slow-stream", "streaming", {}, async (walk) => {
      await explainPatch(walk);
      await walk.panel().locator(".statement").first().waitFor();
      await walk.shot("explain-streaming");
      await walk.panel().getByText("each with evidence").waitFor();
      for (const theme of ["light", "high-contrast", "dark"] as const) {
        await walk.theme(theme);
        assert.deepEqual(await walk.axe(), []);
        await walk.shot(`explain-done-${theme}`);
      }
      await walk.panel().locator(".evidence").first().click();
      await walk.page.locator(".editor-instance.focused, .editor-instance .monaco-editor.focused").first().waitFor();
    });
  });

  it("is told what to do when the endpoint refuses", async () => {
    await withEndpoint("401", "error", {}, async (walk) => {
      await explainPatch(walk);
      await walk.panel().locator("[data-notice=error]").waitFor();
      assert.match(await walk.panel().locator("[data-notice=error]").innerText(), /key/i);
      assert.deepEqual(await walk.axe(), []);
      await walk.shot("explain-error");
    });
  });

  it("works in Chinese", async () => {
    await withEndpoint("plain", "chinese", { locale: "zh-cn" }, async (walk) => {
      await explainPatch(walk);
      await walk.panel().locator(".statement").first().waitFor();
      assert.match(await walk.panel().locator("main").innerText(), /\p{Script=Han}/u);
      await walk.shot("explain-chinese");
    });
  });

  it("reads a patch in restricted mode", async () => {
    await walking("restricted", { trusted: false }, async (walk) => {
      await walk.open(clocks);
      await walk.page.locator(".squiggly-warning").first().waitFor();
      await walk.shot("restricted");
    });
  });
});
