import { dirname } from "node:path";
import type { Decode, Files } from "../engine/ports";
import { formatNamed } from "../engine/tuning/files/formats";
import { loadOrder, sysctlFolders, sysctlRoot } from "../engine/tuning/files/sysctl/order";
import type { FileKind } from "../engine/tuning/files/types";
import type { NamedFile } from "../engine/tuning/files/rules/types";

export interface Siblings {
  readonly before: readonly NamedFile[];
  readonly after: readonly NamedFile[];
}

const none: Siblings = { before: [], after: [] };
/** More files in one folder are no configuration of one machine. */
const mostFiles = 200;
const largest = 1 << 20;

/** Files that a program reads together with this one. `path` is absolute; an open document's text goes before the disk's through `files`. */
export async function siblingsOf(path: string, kind: FileKind, files: Files, decode: Decode): Promise<Siblings> {
  const own = path.replaceAll("\\", "/");
  const order = kind === "sysctl" ? await sysctlOrder(own, files) : kind === "postgresql" ? await postgresqlOrder(own, files) : [];
  const at = order.indexOf(own);
  if (at < 0) return none;
  const read = async (paths: readonly string[]): Promise<readonly NamedFile[]> => (await Promise.all(paths.map((other) => readFile(other, kind, files, decode)))).filter((file) => file !== undefined);
  return { before: await read(order.slice(0, at)), after: await read(order.slice(at + 1)) };
}

async function sysctlOrder(path: string, files: Files): Promise<readonly string[]> {
  const root = sysctlRoot(path);
  const folders = root === undefined ? (path.includes("/sysctl.d/") ? [dirname(path)] : []) : sysctlFolders.map((folder) => `${root}/${folder}`);
  const found: string[] = [];
  for (const folder of folders) for (const { name, directory } of (await files.list(folder)).slice(0, mostFiles)) if (!directory && name.endsWith(".conf")) found.push(`${folder}/${name}`);
  if (root !== undefined && (await files.stat(`${root}/etc/sysctl.conf`)) !== undefined) found.push(`${root}/etc/sysctl.conf`);
  return loadOrder(found);
}

/** What ALTER SYSTEM wrote is read after all else. */
async function postgresqlOrder(path: string, files: Files): Promise<readonly string[]> {
  if (!path.endsWith("/postgresql.conf")) return [];
  const auto = `${dirname(path)}/postgresql.auto.conf`;
  return (await files.stat(auto)) === undefined ? [] : [path, auto];
}

async function readFile(path: string, kind: FileKind, files: Files, decode: Decode): Promise<NamedFile | undefined> {
  if (((await files.stat(path))?.size ?? largest + 1) > largest) return undefined;
  const bytes = await files.read(path);
  const format = formatNamed(kind);
  return bytes === undefined || format === undefined ? undefined : { path, kind, file: format.parse(decode.text(bytes), path) };
}
