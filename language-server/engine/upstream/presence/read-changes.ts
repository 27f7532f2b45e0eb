import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";
import { ChangeReader, type TextChange } from "./change-text";

export type ChangeAnswer = TextChange | "missing-blob" | "unreadable";

const args = ["diff-tree", "--stdin", "--always", "--root", "-r", "-p", "-U0", "-M", "--full-index"];

async function attempt(repo: GitRepository, decode: Decode, commits: readonly string[], found: Map<string, ChangeAnswer>, cancel: Cancel | undefined): Promise<{ readonly done: number; readonly ok: boolean; readonly stderr: string }> {
  let done = 0;
  const reader = new ChangeReader(decode, (change) => {
    found.set(change.sha, change);
    done += 1;
  });
  const result = await repo.stream(args, (chunk) => { reader.push(chunk); }, { input: commits.map((commit) => `${commit}\n`).join(""), ...(cancel === undefined ? {} : { cancel }) });
  reader.end(result.status === 0);
  return { done, ok: result.status === 0, stderr: result.stderr };
}

/**
 * Changed lines of commits (full shas, no merges) against their parent, in one git process. A blob that is not there ends git:
 * that commit is told so, and reading goes on behind it.
 */
export async function readChanges(repo: GitRepository, decode: Decode, commits: readonly string[], cancel?: Cancel): Promise<ReadonlyMap<string, ChangeAnswer>> {
  const found = new Map<string, ChangeAnswer>();
  let rest = commits;
  while (rest.length > 0) {
    checkCancel(cancel);
    const { done, ok, stderr } = await attempt(repo, decode, rest, found, cancel);
    if (ok) break;
    const culprit = rest[done] ?? "";
    // git may have died of the commit after the one whose end was not seen.
    const alone = await attempt(repo, decode, [culprit], found, cancel);
    if (!alone.ok) found.set(culprit, /unable to read|missing|bad object|could not/iu.test(stderr) ? "missing-blob" : "unreadable");
    rest = rest.slice(done + 1);
  }
  return found;
}
