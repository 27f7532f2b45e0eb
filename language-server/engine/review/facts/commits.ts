import type { Cancel, Decode, GitRepository } from "../../ports";
import type { CommitInfo } from "../types";

/** Options that keep a repository's own settings (signatures, notes, mail map, colours) out of what `git log` prints. */
const plain = ["--no-show-signature", "--no-notes", "--no-mailmap", "--no-color", "--no-decorate", "--encoding=UTF-8", "-s", "-z"] as const;

const infoFormat = "--format=%H%x00%s%x00%aI%x00%an";
const infoFields = 4;

/** Output of a git call as text; undefined when git failed. */
export async function gitText(
  repo: GitRepository,
  decode: Decode,
  args: readonly string[],
  cancel: Cancel | undefined,
  input?: string,
): Promise<string | undefined> {
  const result = await repo.run(args, { ...(cancel === undefined ? {} : { cancel }), ...(input === undefined ? {} : { input }) });
  return result.status === 0 ? decode.text(result.stdout) : undefined;
}

/** Commits that a `git log` with these arguments names, in its order; empty when git fails. Only commit headers are read. */
export async function logCommits(
  repo: GitRepository,
  decode: Decode,
  args: readonly string[],
  cancel: Cancel | undefined,
  input?: string,
): Promise<readonly CommitInfo[]> {
  const text = await gitText(repo, decode, ["log", ...plain, infoFormat, ...args], cancel, input);
  if (text === undefined) return [];
  const fields = text.split("\0");
  const commits: CommitInfo[] = [];
  for (let i = 0; i + infoFields <= fields.length; i += infoFields) {
    const [sha = "", subject = "", authorDate = "", authorName = ""] = fields.slice(i, i + infoFields);
    commits.push({ sha, subject, authorDate, authorName });
  }
  return commits;
}

/** Full messages by commit; empty when git fails. */
export async function logMessages(
  repo: GitRepository,
  decode: Decode,
  shas: readonly string[],
  cancel: Cancel | undefined,
): Promise<readonly { readonly sha: string; readonly message: string }[]> {
  const args = ["log", ...plain, "--format=%H%n%B", "--no-walk=unsorted", "--stdin"];
  const text = await gitText(repo, decode, args, cancel, `${shas.join("\n")}\n`);
  if (text === undefined) return [];
  return text
    .split("\0")
    .filter((record) => record !== "")
    .map((record) => {
      const end = record.indexOf("\n");
      return { sha: record.slice(0, end), message: record.slice(end + 1) };
    });
}
