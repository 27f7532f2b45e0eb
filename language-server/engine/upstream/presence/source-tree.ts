import { checkCancel, type Cancel, type Decode, type Files, type GitRepository, type Hash } from "../../ports";
import type { FoundBlob, GitObjects } from "./objects";

/** Where files are looked for. Paths are relative, with slashes. */
export interface SourceTree {
  readonly key: string;
  /** Loads what will be asked for. */
  prepare(paths: readonly string[]): Promise<void>;
  /** A prepared file; `unreadable` is there and can't be read. */
  file(path: string): FoundBlob | undefined;
  /** All paths. */
  list(): Promise<readonly string[]>;
  /** git's mode of a file, as in `100755`; undefined where none is known. */
  mode(path: string): Promise<string | undefined>;
  /** What `prepare` of these would ask git for; empty for a folder. */
  objectNames(paths: readonly string[]): readonly string[];
}

/** A path of a commit that stays inside of a tree and fits one line of git's input. */
export function isInside(path: string): boolean {
  return path !== "" && !path.startsWith("/") && !/[\n\r\0]/u.test(path) && !path.split(/[/\\]/u).some((part) => part === ".." || part === "." || part.toLowerCase() === ".git");
}

export function gitTree(repo: GitRepository, revision: string, objects: GitObjects, decode: Decode, cancel: Cancel | undefined): SourceTree {
  let listed: Promise<readonly string[]> | undefined;
  const name = (path: string): string => `${revision}:${path}`;
  const list = async (): Promise<readonly string[]> => {
    const { status, stdout } = await repo.run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", "--end-of-options", revision], cancel === undefined ? {} : { cancel });
    return status === 0 ? decode.text(stdout).split("\0").filter((path) => path !== "") : [];
  };
  return {
    key: `revision ${revision}`,
    prepare: (paths) => objects.load(paths.filter(isInside).map(name)),
    file: (path) => objects.get(name(path)),
    list: () => (listed ??= list()),
    mode: async (path) => {
      if (!isInside(path)) return undefined;
      const { stdout } = await repo.run(["ls-tree", "-z", "--full-tree", "--end-of-options", revision, path], { env: { GIT_LITERAL_PATHSPECS: "1" }, ...(cancel === undefined ? {} : { cancel }) });
      return /^(\d{6}) blob /u.exec(decode.text(stdout))?.[1];
    },
    objectNames: (paths) => paths.filter(isInside).map(name),
  };
}

/** Entries of a folder that are looked at; a tree with more is no source tree. */
const maxEntries = 400_000;
const skipped = new Set([".git", ".hg", ".svn", "node_modules"]);

async function walk(files: Files, root: string, cancel: Cancel | undefined): Promise<readonly string[]> {
  const out: string[] = [];
  const open = [""];
  let seen = 0;
  for (let folder = open.pop(); folder !== undefined && seen < maxEntries; folder = open.pop()) {
    checkCancel(cancel);
    // A link to a folder above would never end; real trees are not this deep.
    if (folder.split("/").length > 40) continue;
    for (const { name, directory } of await files.list(folder === "" ? root : `${root}/${folder}`)) {
      seen += 1;
      const path = folder === "" ? name : `${folder}/${name}`;
      if (!directory) out.push(path);
      else if (!skipped.has(name)) open.push(path);
    }
  }
  return out;
}

/** A folder without git: a tarball, another vendor's tree. Blob names are computed, so that binary files can be compared. */
export function directoryTree(files: Files, root: string, hash: Hash, decode: Decode, digits: number, cancel: Cancel | undefined): SourceTree {
  const kept = new Map<string, FoundBlob | undefined>();
  let listed: Promise<readonly string[]> | undefined;
  const blobName = (bytes: Uint8Array): string => {
    const head = decode.bytes(`blob ${bytes.length}\0`);
    const whole = new Uint8Array(head.length + bytes.length);
    whole.set(head);
    whole.set(bytes, head.length);
    return digits === 64 ? hash.sha256(whole) : hash.sha1(whole);
  };
  return {
    key: `directory ${root}`,
    async prepare(paths) {
      if (kept.size > 5000) kept.clear();
      for (const path of paths) {
        if (kept.has(path) || !isInside(path)) continue;
        checkCancel(cancel);
        const bytes = await files.read(`${root}/${path}`);
        kept.set(path, bytes === undefined ? undefined : { blob: blobName(bytes), bytes });
      }
    },
    file: (path) => kept.get(path),
    list: () => (listed ??= walk(files, root, cancel)),
    mode: () => Promise.resolve(undefined),
    objectNames: () => [],
  };
}
