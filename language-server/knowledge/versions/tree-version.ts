import { basename, join } from "node:path";
import { nodeDecode } from "../../adapters/decode";
import { checkCancel, type Cancel, type GitRepository } from "../../engine/ports";
import { filesBelow, readSmall } from "../index-files";

/** One version of a tree, which is only read. */
export interface TreeVersion {
  /** A tag, or the name of a folder. */
  readonly label: string;
  /** Names the version's content where that is known without reading it. */
  readonly identity: string | undefined;
  /** `content` is equal where two versions have the same file; undefined where that is not known before it is read. */
  files(wanted: (path: string) => boolean, cancel: Cancel): Promise<readonly VersionFile[]>;
  /** In any order; a file that can't be read is left out. */
  read(files: readonly VersionFile[], take: (file: VersionFile, text: string) => void, cancel: Cancel): Promise<void>;
}

export interface VersionFile {
  readonly path: string;
  readonly content: string | undefined;
}

/** A version as git has it: no work tree is touched and nothing is fetched. Undefined when there is no such tag or commit. */
export async function gitVersion(repository: GitRepository, label: string, cancel: Cancel): Promise<TreeVersion | undefined> {
  const { status, stdout } = await repository.run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${label}^{tree}`], { cancel });
  const tree = nodeDecode.text(stdout).trim();
  if (status !== 0 || !/^[0-9a-f]{40,64}$/u.test(tree)) return undefined;
  return {
    label,
    identity: tree,
    async files(wanted) {
      const listed = await repository.run(["ls-tree", "-r", "-z", "--full-tree", tree], { cancel });
      const files: VersionFile[] = [];
      for (const entry of nodeDecode.text(listed.stdout).split("\0")) {
        const [, mode = "", blob, path = ""] = /^(\d+) blob ([0-9a-f]+)\t(.+)$/su.exec(entry) ?? [];
        // A link is no file.
        if (blob !== undefined && mode.startsWith("100") && wanted(path)) files.push({ path, content: blob });
      }
      return files;
    },
    read: (files, take) => readBlobs(repository, files, take, cancel),
  };
}

/** Blobs asked for at once: what git answers is held in memory. */
const atOnce = 400;
/** Bytes; no source and no document is larger. */
const largest = 16 << 20;

async function readBlobs(repository: GitRepository, files: readonly VersionFile[], take: (file: VersionFile, text: string) => void, cancel: Cancel): Promise<void> {
  for (let from = 0; from < files.length; from += atOnce) {
    checkCancel(cancel);
    const some = files.slice(from, from + atOnce);
    const { stdout } = await repository.run(["cat-file", "--batch", "--buffer"], { input: some.map(({ content }) => `${content ?? ""}\n`).join(""), cancel });
    let at = 0;
    for (const file of some) {
      const end = stdout.indexOf(10, at);
      if (end < 0) break;
      const size = /^[0-9a-f]+ blob (\d+)$/u.exec(nodeDecode.text(stdout.subarray(at, end)))?.[1];
      at = end + 1;
      // Missing, as in a partial clone.
      if (size === undefined) continue;
      const bytes = stdout.subarray(at, at + Number(size));
      if (bytes.length === Number(size) && bytes.length <= largest) take(file, nodeDecode.text(bytes));
      at += Number(size) + 1;
    }
  }
}

/** A folder with the sources of one version; it is called by its name, where that tells it from the others, else by its path. */
export function folderVersion(folder: string, all: readonly string[]): TreeVersion {
  return {
    label: all.filter((other) => basename(other) === basename(folder)).length > 1 ? folder : basename(folder),
    identity: undefined,
    files: async (wanted, cancel) => (await filesBelow(folder, wanted, cancel)).map((path) => ({ path, content: undefined })),
    async read(files, take, cancel) {
      for (const file of files) {
        checkCancel(cancel);
        const bytes = await readSmall(join(folder, file.path));
        if (bytes !== undefined) take(file, nodeDecode.text(bytes));
      }
    },
  };
}
