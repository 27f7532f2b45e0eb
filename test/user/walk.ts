import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, FrameLocator, Locator, Page } from "playwright-core";
import { generateSample } from "../../scripts/sample/generate";
import { launchBrowser, newPage } from "../vscode-host/browser";
import { installHost } from "../vscode-host/install";
import { startServer, type Server } from "../vscode-host/server";

const root = resolve(import.meta.dirname, "../..");
const shots = join(root, "test-output/user");

/** Themes by VS Code's names, with the class that its window bears then. */
const themes = {
  dark: { label: "Dark Modern", mark: "vs-dark" },
  light: { label: "Light Modern", mark: "vs" },
  "high-contrast": { label: "Dark High Contrast", mark: "hc-black" },
} as const;

export interface WalkOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly locale?: string;
  readonly trusted?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
  /** Fills the folder that is opened, `name` below `parent`; the sample workspace when absent. */
  readonly make?: (parent: string, name: string) => void;
}

/** Starts VS Code, walks, and ends it; a walk that fails leaves a picture of where it stood. */
export async function walking(name: string, options: WalkOptions, body: (walk: Walk) => Promise<void>): Promise<void> {
  const walk = await Walk.start(options);
  try {
    await body(walk);
    assert.deepEqual([...walk.outside], [], "no other host was asked");
  } catch (error) {
    await walk.shot(`failed-${name}`);
    throw error;
  } finally {
    await walk.stop();
  }
}

/** One window for all tests of a `describe`: each begins with no editor open and no notification. */
export function sharedWalk(name: string, options: WalkOptions = {}): () => Walk {
  let walk: Walk | undefined;
  const started = (): Walk => {
    assert(walk, "the window has started");
    return walk;
  };
  before(async () => {
    walk = await Walk.start(options);
  });
  afterEach(async function () {
    if (this.currentTest?.state === "failed") await started().shot(`failed-${name}`);
    await started().clear();
  });
  after(async () => {
    const outside = [...(walk?.outside ?? [])];
    await walk?.stop();
    assert.deepEqual(outside, [], "no other host was asked");
  });
  return started;
}

let sample: string | undefined;

/** The sample, made by some hundred calls of git, for as long as this process lives. */
function sampleOnce(): string {
  if (sample !== undefined) return sample;
  const parent = mkdtempSync(join(tmpdir(), "keelson-sample-"));
  process.on("exit", () => {
    rmSync(parent, { recursive: true, force: true });
  });
  sample = join(parent, "keel-linux");
  generateSample(sample);
  return sample;
}

/** A person in front of the real VS Code with the packaged extension and a workspace. */
export class Walk {
  private constructor(
    private readonly browser: Browser,
    private readonly server: Server,
    private readonly scratch: string,
    readonly page: Page,
    readonly outside: ReadonlySet<string>,
  ) {}

