import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { nodeDecode } from "../adapters/decode";
import { nodeHash } from "../adapters/hash";
import { appendPlainBytes, readPlainBytes } from "../adapters/plain-file";
import type { Log } from "../engine/ports";
import { frameBytes, readFrames } from "../engine/upstream/index/frames";
import { eachDiff } from "../engine/upstream/index/payloads";
import type { CommitFacts } from "../engine/upstream/types";
import { createFactPages, factPage, type FactPages } from "./fact-pages";

/** An index larger than this was not written by us. */
const maxBytes = 4 * 2 ** 30 - 1;
/** Commits whose facts are unfolded together. */
const pageSize = 4096;

/** Facts and diffs of commits in one file beside the repository; what it holds never changes, it only grows. */
export interface IndexFile {
  readonly facts: FactPages;
  readonly diffs: Map<string, Uint8Array>;
  /** The end of the file was cut or changed; what was whole is used. */
  readonly damaged: boolean;
  /** Bytes of whole frames when it was opened. */
  readonly bytes: number;
  addFacts(facts: readonly CommitFacts[]): Promise<void>;
  /** Puts facts and diffs of commits into the file for later runs and remembers only whose they are. */
  storeFacts(facts: readonly CommitFacts[]): Promise<void>;
  storeDiffs(payload: Uint8Array, names: readonly string[]): Promise<void>;
  /** Commits whose facts, and whose diffs, the file has, whether they are at hand or not. */
  readonly stored: { hasFacts(sha: string): boolean; hasDiff(sha: string): boolean; readonly facts: number; readonly diffs: number };
  /** A payload of {@link packDiffs}; its records become views of it. */
  addDiffs(payload: Uint8Array): Promise<void>;
}

const writeTrouble = new Set(["ENOSPC", "EROFS", "EACCES", "EPERM", "EDQUOT", "ENOENT", "ENOTDIR"]);

/** Opens the index; without a file, or with one that can't be read, it starts empty and writes what it is given. */
export async function openIndexFile(path: string, log: Log): Promise<IndexFile> {
  const bytes = (await readPlainBytes(path, maxBytes)) ?? new Uint8Array(0);
  const { frames, valid } = readFrames(bytes, nodeHash);
  const facts = createFactPages();
  const diffs = new Map<string, Uint8Array>();
  for (const { kind, payload } of frames) {
    if (kind === "facts") facts.addPage(payload);
    else eachDiff(payload, nodeDecode, (sha, record) => diffs.set(sha, record));
  }
  const only = { facts: new Set<string>(), diffs: new Set<string>() };
  let damage = valid < bytes.length ? valid : undefined;
  if (damage !== undefined) log.warn(`${path}: damaged behind byte ${valid}; that part is made again`);
  let writable = true;
  // One write at a time: a frame must not land inside another.
  let turn = Promise.resolve();
  const append = (kind: "facts" | "diffs", payload: Uint8Array): Promise<void> => {
    turn = turn.then(async () => {
      if (!writable) return;
      try {
        await mkdir(dirname(path), { recursive: true });
        writable = await appendPlainBytes(path, frameBytes(kind, payload, nodeHash), damage);
        damage = undefined;
      } catch (error) {
        if (!(error instanceof Error && "code" in error && writeTrouble.has(String(error.code)))) throw error;
        writable = false;
        log.warn(`${path}: not written (${String(error.code)}); the comparison works, but starts anew next time`);
      }
    });
    return turn;
  };
  return {
    facts,
    diffs,
    damaged: damage !== undefined,
    bytes: valid,
    async addFacts(added) {
      facts.add(added);
      for (let i = 0; i < added.length; i += pageSize) await append("facts", factPage(added.slice(i, i + pageSize)));
    },
    async storeFacts(added) {
      for (const { sha } of added) only.facts.add(sha);
      if (added.length > 0) await append("facts", factPage(added));
    },
    async storeDiffs(payload, names) {
      for (const name of names) only.diffs.add(name);
      if (names.length > 0) await append("diffs", payload);
    },
    stored: {
      hasFacts: (sha) => facts.has(sha) || only.facts.has(sha),
      hasDiff: (sha) => diffs.has(sha) || only.diffs.has(sha),
      get facts() {
        return facts.size + only.facts.size;
      },
      get diffs() {
        return diffs.size + only.diffs.size;
      },
    },
    async addDiffs(payload) {
      const before = diffs.size;
      eachDiff(payload, nodeDecode, (sha, record) => diffs.set(sha, record));
      if (diffs.size > before) await append("diffs", payload);
    },
  };
}
