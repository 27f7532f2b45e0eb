import { mkdirSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createRequire } from "node:module";
import { extname, join, resolve } from "node:path";
import { chromium, type Browser, type Page } from "playwright-core";
import { panelKinds } from "../../extension/panels/kinds";
import { shellHtml } from "../../extension/panels/shell";
import type { ToHost, ToPanel } from "../../language-server/protocol/panel";
import { themes, type ThemeName } from "./themes";

const root = resolve(import.meta.dirname, "../..");
const panels = join(root, "dist/panels");
const shots = join(root, "test-output/webview");
const types: Readonly<Record<string, string>> = { ".js": "text/javascript", ".css": "text/css", ".ttf": "font/ttf", ".map": "application/json" };

export interface PanelBrowser {
  open(panel: string, options: { readonly theme: ThemeName; readonly width?: number; readonly reducedMotion?: boolean }): Promise<PanelPage>;
  close(): Promise<void>;
}

/** One panel in a real browser, under the CSP that the extension gives it; the test plays the PanelHost. */
export interface PanelPage {
  readonly page: Page;
  /** What the panel sent so far. */
  sent(): Promise<readonly ToHost[]>;
  /** Waits until the panel has sent a message of this kind. */
  next<T extends ToHost["type"]>(type: T): Promise<Extract<ToHost, { type: T }>>;
  post(message: ToPanel): Promise<void>;
  kept(): Promise<unknown>;
  /** CSP violations and console errors. */
  readonly faults: string[];
  axe(): Promise<readonly string[]>;
  shot(name: string): Promise<void>;
  close(): Promise<void>;
}

export async function launchPanels(): Promise<PanelBrowser> {
  const server = await serve();
  const origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const browser = await chromium.launch({
    executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  return {
    open: (panel, options) => openPanel(browser, origin, panel, options),
    close: async () => {
      await browser.close();
      server.close();
    },
  };
}

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://127.0.0.1");
    if (url.pathname.startsWith("/shell/")) {
      const panel = url.pathname.slice("/shell/".length);
      const origin = `http://${request.headers.host ?? ""}`;
      response.setHeader("content-type", "text/html");
      response.end(shellHtml({ title: panel, nonce: "dGVzdG5vbmNl", cspSource: origin, script: `${origin}/${panel}.js`, style: `${origin}/${panel}.css`, language: "en", monaco: panelKinds.some(({ name, monaco }) => name === panel && monaco) }));
      return;
    }
    if (url.pathname === "/favicon.ico") {
      response.statusCode = 204;
      response.end();
      return;
    }
    try {
      const file = join(panels, url.pathname.slice(1));
      response.setHeader("content-type", types[extname(file)] ?? "application/octet-stream");
      response.end(readFileSync(file));
    } catch {
      response.statusCode = 404;
      response.end();
    }
  });
  return new Promise((done) => {
    server.listen(0, "127.0.0.1", () => {
      done(server);
    });
  });
}

async function openPanel(browser: Browser, origin: string, panel: string, options: { readonly theme: ThemeName; readonly width?: number; readonly reducedMotion?: boolean }): Promise<PanelPage> {
  const context = await browser.newContext({ viewport: { width: options.width ?? 900, height: 900 }, reducedMotion: options.reducedMotion === true ? "reduce" : "no-preference" });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") faults.push(message.text());
  });
  page.on("pageerror", (error) => faults.push(error.message));
  // tsx keeps function names by a helper that a page does not have.
  await page.addInitScript("globalThis.__name = (made) => made;");
  await page.addInitScript(
    ({ colours, kind }) => {
      const sent: unknown[] = [];
      const host = { sent, state: undefined as unknown };
      Object.assign(window, {
        testHost: host,
        acquireVsCodeApi: () => ({
          postMessage: (message: unknown) => sent.push(structuredClone(message)),
          getState: () => host.state,
          setState: (state: unknown) => {
            host.state = structuredClone(state);
          },
        }),
      });
      document.addEventListener("DOMContentLoaded", () => {
        for (const [name, value] of Object.entries(colours)) document.documentElement.style.setProperty(`--vscode-${name}`, value);
        document.body.classList.add(kind === "dark" ? "vscode-dark" : kind === "light" ? "vscode-light" : kind === "high-contrast" ? "vscode-high-contrast" : "vscode-high-contrast-light");
      });
    },
    { colours: themes[options.theme], kind: options.theme },
  );
  await page.goto(`${origin}/shell/${panel}`);

  const sent = (): Promise<readonly ToHost[]> => page.evaluate(() => (window as unknown as { testHost: { sent: ToHost[] } }).testHost.sent);
  let seen = 0;
  return {
    page,
    sent,
    faults,
    next: async (type) => {
      await page.waitForFunction(({ from, wanted }) => (window as unknown as { testHost: { sent: { type: string }[] } }).testHost.sent.slice(from).some((message) => message.type === wanted), { from: seen, wanted: type });
      const all = await sent();
      const at = all.findIndex((message, index) => index >= seen && message.type === type);
      seen = at + 1;
      return all[at] as Extract<ToHost, { type: typeof type }>;
    },
    post: (message) =>
      page.evaluate((payload) => {
        window.postMessage(payload, "*");
        // One turn of the event loop, so that the panel has drawn.
        return new Promise<void>((done) => requestAnimationFrame(() => { requestAnimationFrame(() => { done(); }); }));
      }, message),
    kept: () => page.evaluate(() => (window as unknown as { testHost: { state: unknown } }).testHost.state),
    axe: async () => {
      // The colour of monaco's line numbers is VS Code's own.
      await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
      const result = await page.evaluate(() => (window as unknown as { axe: { run(context: unknown): Promise<{ violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[] }> } }).axe.run({ exclude: [".monaco-diff-editor .line-numbers"] }));
      return result.violations.map((violation) => `${violation.id}: ${violation.nodes.map((node) => `${node.html} ${node.failureSummary ?? ""}`).join(" | ")}`);
    },
    shot: async (name) => {
      mkdirSync(shots, { recursive: true });
      await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
    },
    close: () => context.close(),
  };
}
