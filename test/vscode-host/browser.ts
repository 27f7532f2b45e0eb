import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { browserPath } from "../../scripts/lib/prepare.mjs";

/** A headless Chromium that asks nothing of the network by itself. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = browserPath();
  if (executablePath === undefined) throw new Error("No Chromium found: install it, or name a browser with CHROMIUM=/path/to/it.");
  const args = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];
  // Chromium refuses its sandbox to root, which containers run as.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath, headless: true, args });
}

export interface WatchedPage {
  readonly page: Page;
  /** Origins that the page asked for and that are neither this machine nor VS Code's own webview origin. */
  readonly outside: ReadonlySet<string>;
  /** Errors of the page's console. */
  readonly errors: readonly string[];
}

/** A page that records what it asks of other hosts. It only watches: a route would bypass the webview's service worker. */
export async function newPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 860 }, ...options });
  const page = await context.newPage();
  const outside = new Set<string>();
  const errors: string[] = [];
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (!url.protocol.startsWith("http") || url.hostname === "127.0.0.1") return;
    if (!url.hostname.endsWith(".vscode-resource.vscode-cdn.net")) outside.add(url.origin);
  });
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  return { page, outside, errors };
}
