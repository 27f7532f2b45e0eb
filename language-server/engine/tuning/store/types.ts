import type { Cancel } from "../../ports";
import type { KnowledgeKind, KnowledgeSource, ParameterKind, ParameterRecord, ProseRecord } from "../types";

/** What one imported file says; it replaces all that the file said before. */
export interface SourceUpdate {
  /** Path within the origin, with slashes. */
  readonly file: string;
  /** SHA-256 of the file's content: an unchanged file is not read again. */
  readonly hash: string;
  readonly parameters: readonly ParameterRecord[];
  readonly prose: readonly ProseRecord[];
  /** How many parts of the file could not be read. */
  readonly unread: number;
}

export interface StoreChanges {
  /** What was imported: the absolute path of a tree or folder, or the name of a running system. */
  readonly origin: string;
  readonly updates: readonly SourceUpdate[];
  /** Files that the origin no longer has. */
  readonly gone: readonly string[];
  /** When the origin was looked at, in milliseconds since the epoch. */
  readonly at: number;
}

/** Vectors of one model are comparable with one another and with nobody else's; a model that answers in another length is another one. */
export interface VectorModel {
  readonly name: string;
  readonly dimension: number;
}

/** What a query means to a model. */
export interface QueryVector {
  readonly model: VectorModel;
  readonly values: readonly number[];
}

/** By what means a search was answered. */
export type SearchMeans = { readonly vectors: true; readonly model: string } | { readonly vectors: false; readonly why: "no-model" | "no-vectors" | "model-failed"; readonly detail?: string };

export interface SearchRequest {
  readonly text: string;
  readonly kinds?: readonly KnowledgeKind[];
  readonly components?: readonly string[];
  /** Records of this component that came after the version, or went before it, are left out; those that don't tell stay. */
  readonly version?: { readonly component: string; readonly version: string };
  /** 20 unless told. */
  readonly limit?: number;
  /** Answers by words and by these vectors are fused; one of another model than the store has vectors of is as none. */
  readonly near?: QueryVector;
  /** Told once by a store that makes `near` itself. */
  readonly onMeans?: (means: SearchMeans) => void;
}

export interface SearchHit {
  readonly name: string;
  readonly kind: KnowledgeKind;
  readonly component: string;
  /** Larger is better; comparable within one answer only. */
  readonly score: number;
  readonly source: KnowledgeSource;
  readonly record: ParameterRecord | ProseRecord;
}

