import { Worker } from "node:worker_threads";
import { nodeDecode } from "../adapters/decode";
import { Cancelled, type Cache, type Cancel, type GitRepository } from "../engine/ports";
import type { Message } from "../engine/text/message";
import { HistoryError } from "../engine/upstream/facts/read";
import { resolveCommit, UnknownRevision } from "../engine/upstream/revisions";
import type { MissingFix, UpstreamMap } from "../engine/upstream/types";
import type { Workbench } from "../workbench";
import { askedMap, keptMap } from "./compute";
import type { JobAnswer, JobRequest } from "./worker-messages";

/** The two sides of a comparison, as revisions. */
export interface UpstreamPair {
  readonly mainline: string;
  readonly downstream: string;
}

export interface UpstreamJob {
  readonly cancel: Cancel;
  readonly onProgress: (text: Message, done: number, total: number) => void;
}

export interface UpstreamService {
  /** Throws `UnknownRevision`, `HistoryError` and `Cancelled`. */
  map(repository: GitRepository, pair: UpstreamPair, job: UpstreamJob): Promise<UpstreamMap>;
  /**
   * What is at hand without comparing anything: in memory, or kept by an earlier session. When a side moved since, it is the
   * last answer that this pair had; its `mainline` and `downstream` tell which commits that was for.
   */
  known(repository: GitRepository, pair: UpstreamPair): Promise<UpstreamMap | undefined>;
  missingFixes(repository: GitRepository, pair: UpstreamPair, job: UpstreamJob): Promise<readonly MissingFix[]>;
}

/** What the user set that the list of missing fixes depends on. */
export interface FollowSettings {
  /** Directory of a clone of the kernel's vulns repository; empty for none. */
  readonly vulns: string;
  /** Path of a `.config`; empty for none. */
  readonly config: string;
  readonly subsystems: readonly string[];
}

export interface ServiceSettings {
  readonly workbench: Workbench;
  gitPath(): string;
  follow(): FollowSettings;
}

/** Comparisons kept in memory; each is some tens of megabytes. */
const maxKept = 4;

export function createUpstreamService(settings: ServiceSettings): UpstreamService {
  const maps = new Map<string, UpstreamMap>();
  const { workbench } = settings;
  const keep = (key: string, map: UpstreamMap): UpstreamMap => {
    maps.delete(key);
    maps.set(key, map);
    for (const oldest of [...maps.keys()].slice(0, Math.max(0, maps.size - maxKept))) maps.delete(oldest);
    return map;
  };
  const run = async (repository: GitRepository, request: JobRequest["ask"], job: UpstreamJob): Promise<JobAnswer & { readonly kind: "map" | "missing" }> =>
    runJob({ root: repository.root, gitPath: settings.gitPath(), storage: workbench.storage, ask: request }, job, workbench.log);
  const keyOf = async (repository: GitRepository, pair: UpstreamPair): Promise<string> => {
    const tips = await Promise.all([pair.mainline, pair.downstream].map((revision) => resolveCommit(repository, nodeDecode, revision)));
    return [repository.commonDir, ...tips].join("\0");
  };
  /** A kept answer; undefined when there is none, or its commits are gone. */
  const read = async (repository: GitRepository, pair: UpstreamPair): Promise<UpstreamMap | undefined> => {
    const key = await keyOf(repository, pair).catch((error: unknown) => {
      if (error instanceof UnknownRevision) return undefined;
      throw error;
    });
    if (key === undefined) return undefined;
    const inMemory = maps.get(key);
    if (inMemory !== undefined) return inMemory;
    const options = { ...sidesOf(pair), ignoreTrailers: false, evidence: "all", excluded: new Set<string>() } as const;
    const cache = await workbench.cacheOf(repository);
    if ((await keptMap(cache, (await askedMap({ repository, cancel: undefined }, options)).key)) === undefined) return undefined;
    // The answer is there; its facts are read from the index in a thread of their own.
    const answer = await run(repository, { kind: "map", ...sidesOf(pair) }, { cancel: neverCancelled, onProgress: () => undefined });
    return answer.kind === "map" ? keep(key, answer.map) : undefined;
  };
  return {
    async map(repository, pair, job) {
      const key = await keyOf(repository, pair);
      const kept = maps.get(key);
      const answer = kept === undefined ? await run(repository, { kind: "map", ...sidesOf(pair) }, job) : { kind: "map" as const, map: kept };
      if (answer.kind !== "map") throw new Error("the comparison answered something else");
      await writeLast(await workbench.cacheOf(repository), repository, pair, answer.map);
      return keep(key, answer.map);
    },
    async known(repository, pair) {
      const now = await read(repository, pair);
      const cache = await workbench.cacheOf(repository);
      const last = await readLast(cache, repository, pair);
      if (now === undefined) return last === undefined ? undefined : read(repository, last);
      // The terminal may have made it.
      if (last?.mainline !== now.mainline || last.downstream !== now.downstream) await writeLast(cache, repository, pair, now);
      return now;
    },
    async missingFixes(repository, pair, job) {
      const answer = await run(repository, { kind: "missing", ...sidesOf(pair), ...settings.follow() }, job);
      return answer.kind === "missing" ? answer.fixes : [];
    },
  };
}

