// `npm run bench [-- --repo DIR --patches DIR --tree DIR --docs DIR… --corpora DIR --only NAME…]`: prints tables and writes test-output/bench.json.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { packageExtension } from "./package.mjs";
import { installNodePackages, requireBasics, typescriptLoader, Unready } from "./lib/prepare.mjs";
import { main, root, say } from "./lib/run.mjs";

/** Module and function of each bench. */
const benches = {
  sizes: ["sizes", "benchSizes"],
  activation: ["activation", "benchActivation"],
  patch: ["patch", "benchPatch"],
  checks: ["checks", "benchChecks"],
  maintainers: ["maintainers", "benchMaintainers"],
  lsp: ["lsp", "benchLsp"],
  "upstream-quality": ["upstream/quality", "benchUpstreamQuality"],
  "upstream-hunks": ["upstream/dropped-hunks", "benchDroppedHunks"],
  "upstream-speed": ["upstream/speed", "benchUpstreamSpeed"],
  "upstream-asks": ["upstream/asks", "benchUpstreamAsks"],
  "tuning-queries": ["tuning/own-queries", "benchTuningQueries"],
  "tuning-store": ["tuning/store", "benchTuningStore"],
  "tuning-live": ["tuning/live", "benchTuningLive"],
  "tuning-retrieval": ["tuning/retrieval", "benchTuningRetrieval"],
  "tuning-editor": ["tuning/editor", "benchTuningEditor"],
  "tuning-suggest": ["tuning/suggest", "benchTuningSuggest"],
};

await main(async () => {
  const { values } = readArguments();
  requireBasics();
  installNodePackages(say);
  const data = resolve(process.env.KEELSON_DATA ?? join(root, "../shared"), "data/patches/mana");
  const options = {
    ...(values.repo === undefined ? {} : { repo: resolve(values.repo) }),
    ...(values.tree === undefined ? {} : { tree: resolve(values.tree) }),
    ...(values.docs === undefined ? {} : { docs: values.docs.map((folder) => resolve(folder)) }),
    ...(values.corpora === undefined ? {} : { corpora: resolve(values.corpora) }),
    ...(values.patches !== undefined ? { patches: resolve(values.patches) } : existsSync(data) ? { patches: data } : {}),
  };
  const wanted = values.only ?? Object.keys(benches);
  if (wanted.some((name) => name === "sizes" || name === "activation" || name === "lsp" || name === "tuning-editor" || name === "tuning-retrieval" || name.startsWith("upstream-"))) await packageExtension();
  const load = await typescriptLoader(import.meta.url);
  const results = {};
  for (const name of wanted) {
    const [file, entry] = benches[name] ?? [];
    if (file === undefined) throw new Unready(`No bench is called ${name}; there are ${Object.keys(benches).join(", ")}.`);
    if ((name === "maintainers" || name === "tuning-retrieval") && options.tree === undefined) {
      say(`${name}: skipped, --tree names a full kernel tree`);
      continue;
    }
    if (name.startsWith("upstream-") && options.corpora === undefined) {
      say(`${name}: skipped, --corpora names a folder with dpdk.git and systemd.git`);
      continue;
    }
    say(`${name}: measuring`);
    results[name] = await load(`../test/bench/${file}.bench.ts`)[entry](options);
    for (const table of results[name]) print(table);
  }
  mkdirSync(join(root, "test-output"), { recursive: true });
  writeFileSync(join(root, "test-output/bench.json"), JSON.stringify({ node: process.version, results }, null, 2));
  say("written to test-output/bench.json");
  return 0;
});

function readArguments() {
  const text = { type: "string" };
  try {
    return parseArgs({ options: { repo: text, patches: text, tree: text, docs: { ...text, multiple: true }, corpora: text, only: { ...text, multiple: true } } });
  } catch (error) {
    throw new Unready(`${error.message}\n\nUsage: npm run bench [-- --repo DIR --patches DIR --tree DIR --docs DIR… --corpora DIR --only NAME]`);
  }
}

function print({ title, columns, rows }) {
  const cells = [columns, ...rows].map((row) => row.map(String));
  const widths = columns.map((_column, index) => Math.max(...cells.map((row) => (row[index] ?? "").length)));
  const line = (row) => row.map((cell, index) => (index === 0 ? cell.padEnd(widths[index]) : cell.padStart(widths[index]))).join("  ");
  console.log(`\n${title}\n${line(cells[0])}\n${widths.map((width) => "-".repeat(width)).join("  ")}`);
  for (const row of cells.slice(1)) console.log(line(row));
  console.log("");
}
