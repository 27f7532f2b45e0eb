import type { Cancel, Decode, Files, GitRepository } from "../../ports";
import type { PresenceRequest } from "./types";

export interface ResolvedCommit {
  /** Full name of a commit with at most one parent. */
  readonly sha: string | undefined;
  readonly problem: "badName" | "unknownCommit" | "ambiguous" | "merge" | undefined;
}

export interface Names {
  readonly commits: ReadonlyMap<string, ResolvedCommit>;
  /** `kind name` of the trees that are there. */
  readonly trees: ReadonlySet<string>;
  /** How long an object's name is here. */
  readonly digits: number;
}

/** One revision in one line of git's input; `:` would name something in it. */
export function isRevision(name: string): boolean {
  return name !== "" && name.length <= 1000 && !/[\s\u0000-\u0020\u007f:]/u.test(name) && !name.startsWith("-");
}

function isSha(name: string): boolean {
  return /^[0-9a-f]{4,64}$/iu.test(name);
}

/** Looks up all commits and trees in one git process. */
export async function resolveNames(requests: readonly PresenceRequest[], repo: GitRepository, files: Files, decode: Decode, cancel?: Cancel): Promise<Names> {
  const commits = [...new Set(requests.map(({ commit }) => commit))];
  const shas = commits.filter(isSha);
  const revisions = [...new Set(requests.flatMap(({ tree }) => (tree.kind === "revision" && isRevision(tree.name) ? [tree.name] : [])))];
  const asked = [...shas.flatMap((sha) => [`${sha}^{commit}`, `${sha}^2^{commit}`]), ...revisions.map((name) => `${name}^{tree}`)];
  const { stdout } = asked.length === 0 ? { stdout: new Uint8Array() } : await repo.run(["cat-file", "--batch-check", "--buffer"], { input: asked.map((name) => `${name}\n`).join(""), ...(cancel === undefined ? {} : { cancel }) });
  const lines = decode.text(stdout).split("\n");
  const full = (line: string | undefined): string | undefined => /^([0-9a-f]{40,64}) (?:commit|tree) \d+$/u.exec(line ?? "")?.[1];
  const found = new Map<string, ResolvedCommit>(commits.map((commit) => [commit, { sha: undefined, problem: "badName" }]));
  shas.forEach((name, i) => {
    const line = lines[2 * i] ?? "";
    const sha = full(line);
    if (sha === undefined) found.set(name, { sha, problem: line.endsWith(" ambiguous") ? "ambiguous" : "unknownCommit" });
    else if (full(lines[2 * i + 1]) !== undefined) found.set(name, { sha: undefined, problem: "merge" });
    else found.set(name, { sha, problem: undefined });
  });
  const trees = new Set(revisions.filter((_, i) => full(lines[2 * shas.length + i]) !== undefined).map((name) => `revision ${name}`));
  for (const path of new Set(requests.flatMap(({ tree }) => (tree.kind === "directory" ? [tree.path] : [])))) {
    if ((await files.stat(path))?.directory === true) trees.add(`directory ${path}`);
  }
  const digits = lines.map(full).find((sha) => sha !== undefined)?.length ?? 40;
  return { commits: found, trees, digits };
}
