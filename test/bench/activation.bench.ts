import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import * as esbuild from "esbuild";
import { runShim } from "../vscode-host/shim";
import type { BenchTable } from "./table";

const root = resolve(import.meta.dirname, "../..");
const starts = 3;

/** Loading and activating the packaged extension in fresh starts of the real VS Code; the client and server are not part of it. */
export async function benchActivation(): Promise<readonly BenchTable[]> {
  const name = readdirSync(join(root, "out")).find((file) => file.endsWith(".vsix"));
  if (name === undefined) throw new Error("no package in out/; npm run package makes it");
  const suite = join(root, "out/bench-activation/index.js");
  await esbuild.build({ absWorkingDir: root, entryPoints: ["test/bench/activation-suite.ts"], outfile: suite, bundle: true, platform: "node", format: "cjs", target: "node20", external: ["vscode"], logLevel: "warning" });
  const scratch = mkdtempSync(join(tmpdir(), "keelson-activation-"));
  try {
    const times: { readonly loading: number; readonly activating: number }[] = [];
    for (let i = 0; i < starts; i++) {
      const file = join(scratch, `${i}.json`);
      const status = await runShim([scratch, `--extensionDevelopmentPath=${join(root, "test/vscode/harness")}`, `--extensionTestsPath=${suite}`], { ...process.env, KEELSON_VSIX: join(root, "out", name), KEELSON_ACTIVATION: file });
      if (status !== 0 || !existsSync(file)) throw new Error(`VS Code ended with ${status}`);
      times.push(JSON.parse(readFileSync(file, "utf8")) as { loading: number; activating: number });
    }
    return [
      {
        title: `Activation in VS Code (ms, ${starts} fresh starts)`,
        columns: ["what", "best", "worst", "budget"],
        rows: [
          ["loading extension.js", ...bounds(times.map(({ loading }) => loading)), "–"],
          ["inside activate()", ...bounds(times.map(({ activating }) => activating)), 50],
        ],
      },
    ];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function bounds(times: readonly number[]): readonly [string, string] {
  return [Math.min(...times).toFixed(1), Math.max(...times).toFixed(1)];
}
