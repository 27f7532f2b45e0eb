#!/usr/bin/env node
// Looks like the `code` executable to @vscode/test-electron's runTests({ vscodeExecutablePath }), and runs the suite in
// the VS Code server of this folder instead. KEELSON_HOST, _VSIX, _LOCALE, _TRUSTED and _SETTINGS say how.
import { createRequire } from "node:module";
import { register } from "tsx/cjs/api";

register();
const { runShim } = createRequire(import.meta.url)("./shim.ts");
process.exitCode = await runShim(process.argv.slice(2), process.env);
