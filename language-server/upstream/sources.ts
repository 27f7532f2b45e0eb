import { join } from "node:path";
import { stateDirectory } from "../adapters/cache";
import { nodeDecode } from "../adapters/decode";
import { nodeFiles } from "../adapters/files";
import { nodeHash } from "../adapters/hash";
import type { Cancel, GitRepository, Log } from "../engine/ports";
import { claimsOf, factsOf, HistoryError, lastWords, readFacts, readSides, streamFacts } from "../engine/upstream/facts/read";
import { isLasting } from "../engine/upstream/diff/record";
import { indexVersion, packDiffs } from "../engine/upstream/index/payloads";
import { rangeNames, sideNames } from "../engine/upstream/revisions";
import type { DiffStore, FactsStore, SideFacts, Stage } from "../engine/upstream/sources";
import type { CommitFacts } from "../engine/upstream/types";
import { createDiffPool, type DiffPool } from "./diff-pool";
import { openIndexFile, type IndexFile } from "./index-file";

export interface SourcesSettings {
  readonly repository: GitRepository;
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
  /** Commits whose diff git could not read when it was asked this time: the answer may miss what they are. */
  readonly lost: ReadonlySet<string>;
  dispose(): Promise<void>;
}

/**
 * What replaces objects or cuts history, in one word: with other replacements, grafts or depth the same sha has another diff
 * or other parents, so that each view has an index of its own. Throws {@link HistoryError}.
 */
export async function viewOf(repository: GitRepository, cancel: Cancel | undefined): Promise<string> {
  const refs = await repository.run(["for-each-ref", "--format=%(refname) %(objectname)", "refs/replace"], cancel === undefined ? {} : { cancel });
  if (refs.status !== 0) throw new HistoryError(lastWords(refs));
  const files = await Promise.all(["info/grafts", "shallow"].map((name) => nodeFiles.read(join(repository.commonDir, name))));
  const parts = [nodeDecode.text(refs.stdout), ...files.map((bytes) => (bytes === undefined ? "" : nodeDecode.text(bytes)))];
  return parts.every((part) => part === "") ? "plain" : nodeHash.sha256(parts.join("\0")).slice(0, 12);
}

export async function indexPath(repository: GitRepository, storage: string, cancel?: Cancel, view?: string): Promise<string> {
  return join(await stateDirectory(repository.commonDir, storage), "upstream", `${view ?? (await viewOf(repository, cancel))}.v${indexVersion}.index`);
}

/** Commits that are asked of the index one by one rather than by walking their range anew. */
const fewMissing = 0.5;

/** `view` is what {@link viewOf} tells, when the caller knows it already. */
export async function openSources(settings: SourcesSettings, cancel?: Cancel, view?: string): Promise<Sources> {
  const { repository, log } = settings;
  // Started first: a worker takes as long to wake as git takes to read the history.
  const pool = createDiffPool(repository);
  try {
    const path = await indexPath(repository, settings.storage, cancel, view);
    const index = await openIndexFile(path, log);
    const lost = new Set<string>();
    return { facts: factsStore(repository, index), diffs: diffStore(index, pool, lost, settings), index, path, lost, dispose: () => pool.dispose() };
  } catch (error) {
    await pool.dispose();
    throw error;
  }
}

