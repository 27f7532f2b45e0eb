import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { nodeDecode } from "../../language-server/adapters/decode";
import { nodeFiles } from "../../language-server/adapters/files";
import { contactsOfFile, readKeepers, type KeeperTree, type Keepers } from "../../language-server/engine/review/maintainers/maintainers";
import type { BenchTable } from "./table";

const run = promisify(execFile);

/** What `npm run bench` and the tests may ask for. */
export interface MaintainersBench {
  /** A full kernel tree with scripts/get_maintainer.pl. */
  readonly tree: string;
  /** How many paths to compare; 500 unless told. */
  readonly paths?: number;
}

/** Every nth path of the tree, so that all corners of it take part and two runs compare the same ones. */
async function samplePaths(tree: string, count: number): Promise<readonly string[]> {
  const all: string[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(tree, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (entry.isFile()) all.push(path);
    }
  };
  await walk("");
  const step = all.length / count;
  return Array.from({ length: Math.min(count, all.length) }, (_, i) => all[Math.floor(i * step)]!);
}

export function diskTree(tree: string): KeeperTree {
  return {
    isDirectory: async (path) => (await nodeFiles.stat(join(tree, path)))?.directory ?? false,
    read: (path) => nodeFiles.read(join(tree, path)),
  };
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

export async function diskKeepers(tree: string): Promise<Keepers> {
  return readKeepers({
    maintainers: (await textOf(join(tree, "MAINTAINERS"))) ?? "",
    mailmap: await textOf(join(tree, ".mailmap")),
    ignore: await textOf(join(tree, ".get_maintainer.ignore")),
  });
}

export async function ours(keepers: Keepers, tree: string, path: string): Promise<readonly string[]> {
  return (await contactsOfFile(keepers, path, diskTree(tree), nodeDecode)).map(({ address, role }) => `${address} (${role})`).sort();
}

/** Perl walks its hashes in a random order, so sections that are equally near decide a role by chance; the seed makes it repeatable. */
export async function theirs(tree: string, path: string, seed = "0"): Promise<readonly string[]> {
  const env = { ...process.env, HOME: "/nonexistent", LC_ALL: "C.UTF-8", PERL_HASH_SEED: seed, PERL_PERTURB_KEYS: seed === "0" ? "0" : "2" };
  const { stdout } = await run("perl", ["scripts/get_maintainer.pl", "--no-git", "--no-git-fallback", "-f", path], { cwd: tree, env });
  return stdout.split("\n").filter((line) => line !== "").sort();
}

const people = (lines: readonly string[]): string => [...new Set(lines.map((line) => line.replace(/ \([^)]*\)$/u, "")))].sort().join("\n");

interface Comparison {
  readonly path: string;
  readonly kind: "equal" | "role by chance" | "different";
  readonly ours: readonly string[];
  readonly theirs: readonly string[];
}

export async function compare(keepers: Keepers, tree: string, path: string): Promise<Comparison> {
  const mine = await ours(keepers, tree, path);
  const yours = await theirs(tree, path);
  const result = { path, ours: mine, theirs: yours };
  if (mine.join("\n") === yours.join("\n")) return { ...result, kind: "equal" };
  if (people(mine) !== people(yours)) return { ...result, kind: "different" };
  // The same people with another section: true to the script if another order of its hash gives ours.
  for (const seed of ["1", "2", "3", "4", "5", "6", "7", "8"]) {
    if ((await theirs(tree, path, seed)).join("\n") === mine.join("\n")) return { ...result, kind: "role by chance" };
  }
  return { ...result, kind: "different" };
}

/** Compares our answers with the tree's own script, people with their roles, and says how long both take. */
export async function benchMaintainers(options: MaintainersBench): Promise<BenchTable[]> {
  const paths = await samplePaths(options.tree, options.paths ?? 500);
  const keepers = await diskKeepers(options.tree);
  const started = performance.now();
  for (const path of paths) await ours(keepers, options.tree, path);
  const own = performance.now() - started;
  const comparisons: Comparison[] = [];
  const begun = performance.now();
  for (const path of paths) comparisons.push(await compare(keepers, options.tree, path));
  const perl = performance.now() - begun;
  const count = (kind: Comparison["kind"]): number => comparisons.filter((comparison) => comparison.kind === kind).length;
  return [
    {
      title: "Maintainers against scripts/get_maintainer.pl --no-git --no-git-fallback -f",
      columns: ["paths", "equal", "same people, role by hash order", "different", "ours ms a path", "script ms a path"],
      rows: [[paths.length, count("equal"), count("role by chance"), count("different"), Number((own / paths.length).toFixed(2)), Number((perl / paths.length).toFixed(1))]],
    },
    {
      title: "Paths with another answer",
      columns: ["path", "only ours", "only the script's"],
      rows: comparisons
        .filter(({ kind }) => kind === "different")
        .map((comparison) => [
          comparison.path,
          comparison.ours.filter((line) => !comparison.theirs.includes(line)).join("; "),
          comparison.theirs.filter((line) => !comparison.ours.includes(line)).join("; "),
        ]),
    },
  ];
}
