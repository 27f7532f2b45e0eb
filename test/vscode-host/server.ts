import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { cpSync, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Host } from "./install";

/** Settings that keep VS Code quiet: no updates, no telemetry, nothing that asks for attention. */
export const quietSettings: Readonly<Record<string, unknown>> = {
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "extensions.autoCheckUpdates": false,
  "extensions.autoUpdate": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "git.openRepositoryInParentFolders": "never",
  "window.commandCenter": false,
};

export interface ServerOptions {
  readonly host: Host;
  /** Extension packages to install first. */
  readonly vsix?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  /** `zh-cn`, or nothing for English. */
  readonly locale?: string;
  /** Without trust VS Code opens folders in restricted mode. */
  readonly trusted?: boolean;
  /** Lets a page start the extension host's tests; VS Code hides notifications then. */
  readonly testDriver?: boolean;
  /** Where profile and extensions are kept; a temporary folder, removed at the end, when absent. */
  readonly home?: string;
  readonly port?: number;
}

/** A running VS Code server on 127.0.0.1. */
export interface Server {
  readonly home: string;
  readonly port: number;
  readonly authority: string;
  readonly child: ChildProcess;
  /** The address that opens a folder. */
  urlOf(folder: string, query?: Readonly<Record<string, string>>): string;
  stop(): Promise<void>;
}

/** Installs the packages, starts the server and waits until it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const { host } = options;
  const home = options.home ?? mkdtempSync(join(tmpdir(), "keelson-vscode-"));
  const profile = writeProfile(home, options);
  const env: NodeJS.ProcessEnv = { ...process.env, EXTENSIONS_GALLERY: '{"serviceUrl":""}', ...options.env };
  // A test must not read or write the user's own files; `npm start` keeps the user's home for the terminal.
  if (options.home === undefined) env["HOME"] = home;
  for (const name of ["KEELSON_VSIX", "NODE_OPTIONS", "ELECTRON_RUN_AS_NODE"]) Reflect.deleteProperty(env, name);

  // VS Code's own installer takes seconds: a home that lives for one test gets a copy of what it made before.
  for (const file of options.vsix ?? []) {
    if (options.home !== undefined) installExtension(host, profile, file, env);
    else cpSync(installedOnce(host, file, env), join(home, "extensions"), { recursive: true });
  }

  const token = randomBytes(16).toString("hex");
  const tokenFile = join(home, "token");
  writeFileSync(tokenFile, token, { mode: 0o600 });
  const args = [host.main, "--host", "127.0.0.1", "--port", String(options.port ?? 0), "--connection-token-file", tokenFile, ...profile];
  if (options.trusted !== false) args.push("--disable-workspace-trust");
  if (options.testDriver === true) args.push("--enable-smoke-test-driver");
  const child = spawn(host.node, args, { env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const stop = async (): Promise<void> => {
    await stopGroup(child);
    if (options.home === undefined) rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  try {
    const port = await listening(child, join(home, "server.log"));
    const urlOf = (folder: string, query: Readonly<Record<string, string>> = {}): string =>
      `http://127.0.0.1:${port}/?${new URLSearchParams({ tkn: token, folder, ...query }).toString()}`;
    return { home, port, authority: `127.0.0.1:${port}`, child, urlOf, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Writes settings and language; the flags that make server and command line use this profile only. */
function writeProfile(home: string, options: ServerOptions): readonly string[] {
  const data = join(home, "data");
  mkdirSync(join(data, "User"), { recursive: true });
  const settings = join(data, "User/settings.json");
  if (options.home === undefined || !existsSync(settings)) {
    const trust = options.trusted === false ? { "security.workspace.trust.startupPrompt": "never", "security.workspace.trust.banner": "never" } : {};
    writeFileSync(settings, JSON.stringify({ ...quietSettings, ...trust, ...options.settings }, null, 2));
    // Settings of machine scope (endpoints, tool paths) are read from here only.
    mkdirSync(join(data, "Machine"), { recursive: true });
    writeFileSync(join(data, "Machine/settings.json"), JSON.stringify(options.settings ?? {}, null, 2));
  }
  if (options.locale !== undefined) {
    writeLanguage(data, options.locale);
  }
  return [
    ...["--server-data-dir", join(home, "server"), "--user-data-dir", data, "--extensions-dir", join(home, "extensions")],
    ...["--accept-server-license-terms", "--telemetry-level", "off"],
  ];
}

/**
 * Makes the profile's language that locale. A cookie, the browser's language or an installed pack alone leave
 * `env.language` at English; the workbench's own words stay English, since the pack is empty.
 */
function writeLanguage(data: string, locale: string): void {
  const translation = join(data, "translation.json");
  writeFileSync(translation, JSON.stringify({ version: "1.0.0", contents: {} }));
  const pack = { [locale]: { hash: "keelson", label: locale, extensions: [{ extensionIdentifier: { id: "keelson.words" }, version: "1.0.0" }], translations: { vscode: translation } } };
  writeFileSync(join(data, "languagepacks.json"), JSON.stringify(pack));
  writeFileSync(join(data, "User/argv.json"), JSON.stringify({ locale }));
}

const installed = new Map<string, string>();

/** The folder of extensions into which VS Code has installed a package, for as long as this process lives. */
function installedOnce(host: Host, file: string, env: NodeJS.ProcessEnv): string {
  const key = `${host.main} ${file}`;
  const known = installed.get(key);
  if (known !== undefined) return known;
  const home = mkdtempSync(join(tmpdir(), "keelson-installed-"));
  process.on("exit", () => {
    rmSync(home, { recursive: true, force: true });
  });
  const folder = join(home, "extensions");
  installExtension(host, ["--server-data-dir", join(home, "server"), "--user-data-dir", join(home, "data"), "--extensions-dir", folder, "--accept-server-license-terms"], file, env);
  installed.set(key, folder);
  return folder;
}

function installExtension(host: Host, profile: readonly string[], file: string, env: NodeJS.ProcessEnv): void {
  const result = spawnSync(host.node, [host.main, "--install-extension", file, "--force", ...profile], { env, encoding: "utf8" });
  if (result.status !== 0 || !/successfully installed/.test(result.stdout)) {
    throw new Error(`VS Code did not install ${file}:\n${result.stdout}${result.stderr}`);
  }
}

function listening(child: ChildProcess, logFile: string): Promise<number> {
  const log = createWriteStream(logFile);
  child.stderr?.pipe(log, { end: false });
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => {
      reject(new Error(`VS Code's server did not start within a minute:\n${output}`));
    }, 60_000);
    child.stdout?.on("data", (chunk: Buffer) => {
      log.write(chunk);
      if (output.length > 10_000) return;
      output += chunk.toString();
      const port = /listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      clearTimeout(timer);
      resolve(Number(port));
    });
    child.once("exit", (code) => {
      clearTimeout(timer);
      reject(new Error(`VS Code's server ended with ${code ?? "a signal"}:\n${output}`));
    });
  });
}

/** Ends the server and the extension hosts it started; the hard way when they have not gone after five seconds. */
async function stopGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  signalGroup(pid, "SIGTERM");
  const timer = setTimeout(() => {
    signalGroup(pid, "SIGKILL");
  }, 5000);
  await gone;
  clearTimeout(timer);
  // An extension host that outlives the server belongs to the same group.
  signalGroup(pid, "SIGKILL");
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nothing left to signal is what is wanted.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}
