// `npm start [-- --desktop] [--port N] [--no-open] [FOLDER]`: the product in a real VS Code, from nothing.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { packageExtension } from "./package.mjs";
import { findCommand, installCompiler, installNodePackages, requireBasics, typescriptLoader, Unready } from "./lib/prepare.mjs";
import { main, say } from "./lib/run.mjs";

const usage = `Usage: npm start [-- OPTIONS] [FOLDER]

Builds Keelson and opens FOLDER (the sample workspace when absent) in VS Code.

  --desktop   install into the \`code\` on PATH and open it there
  --port N    listen on this port of 127.0.0.1 (7170, or a free one when it is taken)
  --no-open   do not start a browser
  --help      show this`;

await main(async () => {
  const { values, positionals } = readArguments();
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  requireBasics();
  if (values.desktop === true && findCommand("code") === undefined) {
    throw new Unready("--desktop needs VS Code's `code` command on PATH. Without it, plain `npm start` opens VS Code in a browser.");
  }
  installNodePackages(say);
  if (values.desktop !== true) installCompiler();
  const modules = await loadTypeScript();
  const vsix = await packageExtension();
  const folder = positionals[0] === undefined ? await modules.sampleWorkspace(say) : existingFolder(positionals[0]);
  return values.desktop === true ? openDesktop(vsix, folder) : await serve(modules, vsix, folder, values);
});

function readArguments() {
  try {
    return parseArgs({
      options: { desktop: { type: "boolean" }, port: { type: "string" }, "no-open": { type: "boolean" }, help: { type: "boolean", short: "h" } },
      allowPositionals: true,
    });
  } catch (error) {
    throw new Unready(`${error.message}\n\n${usage}`);
  }
}

function existingFolder(path) {
  const folder = resolve(process.env.INIT_CWD ?? ".", path);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) throw new Unready(`${folder} is not a folder.`);
  return folder;
}

async function loadTypeScript() {
  const load = await typescriptLoader(import.meta.url);
  const { installHost, hostCache } = load("../test/vscode-host/install.ts");
  const { startServer } = load("../test/vscode-host/server.ts");
  const { sampleWorkspace } = load("./sample/workspace.ts");
  return { installHost, hostCache, startServer, sampleWorkspace };
}

function openDesktop(vsix, folder) {
  say(`installing ${vsix} into ${findCommand("code")}`);
  const install = spawnSync("code", ["--install-extension", vsix, "--force"], { stdio: "inherit" });
  if (install.status !== 0) throw new Unready("VS Code refused the package: see its message above.");
  const open = spawnSync("code", [folder], { stdio: "inherit" });
  printGuide(folder);
  return open.status ?? 1;
}

async function serve({ installHost, hostCache, startServer }, vsix, folder, options) {
  const host = installHost("current", say);
  say(`starting VS Code ${host.vscode}`);
  const settings = { "workbench.startupEditor": "none", "git.autofetch": false };
  const port = options.port === undefined ? await preferredPort(7170) : Number(options.port);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Unready(`${options.port} is not a port.`);
  const server = await startServer({ host, vsix: [vsix], home: join(hostCache(), "profile"), settings, port, trusted: true });
  const url = server.urlOf(folder);
  say("ready");
  console.log(`\n  ${url}\n`);
  printGuide(folder);
  console.log("Ctrl+C stops it.");
  if (options["no-open"] !== true) openBrowser(url);
  return await untilStopped(server);
}

/** The usual port keeps what the browser remembers of this VS Code; another one when it is taken. */
function preferredPort(port) {
  return new Promise((settle) => {
    const probe = createServer();
    probe.once("error", () => settle(0));
    probe.listen(port, "127.0.0.1", () => probe.close(() => settle(port)));
  });
}

function openBrowser(url) {
  const hasDisplay = process.platform !== "linux" || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
  const opener = process.platform === "darwin" ? "open" : "xdg-open";
  if (!hasDisplay || findCommand(opener) === undefined) return;
  const child = spawn(opener, [url], { stdio: "ignore", detached: true });
  child.on("error", (error) => console.error(`No browser could be opened (${error.message}): open the address above.`));
  child.unref();
}

/** Runs until Ctrl+C; the server and all it started go with it. */
function untilStopped(server) {
  return new Promise((settle) => {
    let stopping = false;
    const stop = async () => {
      if (stopping) return;
      stopping = true;
      say("stopping");
      await server.stop();
      settle(0);
    };
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void stop());
    server.child.once("exit", (code) => {
      if (stopping) return;
      console.error(`VS Code's server ended by itself (${code ?? "signal"}); its log is ${join(server.home, "server.log")}.`);
      settle(1);
    });
  });
}

function printGuide(folder) {
  console.log(`Opened ${folder}.
Try first:
  1. Open patches/queues/0003-*.patch in the Explorer: squiggles mark what a reviewer would say; hover one, or press F8.
  2. Click "Explain" above a hunk, or run "Keelson: Explain" from the palette (F1). Without a model it shows the facts.
  3. "Keelson: Review Commit or Range" with keel-6.1.y~1..keel-6.1.y reviews the backport of the sample branch.
  4. "Keelson: Review Staged Changes" reviews what is staged; "Keelson: Open Walkthrough" shows the rest.
`);
}
