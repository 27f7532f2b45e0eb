import type { Cancel, Decode, GitRepository } from "../ports";

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

/** The full sha of the commit that a revision names. Throws {@link UnknownRevision}. */
export async function resolveCommit(repository: GitRepository, decode: Decode, revision: string, cancel?: Cancel): Promise<string> {
  const result = await repository.run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], cancel === undefined ? {} : { cancel });
  const sha = decode.text(result.stdout).trim();
  if (result.status !== 0 || !/^[0-9a-f]{40,64}$/u.test(sha)) throw new UnknownRevision(revision, result.stderr.trim());
  return sha;
}

/** Nearest common ancestor, undefined when there is none. */
export async function mergeBase(repository: GitRepository, decode: Decode, one: string, other: string, cancel?: Cancel): Promise<string | undefined> {
  const result = await repository.run(["merge-base", one, other], cancel === undefined ? {} : { cancel });
  const sha = decode.text(result.stdout).trim();
  return result.status === 0 && sha !== "" ? (sha.split("\n")[0] ?? undefined) : undefined;
}