/** The revisions alone: a caller's pair may hold what can't be sent to a thread. */
function sidesOf({ mainline, downstream }: UpstreamPair): UpstreamPair {
  return { mainline, downstream };
}

const lastSpace = "upstream-last";

/** Worktrees share a cache, and HEAD is another commit in each. */
function lastName({ root }: GitRepository, { mainline, downstream }: UpstreamPair): string {
  return [root, mainline, downstream].join("\0");
}

/** Remembers for which commits a pair was compared last. */
async function writeLast(cache: Cache, repository: GitRepository, pair: UpstreamPair, { mainline, downstream }: UpstreamMap): Promise<void> {
  await cache.put(lastSpace, lastName(repository, pair), `${mainline} ${downstream}`);
}

async function readLast(cache: Cache, repository: GitRepository, pair: UpstreamPair): Promise<UpstreamPair | undefined> {
  const found = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64})$/u.exec((await cache.get(lastSpace, lastName(repository, pair))) ?? "");
  return found?.[1] === undefined || found[2] === undefined ? undefined : { mainline: found[1], downstream: found[2] };
}

const neverCancelled: Cancel = { cancelled: false, onCancel: () => ({ dispose: () => undefined }) };

/** How long a thread may take to see its programs end after it was told to stop; mostly a few milliseconds (adapters/spawn.ts). */
const patience = 400;

/** Runs one job in a worker thread, which ends with it. */
function runJob(request: JobRequest, { cancel, onProgress }: UpstreamJob, log: Workbench["log"]): Promise<JobAnswer & { readonly kind: "map" | "missing" }> {
  return new Promise((resolve, reject) => {
    if (cancel.cancelled) {
      reject(new Cancelled());
      return;
    }
    const worker = new Worker(new URL("./upstream-job.mjs", import.meta.url), { workerData: request });
    let timer: NodeJS.Timeout | undefined;
    const bond = cancel.onCancel(() => {
      worker.postMessage("cancel");
      timer = setTimeout(() => void worker.terminate(), patience);
    });
    const end = (): void => {
      clearTimeout(timer);
      bond.dispose();
    };
    worker.on("message", (answer: JobAnswer) => {
      if (answer.kind === "progress") onProgress({ id: `upstream.stage.${answer.stage}`, args: { done: answer.done, total: answer.total } }, answer.done, answer.total);
      else if (answer.kind === "log") log[answer.level](answer.text);
      else {
        end();
        if (answer.kind === "error") reject(errorOf(answer));
        else resolve(answer);
      }
    });
    worker.on("error", (error) => {
      end();
      reject(error);
    });
    worker.on("exit", () => {
      end();
      reject(cancel.cancelled ? new Cancelled() : new Error("the comparison with mainline ended early"));
    });
  });
}

/** Classes do not survive the way between threads; their names and fields do. */
function errorOf({ name, message, revision }: JobAnswer & { readonly kind: "error" }): Error {
  if (name === "Cancelled") return new Cancelled();
  if (name === "UnknownRevision") return new UnknownRevision(revision, message);
  return name === "HistoryError" ? new HistoryError(message) : new Error(message);
}
