import assert from "node:assert/strict";
import type { TwinFileParams, TwinFileView, TwinFix, TwinPanelState, TwinView } from "../../../language-server/protocol/upstream-panels";
import { launchPanels, type PanelBrowser, type PanelPage } from "../harness";
import type { ThemeName } from "../themes";
import { adapted, alone, fileView, fixes, request, wrongClaim } from "./sample";

describe("twin panel", () => {
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
    readonly state?: TwinPanelState;
    readonly fixes?: readonly TwinFix[];
    readonly file?: (params: TwinFileParams) => TwinFileView;
  }

  async function start(options: Options = {}): Promise<void> {
    panel = await browser.open("twin", { theme: options.theme ?? "dark", width: options.width ?? 1200 });
    await panel.next("ready");
    await panel.post({ type: "init", locale: options.locale ?? "en", state: options.state ?? { request } });
  }

  /** Plays the server for the next request. */
  async function answer(result: unknown): Promise<{ readonly method: string; readonly params: unknown }> {
    const asked = await panel.next("request");
    await panel.post({ type: "response", id: asked.id, result });
    return asked;
  }

  async function answerFile(file: (params: TwinFileParams) => TwinFileView = fileView): Promise<TwinFileParams> {
    const asked = await panel.next("request");
    assert.equal(asked.method, "keelson/upstream/twinFile");
    const params = asked.params as TwinFileParams;
    await panel.post({ type: "response", id: asked.id, result: file(params) });
    return params;
  }

  async function open(view: TwinView, options: Options = {}): Promise<void> {
    await start(options);
    assert.equal((await answer(view)).method, "keelson/upstream/twin");
    if (view.files.length > 0) await answerFile(options.file);
    if (view.upstream !== undefined) assert.equal((await answer({ fixes: options.fixes ?? fixes })).method, "keelson/upstream/twinFixes");
  }

  const text = (): Promise<string> => panel.page.locator("main").innerText();
  const diffShown = (): Promise<void> => panel.page.locator(".monaco-diff-editor .view-line").first().waitFor();
  const place = (): Promise<string> => panel.page.locator(".place").innerText();

  it("says the answer, the two commits and what the margin means", async () => {
    await open(adapted);
    const shown = await text();
    assert.match(shown, /net: keel: free the ring when probing fails/);
    assert.match(shown, /Adapted/);
    assert.match(shown, /3 of 5 hunks differ/);
    assert.match(shown, /97 % sure/);
    assert.match(shown, /aaaaaaaaaaaa/);
    assert.match(shown, /dddddddddddd/);
    assert.match(await panel.page.locator(".legend").innerText(), /2 same\s*1 adapted\s*1 dropped\s*1 extra/);
    assert.match(shown, /1 missing · 1 present · 1 not needed/);
  });

  it("compares patch against patch first, with the hunks' verdicts in the margin and beside it in words", async () => {
    await open(adapted);
    await diffShown();
    for (const state of ["same", "adapted", "dropped"]) assert.ok((await panel.page.locator(`.monaco-diff-editor .mark-glyph.mark-${state}`).count()) > 0, state);
    const labels = await panel.page.locator(".monaco-diff-editor .mark-label").allInnerTexts();
    assert.deepEqual([...new Set(labels.map((label) => label.trim()))].sort(), ["adapted", "dropped", "same"]);
    assert.equal(await panel.page.locator(".monaco-diff-editor").getByText("index 1111111111").count(), 0, "object names are no difference");
    await panel.shot("twin-patch");
  });

  it("numbers a patch by the file's own lines", async () => {
    await open(adapted);
    await diffShown();
    const numbers = await panel.page.locator(".monaco-diff-editor .editor.original .line-numbers").allInnerTexts();
    assert.ok(numbers.includes("41") && numbers.includes("97"), numbers.join(" "));
  });

  it("goes through the hunks of all files by F7 and back by Shift+F7", async () => {
    await open(adapted);
    await diffShown();
    assert.equal(await place(), "Hunk 1 of 5: same");
    await panel.page.keyboard.press("F7");
    assert.equal(await place(), "Hunk 2 of 5: adapted");
    await panel.page.keyboard.press("F7");
    assert.equal(await place(), "Hunk 3 of 5: dropped");
    await panel.page.keyboard.press("F7");
    assert.equal((await answerFile()).downPath, "include/linux/keel.h");
    assert.equal(await place(), "Hunk 4 of 5: same");
    await panel.page.keyboard.press("Shift+F7");
    assert.equal((await answerFile()).downPath, "drivers/net/keel/ring.c");
    assert.equal(await place(), "Hunk 3 of 5: dropped");
  });

  it("goes to the hunks from inside of the editor too, and Tab leaves it", async () => {
    await open(adapted);
    await diffShown();
    await panel.page.locator(".editor.modified .view-line").first().click();
    await panel.page.keyboard.press("F7");
    assert.equal(await place(), "Hunk 2 of 5: adapted");
    assert.equal(await panel.page.evaluate(() => document.activeElement?.closest(".editor.modified") !== null), true);
    await panel.page.keyboard.press("Tab");
    assert.equal(await panel.page.evaluate(() => document.activeElement?.closest(".editor.modified") === null), true);
  });

  it("compares file against file when asked to, and keeps that choice", async () => {
    await open(adapted);
    await diffShown();
    await panel.page.locator('[data-kind="patch"]').focus();
    await panel.page.keyboard.press("ArrowRight");
    const asked = await answerFile();
    assert.equal(asked.view, "file");
    assert.equal(asked.upstream, adapted.upstream?.sha);
    await panel.page.keyboard.press("F7");
    await panel.page.locator(".monaco-diff-editor .diff-hidden-lines").first().waitFor({ state: "attached" });
    assert.deepEqual(await panel.kept(), { request, file: "drivers/net/keel/ring.c", view: "file" });
    await panel.shot("twin-file");
  });

  it("moves in the list of files by the arrow keys", async () => {
    await open(adapted);
    await panel.page.locator("[role=listbox]").focus();
    await panel.page.keyboard.press("ArrowDown");
    assert.equal((await answerFile()).downPath, "include/linux/keel.h");
    await panel.page.keyboard.press("End");
    assert.equal((await answerFile()).downPath, "drivers/net/keel/boot.bin");
    assert.match(await text(), /boot\.bin is binary; there are no lines to compare/);
    assert.equal(await panel.page.locator("[role=option][aria-selected=true]").getAttribute("data-index"), "3");
  });

  it("says that a claim is wrong, and which commit was likely meant", async () => {
    await open(wrongClaim);
    assert.match(await panel.page.locator(".remark-warning").innerText(), /cherry picked from commit eeeeeeeeeeee\)\s*Likely meant:\s*aaaaaaaaaaaa/);
    await panel.page.locator("[data-fold=evidence] summary").click();
    assert.deepEqual(await panel.page.locator("[data-claim]").evaluateAll((rows) => rows.map((row) => row.getAttribute("data-claim"))), ["wrong", "unknown-commit"]);
    await panel.shot("twin-wrong-claim");
  });

  it("compares with an alternative, says so, and goes back", async () => {
    await open(adapted);
    await panel.page.locator("[data-fold=evidence] summary").click();
    await panel.page.locator("[data-list=alternatives] .link").first().click();
    const [first] = adapted.alternatives;
    const asked = await answer({ ...adapted, upstream: first?.card });
    assert.equal((asked.params as { upstream?: string }).upstream, first?.card.sha);
    await answerFile();
    await answer({ fixes: [] });
    assert.match(await text(), /This is an alternative, not the answer/);
    await panel.page.keyboard.press("Alt+ArrowLeft");
    assert.equal((await answer(adapted)).method, "keelson/upstream/twin");
    await answerFile();
    assert.doesNotMatch(await text(), /This is an alternative/);
  });

  it("leads from a later fix to its commit, and from one that we have to its own twin", async () => {
    await open(adapted);
    await panel.page.locator("[data-fold=fixes] summary").click();
    assert.match(await panel.page.locator("[data-fix=missing]").innerText(), /CVE-2026-10001 · stable · syzbot/);
    await panel.page.locator("[data-fix=missing] .link").first().click();
    assert.deepEqual((await panel.next("action")).action, { kind: "upstreamCommit", folder: request.folder, sha: "1".repeat(40) });
    await panel.page.locator("[data-fix=present] .link").last().click();
    assert.equal(((await answer(adapted)).params as { commit: string }).commit, "9".repeat(40));
    await answerFile();
  });

  it("shows a commit that is ours alone beside what the files were before", async () => {
    await open(alone, { file: () => ({ up: { state: "absent" }, down: { state: "text", text: "#ifndef KEEL_COMPAT_H\n#define KEEL_COMPAT_H\n#endif\n" } }) });
    const shown = await text();
    assert.match(shown, /Ours alone/);
    assert.match(shown, /No commit of mainline carries this change/);
    assert.equal(await panel.page.locator(".segments").isVisible(), false);
    assert.match(await panel.page.locator(".side-names").innerText(), /Before.*After/s);
    await diffShown();
    await panel.shot("twin-alone");
  });

  it("asks before it opens a large file", async () => {
    await open(adapted, { file: () => ({ up: { state: "large", bytes: 7_340_032 }, down: { state: "text", text: "" } }) });
    assert.match(await text(), /ring\.c is 7 MB/);
    await panel.page.getByText("Open It", { exact: true }).click();
    assert.equal((await answerFile()).force, true);
    await diffShown();
  });

  it("says which side's content this repository lacks", async () => {
    await open({ ...adapted, notes: [{ code: "missing-blob", commit: "a".repeat(40) }] }, { file: () => ({ up: { state: "missing" }, down: { state: "text", text: "" } }) });
    assert.match(await text(), /aaaaaaaaaaaa: this repository lacks contents that its diff needs/);
    assert.match(await text(), /lacks the content of drivers\/net\/keel\/ring\.c on the side of Mainline/);
    await panel.shot("twin-missing");
  });

  it("shows what is being done while the comparison is made, and stops by Escape", async () => {
    await start();
    const asked = await panel.next("request");
    const { job } = asked.params as { job: string };
    await panel.post({ type: "notify", method: "keelson/upstream/panelProgress", params: { job, text: "Reading commits", done: 1200, total: 10_730 } });
    assert.match(await text(), /Reading commits – 1,200 of 10,730/);
    await panel.shot("twin-loading");
    await panel.page.keyboard.press("Escape");
    assert.deepEqual((await panel.next("request")).params, { job });
    await panel.post({ type: "failure", id: asked.id, message: "Stopped before it was done." });
    assert.match(await panel.page.locator(".failure").innerText(), /Stopped before it was done\./);
    await panel.shot("twin-error");
    await panel.page.getByText("Retry", { exact: true }).click();
    assert.equal((await panel.next("request")).method, "keelson/upstream/twin");
  });

  it("tells a file that could not be read, and tries it again", async () => {
    await start();
    await answer(adapted);
    const asked = await panel.next("request");
    await panel.post({ type: "failure", id: asked.id, message: "git did not succeed" });
    await panel.page.locator(".diff-state").getByText("Retry", { exact: true }).click();
    await panel.next("request");
    assert.equal((await panel.next("request")).method, "keelson/upstream/twinFile");
  });

  it("reads nothing of a commit as HTML, as style or as a command, and shows bidirectional controls", async () => {
    const hostile = "<img src=x onerror=\"window.pwned=1\"><style>main{display:none}</style> [x](command:keelson.run) \u202egnp.exe";
    const card = { ...adapted.commit, subject: hostile, author: `${hostile} <x@example.com>` };
    const path = `drivers/<img src=x onerror=window.pwned=1>\u202e.c`;
    await open(
      { ...wrongClaim, commit: card, upstream: { ...card, sha: "a".repeat(40) }, sides: { mainline: hostile, downstream: hostile }, method: hostile, claims: wrongClaim.claims.map((claim) => ({ ...claim, line: hostile })), files: [{ upPath: path, downPath: path, hunks: [{ state: "same", up: { line: 1, count: 1 }, down: { line: 1, count: 1 } }], binary: false, missing: [] }] },
      { fixes: fixes.map((fix) => ({ ...fix, card, cves: [hostile] })), file: () => ({ up: { state: "text", text: `@@ -1 +1 @@ ${hostile}\n+${hostile}\n` }, down: { state: "text", text: `@@ -1 +1 @@ ${hostile}\n+x\n` } }) },
    );
    await diffShown();
    for (const fold of ["evidence", "fixes"]) await panel.page.locator(`[data-fold=${fold}] summary`).click();
    assert.equal(await panel.page.evaluate(() => "pwned" in window), false);
    assert.equal(await panel.page.locator("main img, main a, main script, main style").count(), 0);
    assert.match(await panel.page.locator(".head-text h1").innerText(), /<img src=x onerror/);
    assert.equal(await panel.page.locator(".monaco-diff-editor .mtkcontrol").first().isVisible(), true, "monaco shows the control character");
  });

  it("lists 10,000 files without drawing them all", async () => {
    const [first] = adapted.files;
    assert.ok(first);
    const files = Array.from({ length: 10_000 }, (_, index) => ({ ...first, downPath: `drivers/keel/file${String(index)}.c`, upPath: `drivers/keel/file${String(index)}.c` }));
    await open({ ...adapted, files });
    assert.ok((await panel.page.locator(".file-row").count()) < 100);
    assert.match(await text(), /10000 files/);
    await panel.page.locator("[role=listbox]").focus();
    await panel.page.keyboard.press("End");
    assert.equal((await answerFile()).downPath, "drivers/keel/file9999.c");
    assert.equal(await panel.page.locator("#file-9999").getAttribute("aria-posinset"), "10000");
  });

  it("says its facts before monaco is loaded", async () => {
    await start();
    await answer(adapted);
    assert.match(await text(), /3 of 5 hunks differ/);
    assert.equal(await panel.page.evaluate(() => "keelsonMonaco" in window), false);
    await answerFile();
    await diffShown();
    assert.equal(await panel.page.evaluate(() => "keelsonMonaco" in window), true);
  });

  it("shows after a reload what was chosen", async () => {
    await open(adapted, { state: { request, view: "file", file: "include/linux/keel.h" }, file: (params) => {
      assert.equal(params.view, "file");
      assert.equal(params.downPath, "include/linux/keel.h");
      return fileView(params);
    } });
    await diffShown();
    assert.equal(await panel.page.locator('[data-kind="file"]').getAttribute("aria-checked"), "true");
  });

  it("follows the editor's theme while it is open", async () => {
    await open(adapted);
    await diffShown();
    const background = (): Promise<string> => panel.page.locator(".monaco-diff-editor .editor.modified .monaco-editor-background").first().evaluate((node) => getComputedStyle(node).backgroundColor);
    assert.equal(await background(), "rgb(31, 31, 31)");
    await panel.page.evaluate(() => {
      document.documentElement.style.setProperty("--vscode-editor-background", "#fafafa");
      document.body.className = "vscode-light";
    });
    await panel.page.waitForFunction(() => document.querySelector(".monaco-editor.vs") !== null);
    assert.equal(await background(), "rgb(250, 250, 250)");
  });

  it("speaks Chinese", async () => {
    await open(wrongClaim, { locale: "zh-cn" });
    const shown = await text();
    assert.match(shown, /有改动/);
    assert.match(shown, /5 个 hunk 中有 3 个不同/);
    assert.match(shown, /补丁对补丁/);
    assert.match(shown, /缺 1 个 · 已有 1 个/);
    await panel.shot("twin-chinese");
  });

  for (const theme of ["dark", "light", "high-contrast", "high-contrast-light"] as const) {
    it(`has no accessibility fault in the ${theme} theme, wide and narrow`, async () => {
      await open(wrongClaim, { theme });
      await diffShown();
      for (const fold of ["evidence", "fixes"]) await panel.page.locator(`[data-fold=${fold}] summary`).click();
      assert.deepEqual(await panel.axe(), []);
      await panel.shot(`twin-${theme}`);
      await panel.page.setViewportSize({ width: 300, height: 900 });
      await panel.page.locator(".monaco-diff-editor:not(.side-by-side)").first().waitFor();
      assert.deepEqual(await panel.axe(), []);
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth && (document.querySelector("main")?.scrollWidth ?? 0) <= window.innerWidth), true, "nothing is cut off at 300 px");
      await panel.shot(`twin-narrow-${theme}`);
    });
  }
});
