import { isTreePath } from "../apply/index-state";
import { checkCancel, type Cancel, type Files, type GitRepository } from "../../ports";
import type { Tree } from "../types";

/** A tree that also knows its directories; MAINTAINERS needs them. */
export interface BaseTree extends Tree {
  isDirectory(path: string, cancel?: Cancel): Promise<boolean>;
}

/** Files of a commit, read one by one as they are asked for. */
export function commitTree(repo: GitRepository, commit: string): BaseTree {
  const kinds = new Map<string, "file" | "directory" | "none">();
  async function kindOf(path: string, cancel: Cancel | undefined): Promise<"file" | "directory" | "none"> {
    const known = kinds.get(path);
    if (known !== undefined) return known;
    if (!isTreePath(path)) return "none";
    const { status, stdout } = await repo.run(["cat-file", "-t", `${commit}:${path}`], cancel === undefined ? {} : { cancel });
    // "blob" and "tree" are told apart by their first letter; a submodule's "commit" is neither.
    const kind = status !== 0 ? "none" : stdout[0] === 0x62 ? "file" : stdout[0] === 0x74 ? "directory" : "none";
    kinds.set(path, kind);
    return kind;
  }
  return {
    async read(path, cancel) {
      if (!isTreePath(path)) return undefined;
      const { status, stdout } = await repo.run(["cat-file", "blob", `${commit}:${path}`], cancel === undefined ? {} : { cancel });
      return status === 0 ? stdout : undefined;
    },
    exists: async (path, cancel) => (await kindOf(path, cancel)) === "file",
    isDirectory: async (path, cancel) => (await kindOf(path, cancel)) === "directory",
  };
}

/** Files of a source tree as they lie on disk. */
export function diskTree(files: Files, root: string): BaseTree {
  async function kindOf(path: string, cancel: Cancel | undefined): Promise<"file" | "directory" | "none"> {
    checkCancel(cancel);
    if (!isTreePath(path)) return "none";
    const found = await files.stat(`${root}/${path}`);
    if (found === undefined) return "none";
    return found.directory ? "directory" : "file";
  }
  return {
    async read(path, cancel) {
      checkCancel(cancel);
      return isTreePath(path) ? files.read(`${root}/${path}`) : undefined;
    },
    exists: async (path, cancel) => (await kindOf(path, cancel)) === "file",
    isDirectory: async (path, cancel) => (await kindOf(path, cancel)) === "directory",
  };
}

/** Whether a folder looks like the top of a source tree that patches are made against. */
async function isTreeTop(files: Files, folder: string): Promise<boolean> {
  const names = new Set((await files.list(folder)).map(({ name }) => name));
  return names.has("MAINTAINERS") && ["Makefile", "Kbuild", "meson.build", "CMakeLists.txt"].some((name) => names.has(name));
}

function parentOf(path: string): string | undefined {
  const cut = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\"));
  return cut <= 0 ? undefined : path.slice(0, cut);
}

/** The source tree without git that holds a path; undefined when there is none. */
export async function findPlainTree(files: Files, path: string): Promise<string | undefined> {
  for (let at: string | undefined = path; at !== undefined; at = parentOf(at)) {
    if (await isTreeTop(files, at)) return at;
  }
  return undefined;
}
