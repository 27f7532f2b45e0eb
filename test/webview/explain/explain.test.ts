import assert from "node:assert/strict";
import type { ExplanationView } from "../../../language-server/protocol/requests";
import { launchPanels, type PanelBrowser, type PanelPage } from "../harness";
import type { ThemeName } from "../themes";

const request = { uri: "file:///series/0001-keel-free-the-ring.patch", target: { kind: "patch", patch: 0 } } as const;

const empty: ExplanationView = {
  session: "s1",
  uri: request.uri,
  target: request.target,
  title: "keel: free the ring when probing fails",
  facts: [
    { kind: "subject", text: "keel: free the ring when probing fails", line: 4, severity: undefined, check: undefined },
    { kind: "author", text: "Alice Example <alice@example.com>, 3 March 2026", line: 2, severity: undefined, check: undefined },
    { kind: "files", text: "drivers/keel/ring.c: 4 lines added, 1 removed", line: 20, severity: undefined, check: undefined },
    { kind: "finding", text: "The Fixes: line names 8 hex digits; 12 are needed.", line: 9, severity: "warning", check: "fixes-form" },
    { kind: "finding", text: "The lock taken in line 31 is not released on this return.", line: 35, severity: "error", check: "missing-unlock" },
  ],
  state: "running",
  endpoint: { id: "team", model: "qwen3-coder" },
  statements: [],
  dropped: 0,
  fromCache: false,
  estimate: { promptTokens: 1840 },
  usage: undefined,
  warnings: [],
  waiting: undefined,
  error: undefined,
};

const first = {
  section: "what" as const,
  text: "The ring is freed with `keel_ring_free()` when registering the device fails.",
  evidence: [{ path: "drivers/keel/ring.c", side: "new" as const, quote: "\tkeel_ring_free(dev->ring);", line: 31 }],
};
const second = {
  section: "risk" as const,
  text: "The old path returned without freeing; a caller that frees it too would free twice.",
  evidence: [
    { path: "drivers/keel/ring.c", side: "old" as const, quote: "\treturn err;", line: 30 },
    { path: "", side: "message" as const, quote: "the ring leaks when keel_register() fails", line: 7 },
  ],
};
const done: ExplanationView = { ...empty, state: "done", statements: [first, second], dropped: 2, usage: { promptTokens: 1840, completionTokens: 212 } };

