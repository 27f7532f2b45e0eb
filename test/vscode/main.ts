import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import * as esbuild from "esbuild";
import { generateSample } from "../../scripts/sample/generate";

const root = resolve(import.meta.dirname, "../..");
const shim = join(root, "test/vscode-host/code-shim.mjs");

/** One start of VS Code: which one, how, and which suites run in it. */
interface Leg {
  readonly name: string;
  readonly host: "current" | "lower" | "desktop";
  readonly suites: string;
  readonly locale?: string;
  readonly trusted?: boolean;
}

const legs: readonly Leg[] = [
  { name: "VS Code 1.139", host: "current", suites: "product" },
  { name: "VS Code 1.139 in restricted mode", host: "current", suites: "restricted", trusted: false },
  { name: "VS Code 1.139 in Chinese", host: "current", suites: "chinese", locale: "zh-cn" },
  { name: "VS Code 1.100, the oldest supported", host: "lower", suites: "product" },
];

interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

async function main(): Promise<void> {
  const vsix = process.env["KEELSON_VSIX"];
  if (vsix === undefined || vsix === "") throw new Error("KEELSON_VSIX names the package to test; `npm run test:vscode` makes it.");
  const suite = await bundleSuite();
  const only = process.env["KEELSON_ONLY"];
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const leg of [...legs, ...desktopLegs()].filter(({ name }) => only === undefined || name.includes(only))) {
    console.log(`\n${leg.name}`);
    const tally = await runLeg(leg, vsix, suite);
    total.passed += tally.passed;
    total.failed += tally.failed;
    total.skipped += tally.skipped;
  }
  const file = process.env["KEELSON_TALLY"];
  if (file !== undefined) writeFileSync(file, JSON.stringify(total));
  process.exitCode = total.failed === 0 ? 0 : 1;
}

/** A desktop VS Code needs a screen, and either an executable or a network to download it. */
function desktopLegs(): readonly Leg[] {
  const executable = process.env["VSCODE_EXECUTABLE"];
  const screen = process.platform !== "linux" || process.env["DISPLAY"] !== undefined || process.env["WAYLAND_DISPLAY"] !== undefined;
  if (executable === undefined && (!screen || process.env["KEELSON_DESKTOP"] !== "download")) {
    console.log("skipped: a desktop VS Code (set VSCODE_EXECUTABLE, or KEELSON_DESKTOP=download where there is a screen)");
    return [];
  }
  return [{ name: "desktop VS Code", host: "desktop", suites: "product" }];
}

async function runLeg(leg: Leg, vsix: string, extensionTestsPath: string): Promise<Tally> {
  const scratch = mkdtempSync(join(tmpdir(), "keelson-leg-"));
  try {
    const folder = join(scratch, "keel linux 内核");
    generateSample(folder);
    const tallyFile = join(scratch, "tally.json");
    const log = join(scratch, "report.txt");
    const env: Record<string, string> = { KEELSON_VSIX: vsix, KEELSON_HOST: leg.host, KEELSON_SUITES: leg.suites, KEELSON_LEG_TALLY: tallyFile, KEELSON_LEG_LOG: log, KEELSON_REPOSITORY: root };
    if (leg.locale !== undefined) env["KEELSON_LOCALE"] = leg.locale;
    if (leg.trusted === false) env["KEELSON_TRUSTED"] = "false";
    const desktop = leg.host === "desktop" ? await prepareDesktop(vsix, scratch) : undefined;
    try {
      await runTests({
        vscodeExecutablePath: desktop?.executable ?? shim,
        extensionDevelopmentPath: join(root, "test/vscode/harness"),
        extensionTestsPath,
        launchArgs: [folder, ...(desktop?.args ?? [])],
        extensionTestsEnv: env,
      });
    } catch (error) {
      console.error(`${leg.name}: ${error instanceof Error ? error.message : String(error)}`);
      return failedTally(tallyFile);
    } finally {
      if (existsSync(log)) console.log(readFileSync(log, "utf8"));
    }
    return readTally(tallyFile);
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** A leg that broke has failed even when every test that it reached had passed. */
function failedTally(file: string): Tally {
  const tally = existsSync(file) ? readTally(file) : { passed: 0, failed: 0, skipped: 0 };
  return { ...tally, failed: Math.max(tally.failed, 1) };
}

function readTally(file: string): Tally {
  return JSON.parse(readFileSync(file, "utf8")) as Tally;
}

/** Installs the package into a profile of its own, as a user's `code --install-extension` does. */
async function prepareDesktop(vsix: string, scratch: string): Promise<{ readonly executable: string; readonly args: readonly string[] }> {
  const executable = process.env["VSCODE_EXECUTABLE"] ?? (await downloadAndUnzipVSCode());
  const [cli = executable] = resolveCliArgsFromVSCodeExecutablePath(executable);
  const args = [`--extensions-dir=${join(scratch, "extensions")}`, `--user-data-dir=${join(scratch, "data")}`];
  const install = spawnSync(cli, [...args, "--install-extension", vsix, "--force"], { encoding: "utf8" });
  if (install.status !== 0) throw new Error(`VS Code did not install ${vsix}: ${install.stderr}`);
  return { executable, args };
}

async function bundleSuite(): Promise<string> {
  const outfile = join(root, "out/test-vscode/index.js");
  await esbuild.build({
    absWorkingDir: root,
    entryPoints: ["test/vscode/suite/index.ts"],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  return outfile;
}

void main();
