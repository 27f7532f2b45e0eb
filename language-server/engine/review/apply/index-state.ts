import type { FileDiff } from "../../patch/types";
import type { Cancel, Decode, GitRepository, GitScratch, ProcessResult } from "../../ports";

/** One file of the private index. */
export interface IndexEntry {
  readonly mode: string;
  readonly blob: string;
}

/** What a patch is tried on: a few files in a private index, with everything that git can read behind them. */
export interface TrialIndex {
  readonly scratch: GitScratch;
  /** Brings the base's versions of these paths in, unless they were brought in before. */
  load(paths: readonly string[], cancel?: Cancel): Promise<void>;
}

/** Thrown when git itself can't do its part; told with git's own words. */
export class GitFailure extends Error {
  readonly code = "git-failure";
  constructor(
    readonly command: string,
    readonly detail: string,
  ) {
    super(`git ${command}: ${detail}`);
    this.name = "GitFailure";
  }
}

export function mustRun(command: string, result: ProcessResult): ProcessResult {
  if (result.status !== 0) throw new GitFailure(command, result.stderr.trim());
  return result;
}

/** PATH_MAX of the systems that kernels are kept on, without its final NUL. */
const longestPath = 4095;

/** Paths that can be in a tree; a patch may name others, which git refuses. */
export function isTreePath(path: string): boolean {
  return path !== "" && path.length <= longestPath && !path.startsWith("/") && !path.includes("\0") && path.split("/").every((part) => part !== "" && part !== "." && part !== ".." && part.toLowerCase() !== ".git");
}

/** Every path whose state in the tree decides whether a file of a patch goes in; the parents too: one of them may be a file. */
export function touchedPaths(files: readonly FileDiff[]): readonly string[] {
  const paths = new Set<string>();
  for (const file of files) {
    for (const path of [file.oldPath, file.newPath]) {
      if (!isTreePath(path)) continue;
      const parts = path.split("/");
      for (let i = 1; i <= parts.length; i++) paths.add(parts.slice(0, i).join("/"));
    }
  }
  return [...paths];
}

function inChunks<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const chunks: T[][] = [];
  for (let i = 0; i < items.length; i += size) chunks.push(items.slice(i, i + size));
  return chunks;
}

/** Entries of `ls-tree -z` or `ls-files -s -z`: mode, name of the object, path; directories left out. */
export function parseEntries(text: string): ReadonlyMap<string, IndexEntry> {
  const entries = new Map<string, IndexEntry>();
  for (const record of text.split("\0")) {
    const tab = record.indexOf("\t");
    if (tab < 0) continue;
    const words = record.slice(0, tab).split(" ");
    const mode = words[0] ?? "";
    const blob = words.find((word) => /^[0-9a-f]{40,64}$/u.test(word));
    if (blob !== undefined && mode !== "040000") entries.set(record.slice(tab + 1), { mode, blob });
  }
  return entries;
}

/** The entries of some paths in a commit's tree. */
export async function treeEntries(run: GitRepository["run"], commit: string, paths: readonly string[], decode: Decode, cancel?: Cancel): Promise<ReadonlyMap<string, IndexEntry>> {
  const entries = new Map<string, IndexEntry>();
  for (const chunk of inChunks(paths, 400)) {
    const args = ["ls-tree", "-z", "--full-tree", commit, "--", ...chunk];
    // A path may start with ":" and is no pattern.
    const env = { GIT_LITERAL_PATHSPECS: "1" };
    const listed = mustRun("ls-tree", await run(args, cancel === undefined ? { env } : { env, cancel }));
    for (const [path, entry] of parseEntries(decode.text(listed.stdout))) entries.set(path, entry);
  }
  return entries;
}

function indexInfo(entries: ReadonlyMap<string, IndexEntry>): string {
  return [...entries].map(([path, { mode, blob }]) => `${mode} ${blob}\t${path}\0`).join("");
}

/** Writes entries into the private index as they are; nothing is read from or written to a work tree. */
export async function putEntries(scratch: GitScratch, entries: ReadonlyMap<string, IndexEntry>, cancel?: Cancel): Promise<void> {
  if (entries.size === 0) return;
  const input = indexInfo(entries);
  mustRun("update-index", await scratch.run(["update-index", "-z", "--index-info"], cancel === undefined ? { input } : { input, cancel }));
}

/** A trial index over a commit of a repository. */
export async function commitIndex(repo: GitRepository, commit: string, decode: Decode): Promise<TrialIndex> {
  const scratch = await repo.scratch();
  const known = new Set<string>();
  return {
    scratch,
    async load(paths, cancel) {
      const fresh = paths.filter((path) => !known.has(path));
      if (fresh.length === 0) return;
      await putEntries(scratch, await treeEntries((args, options) => scratch.run(args, options), commit, fresh, decode, cancel), cancel);
      for (const path of fresh) known.add(path);
    },
  };
}

/** A trial index over a source tree without git: the files that patches touch are stored in an empty private repository. */
export function plainIndex(scratch: GitScratch, read: (path: string) => Promise<Uint8Array | undefined>, decode: Decode): TrialIndex {
  const known = new Set<string>();
  return {
    scratch,
    async load(paths, cancel) {
      const entries = new Map<string, IndexEntry>();
      for (const path of paths.filter((name) => !known.has(name))) {
        known.add(path);
        const bytes = await read(path);
        if (bytes === undefined) continue;
        const stored = mustRun("hash-object", await scratch.run(["hash-object", "-w", "--stdin"], cancel === undefined ? { input: bytes } : { input: bytes, cancel }));
        entries.set(path, { mode: "100644", blob: decode.text(stored.stdout).trim() });
      }
      await putEntries(scratch, entries, cancel);
    },
  };
}

/** The private index as it stands, by path. */
export async function listIndex(scratch: GitScratch, decode: Decode, cancel?: Cancel): Promise<ReadonlyMap<string, IndexEntry>> {
  const listed = mustRun("ls-files", await scratch.run(["ls-files", "-s", "-z"], cancel === undefined ? {} : { cancel }));
  return parseEntries(decode.text(listed.stdout));
}

const gitlink = "160000";

/** Contents of index entries in one call; a path is missing from the answer when its object is not in the repository. */
export async function readEntries(scratch: GitScratch, entries: ReadonlyMap<string, IndexEntry>, decode: Decode, cancel?: Cancel): Promise<ReadonlyMap<string, Uint8Array>> {
  const contents = new Map<string, Uint8Array>();
  const wanted = [...entries].filter(([path, entry]) => {
    if (entry.mode === gitlink) contents.set(path, decode.bytes(`Subproject commit ${entry.blob}\n`));
    return entry.mode !== gitlink;
  });
  if (wanted.length === 0) return contents;
  const input = wanted.map(([, entry]) => `${entry.blob}\n`).join("");
  const { stdout } = mustRun("cat-file", await scratch.run(["cat-file", "--batch"], cancel === undefined ? { input } : { input, cancel }));
  let at = 0;
  for (const [path] of wanted) {
    const end = stdout.indexOf(10, at);
    if (end < 0) break;
    const header = decode.text(stdout.subarray(at, end));
    at = end + 1;
    const size = /^[0-9a-f]+ blob (\d+)$/u.exec(header)?.[1];
    if (size === undefined) continue;
    contents.set(path, stdout.subarray(at, at + Number(size)));
    at += Number(size) + 1;
  }
  return contents;
}
