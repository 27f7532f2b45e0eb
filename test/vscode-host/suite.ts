import { launchBrowser, newPage } from "./browser";
import { startServer, type ServerOptions } from "./server";

export interface SuiteOptions extends ServerOptions {
  readonly folder: string;
  readonly extensionDevelopmentPath: string;
  readonly extensionTestsPath: string;
  /** The extension host's environment. */
  readonly extensionEnv: Readonly<Record<string, string>>;
  readonly onLog: (text: string) => void;
  readonly timeoutMs: number;
}

export interface SuiteResult {
  /** What the suite ended with; undefined when it did not end in time. */
  readonly code: number | undefined;
  readonly outside: readonly string[];
}

/** Opens the folder in a headless workbench and lets the extension host run a test module, as `code --extensionTestsPath` does. */
export async function runSuite(options: SuiteOptions): Promise<SuiteResult> {
  const server = await startServer({ ...options, testDriver: true });
  const browser = await launchBrowser();
  try {
    const { page, outside } = await newPage(browser);
    const exit = new Promise<number>((resolve) => {
      void page.exposeFunction("codeAutomationExit", (code: number) => {
        resolve(code);
      });
    });
    await page.exposeFunction("codeAutomationLog", (_type: string, args: readonly unknown[]) => {
      options.onLog(formatLog(args));
    });
    const remote = (path: string): string => `vscode-remote://${server.authority}${path}`;
    const payload = [
      ["extensionDevelopmentPath", remote(options.extensionDevelopmentPath)],
      ["extensionTestsPath", remote(options.extensionTestsPath)],
      ["extensionEnvironment", JSON.stringify(options.extensionEnv)],
      ["skipWelcome", "true"],
      ["enableProposedApi", ""],
    ];
    await page.goto(server.urlOf(options.folder, { payload: JSON.stringify(payload) }));
    const code = await within(exit, options.timeoutMs);
    return { code, outside: [...outside] };
  } finally {
    await browser.close();
    await server.stop();
  }
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, milliseconds);
  });
  const result = await Promise.race([promise, timeout]);
  clearTimeout(timer);
  return result;
}

/** The console's own format letters, as far as mocha's reporters use them. */
function formatLog(args: readonly unknown[]): string {
  const [format, ...rest] = args.map(String);
  const filled = (format ?? "").replace(/%[csdo]/g, (letter) => {
    const value = rest.shift() ?? "";
    return letter === "%c" ? "" : value;
  });
  return [filled, ...rest].join(" ");
}
