import type { Cancel } from "../engine/ports";
import { conflictsOf, type FieldConflict } from "../engine/tuning/import/conflicts";
import type { KnowledgeStore, SourceUpdate } from "../engine/tuning/store/types";
import type { Imported, UnreadPart } from "../engine/tuning/types";

/** Raise it when importers find other things in the same text: every file is then read again. */
export const importersVersion = "4";

export interface IndexSettings {
  readonly store: KnowledgeStore;
  /** Milliseconds since the epoch. */
  readonly now: number;
  readonly cancel: Cancel;
  readonly onProgress: (done: number, total: number) => void;
}

/** What one importer brought in this run. */
export interface ImporterCount {
  readonly importer: string;
  readonly files: number;
  readonly parameters: number;
  readonly prose: number;
  readonly unread: number;
}

export interface IndexReport {
  readonly origin: string;
  /** Files that an importer reads. */
  readonly files: number;
  /** Of those, new or changed since the last run. */
  readonly changed: number;
  readonly gone: number;
  /** Records in changed files. */
  readonly records: number;
  readonly importers: readonly ImporterCount[];
  readonly unread: readonly UnreadPart[];
  /** Among the records of this run. */
  readonly conflicts: readonly FieldConflict[];
  /** Where versions were compared. */
  readonly compared?: ComparedCounts | undefined;
}

/** Names that came, went or were renamed between versions, and those of which nothing is said. */
export interface ComparedCounts {
  readonly versions: readonly string[];
  readonly since: number;
  readonly until: number;
  readonly renamed: number;
  /** Only documented, or not found where they are looked for though the sources have the word. */
  readonly doubted: number;
  /** Gone and back again. */
  readonly interrupted: number;
}

/** Among the files of a comparison: `v6.1` is a version, `v6.1:mm/Kconfig` a file of it. */
export function isVersionLabel(file: string): boolean {
  return !file.includes(":");
}

/** Collects what a run reads, then puts it into the store in one step. */
export class IndexRun {
  private readonly updates: SourceUpdate[] = [];
  private readonly unread: UnreadPart[] = [];
  private readonly counts = new Map<string, ImporterCount>();
  private readonly seen = new Set<string>();

  constructor(
    private readonly origin: string,
    private readonly known: ReadonlyMap<string, string>,
  ) {}

  /** Notes a file that is there; true when it has to be read, since its content or what it depends on changed. */
  changed(path: string, hash: string): boolean {
    this.seen.add(path);
    return this.known.get(path) !== hash;
  }

  add(importer: string, path: string, hash: string, found: Imported): void {
    const { parameters, prose, unread } = found;
    const before = this.counts.get(importer) ?? { importer, files: 0, parameters: 0, prose: 0, unread: 0 };
    this.counts.set(importer, { importer, files: before.files + 1, parameters: before.parameters + parameters.length, prose: before.prose + prose.length, unread: before.unread + unread.length });
    this.unread.push(...unread);
    this.updates.push({ file: path, hash, parameters, prose, unread: unread.length });
  }

  /** True when just these are known of what is no file of the origin: the versions that were compared. */
  hasOnly(labels: readonly string[]): boolean {
    const known = [...this.known.keys()].filter(isVersionLabel);
    return known.length === labels.length && labels.every((label) => known.includes(label));
  }

  /** The report of a run that found all as it was. */
  unchanged(): IndexReport {
    return { origin: this.origin, files: this.known.size, changed: 0, gone: 0, records: 0, importers: [], unread: [], conflicts: [] };
  }

  /** A file or a source that could not be read at all; what the store has of it stays. */
  miss(file: string, reason: string): void {
    this.seen.add(file);
    this.unread.push({ file, line: 1, reason });
  }

  async finish({ store, now, cancel }: Pick<IndexSettings, "store" | "now" | "cancel">): Promise<IndexReport> {
    const { updates, origin } = this;
    const gone = [...this.known.keys()].filter((path) => !this.seen.has(path));
    if (updates.length > 0 || gone.length > 0) await store.put({ origin, updates, gone, at: now }, cancel);
    const importers = [...this.counts.values()].sort((a, b) => b.parameters + b.prose - a.parameters - a.prose);
    return {
      origin,
      files: this.seen.size,
      changed: updates.length,
      gone: gone.length,
      records: importers.reduce((sum, { parameters, prose }) => sum + parameters + prose, 0),
      importers,
      unread: this.unread,
      conflicts: conflictsOf(updates.flatMap(({ parameters }) => parameters)),
    };
  }
}
