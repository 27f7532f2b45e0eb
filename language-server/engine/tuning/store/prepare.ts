import { checkCancel, type Cancel, type Hash } from "../../ports";
import { parameterDocument, proseDocument, type StoredDocument } from "./document";
import type { StoreChanges } from "./types";

/** A file of an origin with what it says, ready for search. */
export interface StoredSource {
  readonly origin: string;
  readonly file: string;
  readonly hash: string;
  readonly unread: number;
  readonly documents: readonly StoredDocument[];
}

/** One `put`: a line of the overlay holds all of it or nothing. */
export interface StoredChange {
  readonly origin: string;
  readonly at: number;
  readonly sources: readonly StoredSource[];
  readonly gone: readonly string[];
}

/** Makes what is put ready for search; lets timers and signals have their turn by `breathe`. */
export async function prepareChange({ origin, at, gone, updates }: StoreChanges, hash: Hash, breathe: () => Promise<void>, cancel: Cancel | undefined): Promise<StoredChange> {
  const sources: StoredSource[] = [];
  let since = 0;
  for (const { file, hash: contents, unread, parameters, prose } of updates) {
    const documents: StoredDocument[] = [];
    for (const record of parameters) documents.push(parameterDocument(record, file, hash));
    for (const record of prose) documents.push(proseDocument(record, file, hash));
    sources.push({ origin, file, hash: contents, unread, documents });
    since += documents.length + 1;
    if (since < 500) continue;
    since = 0;
    checkCancel(cancel);
    await breathe();
  }
  return { origin, at, gone, sources };
}
