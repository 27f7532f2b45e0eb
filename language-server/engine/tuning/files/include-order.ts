import type { ConfigFile, FileKind, Include } from "./types";

/** How the programs of a kind find what a line includes; kinds that are not here include nothing, or their order settles nothing. */
interface IncludeCustom {
  /** Ending of the files that a folder's inclusion reads. */
  readonly ending: string;
  /** A relative path counts from the including file's folder; else from where the program was started, which no file tells. */
  readonly relative: boolean;
  /** Files of a folder are read by name. MySQL makes no promise of that; MariaDB sorts. */
  readonly sorted: (path: string) => boolean;
  /** A path may be a pattern with `*`, whose files are read by name. */
  readonly patterns: boolean;
  /** Names of files that include others, in the folders above an included one. */
  readonly roots: readonly string[];
}

const customs: Readonly<Partial<Record<FileKind, IncludeCustom>>> = {
  // PostgreSQL, "Managing Configuration File Contents": names that begin with a dot are left out, C order.
  postgresql: { ending: ".conf", relative: true, sorted: () => true, patterns: false, roots: ["postgresql.conf"] },
  // MySQL, "Using Option Files".
  mysql: { ending: ".cnf", relative: false, sorted: (path) => /mariadb/iu.test(path), patterns: false, roots: ["my.cnf", "mariadb.cnf", "mysql.cnf"] },
  // ngx_conf_file.c: relative to the folder of nginx.conf, glob(3) sorts.
  nginx: { ending: "", relative: true, sorted: () => true, patterns: true, roots: [] },
  redis: { ending: ".conf", relative: false, sorted: () => true, patterns: true, roots: ["redis.conf", "valkey.conf"] },
};

export function includeCustom(kind: FileKind): IncludeCustom | undefined {
  return customs[kind];
}

/**
 * Where an included path lies, with slashes; undefined when nothing tells. Absolute paths of a tree that is no running system's
 * (`/srv/image/etc/mysql/…`) are that tree's own.
 */
export function includedPath(including: string, { path }: Include, custom: IncludeCustom): string | undefined {
  if (path === "" || /[$`\0]|\{\{/u.test(path)) return undefined;
  if (!path.startsWith("/")) return custom.relative ? normal(`${folderOf(including)}/${path}`) : undefined;
  const etc = including.indexOf("/etc/");
  return normal(etc > 0 && path.startsWith("/etc/") ? `${including.slice(0, etc)}${path}` : path);
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".") parts.push(part);
  }
  return `/${parts.join("/")}`;
}

/** A file in pieces: what stands before its first inclusion, between two, and behind the last, each with the inclusion that follows. */
export function pieces(file: ConfigFile): readonly { readonly file: ConfigFile; readonly next: Include | undefined }[] {
  const found: { readonly file: ConfigFile; readonly next: Include | undefined }[] = [];
  let from = 0;
  for (const next of [...file.includes.toSorted((a, b) => a.at.line - b.at.line), undefined]) {
    const to = next?.at.line ?? Number.POSITIVE_INFINITY;
    const start = from;
    found.push({ file: { settings: file.settings.filter(({ at }) => at.line > start && at.line < to), includes: [], problems: [] }, next });
    from = to;
  }
  return found;
}
