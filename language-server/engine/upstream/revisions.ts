import type { Cancel, Decode, GitRepository, ProcessResult } from "../ports";
import { HistoryError, lastWords } from "./facts/read";

/** A revision that the repository does not know; told to the user with its name. */
export class UnknownRevision extends Error {
  readonly code = "unknown-revision";
  constructor(
    readonly revision: string,
    readonly detail: string,
  ) {
    super(`${revision}: ${detail}`);
    this.name = "UnknownRevision";
  }
}

/** Whether git did not end by itself, so that its silence says nothing. */
export function wasKilled({ status }: Pick<ProcessResult, "status">): boolean {
  return status < 0 || status > 128;
}

/** The full sha of the commit that a revision names. Throws {@link UnknownRevision}, and {@link HistoryError} when git was killed. */
export async function resolveCommit(repository: GitRepository, decode: Decode, revision: string, cancel?: Cancel): Promise<string> {
  const result = await repository.run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], cancel === undefined ? {} : { cancel });
  if (wasKilled(result)) throw new HistoryError(lastWords(result));
  const sha = decode.text(result.stdout).trim();
  if (result.status !== 0 || !/^[0-9a-f]{40,64}$/u.test(sha)) throw new UnknownRevision(revision, result.stderr.trim());
  return sha;
}

/** Commits of a range without merges, newest first. Throws {@link HistoryError}. */
export async function rangeNames(repository: GitRepository, decode: Decode, include: string, exclude: string | undefined, cancel?: Cancel): Promise<readonly string[]> {
  return listed(repository, decode, [include, ...(exclude === undefined ? [] : [`^${exclude}`])], cancel);
}

async function listed(repository: GitRepository, decode: Decode, args: readonly string[], cancel: Cancel | undefined): Promise<readonly string[]> {
  const result = await repository.run(["rev-list", "--no-merges", ...args], cancel === undefined ? {} : { cancel });
  if (result.status !== 0) throw new HistoryError(lastWords(result));
  return decode.text(result.stdout).split("\n").filter((line) => line !== "");
}

/** Commits without merges that only one of two has, newest first. */
export interface Sides {
  readonly mainline: readonly string[];
  readonly downstream: readonly string[];
}

/** Both sides in one walk. Throws {@link HistoryError}. */
export async function sideNames(repository: GitRepository, decode: Decode, mainline: string, downstream: string, cancel?: Cancel): Promise<Sides> {
  const lines = await listed(repository, decode, ["--left-right", `${mainline}...${downstream}`], cancel);
  const side = (mark: string): readonly string[] => lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(1));
  return { mainline: side("<"), downstream: side(">") };
}

/** Nearest common ancestor, undefined when there is none. Throws {@link HistoryError}. */
export async function mergeBase(repository: GitRepository, decode: Decode, one: string, other: string, cancel?: Cancel): Promise<string | undefined> {
  const result = await repository.run(["merge-base", one, other], cancel === undefined ? {} : { cancel });
  if (result.status > 1 || result.status < 0) throw new HistoryError(lastWords(result));
  const sha = decode.text(result.stdout).trim();
  return result.status === 0 && sha !== "" ? (sha.split("\n")[0] ?? undefined) : undefined;
}

/** A name that more files than this bear says nothing of where one was: Makefile, README. */
const maxNamesakes = 4;

/**
 * Names of the files of a commit, without their directories and without those that many bear; undefined where a tree is missing, as
 * in a partial clone. Throws {@link HistoryError} when git was killed.
 */
export async function namesAt(repository: GitRepository, decode: Decode, commit: string, cancel?: Cancel): Promise<ReadonlySet<string> | undefined> {
  const result = await repository.run(["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit], cancel === undefined ? {} : { cancel });
  if (wasKilled(result)) throw new HistoryError(lastWords(result));
  if (result.status !== 0) return undefined;
  const counts = new Map<string, number>();
  for (const path of decode.text(result.stdout).split("\0")) {
    const name = path.slice(path.lastIndexOf("/") + 1);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return new Set([...counts].filter(([name, count]) => name !== "" && count <= maxNamesakes).map(([name]) => name));
}
