import { Cancelled, type Cancel } from "../../engine/ports";
import type { Message } from "../../engine/text/message";
import { HistoryError } from "../../engine/upstream/facts/read";
import { UnknownRevision } from "../../engine/upstream/revisions";
import type { MissingFix, UpstreamMap } from "../../engine/upstream/types";
import type { PairRef } from "../../protocol/upstream";
import { Superseded, Told } from "../guard";
import type { Services } from "../services";
import { sharedJob, type SharedJob } from "../shared-job";
import { fixesBySha, indexMap, type MapIndex } from "./map-index";
import { findPair, keyOf, refOf, resolvePairs, tipOf, type ResolvedPair } from "./pairs";
import type { UpstreamService } from "../../upstream/service";

/** A comparison that was made, with what is looked up in it. */
export interface Comparison {
  readonly pair: ResolvedPair;
  readonly index: MapIndex;
  /** Undefined as long as they were not looked for. */
  readonly missing: readonly MissingFix[] | undefined;
  readonly missingBySha: ReadonlyMap<string, MissingFix>;
}

/** Sides whose tip is another commit than the one that was compared. */
export type Moved = readonly { readonly side: "mainline" | "downstream"; readonly from: string; readonly to: string | undefined }[];

export interface Upstream {
  pairs(): Promise<readonly ResolvedPair[]>;
  /** The comparison that a request names, from the settings. */
  find(ref: PairRef): Promise<ResolvedPair>;
  /** What is at hand, from memory or disk; begins to look for missing fixes when they were not looked for. */
  known(pair: ResolvedPair): Promise<Comparison | undefined>;
  /** What is shown now, without asking git whether a tip moved; {@link known} when nothing is. */
  shown(pair: ResolvedPair): Promise<Comparison | undefined>;
  /** Compares anew and looks for missing fixes. Several who wait share one work. */
  refresh(pair: ResolvedPair, cancel: Cancel): Promise<void>;
  /** What is shown once its missing fixes were looked for; who looks for them already is waited for. */
  withFixes(pair: ResolvedPair, cancel: Cancel): Promise<Comparison | undefined>;
  /** What is being done for a pair; undefined when nothing is. */
  running(pair: ResolvedPair): Message | undefined;
  moved(comparison: Comparison, cancel?: Cancel): Promise<Moved>;
  /** Comparisons in memory, for features that can't wait; asks for those on disk the first time. */
  ready(): readonly Comparison[];
  /** Settings, folders or refs changed: pairs are read again, maps of tips that moved stay until they are made anew. */
  changed(): void;
}

interface Work {
  /** `fixes` gives way when somebody asks to compare anew. */
  readonly kind: "compare" | "fixes";
  readonly job: SharedJob<void>;
  readonly text: Message;
}

type Report = (text: Message, done: number, total: number) => void;

interface Made {
  readonly map: UpstreamMap;
  readonly comparison: Comparison;
  /** The settings that the missing fixes depend on, as they were. */
  readonly follow: string;
  looking: boolean;
}

export type UpstreamNeeds = Omit<Services, "findings" | "upstream">;

