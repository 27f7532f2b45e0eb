import type { PatchSet } from "../../patch/types";
import type { Cache, Cancel, Decode, Disposable, Files, Git, GitRepository, Hash } from "../../ports";
import { commitIndex, plainIndex, type TrialIndex } from "../apply/index-state";
import { chooseBase, type BaseChoice, type BaseSettings } from "../base/choose";
import type { ApplyResult, History, RepositoryInput } from "../types";
import { createSetTrial } from "./applying";
import { createHistory } from "./history";
import { keepersOfPatch } from "./keepers";
import { commitTree, diskTree, findPlainTree, type BaseTree } from "./tree";

export interface FactsPorts {
  readonly git: Git;
  readonly files: Files;
  /** Belongs to the repository; windows and worktrees share it. */
  readonly cache: Cache;
  readonly decode: Decode;
  readonly hash: Hash;
}

/** What a set is judged against, and the questions that checks may ask about each of its patches. */
export interface SetFacts extends Disposable {
  /** `sha` is empty for a source tree without git. */
  readonly base: BaseChoice;
  /** One for each patch of the set, in the set's order. */
  readonly inputs: readonly RepositoryInput[];
}

/** One repository, or one source tree without git, that patches can be judged against. */
export interface RepositoryFacts {
  readonly root: string;
  /** Undefined for a source tree without git. */
  readonly repository: GitRepository | undefined;
  /** Chooses the base and prepares the answers; nothing is applied before somebody asks. Undefined when there is no commit. */
  forSet(set: PatchSet, cancel?: Cancel): Promise<SetFacts | undefined>;
}

/** Nothing is known of a tree's past; checks that need it are not run (`history.base` is empty). */
function noHistory(base: BaseChoice): History {
  return {
    base: base.sha,
    baseReason: base.reason,
    findCommit: () => Promise.resolve({ kind: "missing" }),
    findSubject: () => Promise.resolve([]),
    isAncestor: () => Promise.resolve(false),
    carriedAs: () => Promise.resolve(undefined),
    fixesOf: () => Promise.resolve([]),
    subjectsTouching: () => Promise.resolve([]),
  };
}

interface Ground {
  readonly base: BaseChoice;
  readonly history: History;
  readonly tree: BaseTree;
  readonly openIndex: () => Promise<TrialIndex | undefined>;
}

function setFacts(set: PatchSet, ground: Ground, ports: FactsPorts): SetFacts {
  const trial = createSetTrial(set, ground.base.sha, ground.openIndex, ports);
  const inputs = set.patches.map((patch): RepositoryInput => ({
    set,
    patch,
    decode: ports.decode,
    history: ground.history,
    tree: ground.tree,
    apply: (cancel): Promise<ApplyResult> => trial.resultOf(patch, cancel),
    maintainers: (cancel) => keepersOfPatch(ground.tree, patch, ports.decode, ports.hash, cancel),
  }));
  return {
    base: ground.base,
    inputs,
    dispose() {
      trial.dispose();
    },
  };
}

function repositoryFacts(repo: GitRepository, settings: BaseSettings, ports: FactsPorts): RepositoryFacts {
  return {
    root: repo.root,
    repository: repo,
    async forSet(set, cancel) {
      const base = await chooseBase(repo, set, settings, ports.decode, cancel);
      if (base === undefined) return undefined;
      const history = createHistory(repo, base, ports.cache, ports.decode);
      return setFacts(set, { base, history, tree: commitTree(repo, base.sha), openIndex: () => commitIndex(repo, base.sha, ports.decode) }, ports);
    },
  };
}

function plainFacts(root: string, ports: FactsPorts): RepositoryFacts {
  const base: BaseChoice = { sha: "", reason: { id: "base.plain" }, candidates: [] };
  const tree = diskTree(ports.files, root);
  const openIndex = async (): Promise<TrialIndex | undefined> => {
    const scratch = await ports.git.empty();
    return scratch === undefined ? undefined : plainIndex(scratch, (path) => tree.read(path), ports.decode);
  };
  return {
    root,
    repository: undefined,
    forSet: (set) => Promise.resolve(setFacts(set, { base, history: noHistory(base), tree, openIndex }, ports)),
  };
}

/**
 * Opens what holds `where`: a repository that is open already, the git repository around a path, or a source tree
 * without git (told by its MAINTAINERS beside a build file). Undefined when there is neither.
 */
export async function openFacts(ports: FactsPorts, where: string | GitRepository, settings: BaseSettings): Promise<RepositoryFacts | undefined> {
  if (typeof where !== "string") return repositoryFacts(where, settings, ports);
  const repo = await ports.git.open(where);
  if (repo !== undefined) return repositoryFacts(repo, settings, ports);
  const root = await findPlainTree(ports.files, where);
  return root === undefined ? undefined : plainFacts(root, ports);
}
