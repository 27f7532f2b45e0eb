import type { Cancel, Decode, Hash, Random } from "../../../ports";
import type { ParameterKind, ParameterRecord } from "../../types";
import { documentRecord } from "../document";
import { prepareChange, type StoredChange } from "../prepare";
import { foldName } from "../terms";
import { StoreError, type KnownName, type KnowledgeStore, type SqlDriver, type StoreFiles } from "../types";
import { changeLine, sourceKey } from "./overlay";
import { searchSnapshot } from "./search";
import { createShelf } from "./shelf";
import { openSnapshot, type Snapshot } from "./snapshot";
import { snapshotHashes, snapshotStats } from "./stats";
import { writeBase } from "./write";

export interface EmbeddedStorePorts {
  readonly driver: SqlDriver;
  readonly files: StoreFiles;
  readonly hash: Hash;
  readonly random: Random;
  readonly decode: Decode;
}

/** The overlay is ranked record by record, and read at every opening: beyond this a new base is written. */
const overlayDocuments = 400;
const overlaySources = 400;
const overlayBytes = 1 << 20;

/** A store in two files of the user's: a SQLite base and an overlay of what changed since. */
export function createEmbeddedStore(ports: EmbeddedStorePorts): KnowledgeStore {
  const { driver, files, hash, random, decode } = ports;
  let open: Snapshot | undefined;
  let opening: Promise<unknown> = Promise.resolve();

  const refresh = async (): Promise<Snapshot> => {
    if (open !== undefined) {
      const [base, overlay] = await Promise.all([files.stamp(files.base), files.stamp(open.overlayPath)]);
      if (base === open.stamps[0] && overlay === open.stamps[1]) return open;
      close();
    }
    open = await openSnapshot(driver, files, hash);
    return open;
  };
  const close = (): void => {
    open?.base?.close();
    open = undefined;
  };
  /** One after another: a snapshot must not be closed under a reader. Reads again while another process holds the lock. */
  const reading = <T>(work: (snapshot: Snapshot) => T): Promise<T> => {
    const result = opening.then(async () => {
      for (let tries = 0; ; tries++) {
        try {
          const snapshot = await refresh();
          return snapshot.base === undefined ? work(snapshot) : snapshot.base.within(() => work(snapshot));
        } catch (error) {
          if (!(error instanceof StoreError && error.code === "busy") || tries > 200) throw error;
          await files.pause();
        }
      }
    });
    opening = result.catch(() => undefined);
    return result;
  };

  const write = async (change: StoredChange, cancel: Cancel | undefined): Promise<void> => {
    const line = changeLine(change, hash);
    const now = await currentOrNone(driver, files, hash);
    try {
      const added = change.sources.reduce((sum, { documents }) => sum + documents.length, 0);
      const few = now.overlay.documents + added <= overlayDocuments && now.overlay.sources.size + change.sources.length + change.gone.length <= overlaySources;
      if (few && line.length <= overlayBytes && (await overlaySize(files, now.overlayPath)) + line.length <= overlayBytes) {
        await files.appendLine(now.overlayPath, line);
        return;
      }
      const whole = mergedOverlay(now.overlay, change);
      await writeBase({ base: now.base, overlay: whole, generation: random.hex(8) }, driver, files, cancel);
    } finally {
      now.base?.close();
    }
    // They belong to bases before: the new one has none yet, and only we write.
    await files.dropOverlays();
  };

  const shelf = createShelf({ files, hash, decode, reading });
  return {
    hashes: (origin) => reading((snapshot) => snapshotHashes(snapshot, origin)),
    async put(changes, cancel) {
      const change = await prepareChange(changes, hash, () => files.breathe(), cancel);
      await files.exclusive(() => write(change, cancel), cancel);
    },
    async search(request, cancel) {
      const vectors = request.near === undefined ? undefined : await shelf.load(request.near.model);
      return reading((snapshot) => searchSnapshot(snapshot, request, vectors, cancel));
    },
    vectors: shelf,
    get: (name) => reading((snapshot) => recordsOf(snapshot, foldName(name))),
    getMany: (names) => reading((snapshot) => new Map(names.map((name) => [name, recordsOf(snapshot, foldName(name))]))),
    names: (kind) => reading((snapshot) => namesOf(snapshot, kind)),
    stats: () => reading(snapshotStats),
    async dispose() {
      await opening;
      close();
    },
  };
}

/** A base that can't be read is no reason not to write a new one: what it held is imported again. */
async function currentOrNone(driver: SqlDriver, files: StoreFiles, hash: Hash): Promise<Snapshot> {
  try {
    return await openSnapshot(driver, files, hash);
  } catch (error) {
    if (!(error instanceof StoreError && error.code === "unreadable")) throw error;
    await files.discard(files.base);
    return openSnapshot(driver, files, hash);
  }
}

async function overlaySize(files: StoreFiles, path: string): Promise<number> {
  return (await files.stamp(path)) === undefined ? 0 : (await files.readLines(path)).length;
}

function mergedOverlay(overlay: Snapshot["overlay"], change: StoredChange): Snapshot["overlay"] {
  const sources = new Map(overlay.sources);
  for (const file of change.gone) sources.set(sourceKey(change.origin, file), undefined);
  for (const source of change.sources) sources.set(sourceKey(change.origin, source.file), source);
  return { ...overlay, sources, at: new Map([...overlay.at, [change.origin, change.at]]) };
}

function recordsOf({ base, hidden, fresh }: Snapshot, folded: string): readonly ParameterRecord[] {
  const stored = (base?.named([folded], []) ?? []).filter(({ source, kind }) => !hidden.has(source) && kind !== "prose");
  const records = base?.records(stored.map(({ id }) => id)) ?? new Map<number, string>();
  const all = [...records.values(), ...fresh.filter((document) => document.folded === folded && document.kind !== "prose").map(({ record }) => record)];
  return all.map((record) => documentRecord({ record }) as ParameterRecord).sort((a, b) => b.confidence - a.confidence);
}

function namesOf({ base, hidden, fresh }: Snapshot, kind: ParameterKind): readonly KnownName[] {
  const found = new Map<string, KnownName>();
  for (const { name, component, source } of base?.namesOf(kind) ?? []) if (!hidden.has(source)) found.set(`${component}\n${name}`, { name, component, kind });
  for (const { name, component, kind: own } of fresh) if (own === kind) found.set(`${component}\n${name}`, { name, component, kind });
  return [...found.values()];
}
