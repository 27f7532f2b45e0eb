import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { checkCancel, type Cancel } from "../engine/ports";

const deepest = 8;
const mostFiles = 20_000;

/** Files below /proc/sys as `sysctl -a` prints them. Those that this user may not read are left out, and those of no value. */
export async function runningSysctls(root: string, cancel: Cancel): Promise<string> {
  const lines: string[] = [];
  await walk(root, "", 0, cancel, async (path) => {
    const value = await read(join(root, path));
    if (value !== undefined && !value.includes("\n")) lines.push(`${path.replaceAll(".", "/").split("/").join(".")} = ${value}`);
  });
  return lines.join("\n");
}

/** The queues of the block devices and what rules huge pages, `path = value` a line. */
export async function runningSysfs(root: string, cancel: Cancel): Promise<string> {
  const lines: string[] = [];
  const devices = (await names(join(root, "block"))).filter((name) => !/^(?:loop|ram|zram|dm-)\d/u.test(name));
  const folders = [...devices.map((device) => `block/${device}/queue`), "kernel/mm/transparent_hugepage", "kernel/mm/ksm"];
  for (const folder of folders) {
    for (const name of await names(join(root, folder))) {
      checkCancel(cancel);
      const value = await read(join(root, folder, name));
      if (value !== undefined && !value.includes("\n")) lines.push(`/sys/${folder}/${name} = ${value}`);
    }
  }
  return lines.join("\n");
}

async function walk(root: string, within: string, depth: number, cancel: Cancel, visit: (path: string) => Promise<void>): Promise<void> {
  checkCancel(cancel);
  const entries = await readdir(join(root, within), { withFileTypes: true }).catch(() => []);
  for (const entry of entries.slice(0, mostFiles)) {
    const path = within === "" ? entry.name : `${within}/${entry.name}`;
    if (entry.isDirectory() && depth < deepest) await walk(root, path, depth + 1, cancel, visit);
    else if (entry.isFile()) await visit(path);
  }
}

async function names(folder: string): Promise<readonly string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}

/** Undefined for what this user may not read, and for what can only be written. */
async function read(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, "utf8")).trimEnd();
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
