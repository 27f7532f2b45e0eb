import { documentDecode } from "../adapters/document-decode";
import type { Cancel, GitRepository, ProcessResult } from "../engine/ports";
import type { Requests, SourceRequest } from "../protocol/requests";
import { nameOf } from "../repositories";
import { Told } from "./guard";
import type { Services } from "./services";

/** VS Code gives no document above 50 MB to a language server. */
export const largestDocument = 50 * 1024 * 1024;

/** `format.attach` can't be pinned: before 2.41 git takes every value of it, the empty one too, for a wish to attach. */
const mails = ["format-patch", "--stdout", "--no-attach"];
const diffOptions = ["--full-index", "--binary", "--find-renames"];

/** Opens a folder's repository, or tells what is missing. */
export async function repositoryAt(folder: string, services: Services): Promise<GitRepository> {
  const { words, workbench, repositories } = services;
  if (!workbench.trusted()) throw new Told(words.say({ id: "server.untrusted" }));
  const repository = await repositories.open(folder);
  if (repository !== undefined) return repository;
  const id = (await workbench.git().version()) === undefined ? "server.noGit" : "server.noRepository";
  throw new Told(words.say({ id, args: { path: folder } }));
}

function succeeded(result: ProcessResult, services: Services): string {
  if (result.status !== 0) throw new Told(services.words.say({ id: "server.gitFailed", args: { error: result.stderr.trim().split("\n").at(-1) ?? "" } }));
  if (result.stdout.length > largestDocument) throw new Told(services.words.say({ id: "server.tooLarge", args: { what: "diff" } }));
  return documentDecode.text(result.stdout, documentDecode.isUtf8(result.stdout) ? "utf-8" : "latin1");
}

/** The patch text of staged changes, the working tree, a commit or a range. */
export async function sourceText(request: SourceRequest, services: Services, cancel: Cancel): Promise<Requests["keelson/review/source"]["result"]> {
  const repository = await repositoryAt(request.folder, services);
  const name = nameOf(repository, await services.repositories.all());
  const { words } = services;
  if (request.kind === "range") {
    const text = await rangeText(repository, request.range, services, cancel);
    return { text, title: words.say({ id: "server.title.range", args: { range: request.range, name } }) };
  }
  const text = request.kind === "staged" ? await stagedText(repository, services, cancel) : await worktreeText(repository, services, cancel);
  if (text === "") throw new Told(words.say({ id: `server.noChanges.${request.kind}`, args: { name } }));
  return { text, title: words.say({ id: `server.title.${request.kind}`, args: { name } }) };
}

async function stagedText(repository: GitRepository, services: Services, cancel: Cancel): Promise<string> {
  return succeeded(await repository.run(["diff", "--cached", ...diffOptions], { cancel }), services);
}

/** Untracked files larger or more than this are left to a person. */
const untrackedLimit = 100;

async function worktreeText(repository: GitRepository, services: Services, cancel: Cancel): Promise<string> {
  const head = await repository.run(["rev-parse", "--verify", "--quiet", "HEAD"], { cancel });
  const tracked = succeeded(await repository.run(["diff", ...diffOptions, ...(head.status === 0 ? ["HEAD"] : [])], { cancel }), services);
  const listed = await repository.run(["ls-files", "--others", "--exclude-standard", "-z"], { cancel });
  const names = documentDecode.text(listed.stdout).split("\0").filter((name) => name !== "");
  let text = tracked;
  for (const name of names.slice(0, untrackedLimit)) {
    // Status 1 says that the two differ, which a new file does from nothing.
    const added = await repository.run(["diff", "--no-index", ...diffOptions, "--", "/dev/null", name], { cancel });
    if (added.status <= 1 && text.length + added.stdout.length < largestDocument) text += documentDecode.text(added.stdout);
  }
  return text;
}

/** Mails of the commits, oldest first, with the first one's parent as base so that they are judged where they were made. */
async function rangeText(repository: GitRepository, range: string, services: Services, cancel: Cancel): Promise<string> {
  const bad = new Told(services.words.say({ id: "server.badRange", args: { range } }));
  const wanted = range.trim();
  if (wanted === "" || wanted.startsWith("-") || /\s|[\u0000-\u001f]/u.test(wanted)) throw bad;
  const isRange = wanted.includes("..");
  const one = isRange ? undefined : await revision(repository, `${wanted}^{commit}`, cancel);
  if (!isRange && one === undefined) throw bad;
  const spec = one === undefined ? [wanted] : ["-1", one];
  const listed = await repository.run(["rev-list", "--reverse", "--no-merges", ...(one === undefined ? [wanted, "--"] : ["-1", one, "--"])], { cancel });
  if (listed.status !== 0) throw bad;
  const first = documentDecode.text(listed.stdout).split("\n")[0] ?? "";
  if (first === "") return mergeText(repository, one, range, services, cancel);
  const parent = await revision(repository, `${first}^`, cancel);
  // --base tells where the series begins; it refuses a range that is no line, which then goes without.
  const made = parent === undefined ? undefined : await repository.run([...mails, `--base=${parent}`, ...diffOptions, ...spec], { cancel });
  return succeeded(made?.status === 0 ? made : await repository.run([...mails, ...diffOptions, ...spec], { cancel }), services);
}

/** A merge has no mail; what it brought against its first parent is shown instead. */
async function mergeText(repository: GitRepository, sha: string | undefined, range: string, services: Services, cancel: Cancel): Promise<string> {
  const shown = sha === undefined ? "" : succeeded(await repository.run(["show", "--format=email", "--first-parent", "-m", ...diffOptions, sha], { cancel }), services);
  if (shown.trim() === "") throw new Told(services.words.say({ id: "server.emptyRange", args: { range } }));
  return shown;
}

async function revision(repository: GitRepository, name: string, cancel: Cancel): Promise<string | undefined> {
  const found = await repository.run(["rev-parse", "--verify", "--quiet", "--end-of-options", name], { cancel });
  const sha = documentDecode.text(found.stdout).trim().split("\n").at(-1) ?? "";
  return found.status === 0 && /^[0-9a-f]{40,64}$/u.test(sha) ? sha : undefined;
}
