import { realpath } from "node:fs/promises";
import { join, sep } from "node:path";
import type { Decode, Files } from "../engine/ports";
import { formatNamed } from "../engine/tuning/files/formats";
import { folderOf, includeCustom, includedPath, pieces } from "../engine/tuning/files/include-order";
import type { Included, NamedFile } from "../engine/tuning/files/rules/types";
import type { ConfigFile, FileKind, Include } from "../engine/tuning/files/types";

export interface IncludeReader {
  /** What a file includes, line by line, with all that is included from there. `path` is absolute. */
  below(path: string, file: ConfigFile): Promise<readonly Included[]>;
  /** What is read after a file that another one includes, in order; empty when none of its folder or the two above does. */
  behind(path: string): Promise<readonly NamedFile[]>;
}

/** PostgreSQL and MySQL stop at ten, too. */
const deepest = 10;
/** More files are no configuration of one server. */
const mostFiles = 200;
const largest = 1 << 20;

interface Walk {
  /** Real paths of the folders that may be read from, each with its separator. */
  readonly within: readonly string[];
  left: number;
}

/**
 * Follows inclusions without leaving the including file's own folder and the folders that the user opened, whatever paths and
 * links say: a file from elsewhere must not make Keelson read this machine's.
 */
export function createIncludeReader(kind: FileKind, files: Files, decode: Decode, folders: readonly string[]): IncludeReader {
  const custom = includeCustom(kind);
  const format = formatNamed(kind);

  const read = async (path: string, { within }: Walk): Promise<ConfigFile | undefined> => {
    const real = await realOf(path);
    if (format === undefined || real === undefined || !within.some((folder) => real.startsWith(folder))) return undefined;
    if (((await files.stat(real))?.size ?? largest + 1) > largest) return undefined;
    const bytes = await files.read(real);
    return bytes === undefined ? undefined : format.parse(decode.text(bytes), path);
  };

  /** Files of one inclusion; none where their order is nobody's promise. */
  const named = async (including: string, include: Include, { within }: Walk): Promise<readonly string[]> => {
    const path = custom === undefined ? undefined : includedPath(including, include, custom);
    if (path === undefined || custom === undefined) return [];
    const pattern = include.folder === true ? `*${custom.ending}` : custom.patterns ? path.slice(folderOf(path).length + 1) : "";
    if (!pattern.includes("*")) return [path];
    const folder = include.folder === true ? path : folderOf(path);
    const real = await realOf(folder);
    if (real === undefined || !within.some((allowed) => `${real}${sep}`.startsWith(allowed))) return [];
    const wanted = new RegExp(`^(?!\\.)${pattern.split("*").map((part) => part.replace(/[^\w-]/gu, "\\$&")).join("[^/]*")}$`, "u");
    const names = (await files.list(folder)).filter(({ name, directory }) => !directory && wanted.test(name)).map(({ name }) => `${folder}/${name}`);
    return names.length <= 1 || custom.sorted(folder) || custom.sorted(including) ? names.slice(0, mostFiles) : [];
  };

  const parts = async (path: string, file: ConfigFile, above: readonly string[], walk: Walk): Promise<readonly NamedFile[]> => {
    const found: NamedFile[] = [];
    for (const { file: piece, next } of pieces(file)) {
      found.push({ path, kind, file: piece });
      if (next !== undefined) found.push(...(await partsOf(path, next, above, walk)).map((part) => inBlock(next.scope ?? "", part)));
    }
    return found;
  };

  const partsOf = async (including: string, include: Include, above: readonly string[], walk: Walk): Promise<readonly NamedFile[]> => {
    const found: NamedFile[] = [];
    for (const path of above.length < deepest ? await named(including, include, walk) : []) {
      // A file that includes itself, at whatever remove, is refused by its program.
      if (above.includes(path) || walk.left-- <= 0) continue;
      const file = await read(path, walk);
      if (file !== undefined) found.push(...(await parts(path, file, [...above, path], walk)));
    }
    return found;
  };

  const walkFrom = async (path: string): Promise<Walk> => {
    // Of what lies in the root folder everything is below.
    const own = folderOf(path) === "" ? undefined : await realOf(folderOf(path));
    const opened = (await Promise.all(folders.map(realOf))).filter((folder) => folder !== undefined && own?.startsWith(folder + sep) === true);
    return { within: [own, ...opened].flatMap((folder) => (folder === undefined ? [] : [folder.endsWith(sep) ? folder : folder + sep])), left: mostFiles };
  };

  return {
    async below(given, file) {
      const path = given.replaceAll("\\", "/");
      if (custom === undefined || file.includes.length === 0) return [];
      const walk = await walkFrom(path);
      const found: Included[] = [];
      for (const include of file.includes) found.push({ line: include.at.line, scope: include.scope ?? "", parts: await partsOf(path, include, [path], walk) });
      return found;
    },
    async behind(given) {
      const path = given.replaceAll("\\", "/");
      if (custom === undefined) return [];
      for (const folder of [folderOf(path), folderOf(folderOf(path)), folderOf(folderOf(folderOf(path)))]) {
        for (const name of folder === "" ? [] : custom.roots) {
          const root = `${folder}/${name}`;
          const walk = await walkFrom(root);
          const file = root === path ? undefined : await read(root, walk);
          if (file === undefined || file.includes.length === 0) continue;
          const order = await parts(root, file, [root], walk);
          const last = order.findLastIndex((part) => part.path === path);
          if (last >= 0) return order.slice(last + 1);
        }
      }
      return [];
    },
  };
}

/** A part that an inclusion within a block brings in stands in that block. */
function inBlock(scope: string, part: NamedFile): NamedFile {
  if (scope === "") return part;
  const { settings, ...rest } = part.file;
  return { ...part, file: { ...rest, settings: settings.map((setting) => ({ ...setting, scope: setting.scope === "" ? scope : `${scope}/${setting.scope}` })) } };
}

/** Undefined for what is not there. */
async function realOf(path: string): Promise<string | undefined> {
  try {
    return await realpath(join(path));
  } catch (error) {
    if (error instanceof Error && "code" in error) return undefined;
    throw error;
  }
}
