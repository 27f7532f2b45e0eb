// What a fresh machine lacks. Nothing but node's own modules: this runs before `npm ci`.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { root } from "./run.mjs";

/** Told to the user in one sentence that says what to do; the scripts print it without a stack. */
export class Unready extends Error {}

/** Node 20 or later and git: everything else can be installed. */
export function requireBasics() {
  const major = Number(process.versions.node.split(".")[0]);
  if (major < 20) throw new Unready(`Node ${process.versions.node} is too old: Keelson needs Node 20 or later.`);
  if (findCommand("git") === undefined) installSystem([{ command: "git", apt: "git", why: "history and patches" }]);
}

/** Where a command is on PATH. */
export function findCommand(name) {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const path = join(folder, process.platform === "win32" ? `${name}.exe` : name);
    if (folder !== "" && existsSync(path)) return path;
  }
  return undefined;
}

/** Versions that `package-lock.json` asks for and `node_modules` does not have. */
export function staleNodePackages(folder = root) {
  const installed = join(folder, "node_modules/.package-lock.json");
  if (!existsSync(installed)) return true;
  const wanted = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(wanted).some(([path, entry]) => {
    if (path === "" || entry.optional === true || entry.peer === true || entry.devOptional === true) return false;
    return present[path]?.version !== entry.version;
  });
}

/** Installs the npm packages of the lock file; runs none of their install scripts. */
export function installNodePackages(say) {
  if (!staleNodePackages()) return;
  say("installing npm packages");
  const result = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  if (result.status !== 0) throw new Unready("`npm ci` failed: see its messages above, then run the command again.");
}

const compiler = [
  { command: "g++", apt: "g++", why: "VS Code's native modules" },
  { command: "make", apt: "make", why: "VS Code's native modules" },
  { command: "python3", apt: "python3", why: "VS Code's native modules" },
];

/** What VS Code's server needs to be built. */
export function installCompiler() {
  installSystem(compiler);
}

/** What the tests need on top: a browser, and a font for the Chinese screenshots. */
export function installTestTools() {
  const wanted = [...compiler];
  if (browserPath() === undefined) wanted.push({ command: "chromium", apt: "chromium", why: "tests in a browser" });
  if (process.getuid?.() === 0 && lacksChineseFont()) wanted.push({ command: undefined, apt: "fonts-wqy-zenhei", why: "Chinese screenshots" });
  installSystem(wanted);
}

/** `CHROMIUM` names a browser; else Debian's or Chrome's own names. */
export function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]) {
    const path = findCommand(name);
    if (path !== undefined) return path;
  }
  return undefined;
}

function lacksChineseFont() {
  const list = spawnSync("fc-list", [":lang=zh"], { encoding: "utf8" });
  return list.status !== 0 || list.stdout.trim() === "";
}

/** Installs with apt when that is possible without asking; otherwise names the one command to run. */
function installSystem(wanted) {
  const missing = wanted.filter(({ command }) => command === undefined || findCommand(command) === undefined);
  if (missing.length === 0) return;
  const packages = missing.map(({ apt }) => apt);
  if (findCommand("apt-get") === undefined) {
    throw new Unready(`Missing: ${packages.join(", ")}. Install them with this system's package manager (CHROMIUM=/path/to/browser names an existing browser), then run the command again.`);
  }
  if (process.getuid?.() !== 0) {
    throw new Unready(`Missing: ${packages.join(", ")}. Run this once, then the command again:\n\n    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${packages.join(" ")}\n`);
  }
  console.log(`installing ${packages.join(", ")} with apt-get (${[...new Set(missing.map(({ why }) => why))].join("; ")})`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const apt = (...args) => spawnSync("apt-get", args, { env, stdio: ["ignore", "ignore", "inherit"] }).status === 0;
  apt("-qq", "update");
  if (!apt("-qq", "install", "-y", "--no-install-recommends", ...packages)) {
    throw new Unready(`apt-get could not install ${packages.join(", ")}: see its messages above.`);
  }
}

/** Lets a script load TypeScript once the packages are there: a `require` that knows it, relative to `from`. */
export async function typescriptLoader(from) {
  const { register } = await import("tsx/cjs/api");
  register();
  return createRequire(from);
}
