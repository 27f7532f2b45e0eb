import { homedir } from "node:os";
import { join } from "node:path";
import { createCache, stateDirectory } from "./adapters/cache";
import { nodeClock, nodeRandom } from "./adapters/clock";
import { nodeDecode } from "./adapters/decode";
import { nodeFiles } from "./adapters/files";
import { createGit } from "./adapters/git";
import { nodeHash } from "./adapters/hash";
import { createLease, type Lease } from "./adapters/lease";
import { createProcess } from "./adapters/process";
import type { Cache, Clock, Decode, Files, Git, GitRepository, Hash, Log, Process, Random } from "./engine/ports";

export interface WorkbenchSettings {
  readonly trusted: () => boolean;
  /** The git program; empty finds it on PATH. Asked at every call, since the setting may change. */
  readonly gitPath: () => string;
  readonly log: Log;
  /** Folder for state that belongs to no repository. */
  readonly storage: string;
}

/** The engine's ports made real, once for each door. */
export interface Workbench {
  readonly decode: Decode;
  readonly hash: Hash;
  readonly clock: Clock;
  readonly random: Random;
  readonly files: Files;
  readonly process: Process;
  /** git by the path that the settings name now. */
  git(): Git;
  readonly log: Log;
  readonly storage: string;
  readonly trusted: () => boolean;
  /** The cache beside a repository, shared by its worktrees and windows; the user's own without one. */
  cacheOf(repository: GitRepository | undefined): Promise<Cache>;
  /** Keeps two windows from doing the same long work on a repository. */
  leaseOf(repository: GitRepository): Promise<Lease>;
}

/** `$XDG_CACHE_HOME/keelson`, else `~/.cache/keelson`. */
export function userCacheFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const base = environment["XDG_CACHE_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".cache"), "keelson");
}

/** Where knowledge, measurements and histories are kept: `$KEELSON_HOME`, else `$XDG_DATA_HOME/keelson`, else `~/.local/share/keelson`. */
export function userDataFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const own = environment["KEELSON_HOME"];
  if (own !== undefined && own !== "") return own;
  const base = environment["XDG_DATA_HOME"];
  return join(base !== undefined && base !== "" ? base : join(homedir(), ".local", "share"), "keelson");
}

export function createWorkbench(settings: WorkbenchSettings): Workbench {
  const { trusted, log, storage, gitPath } = settings;
  const process = createProcess({ trusted, log });
  const caches = new Map<string, Promise<Cache>>();
  const gits = new Map<string, Git>();
  return {
    decode: nodeDecode,
    hash: nodeHash,
    clock: nodeClock,
    random: nodeRandom,
    files: nodeFiles,
    process,
    git() {
      const path = gitPath();
      let git = gits.get(path);
      if (git === undefined) {
        git = createGit({ gitPath: path, log, trusted });
        gits.set(path, git);
      }
      return git;
    },
    log,
    storage,
    trusted,
    cacheOf(repository) {
      const key = repository?.commonDir ?? "";
      let cache = caches.get(key);
      if (cache === undefined) {
        cache = (repository === undefined ? Promise.resolve(storage) : stateDirectory(repository.commonDir, storage)).then((folder) => createCache(join(folder, "cache")));
        caches.set(key, cache);
      }
      return cache;
    },
    leaseOf: async (repository) => createLease(await stateDirectory(repository.commonDir, storage)),
  };
}
