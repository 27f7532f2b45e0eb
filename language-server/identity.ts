import { homedir } from "node:os";
import { join } from "node:path";
import type { Decode, GitRepository } from "./engine/ports";
import type { Author } from "./engine/upstream/types";

/** The user's own files of git's configuration, the strongest first (git-config(1), FILES). Our calls of git read none by themselves. */
function userFiles(environment: Readonly<Record<string, string | undefined>>): readonly string[] {
  const home = environment["HOME"] ?? homedir();
  const given = environment["XDG_CONFIG_HOME"];
  const config = given !== undefined && given !== "" ? given : join(home, ".config");
  return [join(home, ".gitconfig"), join(config, "git", "config"), "/etc/gitconfig"];
}

async function ask(repository: GitRepository, decode: Decode, key: string, files: readonly string[]): Promise<string | undefined> {
  const sources = [["--local"], ...files.map((file) => ["--file", file])];
  for (const source of sources) {
    const answer = await repository.run(["config", ...source, "--includes", "--get", key]);
    const value = decode.text(answer.stdout).trim();
    if (answer.status === 0 && value !== "") return value;
  }
  return undefined;
}

/** Who git would write as the committer; undefined when it has been told no name or no address. */
export async function identityOf(repository: GitRepository, decode: Decode, environment: Readonly<Record<string, string | undefined>> = process.env): Promise<Author | undefined> {
  const files = userFiles(environment);
  const name = environment["GIT_COMMITTER_NAME"] ?? (await ask(repository, decode, "user.name", files));
  const email = environment["GIT_COMMITTER_EMAIL"] ?? (await ask(repository, decode, "user.email", files)) ?? environment["EMAIL"];
  return name === undefined || email === undefined || name === "" || email === "" ? undefined : { name, email };
}
