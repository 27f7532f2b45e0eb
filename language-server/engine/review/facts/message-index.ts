import { checkCancel, type Cache, type Cancel, type Decode, type GitRepository } from "../../ports";
import { gitText, logMessages } from "./commits";

/** Which messages an index reads and which commit names it takes from them. */
export interface IndexSpec {
  /** Part of the cache's keys; change it when `extract` changes. */
  readonly name: string;
  /** git's extended regular expression, case ignored: a message without a matching line is never read. */
  readonly pattern: string;
  /** Look at about so many of the newest commits only; undefined for all. */
  readonly newest: number | undefined;
  /** The commit names (8 to 40 lower-case hex digits) that a message speaks of. */
  extract(message: string): readonly string[];
}

export interface MessageIndex {
  /**
   * Commits whose message names `sha` (8 or more hex digits, abbreviated on either side), out of those reachable from
   * `tips` and from tips that were asked for earlier: a caller that cares tests reachability itself.
   */
  lookup(sha: string, tips: readonly string[], cancel?: Cancel): Promise<readonly string[]>;
}

const space = "history";
/** Messages a git call returns at once: bounds the size of its output. */
const batch = 1000;
/** Cached pieces before they are written as one. */
const maxSegments = 24;
/** Tips remembered besides the ones asked for. */
const maxTips = 16;
const keyLength = 8;

interface Entry {
  readonly named: string;
  readonly carrier: string;
}

/** What is indexed: everything reachable from the tips, kept in the cache in these segments. */
interface Manifest {
  readonly tips: readonly string[];
  readonly segments: readonly string[];
}

/**
 * An index of what commit messages name, grown as the repository grows: only commits that no earlier call saw are read.
 * Cached in pieces, each written before the manifest that names it, so that a kill or a second window costs time only.
 */
export function createMessageIndex(repo: GitRepository, cache: Cache, decode: Decode, spec: IndexSpec): MessageIndex {
  const entries = new Map<string, Entry[]>();
  const loaded = new Set<string>();
  let manifest: Manifest | undefined;
  let turn: Promise<void> = Promise.resolve();

  function add(entry: Entry): void {
    const key = entry.named.slice(0, keyLength);
    const list = entries.get(key);
    if (list === undefined) entries.set(key, [entry]);
    else if (!list.some((other) => other.named === entry.named && other.carrier === entry.carrier)) list.push(entry);
  }

  /** The cache's manifest wins when another window has written more than this one knows. */
  async function load(): Promise<Manifest> {
    const stored = parseManifest(await cache.get(space, `${spec.name}:manifest`));
    const segments: string[] = [];
    for (const key of stored.segments) {
      if (!loaded.has(key)) {
        const text = await cache.get(space, key);
        if (text === undefined) return { tips: [], segments: [] };
        for (const entry of parseEntries(text)) add(entry);
        loaded.add(key);
      }
      segments.push(key);
    }
    return { tips: stored.tips, segments };
  }

  async function update(tips: readonly string[], cancel: Cancel | undefined): Promise<void> {
    if (manifest !== undefined && covers(manifest, tips)) return;
    let known = await load();
    const fresh = tips.filter((tip) => !known.tips.includes(tip));
    if (fresh.length > 0) {
      const found = await readNew(fresh, known.tips, cancel);
      if (found === undefined) return;
      for (const entry of found) add(entry);
      const segments = await store(fresh[0] ?? "", found, known.segments);
      known = { tips: [...new Set([...tips, ...known.tips])].slice(0, Math.max(tips.length, maxTips)), segments };
      await cache.put(space, `${spec.name}:manifest`, formatManifest(known));
    }
    manifest = known;
  }

  async function store(tip: string, found: readonly Entry[], segments: readonly string[]): Promise<readonly string[]> {
    if (found.length === 0) return segments;
    const whole = segments.length + 1 >= maxSegments;
    const key = `${spec.name}:${whole ? "all" : segments.length}:${tip}`;
    await cache.put(space, key, formatEntries(whole ? [...entries.values()].flat() : found));
    loaded.add(key);
    return whole ? [key] : [...segments, key];
  }

  /** Undefined when git could not say. */
  async function readNew(fresh: readonly string[], known: readonly string[], cancel: Cancel | undefined): Promise<readonly Entry[] | undefined> {
    const shas = await matchingCommits(repo, decode, spec, fresh, known, cancel);
    if (shas === undefined) return undefined;
    const found: Entry[] = [];
    for (let i = 0; i < shas.length; i += batch) {
      checkCancel(cancel);
      for (const { sha, message } of await logMessages(repo, decode, shas.slice(i, i + batch), cancel)) {
        for (const named of spec.extract(message)) found.push({ named, carrier: sha });
      }
    }
    return found;
  }

  return {
    async lookup(sha, tips, cancel) {
      const earlier = turn;
      const mine = (async () => {
        await earlier;
        await update(tips, cancel);
      })();
      // The next caller waits for this one to end, however it ends: its own cancel is its own.
      turn = mine.then(
        () => undefined,
        () => undefined,
      );
      await mine;
      const list = entries.get(sha.slice(0, keyLength)) ?? [];
      return [...new Set(list.filter((entry) => entry.named.startsWith(sha) || sha.startsWith(entry.named)).map((entry) => entry.carrier))];
    },
  };
}

