import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import type { Patch, PatchSet } from "../../../language-server/engine/patch/types";
import type { Message } from "../../../language-server/engine/text/message";
import type { ApplyResult, CommitInfo, CommitLookup, History, MaintainerEntry, RepositoryInput, Tree } from "../../../language-server/engine/review/types";

interface ScenarioCommit {
  readonly sha: string;
  readonly subject: string;
  /** In the base's history; a commit of another branch is not. */
  readonly reachable?: boolean;
  /** Sha of the commit of the base that carries it. */
  readonly carriedAs?: string;
  /** Shas of later commits that fix it. */
  readonly fixedBy?: readonly string[];
  readonly paths?: readonly string[];
}

/**
 * The repository that a check's fixtures are judged against: `fixtures/repository.json`, or `fixtures/<fixture>.json`
 * for one of them. All parts may be left out.
 */
interface Scenario {
  /** Newest first. */
  readonly commits?: readonly ScenarioCommit[];
  readonly files?: Readonly<Record<string, string>>;
  readonly apply?: ApplyResult;
  readonly maintainers?: readonly MaintainerEntry[];
  /** Why the base was chosen. */
  readonly baseReason?: Message;
}

const base = "b".repeat(40);
const checks = join(import.meta.dirname, "../../../language-server/engine/review/checks");

function scenarioOf(check: string, fixture: string): Scenario {
  const folder = join(checks, check, "fixtures");
  const file = [join(folder, `${fixture}.json`), join(folder, "repository.json")].find(existsSync);
  return file === undefined ? {} : (JSON.parse(readFileSync(file, "utf8")) as Scenario);
}

function infoOf(commit: ScenarioCommit): CommitInfo {
  return { sha: commit.sha, subject: commit.subject, authorDate: "2024-01-02T10:00:00Z", authorName: "Alice Example" };
}

/** A history in memory. */
export function historyOf(commits: readonly ScenarioCommit[]): History {
  const bySha = (sha: string): ScenarioCommit | undefined => commits.find((commit) => commit.sha.startsWith(sha.toLowerCase()));
  return {
    base,
    baseReason: { id: "test.base" },
    findCommit(sha): Promise<CommitLookup> {
      const found = commits.filter((commit) => commit.sha.startsWith(sha.toLowerCase()));
      const [only] = found;
      if (found.length > 1) return Promise.resolve({ kind: "ambiguous", candidates: found.map((commit) => commit.sha) });
      return Promise.resolve(only === undefined ? { kind: "missing" } : { kind: "found", commit: infoOf(only) });
    },
    findSubject: (subject) => Promise.resolve(commits.filter((commit) => commit.subject === subject).slice(0, 5).map(infoOf)),
    isAncestor: (sha) => Promise.resolve(bySha(sha)?.reachable !== false && bySha(sha) !== undefined),
    carriedAs(sha) {
      const carrier = bySha(sha)?.carriedAs;
      const commit = carrier === undefined ? undefined : bySha(carrier);
      return Promise.resolve(commit === undefined ? undefined : infoOf(commit));
    },
    fixesOf: (sha) => Promise.resolve((bySha(sha)?.fixedBy ?? []).flatMap((fix) => { const commit = bySha(fix); return commit === undefined ? [] : [infoOf(commit)]; })),
    subjectsTouching: (paths, limit) => Promise.resolve(commits.filter((commit) => commit.paths?.some((path) => paths.includes(path)) === true).slice(0, limit).map((commit) => commit.subject)),
  };
}

/** A tree in memory. */
export function treeOf(files: Readonly<Record<string, string>>): Tree {
  return {
    read: (path) => Promise.resolve(files[path] === undefined ? undefined : nodeDecode.bytes(files[path])),
    exists: (path) => Promise.resolve(files[path] !== undefined),
  };
}

/** What a repository check is given for one patch of a fixture. */
export function repositoryInput(set: PatchSet, patch: Patch, check: string, fixture: string): RepositoryInput {
  const scenario = scenarioOf(check, fixture);
  return {
    set,
    patch,
    decode: nodeDecode,
    history: { ...historyOf(scenario.commits ?? []), ...(scenario.baseReason === undefined ? {} : { baseReason: scenario.baseReason }) },
    tree: treeOf(scenario.files ?? {}),
    apply: () => Promise.resolve(scenario.apply ?? { state: "no-tree", base, steps: [], hunks: [] }),
    maintainers: () => Promise.resolve(scenario.maintainers ?? []),
  };
}
