import { baseName, joinPath, loadPatches, staysInside } from "../../patch/load";
import { parsePatchSet } from "../../patch/parse";
import type { Patch, PatchSet, Problem } from "../../patch/types";
import { checkCancel, type Cancel, type Decode, type Files } from "../../ports";
import { diffParser } from "../diff/parse";
import { emptyRecord } from "../diff/read";
import { unpackDiff } from "../diff/record";
import type { CommitDiff } from "../types";
import { seriesFacts } from "./facts";
import { findList, type FoundList } from "./find";
import { gitForm } from "./git-form";
import { stackProblem } from "./problems";
import type { SeriesCommit, SeriesProblem, StackEntry, StackProblem } from "./types";

export interface Series {
  /** In the order in which they are applied, oldest first. */
  readonly value: readonly SeriesCommit[];
  readonly problems: readonly SeriesProblem[];
}

/** The reader of diffs wants a commit's name; a series has its own, which replaces this one. */
const anySha = "0".repeat(40);

interface Draft {
  readonly value: SeriesCommit[];
  readonly problems: SeriesProblem[];
  readonly names: Set<string>;
}

/** `series:<name>`, with a number where one file holds several patches or is applied again. */
function nameFor(draft: Draft, name: string): string {
  let sha = `series:${name}`;
  for (let n = 2; draft.names.has(sha); n++) sha = `series:${name}#${n}`;
  draft.names.add(sha);
  return sha;
}

function diffOf(sha: string, patch: Patch, how: Pick<StackEntry, "strip" | "reversed">, decode: Decode): { readonly record: Uint8Array<ArrayBuffer>; readonly diff: CommitDiff } {
  let record = emptyRecord("unreadable", decode);
  const parser = diffParser(decode, (_commit, bytes) => {
    record = bytes;
  });
  parser.push(decode.bytes(`${anySha}\n`));
  parser.push(gitForm(patch, how, decode));
  parser.end(true);
  return { record, diff: unpackDiff(sha, record, 0, decode) };
}

function withPath(problem: StackProblem | Problem, path: string): SeriesProblem {
  const { line, code, severity, message } = problem;
  return { line, code, severity, message, path };
}

/** Adds the patches of one file. Covers and replies of a mailbox carry no change. */
function take(draft: Draft, set: PatchSet, name: string, path: string, how: Pick<StackEntry, "strip" | "reversed">, decode: Decode): number {
  const patches = set.patches.filter((patch) => patch.kind === "patch");
  for (const patch of patches) {
    const { record, diff } = diffOf(nameFor(draft, name), patch, how, decode);
    const before = draft.value.at(-1)?.facts.sha;
    draft.value.push({ facts: seriesFacts(patch, path, diff, before === undefined ? [] : [before]), diff, record, path, ordinal: patch.ordinal });
  }
  return patches.length;
}

const packed = /\.(?:gz|bz2|xz|zst|lz|lzma)$/iu;

async function firstFile(entry: StackEntry, list: FoundList, files: Files): Promise<{ readonly path: string; readonly bytes: Uint8Array } | undefined> {
  for (const folder of list.folders) {
    const path = joinPath(folder, entry.name);
    const bytes = await files.read(path);
    if (bytes !== undefined) return { path, bytes };
  }
  return undefined;
}

async function readEntry(draft: Draft, entry: StackEntry, list: FoundList, files: Files, decode: Decode, cancel: Cancel | undefined): Promise<void> {
  const tell = (code: string): void => {
    draft.problems.push(withPath(stackProblem(entry.line, code, { name: entry.name }), list.path));
  };
  if (!staysInside(entry.name)) {
    tell("outside");
    return;
  }
  if (packed.test(entry.name)) {
    tell("compressed");
    return;
  }
  const found = await firstFile(entry, list, files);
  if (found === undefined) {
    tell("not-found");
    return;
  }
  const { value, problems } = parsePatchSet(found.bytes, decode, cancel);
  draft.problems.push(...problems.map((problem) => withPath(problem, found.path)));
  if (take(draft, value, entry.name, found.path, entry, decode) === 0) tell("no-patch");
}

async function readList(draft: Draft, list: FoundList, files: Files, decode: Decode, cancel: Cancel | undefined): Promise<void> {
  draft.problems.push(...list.stack.problems.map((problem) => withPath(problem, list.path)));
  for (const entry of list.stack.entries) {
    checkCancel(cancel);
    await readEntry(draft, entry, list, files, decode, cancel);
  }
}

/** A folder of patches without a list, or one file of patches, is taken as the patch capability orders it. */
async function readLoose(draft: Draft, path: string, files: Files, decode: Decode, cancel: Cancel | undefined): Promise<void> {
  for (const { path: file, set, problems } of await loadPatches(path, files, decode, cancel)) {
    checkCancel(cancel);
    draft.problems.push(...problems.map((problem) => withPath(problem, file)));
    take(draft, set, baseName(file), file, { strip: 1, reversed: false }, decode);
  }
  if (draft.value.length === 0) draft.problems.push(withPath(stackProblem(0, "no-list", { name: path }), path));
}

/**
 * Reads a patch stack without commits: a folder with a quilt `series`, a SUSE `series.conf` or an RPM spec file, one of these
 * files itself, a folder of patches or a mailbox. Each patch comes as a commit would: facts and the diff of its change groups.
 * Throws only `Cancelled`.
 */
export async function readSeries(files: Files, decode: Decode, directory: string, cancel?: Cancel): Promise<Series> {
  checkCancel(cancel);
  const draft: Draft = { value: [], problems: [], names: new Set() };
  const list = await findList(directory, files, decode);
  if (list === undefined) await readLoose(draft, directory, files, decode, cancel);
  else await readList(draft, list, files, decode, cancel);
  return { value: draft.value, problems: draft.problems };
}
