import type { Cache, Cancel, Decode, GitRepository } from "../../ports";
import type { Message } from "../../text/message";
import type { CommitInfo, CommitLookup, History } from "../types";
import { askGit, createAncestors } from "./ancestors";
import { gitText, logCommits } from "./commits";
import { boundary, createMessageIndex } from "./message-index";
import { carriedIndex, fixesIndex } from "./named-commits";

/** Commits with one subject that are worth naming. */
const maxSameSubject = 5;
/** Later fixes that are looked at; a commit with more is a merge of mistakes. */
const maxFixes = 100;
/** How far back subjects of a path are looked for, in commits of the whole history. */
const touchingDepth = 200_000;

/**
 * The history port over git. Only commit objects (and trees, for paths) are read, so partial clones answer too; what
 * git can't answer counts as not found. Answers are remembered for as long as the object lives: make a new one when
 * refs change. `cache` belongs to the repository and keeps what takes a walk through its history.
 */
export function createHistory(
  repo: GitRepository,
  base: { readonly sha: string; readonly reason: Message },
  cache: Cache,
  decode: Decode,
): History {
  const carried = createMessageIndex(repo, cache, decode, carriedIndex);
  const fixes = createMessageIndex(repo, cache, decode, fixesIndex);
  const ofBase = createAncestors(repo, base.sha);
  const commits = new Map<string, CommitLookup>();
  const ancestors = new Map<string, boolean>();
  const subjects = new Map<string, readonly CommitInfo[]>();
  const touching = new Map<string, readonly string[]>();
  let oldest: readonly string[] | undefined;

  async function findCommit(sha: string, cancel?: Cancel): Promise<CommitLookup> {
    const name = sha.toLowerCase();
    return remember(commits, name, () => lookUpCommit(repo, decode, name, cancel));
  }

  async function isAncestor(sha: string, of: string, cancel?: Cancel): Promise<boolean> {
    return remember(ancestors, `${sha} ${of}`, async () => {
      if (!isHex(sha) || !isHex(of)) return false;
      return of === base.sha && sha.length === 40 ? ofBase.has(sha.toLowerCase(), cancel) : askGit(repo, sha, of, cancel);
    });
  }

  /** Abbreviations are made whole where the repository can, so that a marker with more digits is found as well. */
  async function fullName(sha: string, cancel: Cancel | undefined): Promise<string> {
    const found = await findCommit(sha, cancel);
    return found.kind === "found" ? found.commit.sha : sha.toLowerCase();
  }

  return {
    base: base.sha,
    baseReason: base.reason,
    findCommit,
    isAncestor,

    async findSubject(subject, cancel) {
      return remember(subjects, subject, async () => {
        if (subject.trim() === "") return [];
        const pattern = `^${subject.replace(/[\\.*[\]^$]/gu, "\\$&")}$`;
        const hits = await logCommits(repo, decode, ["--all", "--basic-regexp", `--grep=${pattern}`, "-n", "50"], cancel);
        return hits.filter((commit) => commit.subject === subject).slice(0, maxSameSubject);
      });
    },

    async carriedAs(sha, cancel) {
      if (!isHex(sha) || sha.length < 8) return undefined;
      for (const carrier of await carried.lookup(await fullName(sha, cancel), [base.sha], cancel)) {
        if (!(await isAncestor(carrier, base.sha, cancel))) continue;
        const found = await findCommit(carrier, cancel);
        if (found.kind === "found") return found.commit;
      }
      return undefined;
    },

    async fixesOf(sha, cancel) {
      if (!isHex(sha) || sha.length < 8) return [];
      const tips = await refTips(repo, decode, cancel);
      const fixers = await fixes.lookup(await fullName(sha, cancel), [...new Set([...tips, base.sha])], cancel);
      if (fixers.length === 0) return [];
      const found = await logCommits(repo, decode, ["--ignore-missing", "--no-walk=sorted", "--stdin"], cancel, `${fixers.slice(0, maxFixes).join("\n")}\n`);
      return [...found].reverse();
    },

    async subjectsTouching(paths, limit, cancel) {
      if (paths.length === 0 || limit <= 0) return [];
      return remember(touching, `${limit}\0${paths.join("\0")}`, async () => {
        // An empty array where the history is shorter than the bound.
        oldest ??= [await boundary(repo, decode, [base.sha], touchingDepth, cancel)].filter((sha) => sha !== undefined);
        const range = [base.sha, ...oldest.map((sha) => `^${sha}`)];
        const pathspecs = paths.map((path) => `:(top,literal)${path}`);
        const found = await logCommits(repo, decode, ["-n", String(limit), "--no-merges", ...range, "--", ...pathspecs], cancel);
        return found.map((commit) => commit.subject);
      });
    },
  };
}

/** Values are kept, not promises: one caller's cancel must not become another's answer. */
async function remember<T>(map: Map<string, T>, key: string, make: () => Promise<T>): Promise<T> {
  const known = map.get(key);
  if (known !== undefined) return known;
  const value = await make();
  map.set(key, value);
  return value;
}

function isHex(name: string): boolean {
  return /^[0-9a-f]{4,64}$/iu.test(name);
}

async function lookUpCommit(repo: GitRepository, decode: Decode, name: string, cancel: Cancel | undefined): Promise<CommitLookup> {
  if (!isHex(name)) return { kind: "missing" };
  const [commit] = await logCommits(repo, decode, ["--no-walk", "-n", "1", "--end-of-options", `${name}^{commit}`], cancel);
  // A branch may be called `deadbeef`, and git prefers it.
  if (commit?.sha.startsWith(name) === true) return { kind: "found", commit };
  const candidates = await commitsStartingWith(repo, decode, name, cancel);
  if (candidates.length > 1) return { kind: "ambiguous", candidates };
  const [only] = candidates;
  if (only === undefined) return { kind: "missing" };
  const [found] = await logCommits(repo, decode, ["--no-walk", "-n", "1", "--end-of-options", only], cancel);
  return found === undefined ? { kind: "missing" } : { kind: "found", commit: found };
}

async function commitsStartingWith(repo: GitRepository, decode: Decode, prefix: string, cancel: Cancel | undefined): Promise<readonly string[]> {
  const objects = await gitText(repo, decode, ["rev-parse", `--disambiguate=${prefix}`], cancel);
  if (objects === undefined || objects.trim() === "") return [];
  const types = await gitText(repo, decode, ["cat-file", "--batch-check=%(objecttype) %(objectname)"], cancel, objects);
  return (types ?? "")
    .split("\n")
    .filter((line) => line.startsWith("commit "))
    .map((line) => line.slice("commit ".length));
}

async function refTips(repo: GitRepository, decode: Decode, cancel: Cancel | undefined): Promise<readonly string[]> {
  const text = await gitText(repo, decode, ["for-each-ref", "--format=%(objectname)"], cancel);
  return (text ?? "").split("\n").filter((line) => line !== "");
}
