#!/usr/bin/env node
// Looks like the `code` executable to @vscode/test-electron's runTests({ vscodeExecutablePath }), and runs the suite in
// the VS Code server of this folder instead. KEELSON_HOST, _VSIX, _LOCALE, _TRUSTED and _SETTINGS say how.
import { register as registerCommonJs } from "tsx/cjs/api";
import { register } from "tsx/esm/api";

register();
registerCommonJs();
const { runShim } = await import("./shim.ts");
process.exitCode = await runShim(process.argv.slice(2), process.env);