function covers(manifest: Manifest, tips: readonly string[]): boolean {
  const known = new Set(manifest.tips);
  return tips.every((tip) => known.has(tip));
}

async function matchingCommits(
  repo: GitRepository,
  decode: Decode,
  spec: IndexSpec,
  fresh: readonly string[],
  known: readonly string[],
  cancel: Cancel | undefined,
): Promise<readonly string[] | undefined> {
  const bounds = known.map((tip) => `^${tip}`);
  if (spec.newest !== undefined && known.length === 0) {
    const oldest = await boundary(repo, decode, fresh, spec.newest, cancel);
    if (oldest !== undefined) bounds.push(`^${oldest}`);
  }
  // A tip of an earlier session may be gone since; git then reads more than it had to.
  const args = ["rev-list", "--ignore-missing", "-i", "-E", `--grep=${spec.pattern}`, "--stdin"];
  const text = await gitText(repo, decode, args, cancel, `${[...fresh, ...bounds].join("\n")}\n`);
  return text?.split("\n").filter((line) => line !== "");
}

/** The commit that ends a walk of about `count` commits from the tips; undefined when the history is shorter. */
export async function boundary(repo: GitRepository, decode: Decode, tips: readonly string[], count: number, cancel: Cancel | undefined): Promise<string | undefined> {
  const text = await gitText(repo, decode, ["rev-list", `--skip=${count}`, "-n", "1", "--stdin"], cancel, `${tips.join("\n")}\n`);
  const sha = text?.trim() ?? "";
  return sha === "" ? undefined : sha;
}

const sha = /^[0-9a-f]{40,64}$/u;

function formatManifest(manifest: Manifest): string {
  return [...manifest.tips.map((tip) => `tip ${tip}`), ...manifest.segments.map((key) => `segment ${key}`)].join("\n");
}

function parseManifest(text: string | undefined): Manifest {
  const tips: string[] = [];
  const segments: string[] = [];
  for (const line of (text ?? "").split("\n")) {
    if (line.startsWith("tip ") && sha.test(line.slice(4))) tips.push(line.slice(4));
    else if (line.startsWith("segment ")) segments.push(line.slice(8));
  }
  return { tips, segments };
}

function formatEntries(entries: readonly Entry[]): string {
  return entries.map((entry) => `${entry.named} ${entry.carrier}`).join("\n");
}

function parseEntries(text: string): readonly Entry[] {
  const entries: Entry[] = [];
  for (const line of text.split("\n")) {
    const [named = "", carrier = ""] = line.split(" ");
    if (named.length >= keyLength && sha.test(carrier)) entries.push({ named, carrier });
  }
  return entries;
}