export function createUpstream(services: UpstreamNeeds, service: UpstreamService, tell: (running: boolean) => void): Upstream {
  const made = new Map<string, Made>();
  const jobs = new Map<string, Work>();
  let pairs: Promise<readonly ResolvedPair[]> | undefined;
  let warmed: Promise<void> | undefined;

  const allPairs = (): Promise<readonly ResolvedPair[]> => {
    pairs ??= resolvePairs(services).catch((error: unknown) => {
      pairs = undefined;
      throw error;
    });
    return pairs;
  };

  const followed = (): string => {
    const { vulns, config, subsystems } = services.settings.current().upstream;
    return JSON.stringify([vulns, config, subsystems]);
  };

  const keep = (pair: ResolvedPair, map: UpstreamMap, missing: readonly MissingFix[] | undefined, follow = followed()): Made => {
    const key = keyOf(refOf(pair));
    const last = made.get(key);
    if (last?.map === map && last.follow === follow && missing === undefined) return last;
    const index = last?.map === map ? last.comparison.index : indexMap(map);
    const entry: Made = { map, comparison: { pair, index, missing, missingBySha: fixesBySha(missing ?? []) }, follow, looking: false };
    made.set(key, entry);
    return entry;
  };

  /** Work on a pair: shown with a cancel, one at a time, told when it begins and ends. */
  const work = (pair: ResolvedPair, kind: Work["kind"], title: Message, body: (cancel: Cancel, report: Report) => Promise<void>): SharedJob<void> => {
    const key = keyOf(refOf(pair));
    const last = jobs.get(key);
    if (last?.kind === kind && !last.job.broken) return last.job;
    last?.job.abort();
    const job: SharedJob<void> = sharedJob(async (cancel) => {
      // The body begins when the job is known under its key.
      await Promise.resolve();
      const task = services.activity.begin(title, () => {
        job.abort();
      });
      try {
        await body(cancel, (text, done, total) => {
          if (jobs.get(key)?.job === job) jobs.set(key, { kind, job, text });
          task.report(total === 0 ? 0 : (100 * done) / total, text);
        });
      } finally {
        if (jobs.get(key)?.job === job) jobs.delete(key);
        task.end();
        tell(jobs.size > 0);
      }
    });
    jobs.set(key, { kind, job, text: title });
    tell(true);
    return job;
  };

  const lookForFixes = (pair: ResolvedPair, entry: Made): void => {
    if (entry.looking || entry.comparison.missing !== undefined || jobs.has(keyOf(refOf(pair)))) return;
    entry.looking = true;
    const job = work(pair, "fixes", { id: "upstream.view.lookingForFixes", args: { pair: pair.name } }, async (cancel, onProgress) => {
      // Those of what is shown, which may be older than the tips.
      const missing = await service.missingFixes(pair.repository, entry.map, { cancel, onProgress });
      keep(pair, entry.map, missing, entry.follow);
    });
    job.join(undefined).catch((error: unknown) => {
      if (!(error instanceof Cancelled || error instanceof Superseded)) services.log.error(`missing fixes of ${pair.name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
  };

  /** Several who ask at once, the view and a lens say, read the disk once. */
  const reading = new Map<string, Promise<UpstreamMap | undefined>>();
  const kept = (pair: ResolvedPair): Promise<UpstreamMap | undefined> => {
    const key = keyOf(refOf(pair));
    const last = reading.get(key);
    if (last !== undefined) return last;
    const promise = service.known(pair.repository, pair).finally(() => reading.delete(key));
    reading.set(key, promise);
    return promise;
  };

  const known = async (pair: ResolvedPair): Promise<Comparison | undefined> => {
    const map = await kept(pair);
    // A map of moved tips is better than none: it is shown as old.
    const entry = map === undefined ? made.get(keyOf(refOf(pair))) : keep(pair, map, undefined);
    if (entry !== undefined) lookForFixes(pair, entry);
    return entry === undefined ? undefined : made.get(keyOf(refOf(pair)))?.comparison;
  };

  /** What a person can do something about, in words. */
  const told = (error: unknown): unknown => {
    if (error instanceof UnknownRevision) return new Told(services.words.say({ id: "upstream.view.unknownRevision", args: { revision: error.revision } }));
    return error instanceof HistoryError ? new Told(services.words.say({ id: "upstream.view.failed", args: { error: error.detail } })) : error;
  };

  const warm = (): void => {
    warmed ??= allPairs()
      .then((all) => {
        const named = new Set(all.map((pair) => keyOf(refOf(pair))));
        for (const key of made.keys()) if (!named.has(key)) made.delete(key);
        return Promise.all(all.map(known));
      })
      .then((found) => {
        if (found.some((comparison) => comparison !== undefined)) tell(false);
      })
      .catch((error: unknown) => {
        services.log.warn(`comparisons with mainline: ${error instanceof Error ? error.message : String(error)}`);
      });
  };

  return {
    pairs: allPairs,
    find: async (ref) => findPair(ref, await allPairs(), services),
    known,
    shown: async (pair) => made.get(keyOf(refOf(pair)))?.comparison ?? known(pair),
    async refresh(pair, cancel) {
      const job = work(pair, "compare", { id: "upstream.view.comparing", args: { pair: pair.name } }, async (inner, onProgress) => {
        const map = await service.map(pair.repository, pair, { cancel: inner, onProgress });
        keep(pair, map, undefined);
        onProgress({ id: "upstream.view.lookingForFixes", args: { pair: pair.name } }, 0, 0);
        tell(true);
        const missing = await service.missingFixes(pair.repository, map, { cancel: inner, onProgress });
        keep(pair, map, missing);
      });
      await job.join(cancel).catch((error: unknown) => {
        throw told(error);
      });
    },
    async withFixes(pair, cancel) {
      const first = await known(pair);
      if (first?.missing !== undefined) return first;
      await jobs.get(keyOf(refOf(pair)))?.job.join(cancel);
      return known(pair);
    },
    running: (pair) => jobs.get(keyOf(refOf(pair)))?.text,
    async moved({ pair, index }, cancel) {
      const sides = [
        { side: "mainline", from: index.map.mainline, revision: pair.mainline },
        { side: "downstream", from: index.map.downstream, revision: pair.downstream },
      ] as const;
      const tips = await Promise.all(sides.map(({ revision }) => tipOf(pair.repository, revision, services, cancel)));
      return sides.flatMap(({ side, from }, i) => (tips[i] === from ? [] : [{ side, from, to: tips[i] }]));
    },
    ready() {
      warm();
      return [...made.values()].map(({ comparison }) => comparison);
    },
    changed() {
      pairs = undefined;
      warmed = undefined;
      tell(jobs.size > 0);
    },
  };
}
