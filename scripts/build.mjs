// Bundles the product into dist/. `--watch` keeps doing it, `--production` minifies, `--meta` writes dist/meta-*.json.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const flags = new Set(process.argv.slice(2));
const production = flags.has("--production");

/** The extension's stub loads the client when it first needs it, and the client the commands, so the three are separate files. */
const lazyPieces = {
  name: "lazy-pieces",
  setup(build) {
    build.onResolve({ filter: /^\.\/(?:client|handlers)$/ }, (args) => (args.kind === "dynamic-import" ? { path: `${args.path}.js`, external: true } : undefined));
  },
};

/** A panel brings VS Code's icons itself; monaco's copy of them is left out. */
const oneIconFont = {
  name: "one-icon-font",
  setup(build) {
    build.onResolve({ filter: /codicon\.css$/ }, (args) => (args.importer.includes("monaco-editor") ? { path: args.path, namespace: "left-out" } : undefined));
    build.onLoad({ filter: /.*/, namespace: "left-out" }, () => ({ contents: "", loader: "css" }));
  },
};

const common = { bundle: true, minify: production, sourcemap: production ? false : "linked", logLevel: "warning", metafile: true, absWorkingDir: root, legalComments: "none" };

/** Panels: each folder under webview/ but kit/. */
const panels = existsSync(join(root, "webview"))
  ? readdirSync(join(root, "webview"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && entry.name !== "kit" && existsSync(join(root, "webview", entry.name, "main.ts")))
      .map((entry) => entry.name)
  : [];

/** Monaco and its worker are files of their own, so that a panel shows its facts before the editor is loaded. */
const monaco = existsSync(join(root, "webview/monaco")) ? { monaco: "webview/monaco/monaco.ts", "editor.worker": "webview/monaco/worker.ts" } : {};

const builds = [
  {
    name: "extension",
    options: { ...common, entryPoints: ["extension/extension.ts", "extension/client.ts", "extension/handlers.ts"], outdir: "dist", format: "cjs", platform: "node", target: "node20", external: ["vscode"], plugins: [lazyPieces], supported: { "dynamic-import": false } },
  },
  {
    name: "server",
    options: {
      ...common,
      entryPoints: { server: "language-server/server.ts", cli: "language-server/cli.ts", "upstream-job": "language-server/upstream-job.ts", "knowledge-job": "language-server/knowledge-job.ts", "pdf-job": "language-server/pdf-job.ts" },
      outdir: "dist/server",
      format: "esm",
      splitting: true,
      platform: "node",
      target: "node20",
      outExtension: { ".js": ".mjs" },
      chunkNames: "chunk-[name]-[hash]",
      // Bundled CommonJS packages still call require for node's own modules.
      banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
      mainFields: ["module", "main"],
    },
  },
  {
    name: "panels",
    options: { ...common, entryPoints: { ...Object.fromEntries(panels.map((name) => [name, `webview/${name}/main.ts`])), ...monaco }, outdir: "dist/panels", format: "iife", platform: "browser", target: "es2022", loader: { ".ttf": "file" }, plugins: [oneIconFont] },
  },
];

/** Each check's page travels with the product, under the check's name: diagnostics link to it. */
function copyPages() {
  const checks = join(root, "language-server/engine/review/checks");
  const pages = join(root, "dist/pages");
  mkdirSync(pages, { recursive: true });
  for (const id of existsSync(checks) ? readdirSync(checks) : []) {
    const page = join(checks, id, "page.md");
    if (existsSync(page)) copyFileSync(page, join(pages, `${id}.md`));
  }
}

/** The database in WebAssembly reads its module from beside itself, so it stays in files of its own. */
function copySqlite() {
  const from = join(root, "node_modules/node-sqlite3-wasm/dist");
  const to = join(root, "dist/server/sqlite");
  mkdirSync(to, { recursive: true });
  for (const name of ["node-sqlite3-wasm.js", "node-sqlite3-wasm.wasm"]) copyFileSync(join(from, name), join(to, name));
}

if (!flags.has("--watch")) rmSync(join(root, "dist"), { recursive: true, force: true });
copyPages();
copySqlite();
for (const { name, options } of builds) {
  const entries = Array.isArray(options.entryPoints) ? options.entryPoints : Object.values(options.entryPoints);
  if (entries.length === 0) continue;
  if (flags.has("--watch")) {
    const context = await esbuild.context(options);
    await context.watch();
    console.log(`watching ${name}`);
  } else {
    const result = await esbuild.build(options);
    if (flags.has("--meta")) writeFileSync(join(root, `dist/meta-${name}.json`), JSON.stringify(result.metafile));
  }
}
