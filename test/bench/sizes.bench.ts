import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import type { BenchTable } from "./table";

const root = resolve(import.meta.dirname, "../..");
const dist = join(root, "dist");

/** What docs/architecture.md allows, in bytes. */
const kib = 1024;

interface Part {
  readonly name: string;
  readonly files: () => readonly string[];
  readonly budget: number;
}

/** The files that starting the server loads: its entry and what that imports before it does anything. */
function staticImports(entry: string, seen: Set<string> = new Set<string>()): readonly string[] {
  if (seen.has(entry) || !existsSync(entry)) return [];
  seen.add(entry);
  const text = readFileSync(entry, "utf8");
  for (const match of text.matchAll(/(?:^|[;}\s])(?:import|export)\s*(?:[\w*${},\s]+from\s*)?"(\.\/[^"]+)"/g)) staticImports(join(entry, "..", match[1] ?? ""), seen);
  return [...seen];
}

const parts: readonly Part[] = [
  { name: "extension.js", files: () => [join(dist, "extension.js")], budget: 30 * kib },
  { name: "client.js", files: () => [join(dist, "client.js")], budget: 500 * kib },
  { name: "handlers.js", files: () => [join(dist, "handlers.js")], budget: Number.POSITIVE_INFINITY },
  { name: "server entry with its static imports", files: () => staticImports(join(dist, "server/server.mjs")), budget: 900 * kib },
  { name: "server, lazy files included", files: () => inFolder("server", ".mjs"), budget: Number.POSITIVE_INFINITY },
  { name: "explain panel (script)", files: () => [join(dist, "panels/explain.js")], budget: 300 * kib },
  { name: "twin panel (script)", files: () => [join(dist, "panels/twin.js")], budget: 300 * kib },
  { name: "heat map panel (script)", files: () => [join(dist, "panels/heatmap.js")], budget: 300 * kib },
  { name: "monaco with its worker and styles", files: () => ["monaco.js", "monaco.css", "editor.worker.js"].map((name) => join(dist, "panels", name)), budget: Number.POSITIVE_INFINITY },
  { name: "package (.vsix)", files: () => packages(), budget: 8 * kib * kib },
];

function inFolder(folder: string, end: string): readonly string[] {
  return readdirSync(join(dist, folder)).filter((file) => file.endsWith(end)).map((file) => join(dist, folder, file));
}

function packages(): readonly string[] {
  const out = join(root, "out");
  return existsSync(out) ? readdirSync(out).filter((file) => file.endsWith(".vsix")).map((file) => join(out, file)) : [];
}

/** Sizes of the production bundles against their budgets; printed, never asserted. */
export function benchSizes(): Promise<readonly BenchTable[]> {
  const rows = parts.map(({ name, files, budget }) => {
    const bytes = files().reduce((sum, file) => sum + statSync(file).size, 0);
    const allowed = Number.isFinite(budget) ? (budget / kib).toFixed(0) : "–";
    return [name, (bytes / kib).toFixed(1), allowed, bytes <= budget ? "within" : "over"];
  });
  return Promise.resolve([{ title: "Sizes of the production bundles", columns: ["part", "KiB", "budget KiB", ""], rows }]);
}
