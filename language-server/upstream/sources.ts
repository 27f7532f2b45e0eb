import { join } from "node:path";
import { stateDirectory } from "../adapters/cache";
import { nodeDecode } from "../adapters/decode";
import { nodeFiles } from "../adapters/files";
import { nodeHash } from "../adapters/hash";
import type { Cancel, GitRepository, Log } from "../engine/ports";
import { diffHead } from "../engine/upstream/diff/record";
import { factsOf, readFacts, HistoryError } from "../engine/upstream/facts/read";
import { indexVersion } from "../engine/upstream/index/payloads";
import type { DiffStore, FactsStore, Stage } from "../engine/upstream/sources";
import type { CommitFacts } from "../engine/upstream/types";
import { createDiffPool, type DiffPool } from "./diff-pool";
import { openIndexFile, type IndexFile } from "./index-file";

export interface SourcesSettings {
  readonly repository: GitRepository;
  readonly gitPath: string;
  /** Folder of the user's for a repository that can't be written. */
  readonly storage: string;
  readonly log: Log;
  readonly onProgress: (stage: Stage, done: number, total: number) => void;
}

/** Facts and diffs of one repository, from its index, else from git; what is read is added to the index. */
export interface Sources {
  readonly facts: FactsStore;
  readonly diffs: DiffStore;
  readonly index: IndexFile;
  readonly path: string;
  dispose(): Promise<void>;
}

/**
 * What replaces objects or cuts history, in one word: with other replacements, grafts or depth the same sha has another diff
 * or other parents, so that each view has an index of its own.
 */
export async function viewOf(repository: GitRepository, cancel: Cancel | undefined): Promise<string> {
  const refs = await repository.run(["for-each-ref", "--format=%(refname) %(objectname)", "refs/replace"], cancel === undefined ? {} : { cancel });
  const files = await Promise.all(["info/grafts", "shallow"].map((name) => nodeFiles.read(join(repository.commonDir, name))));
  const parts = [nodeDecode.text(refs.stdout), ...files.map((bytes) => (bytes === undefined ? "" : nodeDecode.text(bytes)))];
  return parts.every((part) => part === "") ? "plain" : nodeHash.sha256(parts.join("\0")).slice(0, 12);
}

export async function indexPath(repository: GitRepository, storage: string, cancel?: Cancel): Promise<string> {
  return join(await stateDirectory(repository.commonDir, storage), "upstream", `${await viewOf(repository, cancel)}.v${indexVersion}.index`);
}

/** Commits that are asked of the index one by one rather than by walking their range anew. */
const fewMissing = 0.5;

export async function openSources(settings: SourcesSettings, cancel?: Cancel): Promise<Sources> {
  const { repository, gitPath, log } = settings;
  // Started first: a worker takes as long to wake as git takes to read the history.
  const pool = createDiffPool({ root: repository.root, gitPath });
  try {
    const path = await indexPath(repository, settings.storage, cancel);
    const index = await openIndexFile(path, log);
    return { facts: factsStore(repository, index), diffs: diffStore(index, pool, settings), index, path, dispose: () => pool.dispose() };
  } catch (error) {
    await pool.dispose();
    throw error;
  }
}

function factsStore(repository: GitRepository, index: IndexFile): FactsStore {
  const read = async (commits: readonly string[], cancel: Cancel | undefined): Promise<void> => {
    const missing = commits.filter((sha) => !index.facts.has(sha));
    if (missing.length > 0) await index.addFacts(await factsOf(repository, nodeDecode, missing, cancel));
  };
  const gather = (commits: readonly string[]): readonly CommitFacts[] => commits.map((sha) => index.facts.get(sha)).filter((entry) => entry !== undefined);
  return {
    async of(commits, cancel) {
      await read(commits, cancel);
      return gather(commits);
    },
    async range(include, exclude, cancel) {
      if (index.facts.size === 0) return whole(repository, index, include, exclude, cancel);
      const listed = await repository.run(["rev-list", "--no-merges", include, ...(exclude === undefined ? [] : [`^${exclude}`])], cancel === undefined ? {} : { cancel });
      if (listed.status !== 0) throw new HistoryError(listed.stderr.trim().split("\n")[0] ?? "");
      const commits = nodeDecode.text(listed.stdout).split("\n").filter((sha) => sha !== "");
      const missing = commits.filter((sha) => !index.facts.has(sha)).length;
      if (missing > fewMissing * commits.length) return whole(repository, index, include, exclude, cancel);
      await read(commits, cancel);
      return gather(commits);
    },
  };
}

async function whole(repository: GitRepository, index: IndexFile, include: string, exclude: string | undefined, cancel: Cancel | undefined): Promise<readonly CommitFacts[]> {
  const facts = await readFacts(repository, nodeDecode, { include: [include], exclude: exclude === undefined ? [] : [exclude] }, cancel);
  await index.addFacts(facts.filter(({ sha }) => !index.facts.has(sha)));
  return facts;
}

/** Diffs that may be there next time: a blob that is missing now may have been fetched. */
function isLasting(record: Uint8Array): boolean {
  return ["known", "too-large"].includes(diffHead(record, 0).state);
}

function diffStore(index: IndexFile, pool: DiffPool, { onProgress }: SourcesSettings): DiffStore {
  const passing = new Map<string, Uint8Array>();
  return {
    record: (sha) => index.diffs.get(sha) ?? passing.get(sha),
    async need(commits, cancel) {
      const missing = [...new Set(commits)].filter((sha) => sha !== "" && !index.diffs.has(sha) && !passing.has(sha));
      let done = 0;
      await pool.read(
        missing,
        async (records) => {
          for (const { sha, record } of records) if (!isLasting(record)) passing.set(sha, record);
          await index.addDiffs(records.filter(({ record }) => isLasting(record)));
          done += records.length;
          onProgress("diffs", done, missing.length);
        },
        cancel,
      );
    },
  };
}
