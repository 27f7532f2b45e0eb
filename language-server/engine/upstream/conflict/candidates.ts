import type { Cancel, Decode, GitRepository } from "../../ports";
import { ChangeReader, type TextChange } from "../presence/change-text";

/**
 * Ancestors of `commit` that `onto` does not have and that touch the paths, newest first: what could be a prerequisite.
 * `limit` commits at most, in one `git log`. Both are full shas.
 */
export async function readCandidates(repo: GitRepository, decode: Decode, commit: string, onto: string, paths: readonly string[], limit: number, cancel?: Cancel): Promise<readonly TextChange[]> {
  const earlier: TextChange[] = [];
  const reader = new ChangeReader(decode, (change) => earlier.push(change));
  const args = ["log", "--topo-order", "--no-merges", "-n", String(limit), "--format=%H", "-p", "-U0", "--no-renames", "--full-index", `${commit}^`, "--not", onto, "--", ...paths];
  const { status } = await repo.stream(args, (chunk) => { reader.push(chunk); }, { env: { GIT_LITERAL_PATHSPECS: "1" }, ...(cancel === undefined ? {} : { cancel }) });
  // A missing blob ends the log: what came before it can be tried all the same.
  reader.end(status === 0);
  return earlier;
}