  static async start(options: WalkOptions = {}): Promise<Walk> {
    const vsix = process.env["KEELSON_VSIX"];
    assert(vsix, "KEELSON_VSIX names the package; `npm run test:user` makes it");
    const scratch = mkdtempSync(join(tmpdir(), "keelson-walk-"));
    const folder = join(scratch, "keel-linux");
    if (options.make === undefined) cpSync(sampleOnce(), folder, { recursive: true, verbatimSymlinks: true });
    else options.make(scratch, "keel-linux");
    const host = installHost("current", console.log);
    const server = await startServer({ host, vsix: [vsix], settings: { "workbench.colorTheme": "Dark Modern", ...options.settings }, trusted: options.trusted ?? true, ...(options.locale === undefined ? {} : { locale: options.locale }) });
    const browser = await launchBrowser();
    const { page, outside } = await newPage(browser, options.size === undefined ? {} : { viewport: options.size });
    // A machine that does other work beside takes its time.
    page.setDefaultTimeout(60_000);
    await page.goto(server.urlOf(folder));
    await page.locator(".explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 90_000 });
    return new Walk(browser, server, scratch, page, outside);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
    rmSync(this.scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Opens a file by a part of its name, as with Ctrl+P. */
  async open(name: string): Promise<void> {
    await this.pick(name, name);
    await this.page.locator(".tab.active", { hasText: name }).waitFor();
    await this.page.locator(".editor-instance .view-line").first().waitFor();
  }

  /** Closes what is open, as a person does before something else. */
  async clear(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.command("Notifications: Clear All Notifications");
    await this.command("View: Close All Editors");
    await this.page.locator(".tab").first().waitFor({ state: "detached" });
  }

  /** Runs a command by its title in the palette. */
  async command(title: string): Promise<void> {
    await this.pick(`>${title}`, title);
  }

  /** Changes the colours as a person does, and waits until they are there. */
  async theme(name: keyof typeof themes): Promise<void> {
    const { label, mark } = themes[name];
    await this.command("Preferences: Color Theme");
    await this.page.locator(".quick-input-widget", { has: this.page.getByPlaceholder("Color Theme") }).waitFor();
    await this.page.locator(".quick-input-widget input").first().fill(label);
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: label }).first().click();
    await this.page.locator(`.monaco-workbench.${mark}`).waitFor();
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  private async pick(text: string, row: string): Promise<void> {
    const box = this.page.locator(".quick-input-widget input").first();
    // A panel that is just taking the focus swallows the key; a person presses it again.
    for (let left = 5; ; left--) {
      await this.page.keyboard.press("F1");
      const filled = await box.fill(text, left > 0 ? { timeout: 5_000 } : {}).then(
        () => true,
        (error: unknown) => {
          if (left === 0) throw error;
          return false;
        },
      );
      if (filled) break;
    }
    const entry = this.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first();
    await entry.waitFor();
    await entry.click();
  }

  lens(title: string): Locator {
    return this.page.locator(".codelens-decoration a", { hasText: title });
  }

  /** Opens Keelson's side bar. */
  async sideBar(): Promise<void> {
    await this.page.locator(".activitybar .action-item", { has: this.page.locator('[aria-label^="Keelson"]') }).first().click();
  }

  /** A row of a view, by its words. */
  row(text: string | RegExp): Locator {
    return this.page.locator(".pane-body .monaco-list-row", { hasText: text }).first();
  }

  /** Chooses from the menu of a row. */
  async menu(row: Locator, title: string): Promise<void> {
    await row.click({ button: "right" });
    // VS Code overlooks a click right after a menu has opened.
    await this.page.locator(".monaco-menu .action-item", { hasText: title }).first().hover();
    await this.page.keyboard.press("Enter");
  }

  /** The lines of the active editor that are in view, once there are any. */
  async text(): Promise<string> {
    const lines = this.page.locator(".editor-instance .view-lines").first();
    await lines.locator(".view-line span span").first().waitFor();
    return (await lines.innerText()).replaceAll("\u00a0", " ");
  }

  /** Closes the active editor without keeping what is in it. */
  async discard(): Promise<void> {
    await this.command("View: Revert and Close Editor");
    await this.page.locator(".tab").first().waitFor({ state: "detached" });
  }

  /** The page inside of the open webview. */
  panel(): FrameLocator {
    return this.page.locator("iframe.webview.ready").first().contentFrame().frameLocator("iframe#active-frame");
  }

  async shot(name: string): Promise<void> {
    mkdirSync(shots, { recursive: true });
    await this.page.screenshot({ path: join(shots, `${name}.png`) });
  }

  /** Faults that axe finds in the panel: rule and element. */
  async axe(): Promise<readonly string[]> {
    const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    for (const frame of this.page.frames()) {
      if ((await frame.locator("main").count()) === 0 || !frame.url().includes("fake.html")) continue;
      await frame.evaluate(source);
      return frame.evaluate(async () => {
        const { axe } = window as unknown as { axe: { run(context: unknown): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
        // Line numbers have the colours of the user's own editor.
        const { violations } = await axe.run({ exclude: [".monaco-diff-editor .line-numbers"] });
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
    }
    throw new Error("no panel to scan");
  }
}
