import type { Cancel, Decode, GitRepository, GitScratch } from "../../ports";
import { isInside } from "../presence/source-tree";
import type { Step } from "./chains";

/** One file by all the paths that it has had; a tree has it under one of them at most. */
export type SlicedFile = readonly string[];

/** Commits reduced to the files in question: merging slices says what happens there and nowhere else, and costs little. */
export interface Slices {
  readonly onto: string;
  readonly steps: ReadonlyMap<string, Step>;
  /** The blob of each file in a slice's tree, by file; undefined where it is not there. */
  blobs(tree: string): Promise<readonly (string | undefined)[]>;
  /** Path of each file in the base; the commit's own where the base lacks it. */
  readonly paths: readonly (string | undefined)[];
}

interface Entry {
  readonly path: string;
  readonly blob: string;
}

function options(cancel: Cancel | undefined): { readonly cancel?: Cancel } {
  return cancel === undefined ? {} : { cancel };
}

/** Renames between two commits' trees, as old path to new. */
async function renames(repo: GitRepository, decode: Decode, from: string, to: string, cancel: Cancel | undefined): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await repo.run(["diff-tree", "-r", "-z", "-M", "-l7000", "--diff-filter=R", "--name-status", from, to], options(cancel));
  const fields = decode.text(stdout).split("\0");
  const found = new Map<string, string>();
  for (let i = 0; i + 2 < fields.length; i += 3) found.set(fields[i + 1] ?? "", fields[i + 2] ?? "");
  return found;
}

/** Gives each path of the commit's old tree the one that the base has for it, when the base lacks the path itself. */
export async function slicedFiles(repo: GitRepository, decode: Decode, commit: string, onto: string, paths: readonly string[], cancel?: Cancel): Promise<readonly SlicedFile[]> {
  const usable = [...new Set(paths)].filter(isInside);
  const entries = await lookUp(repo, decode, usable.map((path) => `${onto}:${path}`), cancel);
  if (entries.every((blob) => blob !== undefined)) return usable.map((path) => [path]);
  const moved = await renames(repo, decode, `${commit}^`, onto, cancel);
  return usable.map((path, i) => {
    const other = moved.get(path);
    return entries[i] === undefined && other !== undefined && isInside(other) ? [path, other] : [path];
  });
}

async function lookUp(repo: GitRepository, decode: Decode, names: readonly string[], cancel: Cancel | undefined): Promise<readonly (string | undefined)[]> {
  const { stdout } = await repo.run(["cat-file", "--batch-check", "--buffer"], { input: names.map((name) => `${name}\n`).join(""), ...options(cancel) });
  const lines = decode.text(stdout).split("\n");
  return names.map((_, i) => /^([0-9a-f]{40,64}) blob \d+$/u.exec(lines[i] ?? "")?.[1]);
}

/** Entries are named by number, so that a file is the same one whatever its path is. */
function entryName(index: number): string {
  return `f${String(index).padStart(4, "0")}`;
}

/** Writes the trees into the scratch, one level deep, in one process. */
async function writeTrees(scratch: GitScratch, decode: Decode, trees: readonly (readonly (Entry | undefined)[])[], filler: string, cancel: Cancel | undefined): Promise<readonly string[]> {
  // A tree without entries would look like the end of git's input.
  const text = trees.map((entries) => `${entries.map((entry, i) => (entry === undefined ? "" : `100644 blob ${entry.blob}\t${entryName(i)}\n`)).join("")}100644 blob ${filler}\tz\n`).join("\n");
  const { status, stdout, stderr } = await scratch.run(["mktree", "--batch", "--missing"], { input: text, ...options(cancel) });
  if (status !== 0) throw new Error(`git mktree: ${stderr.trim()}`);
  return decode.text(stdout).split("\n");
}

/** Reduces the base and the commits (full shas) to the files. */
export async function makeSlices(repo: GitRepository, scratch: GitScratch, decode: Decode, onto: string, commits: readonly string[], files: readonly SlicedFile[], cancel?: Cancel): Promise<Slices | undefined> {
  const roots = [onto, ...commits.flatMap((sha) => [`${sha}^`, sha])];
  const names = roots.flatMap((root) => files.flatMap((paths) => paths.map((path) => `${root}:${path}`)));
  const blobs = await lookUp(repo, decode, names, cancel);
  let at = 0;
  const entries = roots.map(() =>
    files.map((paths) => {
      const found = paths.map((path, i): Entry | undefined => {
        const blob = blobs[at + i];
        return blob === undefined ? undefined : { path, blob };
      });
      at += paths.length;
      return found.find((entry) => entry !== undefined);
    }),
  );
  const filler = blobs.find((blob) => blob !== undefined);
  if (filler === undefined) return undefined;
  const trees = await writeTrees(scratch, decode, entries, filler, cancel);
  const steps = new Map<string, Step>();
  commits.forEach((sha, i) => {
    const [base, tree] = [trees[1 + 2 * i], trees[2 + 2 * i]];
    if (base !== undefined && tree !== undefined && base !== "" && tree !== "") steps.set(sha, { sha, base, tree });
  });
  return {
    onto: trees[0] ?? "",
    steps,
    paths: files.map((known, i) => entries[0]?.[i]?.path ?? known[0]),
    async blobs(tree) {
      const { stdout } = await scratch.run(["ls-tree", tree], options(cancel));
      const own = new Map(decode.text(stdout).split("\n").map((line) => [line.slice(line.indexOf("\t") + 1), /^\d+ blob ([0-9a-f]+)\t/u.exec(line)?.[1]]));
      return files.map((_, i) => own.get(entryName(i)));
    },
  };
}

/** The base's tree with other blobs in the files' places; modes stay. Undefined when git can't write it. */
export async function patchedTree(scratch: GitScratch, decode: Decode, onto: string, changed: readonly { readonly path: string; readonly blob: string }[], cancel?: Cancel): Promise<string | undefined> {
  const read = await scratch.run(["read-tree", onto], options(cancel));
  const listed = decode.text((await scratch.run(["ls-files", "-s", "-z"], options(cancel))).stdout).split("\0");
  const modes = new Map(listed.map((entry) => [entry.slice(entry.indexOf("\t") + 1), entry.slice(0, 6)]));
  const input = changed.map(({ path, blob }) => `${modes.get(path) ?? "100644"} ${blob} 0\t${path}\0`).join("");
  const updated = await scratch.run(["update-index", "-z", "--index-info"], { input, ...options(cancel) });
  const written = await scratch.run(["write-tree", "--missing-ok"], options(cancel));
  const tree = decode.text(written.stdout).trim();
  return read.status === 0 && updated.status === 0 && written.status === 0 && tree !== "" ? tree : undefined;
}
