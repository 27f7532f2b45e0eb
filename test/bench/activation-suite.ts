import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import * as vscode from "vscode";

interface Entry {
  activate(context: vscode.ExtensionContext): unknown;
}

/**
 * Runs inside the extension host: writes how long loading extension.js takes and how long its activate(), in milliseconds.
 * The module is loaded before VS Code asks for it and its activate() is wrapped, so that VS Code's own bookkeeping is not
 * counted.
 */
export async function run(): Promise<void> {
  const file = process.env["KEELSON_ACTIVATION"];
  const extension = vscode.extensions.getExtension("keelson.keelson");
  if (file === undefined || extension === undefined) throw new Error("KEELSON_ACTIVATION names the file to write, and the package must be installed");
  if (extension.isActive) throw new Error("Keelson was active before anything asked for it");
  const entry = join(extension.extensionPath, "dist/extension.js");
  const load = createRequire(entry);
  const started = performance.now();
  const real = load(entry) as Entry;
  const loading = performance.now() - started;
  let activating: number | undefined;
  const cached = load.cache[entry];
  if (cached === undefined) throw new Error(`${entry} is not where VS Code looks for it`);
  cached.exports = {
    ...real,
    activate: (context: vscode.ExtensionContext) => {
      const from = performance.now();
      const result = real.activate(context);
      activating = performance.now() - from;
      return result;
    },
  };
  await extension.activate();
  if (activating === undefined) throw new Error("VS Code did not use the module that was measured");
  writeFileSync(file, JSON.stringify({ loading, activating }));
}
