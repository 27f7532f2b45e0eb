import { checkCancel, type Cancel, type Decode, type GitRepository } from "../../ports";

export interface CommitText {
  readonly sha: string;
  readonly parents: number;
  readonly name: string;
  readonly email: string;
  /** RFC 2822, in the author's own zone. */
  readonly date: string;
  /** Seconds since the epoch. */
  readonly commitTime: number;
  readonly subject: string;
  readonly body: string;
}

const fullSha = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u;

/** No message holds a NUL, so that no text of a commit can look like the end of a record. */
const format = "--format=tformat:%H%x00%P%x00%an%x00%ae%x00%aD%x00%ct%x00%s%x00%b%x00%x01";

function recordOf(text: string): CommitText | undefined {
  const [sha = "", parents = "", name = "", email = "", date = "", time = "", subject = "", body = ""] = text.replace(/^\n/u, "").split("\0");
  return fullSha.test(sha) ? { sha, parents: parents === "" ? 0 : parents.split(" ").length, name, email, date, commitTime: Number(time), subject, body: body.replace(/\n+$/u, "") } : undefined;
}

/** Those of the shas that are commits here, however many the repository lacks. */
async function known(repository: GitRepository, decode: Decode, shas: readonly string[], cancel: Cancel | undefined): Promise<readonly string[]> {
  const listed = await repository.run(["cat-file", "--batch-check=%(objectname) %(objecttype)"], { input: `${shas.join("\n")}\n`, ...(cancel === undefined ? {} : { cancel }) });
  return decode.text(listed.stdout).split("\n").filter((line) => line.endsWith(" commit")).map((line) => line.slice(0, line.indexOf(" ")));
}

/** Authors, dates and messages by sha. What is no full sha, or no commit here, is not in the result. */
export async function readCommits(repository: GitRepository, decode: Decode, shas: readonly string[], cancel?: Cancel): Promise<ReadonlyMap<string, CommitText>> {
  checkCancel(cancel);
  const found = new Map<string, CommitText>();
  const wanted = await known(repository, decode, shas.filter((sha) => fullSha.test(sha)), cancel);
  if (wanted.length === 0) return found;
  const log = await repository.run(["log", "--no-walk=unsorted", "--no-patch", "--no-notes", "--no-mailmap", "--encoding=UTF-8", format, "--stdin"], { input: `${wanted.join("\n")}\n`, ...(cancel === undefined ? {} : { cancel }) });
  for (const text of decode.text(log.stdout).split("\0\u0001")) {
    const commit = recordOf(text);
    if (commit !== undefined) found.set(commit.sha, commit);
  }
  return found;
}

/** A day and more: clocks of committers are not one. */
const slack = 30 * 86_400;

/** The commits in mainline's order, ancestors first. Those that history cannot place follow by their time. */
export async function inOrder(repository: GitRepository, decode: Decode, commits: readonly CommitText[], base: string | undefined, cancel?: Cancel): Promise<readonly CommitText[]> {
  if (commits.length < 2) return commits;
  const oldest = Math.min(...commits.map(({ commitTime }) => commitTime));
  const input = [...commits.map(({ sha }) => sha), ...(base !== undefined && fullSha.test(base) ? [`^${base}`] : [])].join("\n");
  const args = ["rev-list", "--topo-order", "--reverse", `--since=${Math.max(0, oldest - slack)}`, "--stdin"];
  const listed = await repository.run(args, { input: `${input}\n`, ...(cancel === undefined ? {} : { cancel }) });
  const place = new Map(decode.text(listed.stdout).split("\n").map((sha, i) => [sha, i]));
  return [...commits].sort((a, b) => (place.get(a.sha) ?? Infinity) - (place.get(b.sha) ?? Infinity) || a.commitTime - b.commitTime);
}
