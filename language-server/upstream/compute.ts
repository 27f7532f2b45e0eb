import { nodeDecode } from "../adapters/decode";
import { nodeHash } from "../adapters/hash";
import type { Cancel, Cache, GitRepository, Log } from "../engine/ports";
import { buildMap } from "../engine/upstream/map";
import { holdsStill } from "../engine/upstream/match/carry";
import { resolveCommit, sideNames } from "../engine/upstream/revisions";
import type { Stage } from "../engine/upstream/sources";
import type { MapOptions, MapRow, UpstreamMap } from "../engine/upstream/types";
import { openSources, viewOf } from "./sources";

/** Part of the key of kept answers: raise it when the same commits may get another answer. */
const answerVersion = 3;
const space = "upstream-map";

export interface ComputeSettings {
  readonly repository: GitRepository;
  readonly storage: string;
  readonly log: Log;
  readonly cache: Cache;
  readonly cancel: Cancel | undefined;
  readonly onProgress: (stage: Stage, done: number, total: number) => void;
}

/** An answer without the facts, which the index has. */
export interface KeptMap {
  readonly mainline: string;
  readonly downstream: string;
  readonly base: string | undefined;
  readonly candidates: readonly string[];
  readonly commits: readonly string[];
  readonly rows: readonly MapRow[];
  readonly notices: UpstreamMap["notices"];
  readonly habits: UpstreamMap["habits"];
}

/** What is asked, with revisions resolved. */
export interface AskedMap {
  /** The name under which the answer is kept; it changes with either tip, with replaced objects and with the options. */
  readonly key: string;
  /** See `viewOf`. */
  readonly view: string;
  /** Names under which the key of the last answer to such a question is kept: for this downstream tip, and for any. */
  readonly last: readonly string[];
  /** `mainline` and `downstream` are full shas here. */
  readonly options: MapOptions;
}

/** Throws `UnknownRevision`. */
export async function askedMap({ repository, cancel }: Pick<ComputeSettings, "repository" | "cancel">, options: MapOptions): Promise<AskedMap> {
  const [mainline, downstream, view] = await Promise.all([resolveCommit(repository, nodeDecode, options.mainline, cancel), resolveCommit(repository, nodeDecode, options.downstream, cancel), viewOf(repository, cancel)]);
  const excluded = options.excluded.size === 0 ? "" : nodeHash.sha256([...options.excluded].sort().join(" "));
  const flags = [answerVersion, view, options.evidence, options.ignoreTrailers, excluded];
  const key = [...flags, mainline, downstream].join(" ");
  const last = [["last", ...flags, downstream].join(" "), ["last", ...flags].join(" ")];
  return { key, last, view, options: { ...options, mainline, downstream } };
}

function isKept(value: unknown): value is KeptMap {
  return typeof value === "object" && value !== null && "rows" in value && Array.isArray(value.rows) && "commits" in value && Array.isArray(value.commits) && value.rows.length === value.commits.length;
}

/** The answer that an earlier run kept under a key. */
export async function keptMap(cache: Cache, key: string): Promise<KeptMap | undefined> {
  const text = await cache.get(space, key);
  if (text === undefined) return undefined;
  const value: unknown = JSON.parse(text);
  return isKept(value) ? value : undefined;
}

/** Key of the last answer to such a question, whatever the tips were. */
async function earlierKey(cache: Cache, { last }: AskedMap): Promise<string | undefined> {
  return (await Promise.all(last.map((name) => cache.get(space, name)))).find((name) => name !== undefined);
}

async function keep(cache: Cache, { key, last }: AskedMap, answer: KeptMap): Promise<void> {
  // An answer that lacks a diff may be better tomorrow, when the blob is there.
  if (answer.notices.some(({ code }) => code === "missing-blobs")) return;
  await cache.put(space, key, JSON.stringify(answer));
  for (const name of last) await cache.put(space, name, key);
}

/** Tells also of commits that were only looked at: one of them may be the twin of a commit that seems to have none. */
function withLost(answer: KeptMap, lost: ReadonlySet<string>): KeptMap {
  if (lost.size === 0) return answer;
  const told = answer.notices.find(({ code }) => code === "missing-blobs");
  const notice = { code: "missing-blobs" as const, detail: told?.detail ?? "", commits: [...new Set([...(told?.commits ?? []), ...lost])] };
  return { ...answer, notices: [notice, ...answer.notices.filter((one) => one !== told)] };
}

/**
 * The answer without facts: the kept one, or an earlier one carried on where no row changes, or one made from the index and from
 * git. What was read is in the index afterwards and the answer is kept. Throws `HistoryError` and `Cancelled`.
 */
export async function computeRows(settings: ComputeSettings, asked: AskedMap): Promise<KeptMap> {
  const { repository, cancel, cache, onProgress } = settings;
  const { key, view, options } = asked;
  const kept = await keptMap(cache, key);
  if (kept !== undefined) return kept;
  const before = await earlierKey(cache, asked);
  const { mainline, downstream } = options;
  // git walks both histories while the earlier answer and the index are read.
  const walk = before === undefined ? undefined : sideNames(repository, nodeDecode, mainline, downstream, cancel);
  walk?.catch(() => undefined);
  const earlier = before === undefined ? undefined : await keptMap(cache, before);
  const sources = await openSources(settings, cancel, view);
  try {
    const job = { cancel, onProgress, breathe: () => new Promise<void>((done) => void setImmediate(done)) };
    const input = { repository, decode: nodeDecode, facts: sources.facts, diffs: sources.diffs, options, job, earlier };
    if (earlier !== undefined && walk !== undefined) {
      const sides = await walk;
      const candidates = sides.mainline.filter((sha) => !options.excluded.has(sha));
      if (await holdsStill(input, earlier, candidates, sides.downstream)) {
        // No commit of ours became mainline's, so that they part where they parted.
        const answer = withLost({ ...earlier, mainline, downstream, candidates, commits: sides.downstream }, sources.lost);
        await keep(cache, asked, answer);
        return answer;
      }
    }
    const map = await buildMap(input);
    const answer = withLost({ ...map, candidates: map.candidates.map(({ sha }) => sha), commits: map.commits.map(({ sha }) => sha) }, sources.lost);
    await keep(cache, asked, answer);
    return answer;
  } finally {
    await sources.dispose();
  }
}

/** {@link computeRows} with the facts of all commits. */
export async function computeMap(settings: ComputeSettings, asked: AskedMap): Promise<UpstreamMap> {
  const rows = await computeRows(settings, asked);
  const sources = await openSources(settings, settings.cancel, asked.view);
  try {
    const { cancel } = settings;
    const [candidates, commits] = [await sources.facts.of(rows.candidates, cancel), await sources.facts.of(rows.commits, cancel)];
    return { ...rows, candidates, commits };
  } finally {
    await sources.dispose();
  }
}