function factsStore(repository: GitRepository, index: IndexFile): FactsStore {
  const raws = new Map<string, string>();
  const read = async (commits: readonly string[], cancel: Cancel | undefined): Promise<void> => {
    const missing = commits.filter((sha) => index.facts.get(sha) === undefined);
    if (missing.length > 0) await index.addFacts(await factsOf(repository, nodeDecode, missing, cancel));
  };
  const gather = (commits: readonly string[]): readonly CommitFacts[] => commits.map((sha) => index.facts.get(sha)).filter((entry) => entry !== undefined);
  const add = (facts: readonly CommitFacts[]): Promise<void> => index.addFacts(facts.filter(({ sha }) => !index.facts.has(sha)));
  /** Whether a walk that tells facts is cheaper than asking for those that are missing. */
  const mostAreNew = (commits: readonly string[]): boolean => commits.filter((sha) => !index.facts.has(sha)).length > fewMissing * commits.length;
  const whole = async (include: string, exclude: string | undefined, cancel: Cancel | undefined): Promise<readonly CommitFacts[]> => {
    const facts = await readFacts(repository, nodeDecode, { include: [include], exclude: exclude === undefined ? [] : [exclude] }, cancel);
    await add(facts);
    return facts;
  };
  const bothWhole = async (mainline: string, downstream: string, cancel: Cancel | undefined, each: ((sha: string) => void) | undefined): Promise<SideFacts> => {
    const { left, right } = await readSides(repository, nodeDecode, mainline, downstream, cancel, ({ sha }, raw, isLeft) => {
      raws.set(sha, raw);
      if (!isLeft) each?.(sha);
    });
    await add(left);
    await add(right);
    return { mainline: left, downstream: right };
  };
  return {
    async of(commits, cancel) {
      await read(commits, cancel);
      return gather(commits);
    },
    async claims(commits, cancel) {
      const missing = commits.filter((sha) => !index.facts.has(sha));
      return [...gather(commits), ...(await claimsOf(repository, nodeDecode, missing, cancel))];
    },
    sameBlobs: (one, other) => raws.get(one) !== undefined && raws.get(one) === raws.get(other),
    async range(include, exclude, cancel) {
      if (index.facts.size === 0) return whole(include, exclude, cancel);
      const commits = await rangeNames(repository, nodeDecode, include, exclude, cancel);
      if (mostAreNew(commits)) return whole(include, exclude, cancel);
      await read(commits, cancel);
      return gather(commits);
    },
    async store(include, exclude, cancel) {
      const names: string[] = [];
      let kept = Promise.resolve();
      await streamFacts(repository, nodeDecode, { include: [include], exclude: exclude === undefined ? [] : [exclude] }, (page) => {
        for (const { sha } of page) names.push(sha);
        kept = Promise.all([kept, index.storeFacts(page.filter(({ sha }) => !index.stored.hasFacts(sha)))]).then(() => undefined);
        kept.catch(() => undefined);
      }, cancel);
      await kept;
      return names;
    },
    async sides(mainline, downstream, cancel, each) {
      if (index.facts.size === 0) return bothWhole(mainline, downstream, cancel, each);
      const names = await sideNames(repository, nodeDecode, mainline, downstream, cancel);
      if (mostAreNew([...names.mainline, ...names.downstream])) return bothWhole(mainline, downstream, cancel, each);
      if (each !== undefined) names.downstream.forEach(each);
      await read([...names.mainline, ...names.downstream], cancel);
      return { mainline: gather(names.mainline), downstream: gather(names.downstream) };
    },
  };
}

function diffStore(index: IndexFile, pool: DiffPool, lost: Set<string>, { onProgress }: SourcesSettings): DiffStore {
  const passing = new Map<string, Uint8Array>();
  let done = 0;
  let total = 0;
  return {
    record: (sha) => index.diffs.get(sha) ?? passing.get(sha),
    glimpse: (commits, paths, sink, cancel) =>
      pool.glimpse(commits, paths, (sha, record) => {
        if (!isLasting(record)) lost.add(sha);
        sink(sha, record);
      }, cancel),
    adopt: async (pairs) => {
      const records = pairs.flatMap(([from, sha]) => {
        const record = index.diffs.get(from);
        return record === undefined || index.diffs.has(sha) ? [] : [{ sha, record }];
      });
      if (records.length > 0) await index.addDiffs(packDiffs(records));
    },
    async store(commits, cancel) {
      const missing = commits.filter((sha) => !index.stored.hasDiff(sha));
      let stored = 0;
      await pool.read(
        missing,
        async (batch) => {
          await index.storeDiffs(batch.lasting, batch.names);
          stored += batch.commits;
          onProgress("diffs", stored, missing.length);
        },
        cancel,
      );
    },
    async need(commits, cancel, each) {
      const missing = [...new Set(commits)].filter((sha) => sha !== "" && !index.diffs.has(sha) && !passing.has(sha));
      total += missing.length;
      await pool.read(
        missing,
        async (batch) => {
          for (const { sha, record } of batch.passing) {
            passing.set(sha, record);
            lost.add(sha);
          }
          await index.addDiffs(batch.lasting);
          done += batch.commits;
          onProgress("diffs", done, total);
          each?.();
        },
        cancel,
      );
    },
  };
}
