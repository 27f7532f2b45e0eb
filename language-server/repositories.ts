import { basename, dirname } from "node:path";
import { URI } from "vscode-uri";
import type { PatchSet } from "./engine/patch/types";
import type { Cancel, Decode, Git, GitRepository } from "./engine/ports";

/** A repository, or a folder that may be one or a source tree without git. */
export type RepositoryPlace = { readonly kind: "repository"; readonly repository: GitRepository } | { readonly kind: "path"; readonly path: string };

export interface Repositories {
  /**
   * The repository that a document's patches are judged against: among the one that holds the document and those of the
   * workspace's folders, the one that has most of the touched files; the nearest when they tie.
   */
  of(uri: string, set: PatchSet, cancel?: Cancel): Promise<GitRepository | undefined>;
  /** Where a document's patches may be tried, best first: its repository, else folders that may be source trees without git. */
  places(uri: string, set: PatchSet, cancel?: Cancel): Promise<readonly RepositoryPlace[]>;
  /** The repository of a folder. */
  open(path: string): Promise<GitRepository | undefined>;
  /** Every repository of the workspace's folders, each once. */
  all(): Promise<readonly GitRepository[]>;
  /** Forgets what was opened: a folder came or went, a checkout changed. */
  forget(): void;
}

/** The local path that a document's address stands for, in any scheme that carries one. */
export function pathOf(uri: string): string | undefined {
  const parsed = URI.parse(uri);
  if (parsed.scheme === "file") return parsed.fsPath;
  if (parsed.scheme === "untitled" || parsed.scheme === "vscode-vfs") return undefined;
  const fromQuery = pathInQuery(parsed.query);
  if (fromQuery !== undefined) return fromQuery;
  // VS Code's own git: documents keep the file's path.
  return parsed.scheme === "git" ? URI.file(parsed.path).fsPath : undefined;
}

/** Virtual documents keep what they were made of in their query: `{"folder": …}` ours, `{"path": …}` git's. */
function pathInQuery(query: string): string | undefined {
  try {
    const value: unknown = JSON.parse(query);
    if (typeof value !== "object" || value === null) return undefined;
    if ("folder" in value && typeof value.folder === "string") return value.folder;
    return "path" in value && typeof value.path === "string" ? value.path : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** How many of the touched files the repository's HEAD has. */
async function filesFound(repository: GitRepository, paths: readonly string[], decode: Decode, cancel: Cancel | undefined): Promise<number> {
  if (paths.length === 0) return 0;
  const listed = await repository.run(["ls-tree", "--name-only", "-z", "--full-tree", "HEAD", "--", ...paths], cancel === undefined ? {} : { cancel });
  return decode.text(listed.stdout).split("\0").filter((name) => name !== "").length;
}

/** At most this many paths decide; a series names the same few again and again. */
const sampledPaths = 40;

export function createRepositories(git: () => Git, folders: () => readonly string[], decode: Decode): Repositories {
  let opened = new Map<string, Promise<GitRepository | undefined>>();
  let chosen = new Map<string, { readonly paths: string; readonly repository: Promise<GitRepository | undefined> }>();
  const open = (path: string): Promise<GitRepository | undefined> => {
    let promise = opened.get(path);
    if (promise === undefined) {
      promise = git().open(path);
      opened.set(path, promise);
    }
    return promise;
  };
  const candidates = async (paths: readonly string[]): Promise<readonly GitRepository[]> => {
    const found = (await Promise.all(paths.map(open))).filter((repository) => repository !== undefined);
    return found.filter((repository, i) => found.findIndex((other) => other.root === repository.root) === i);
  };
  const choose = async (uri: string, paths: readonly string[], cancel: Cancel | undefined): Promise<GitRepository | undefined> => {
    const own = pathOf(uri);
    const places = [...(own === undefined ? [] : [URI.parse(uri).scheme === "keelson-patch" ? own : dirname(own)]), ...folders()];
    const repositories = await candidates(places);
    if (repositories.length < 2) return repositories[0];
    const counts = await Promise.all(repositories.map((repository) => filesFound(repository, paths, decode, cancel)));
    return repositories[counts.indexOf(Math.max(...counts))];
  };
  const of: Repositories["of"] = (uri, set, cancel) => {
    const paths = [...new Set(set.patches.flatMap((patch) => patch.files.map((file) => (file.status === "added" ? dirname(file.newPath) : file.oldPath))))].filter((path) => path !== "" && path !== ".").slice(0, sampledPaths);
    const key = paths.join("\0");
    const last = chosen.get(uri);
    if (last?.paths === key) return last.repository;
    const repository = choose(uri, paths, cancel);
    chosen.set(uri, { paths: key, repository });
    repository.catch(() => {
      chosen.delete(uri);
    });
    return repository;
  };
  return {
    open,
    of,
    all: () => candidates(folders()),
    async places(uri, set, cancel) {
      const repository = await of(uri, set, cancel);
      if (repository !== undefined) return [{ kind: "repository", repository }];
      // Without git, or without trust, there is nothing that a patch could be tried with.
      if ((await git().version()) === undefined) return [];
      const own = pathOf(uri);
      return [...folders(), ...(own === undefined ? [] : [dirname(own)])].map((path) => ({ kind: "path", path }));
    },
    forget() {
      opened = new Map();
      chosen = new Map();
    },
  };
}

/** How a repository is named to a person: worktrees with the same folder name are told apart by their branch. */
export function nameOf(repository: GitRepository, all: readonly GitRepository[]): string {
  const name = basename(repository.root);
  const twins = all.filter((other) => basename(other.root) === name && other.root !== repository.root);
  return twins.length === 0 ? name : `${name} (${repository.branch ?? dirname(repository.root)})`;
}
