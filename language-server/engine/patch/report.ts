import type { Message } from "../text/message";
import { patchAt } from "./locate";
import { inSeriesOrder } from "./series";
import type { FileDiff, Hunk, LoadedPatchSet, Patch, Problem } from "./types";

export interface HunkReport {
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  /** 1-based line of the @@ in the file that was read. */
  readonly line: number;
}

export interface FileReport {
  readonly oldPath: string;
  readonly newPath: string;
  readonly status: string;
  readonly binary: boolean;
  readonly added: number;
  readonly deleted: number;
  readonly hunks: readonly HunkReport[];
}

export interface ProblemReport {
  readonly line: number;
  readonly code: string;
  readonly message: string;
}

export interface PatchEntry {
  readonly subject: string;
  /** `Name <address>`, empty when unknown. */
  readonly author: string;
  readonly date: string;
  readonly messageId: string | null;
  readonly version: number;
  readonly index: number | null;
  readonly total: number | null;
  readonly trailers: readonly { readonly key: string; readonly value: string }[];
  readonly files: readonly FileReport[];
  readonly problems: readonly ProblemReport[];
}

/** What `keelson patch parse --format json` prints. */
export interface PatchReport {
  readonly patches: readonly PatchEntry[];
  /** Problems of a file that no patch of it holds; absent when there are none. */
  readonly problems?: readonly ProblemReport[];
}

type Say = (message: Message) => string;

function hunkReport(hunk: Hunk): HunkReport {
  const { oldStart, oldLines, newStart, newLines, line } = hunk;
  return { oldStart, oldLines, newStart, newLines, line };
}

function fileReport(file: FileDiff): FileReport {
  const { oldPath, newPath, status, binary, added, deleted } = file;
  return { oldPath, newPath, status, binary, added, deleted, hunks: file.hunks.map(hunkReport) };
}

function problemReport(problem: Problem, say: Say): ProblemReport {
  return { line: problem.line, code: problem.code, message: say(problem.message) };
}

function authorOf(patch: Patch): string {
  return patch.author === undefined ? "" : `${patch.author.name} <${patch.author.email}>`;
}

/** Problems by the patch that holds their line. */
function byPatch(loaded: LoadedPatchSet): ReadonlyMap<Patch | undefined, readonly Problem[]> {
  const groups = new Map<Patch | undefined, Problem[]>();
  for (const problem of loaded.problems) {
    const patch = patchAt(loaded.set, problem.line);
    const group = groups.get(patch);
    if (group === undefined) groups.set(patch, [problem]);
    else group.push(problem);
  }
  return groups;
}

function entryOf(patch: Patch, problems: readonly Problem[], say: Say): PatchEntry {
  return {
    subject: patch.subject,
    author: authorOf(patch),
    date: patch.date ?? "",
    messageId: patch.messageId ?? null,
    version: patch.version,
    index: patch.index ?? null,
    total: patch.total ?? null,
    trailers: patch.message.trailers.map(({ key, value }) => ({ key, value })),
    files: patch.files.map(fileReport),
    problems: problems.map((problem) => problemReport(problem, say)),
  };
}

/** Everything that was parsed, as plain data in the order of [n/m], a quilt series in its own; `say` puts messages into the reader's language. */
export function patchReport(sets: readonly LoadedPatchSet[], say: Say): PatchReport {
  const groups = new Map(sets.map((loaded) => [loaded, byPatch(loaded)]));
  const pairs = sets.flatMap((loaded) => loaded.set.patches.map((patch) => ({ patch, loaded })));
  const ordered = inSeriesOrder(pairs, (pair) => (pair.loaded.placed === true ? undefined : pair.patch));
  const patches = ordered.map(({ patch, loaded }) => entryOf(patch, groups.get(loaded)?.get(patch) ?? [], say));
  const stray = sets.flatMap((loaded) => groups.get(loaded)?.get(undefined) ?? []).map((problem) => problemReport(problem, say));
  return stray.length === 0 ? { patches } : { patches, problems: stray };
}
