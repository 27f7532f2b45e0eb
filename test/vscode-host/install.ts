import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** `current`: the newest VS Code that this recipe carries; `lower`: the oldest that `engines.vscode` allows. */
export type HostVersion = "current" | "lower";

/** An installed VS Code server and the Node that runs it. */
export interface Host {
  readonly version: HostVersion;
  /** VS Code's own version, e.g. 1.139.1. */
  readonly vscode: string;
  readonly node: string;
  readonly main: string;
}

interface Recipe {
  /** The folder of package.json and its lock. */
  readonly folder: string;
  /** Rebuilt against the bundled Node's own headers; no other install script runs. */
  readonly rebuild: readonly string[];
  /** What must be there afterwards; npm's exit status says too little (one optional module may fail alone). */
  readonly built: readonly { readonly file: string; readonly without: string }[];
}

const spdlog = { file: "@vscode/spdlog/build/Release/spdlog.node", without: "output channels will look empty" };

const recipes: Readonly<Record<HostVersion, Recipe>> = {
  current: { folder: here, rebuild: ["@vscode/spdlog", "@vscode/native-watchdog"], built: [spdlog] },
  lower: {
    folder: join(here, "lower"),
    rebuild: ["node-pty", "@vscode/spdlog"],
    built: [spdlog, { file: "node-pty/build/Release/pty.node", without: "terminals will not open" }],
  },
};

/** Where hosts are kept between runs and clones: the user's cache, else the repository's own ignored folder. */
export function hostCache(): string {
  const cache = process.env["XDG_CACHE_HOME"] ?? join(homedir(), ".cache");
  const folder = join(cache, "keelson-host");
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    const own = join(here, "../../.keelson-host");
    mkdirSync(own, { recursive: true });
    return own;
  }
}

/**
 * The host of that version, installed when it is not there yet: the lock's packages, then the dependencies that VS Code's
 * server lists itself, then the native modules. A folder appears under its final name only when it is complete.
 */
export function installHost(version: HostVersion, say: (text: string) => void): Host {
  const recipe = recipes[version];
  const key = createHash("sha256");
  for (const file of ["package.json", "package-lock.json"]) key.update(readFileSync(join(recipe.folder, file)));
  const folder = join(hostCache(), `${key.digest("hex").slice(0, 12)}-${process.platform}-${process.arch}`);
  if (!existsSync(folder)) {
    const building = `${folder}.${process.pid}`;
    try {
      build(recipe, building, say);
      claim(building, folder);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }
  const product: unknown = JSON.parse(readFileSync(join(serverFolder(folder), "product.json"), "utf8"));
  const named = product as { readonly codeServerVersion?: string; readonly version?: string };
  return { version, vscode: named.version ?? "unknown", node: join(nodeFolder(folder), "bin/node"), main: join(serverFolder(folder), "out/server-main.js") };
}

/** Another run may have finished the same folder first; then its copy serves. */
function claim(building: string, folder: string): void {
  try {
    renameSync(building, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
  }
}

function serverFolder(folder: string): string {
  return join(folder, "node_modules/code-server/lib/vscode");
}

function nodeFolder(folder: string): string {
  return join(folder, `node_modules/node-${process.platform}-${process.arch}`);
}

function build(recipe: Recipe, folder: string, say: (text: string) => void): void {
  if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch)) {
    throw new Error(`This VS Code host runs on Linux x64 and arm64, not ${process.platform} ${process.arch}: use \`npm start -- --desktop\`.`);
  }
  mkdirSync(folder, { recursive: true });
  for (const file of ["package.json", "package-lock.json", ".npmrc"]) copyFileSync(join(recipe.folder, file), join(folder, file));
  say("installing VS Code's server (once; kept in the user's cache)");
  npm(folder, process.env, ["ci", "--ignore-scripts"]);

  const server = serverFolder(folder);
  const node = nodeFolder(folder);
  const env = { ...process.env, npm_config_nodedir: node, PATH: join(node, "bin") + delimiter + (process.env["PATH"] ?? "") };
  // The shrinkwrap that code-server ships lacks an entry, so that `npm ci` refuses it.
  npm(server, env, ["install", "--no-save", "--omit=dev", "--ignore-scripts"]);
  linkRipgrep(folder, server);
  say("building VS Code's native modules");
  let complaint = "";
  try {
    npm(server, env, ["rebuild", ...recipe.rebuild]);
  } catch (error) {
    complaint = error instanceof Error ? error.message : String(error);
  }
  const missing = recipe.built.filter(({ file }) => !existsSync(join(server, "node_modules", file)));
  for (const { file, without } of missing) say(`${file} was not built: ${without}. ${complaint.split("\n", 1)[0] ?? ""}`);
}

/** VS Code 1.100 looks for ripgrep where its own install script, which does not run here, would have put it. */
function linkRipgrep(folder: string, server: string): void {
  const source = join(folder, `node_modules/@vscode/ripgrep-${process.platform}-${process.arch}/bin/rg`);
  const place = join(server, "node_modules/@vscode/ripgrep");
  if (!existsSync(source) || !existsSync(place)) return;
  mkdirSync(join(place, "bin"), { recursive: true });
  symlinkSync(`../../../../../../../@vscode/ripgrep-${process.platform}-${process.arch}/bin/rg`, join(place, "bin/rg"));
}

function npm(cwd: string, env: NodeJS.ProcessEnv, args: readonly string[]): void {
  try {
    execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, env, stdio: ["ignore", "ignore", "pipe"] });
  } catch (error) {
    const stderr = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new Error(`npm ${args[0] ?? ""} failed in ${cwd}: ${stderr.trim().slice(-2000)}`, { cause: error });
  }
}
