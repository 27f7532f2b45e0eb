import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
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

export interface WalkOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly locale?: string;
  readonly trusted?: boolean;
  readonly size?: { readonly width: number; readonly height: number };
}

/** A person in front of the real VS Code with the packaged extension and the sample workspace. */
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
    generateSample(folder);
    const host = installHost("current", console.log);
    const server = await startServer({ host, vsix: [vsix], settings: { "workbench.colorTheme": "Dark Modern", ...options.settings }, trusted: options.trusted ?? true, ...(options.locale === undefined ? {} : { locale: options.locale }) });
    const browser = await launchBrowser();
    const { page, outside } = await newPage(browser, options.size === undefined ? {} : { viewport: options.size });
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

  /** Runs a command by its title in the palette. */
  async command(title: string): Promise<void> {
    await this.pick(`>${title}`, title);
  }

  private async pick(text: string, row: string): Promise<void> {
    await this.page.keyboard.press("F1");
    const box = this.page.locator(".quick-input-widget input").first();
    await box.waitFor();
    await box.fill(text);
    const entry = this.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first();
    await entry.waitFor();
    await entry.click();
  }

  lens(title: string): Locator {
    return this.page.locator(".codelens-decoration a", { hasText: title });
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
        const { axe } = window as unknown as { axe: { run(): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> } };
        const { violations } = await axe.run();
        return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
      });
    }
    throw new Error("no panel to scan");
  }
}