export interface OriginStats {
  readonly origin: string;
  readonly files: number;
  readonly records: number;
  readonly unread: number;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** A name that the store has, with what it is set through. */
export interface KnownName {
  readonly name: string;
  readonly component: string;
  readonly kind: ParameterKind;
}

export interface StoreStats {
  readonly records: number;
  readonly kinds: Readonly<Record<string, number>>;
  readonly components: Readonly<Record<string, number>>;
  readonly origins: readonly OriginStats[];
  /** Lines of the overlay that a kill or the disk damaged; they count as never written. */
  readonly damaged: number;
}

/** A content that has no vector yet, and the text that the model is to be given. */
export interface WantedText {
  readonly content: string;
  readonly text: string;
}

export interface ContentVector {
  readonly content: string;
  readonly values: readonly number[];
}

/** The vectors of a store, by content: a record that comes again from a changed file needs no new one. */
export interface VectorShelf {
  /** Models that there are vectors of, with their number. */
  models(): Promise<readonly { readonly model: VectorModel; readonly vectors: number }[]>;
  /** Contents without a vector of this model, page by page, those that are set while the system runs first. */
  wanting(model: VectorModel, page: number, cancel: Cancel | undefined): AsyncIterable<readonly WantedText[]>;
  /** How many contents {@link wanting} will give. */
  wanted(model: VectorModel): Promise<number>;
  /** Durable when it returns. */
  put(model: VectorModel, vectors: readonly ContentVector[], cancel: Cancel | undefined): Promise<void>;
  /** After all contents have their vector of `model`: drops what nobody will ask for. */
  tidy(model: VectorModel, cancel: Cancel | undefined): Promise<void>;
}

/** Parameters and prose with their sources. Every answer is of one moment: what `put` acknowledged is there, whole. */
export interface KnowledgeStore {
  /** Content hash of every file of an origin. */
  hashes(origin: string): Promise<ReadonlyMap<string, string>>;
  /** Done means durable: a kill later loses nothing of it, a kill before leaves the store as it was. */
  put(changes: StoreChanges, cancel: Cancel | undefined): Promise<void>;
  search(request: SearchRequest, cancel: Cancel | undefined): Promise<readonly SearchHit[]>;
  /** All that is known of a name, in any of its spellings (`net/ipv4/tcp_rmem`); the surest first. */
  get(name: string): Promise<readonly ParameterRecord[]>;
  /** {@link get} for many names in one read; keys are the names as they were asked for. */
  getMany?(names: readonly string[]): Promise<ReadonlyMap<string, readonly ParameterRecord[]>>;
  /** Every name of a kind, each once for each component that has it. */
  names?(kind: ParameterKind): Promise<readonly KnownName[]>;
  stats(): Promise<StoreStats>;
  readonly vectors?: VectorShelf;
  dispose(): Promise<void>;
}

/** `no-access`: a server refuses the user or the password; `no-right`: the user may not do that. */
export type StoreErrorCode = "busy" | "unreadable" | "not-writable" | "unreachable" | "no-access" | "no-right";

/** Thrown by a {@link KnowledgeStore}; `detail` names the file and what the driver said. */
export class StoreError extends Error {
  constructor(
    readonly code: StoreErrorCode,
    readonly detail: string,
  ) {
    super(`${code}: ${detail}`);
    this.name = "StoreError";
  }
}

export type SqlValue = string | number | null;
export type SqlRow = Readonly<Record<string, SqlValue>>;

/** A prepared statement; each call runs it to its end. */
export interface SqlStatement {
  run(values: readonly SqlValue[]): void;
  all(values: readonly SqlValue[]): readonly SqlRow[];
}

/** One SQLite file with FTS5. Calls throw {@link StoreError}. */
export interface SqlDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqlStatement;
  close(): void;
}

/** node:sqlite or its like in WebAssembly. */
export interface SqlDriver {
  readonly name: string;
  /** An existing file that nobody writes to. */
  openForReading(path: string): SqlDatabase;
  /** A new file that nobody else knows of. */
  create(path: string): SqlDatabase;
}

/** Identity of a file's content: another one after it was replaced or has grown. */
export type FileStamp = string;

/** The store's files: a base that is replaced as a whole, and an overlay of lines that only grows. */
export interface StoreFiles {
  readonly base: string;
  /** Undefined when there is no such file. */
  stamp(path: string): Promise<FileStamp | undefined>;
  readLines(path: string): Promise<string>;
  /** Durable when it returns. Throws {@link StoreError}. */
  appendLine(path: string, line: string): Promise<void>;
  /** A path beside the base for a new one; what dead writers left of theirs is removed. */
  aside(): Promise<string>;
  /** Puts a finished file in the base's place, durably. */
  publish(aside: string): Promise<void>;
  discard(path: string): Promise<void>;
  /** Undefined when there is no such file. */
  readBytes(path: string): Promise<Uint8Array | undefined>;
  /** Appends after the first `keep` bytes; what came behind them is dropped. Durable when it returns. */
  appendBytes(path: string, bytes: Uint8Array, keep: number): Promise<void>;
  /** Writes a file as a whole, durably. */
  replaceBytes(path: string, bytes: Uint8Array): Promise<void>;
  /** Paths of the base's companions with this ending. */
  companions(ending: string): Promise<readonly string[]>;
  /** Removes the overlays of bases that are no more; a writer that was killed may have left one. */
  dropOverlays(): Promise<void>;
  /** One writer at a time; waits for a living one, takes over from a dead one. */
  exclusive<T>(work: () => Promise<T>, cancel: Cancel | undefined): Promise<T>;
  /** Lets timers and signals have their turn in long work. */
  breathe(): Promise<void>;
  /** A short wait before another try. */
  pause(): Promise<void>;
}