describe("explanation panel", () => {
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

  async function open(view: ExplanationView, options: { theme?: ThemeName; width?: number; locale?: "en" | "zh-cn"; reducedMotion?: boolean } = {}): Promise<void> {
    panel = await browser.open("explain", { theme: options.theme ?? "dark", ...(options.width === undefined ? {} : { width: options.width }), reducedMotion: options.reducedMotion ?? false });
    await panel.next("ready");
    await panel.post({ type: "init", locale: options.locale ?? "en", state: { request } });
    const asked = await panel.next("request");
    assert.equal(asked.method, "keelson/review/explain");
    assert.deepEqual(asked.params, { ...request, again: false });
    await panel.post({ type: "response", id: asked.id, result: view });
  }
  const text = (): Promise<string> => panel.page.locator("main").innerText();
  const notify = (view: ExplanationView): Promise<void> => panel.post({ type: "notify", method: "keelson/review/explanationChanged", params: view });

  it("shows the facts at once while the model is still answering", async () => {
    await open(empty);
    const shown = await text();
    assert.match(shown, /keel: free the ring when probing fails/);
    assert.match(shown, /qwen3-coder is answering/);
    assert.match(shown, /About 1840 tokens are sent/);
    assert.match(shown, /missing-unlock/);
    assert.equal(await panel.page.locator(".skeleton").isVisible(), true);
    await panel.shot("explain-streaming");
  });

  it("appends statements as they arrive and moves nothing that stands", async () => {
    await open(empty);
    await notify({ ...empty, statements: [first] });
    const before = await panel.page.locator(".statement").first().elementHandle();
    await panel.page.locator(".evidence").first().focus();
    await notify({ ...empty, statements: [first, second] });
    assert.equal(await panel.page.locator(".statement").count(), 2);
    assert.equal(await before.evaluate((node) => node.isConnected && node === document.querySelector(".statement")), true);
    assert.equal(await panel.page.evaluate(() => document.activeElement?.classList.contains("evidence")), true);
  });

  it("counts the statements it does not show", async () => {
    await open(done);
    const shown = await text();
    assert.match(shown, /2 statements by qwen3-coder, each with evidence/);
    assert.match(shown, /2 more not shown: no evidence/);
    assert.match(shown, /1840 tokens sent, 212 received/);
  });

  it("goes to the line of the evidence that is clicked", async () => {
    await open(done);
    await panel.page.locator(".evidence").first().click();
    assert.deepEqual((await panel.next("action")).action, { kind: "reveal", uri: request.uri, line: 31 });
  });

  it("moves among evidence and facts by the arrow keys and goes there by Enter", async () => {
    await open(done);
    await panel.page.locator(".evidence").first().focus();
    await panel.page.keyboard.press("ArrowDown");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.next("action")).action, { kind: "reveal", uri: request.uri, line: 30 });
    await panel.page.keyboard.press("End");
    await panel.page.keyboard.press("Enter");
    assert.deepEqual((await panel.next("action")).action, { kind: "reveal", uri: request.uri, line: 35 });
  });

  it("cancels by button and by Escape", async () => {
    await open(empty);
    await panel.page.getByText("Cancel", { exact: true }).click();
    assert.deepEqual((await panel.next("request")).params, { session: "s1" });
    await panel.page.locator(".focus-row").first().focus();
    await panel.page.keyboard.press("Escape");
    assert.equal((await panel.next("request")).method, "keelson/review/cancelExplanation");
    await notify({ ...empty, state: "cancelled", statements: [first] });
    assert.match(await text(), /Stopped\. What was verified until then is below\./);
    await panel.page.getByText("Resume", { exact: true }).click();
    assert.deepEqual((await panel.next("request")).params, { ...request, again: true });
  });

  it("says without an endpoint how to set one, and shows the facts", async () => {
    await open({ ...empty, state: "none", endpoint: undefined, estimate: undefined });
    const shown = await text();
    assert.match(shown, /No model endpoint is set/);
    assert.match(shown, /missing-unlock/);
    await panel.page.locator('[data-notice=none]').getByText("Set an Endpoint").click();
    assert.deepEqual((await panel.next("action")).action, { kind: "command", command: "keelson.model.openSettings" });
    await panel.shot("explain-none");
  });

  it("tells an endpoint's error, what to do, and the details when asked", async () => {
    await open({ ...empty, state: "error", error: { message: "The endpoint refused the key (401).", advice: "Set the key with Keelson: Set Model Key.", details: "HTTP 401\n{\"error\":\"invalid key\"}" } });
    const shown = await text();
    assert.match(shown, /The endpoint refused the key \(401\)\./);
    assert.match(shown, /Set the key with Keelson: Set Model Key\./);
    assert.doesNotMatch(shown, /HTTP 401/);
    await panel.page.locator("summary").click();
    assert.match(await text(), /HTTP 401/);
    await panel.shot("explain-error");
    await panel.page.getByText("Retry", { exact: true }).click();
    assert.deepEqual((await panel.next("request")).params, { ...request, again: true });
  });

  it("reads nothing of a patch or an answer as HTML, a link or an image", async () => {
    const hostile = "<img src=x onerror=\"window.pwned=1\"> [click](command:keelson.run) ![i](http://127.0.0.1:9/x) <b>bold</b> `a<b>` **strong**";
    await open({ ...done, title: "<script>window.pwned=1</script>", statements: [{ ...first, text: hostile }], facts: [{ kind: "subject", text: hostile, line: 1, severity: undefined, check: undefined }] });
    assert.equal(await panel.page.evaluate(() => "pwned" in window), false);
    assert.equal(await panel.page.locator("main img, main a, main b, main script").count(), 0);
    assert.equal(await panel.page.locator(".statement-text strong").innerText(), "strong");
    assert.equal(await panel.page.locator(".statement-text code").innerText(), "a<b>");
    assert.match(await text(), /<img src=x onerror/);
  });

  it("shows after a reload what it had and resumes what was running", async () => {
    await open({ ...empty, statements: [first] });
    const kept = await panel.kept();
    await panel.close();
    panel = await browser.open("explain", { theme: "dark" });
    await panel.next("ready");
    await panel.post({ type: "init", locale: "en", state: kept });
    assert.equal(await panel.page.locator(".statement").count(), 1);
    const known = await panel.next("request");
    assert.equal(known.method, "keelson/review/explanation");
    await panel.post({ type: "response", id: known.id, result: null });
    const again = await panel.next("request");
    assert.equal(again.method, "keelson/review/explain");
    assert.deepEqual(again.params, { ...request, again: false });
    await panel.post({ type: "response", id: again.id, result: { ...done, session: "s2" } });
    assert.equal(await panel.page.locator(".statement").count(), 2);
  });

  it("does not ask again after a reload for what was finished", async () => {
    await open(done);
    const kept = await panel.kept();
    await panel.close();
    panel = await browser.open("explain", { theme: "dark" });
    await panel.next("ready");
    await panel.post({ type: "init", locale: "en", state: kept });
    const known = await panel.next("request");
    await panel.post({ type: "response", id: known.id, result: null });
    assert.match(await text(), /Kept from before the window was reloaded/);
    assert.equal((await panel.sent()).filter((message) => message.type === "request").length, 1);
  });

  it("tells a failed request instead of an empty panel", async () => {
    panel = await browser.open("explain", { theme: "dark" });
    await panel.next("ready");
    await panel.post({ type: "init", locale: "en", state: { request } });
    const asked = await panel.next("request");
    await panel.post({ type: "failure", id: asked.id, message: "The document is no longer open." });
    assert.match(await text(), /The document is no longer open\./);
  });

  it("shows a thousand facts without drawing them all", async () => {
    const facts = Array.from({ length: 1000 }, (_, index) => ({ kind: "finding" as const, text: `Finding ${String(index)}`, line: index + 1, severity: "warning" as const, check: "trailing-whitespace" }));
    await open({ ...done, facts });
    assert.equal(await panel.page.locator(".facts li").count(), 201);
    assert.match(await text(), /800 more are in the Problems view\./);
  });

  it("speaks Chinese", async () => {
    await open(done, { locale: "zh-cn" });
    const shown = await text();
    assert.match(shown, /qwen3-coder 给出 2 条陈述，均有依据。/);
    assert.match(shown, /风险/);
    assert.equal(await panel.page.evaluate(() => document.documentElement.lang), "zh-CN");
    await panel.shot("explain-chinese");
  });

  for (const theme of ["dark", "light", "high-contrast", "high-contrast-light"] as const) {
    it(`has no accessibility fault in the ${theme} theme, wide and narrow`, async () => {
      await open(done, { theme });
      assert.deepEqual(await panel.axe(), []);
      await panel.shot(`explain-done-${theme}`);
      await panel.page.setViewportSize({ width: 300, height: 900 });
      assert.deepEqual(await panel.axe(), []);
      assert.equal(await panel.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), true, "nothing is cut off at 300 px");
      await panel.shot(`explain-narrow-${theme}`);
    });
  }

  it("keeps still when reduced motion is asked for", async () => {
    await open(empty, { reducedMotion: true });
    assert.equal(await panel.page.locator("vscode-progress-ring").isVisible(), false);
  });
});
