import assert from "node:assert/strict";
import { accessSync, constants, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Locator } from "playwright-core";
import { makeTuningFiles } from "./tuning-files";
import { sharedWalk, walking, type Walk } from "./walk";

const list = ".quick-input-list .monaco-list-row";

async function answer(walk: Walk, text: string): Promise<void> {
  const box = walk.page.locator(".quick-input-widget input").first();
  await box.waitFor();
  await box.fill(text);
  await walk.page.keyboard.press("Enter");
}

function entry(walk: Walk, text: string | RegExp): Locator {
  return walk.page.locator(list, { hasText: text }).first();
}

function notice(walk: Walk, text: string | RegExp): Locator {
  return walk.page.locator(".notification-toast", { hasText: text }).first();
}

/** From the palette to the ranked list. */
async function ready(walk: Walk): Promise<void> {
  // The palette lists what is contributed when it opens.
  await walk.page.locator('.activitybar .action-item [aria-label^="Keelson"]').first().waitFor();
}

async function suggest(walk: Walk, words: { readonly command: string; readonly workload: string; readonly machine: string; readonly named: string }): Promise<void> {
  await ready(walk);
  await walk.command(words.command);
  await answer(walk, words.workload);
  await entry(walk, words.machine).click();
  await entry(walk, words.named).waitFor();
}

/** Root may not write either where /proc/sys is mounted read-only, as in most containers. */
function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

const english = { command: "Keelson: Suggest Tuning", workload: "Elasticsearch", machine: "This Machine", named: "net.ipv4.tcp_retries2" };

/** The user's own store and records stay out of it. */
function ownHome(): () => string {
  let home = "";
  before(() => {
    home = mkdtempSync(join(tmpdir(), "keelson-home-"));
    process.env["KEELSON_HOME"] = home;
  });
  after(() => {
    delete process.env["KEELSON_HOME"];
    rmSync(home, { recursive: true, force: true });
  });
  return () => home;
}

describe("an engineer asks what to set for a workload", function () {
  this.timeout(400_000);
  if (process.platform !== "linux") return;
  const home = ownHome();
  const window = sharedWalk("tuning-suggest", { make: makeTuningFiles });

  it("sees a ranked list with evidence, and what would change", async () => {
    const walk = window();
    await suggest(walk, english);
    await walk.shot("tuning-list");
    const row = entry(walk, "net.ipv4.tcp_retries2");
    assert.match(await row.innerText(), /→/);
    await row.click();
    await walk.page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).click();
    await walk.page.locator(".monaco-diff-editor .view-line").first().waitFor();
    await notice(walk, "Nothing was written yet").waitFor();
    await walk.shot("tuning-diff");
    assert.ok(!existsSync(join(home(), "tuning", "audit.jsonl")), "nothing was written");
  });

  it("edits the file of the workspace that is open, and takes it back with one undo", async () => {
    const walk = window();
    await walk.open("nginx.conf");
    await suggest(walk, { ...english, workload: "nginx web server, very many connections", machine: "No Machine", named: "worker_connections" });
    await entry(walk, "worker_connections").click();
    await entry(walk, "worker_rlimit_nofile").click();
    await walk.page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).click();
    await walk.page.locator(".monaco-diff-editor .view-line", { hasText: "worker_rlimit_nofile" }).first().waitFor();
    await walk.shot("tuning-edit-diff");
    await notice(walk, "Nothing was written yet").locator(".monaco-button", { hasText: "Edit nginx.conf" }).click();
    const line = walk.page.locator(".editor-instance .view-line", { hasText: "worker_connections 10240;" }).first();
    await line.waitFor();
    await walk.shot("tuning-edited");
    await walk.page.keyboard.press("Control+z");
    await line.waitFor({ state: "detached" });
  });

  it("is told what is missing instead of a guess", async () => {
    const walk = window();
    await ready(walk);
    await walk.command(english.command);
    await answer(walk, "a poem about spring");
    await entry(walk, "No Machine").click();
    await notice(walk, "say what runs").waitFor();
    await walk.page.locator(".tab", { hasText: "Suggestions.md" }).waitFor();
    await walk.shot("tuning-thin");
  });

  it("applies one value behind the timer and puts it back, as root", async function () {
    const path = "/proc/sys/net/ipv4/tcp_retries2";
    if (process.getuid?.() !== 0 || !isWritable(path)) this.skip();
    const before = readFileSync(path, "utf8").trim();
    const walk = window();
    await suggest(walk, english);
    await entry(walk, "net.ipv4.tcp_retries2").click();
    await walk.page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).click();
    await notice(walk, "Nothing was written yet").locator(".monaco-button", { hasText: "Apply" }).first().click();
    const dialog = walk.page.locator(".monaco-dialog-box");
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /net\.ipv4\.tcp_retries2 = \d+/);
    await walk.shot("tuning-confirm");
    await dialog.locator(".monaco-button", { hasText: "Write to" }).click();
    await notice(walk, "The new values are in force").waitFor();
    assert.notEqual(readFileSync(path, "utf8").trim(), before);
    await walk.shot("tuning-applied");
    await notice(walk, "The new values are in force").locator(".monaco-button", { hasText: "Put Back Now" }).click();
    await walk.page.locator(".tab", { hasText: "Tuning outcome.txt" }).waitFor();
    // The report stands beside the diff.
    await walk.page.locator(".view-line", { hasText: "as before" }).first().waitFor();
    assert.equal(readFileSync(path, "utf8").trim(), before);
    await walk.shot("tuning-rolled-back");
    const audit = readFileSync(join(home(), "tuning", "audit.jsonl"), "utf8").trim().split("\n").map((line) => (JSON.parse(line) as { readonly ended: string }).ended);
    assert.deepEqual(audit, ["begun", "applied", "restored"]);
  });
});

describe("an engineer who reads Chinese asks what to set", function () {
  this.timeout(400_000);
  if (process.platform !== "linux") return;
  ownHome();

  it("reads all of it in Chinese, on a narrow light window", async () => {
    await walking("tuning-zh", { locale: "zh-cn", size: { width: 900, height: 700 }, settings: { "workbench.colorTheme": "Light Modern" } }, async (walk) => {
      await suggest(walk, { command: "Keelson: 调优建议", workload: "Elasticsearch 搜索引擎", machine: "本机", named: "net.ipv4.tcp_retries2" });
      await walk.shot("tuning-list-zh");
      await entry(walk, "net.ipv4.tcp_retries2").click();
      await walk.page.locator(".quick-input-widget .monaco-button", { hasText: "OK" }).click();
      await walk.page.locator(".monaco-diff-editor .view-line").first().waitFor();
      await notice(walk, "尚未写入").waitFor();
      await walk.shot("tuning-diff-zh");
    });
  });
});
