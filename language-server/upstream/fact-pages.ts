import { deflateRawSync, inflateRawSync } from "node:zlib";
import { nodeDecode } from "../adapters/decode";
import { packFacts, packNames, unpackFacts, unpackNames } from "../engine/upstream/index/payloads";
import type { CommitFacts } from "../engine/upstream/types";

/** What a damaged or planted page may unfold to at most. */
const maxFacts = 512 << 20;

/** Facts by commit. Those of an earlier run come in pages that are unfolded when one of their commits is asked for. */
export interface FactPages {
  readonly size: number;
  has(sha: string): boolean;
  get(sha: string): CommitFacts | undefined;
  /** Takes a page as {@link factPage} makes it. Throws `RangeError` when it is cut. */
  addPage(page: Uint8Array): void;
  add(facts: readonly CommitFacts[]): void;
  [Symbol.iterator](): IterableIterator<[string, CommitFacts]>;
}

/** Names, so that what a page holds is known without unfolding it, and the facts themselves, compressed. */
export function factPage(facts: readonly CommitFacts[]): Uint8Array {
  const names = packNames(facts.map(({ sha }) => sha));
  const rows = deflateRawSync(packFacts(facts, nodeDecode), { level: 1 });
  const page = new Uint8Array(names.length + rows.length);
  page.set(names);
  page.set(rows, names.length);
  return page;
}

export function createFactPages(): FactPages {
  const known = new Map<string, CommitFacts | Uint8Array>();
  const unfold = (rows: Uint8Array): void => {
    for (const entry of unpackFacts(inflateRawSync(rows, { maxOutputLength: maxFacts }), nodeDecode) ?? []) if (known.get(entry.sha) === rows) known.set(entry.sha, entry);
  };
  const get = (sha: string): CommitFacts | undefined => {
    const found = known.get(sha);
    if (!(found instanceof Uint8Array)) return found;
    unfold(found);
    const now = known.get(sha);
    if (!(now instanceof Uint8Array)) return now;
    // The page does not hold what it says: the commit is read anew.
    known.delete(sha);
    return undefined;
  };
  return {
    get size() {
      return known.size;
    },
    has: (sha) => known.has(sha),
    get,
    addPage(page) {
      const { names, end } = unpackNames(page, nodeDecode);
      const rows = page.subarray(end);
      for (const name of names) known.set(name, rows);
    },
    add(facts) {
      for (const entry of facts) known.set(entry.sha, entry);
    },
    *[Symbol.iterator]() {
      for (const sha of known.keys()) {
        const found = get(sha);
        if (found !== undefined) yield [sha, found];
      }
    },
  };
}
