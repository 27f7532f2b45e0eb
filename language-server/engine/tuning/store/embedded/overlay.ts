import type { Hash } from "../../../ports";
import type { StoredChange, StoredSource } from "../prepare";

const sumLength = 16;

export function changeLine(change: StoredChange, hash: Hash): string {
  const body = JSON.stringify(change);
  return `${hash.sha256(body).slice(0, sumLength)} ${body}`;
}

export interface Overlay {
  /** By {@link sourceKey}; undefined for a file that is gone. Later changes win. */
  readonly sources: ReadonlyMap<string, StoredSource | undefined>;
  readonly at: ReadonlyMap<string, number>;
  readonly documents: number;
  readonly damaged: number;
}

export function sourceKey(origin: string, file: string): string {
  return `${origin}\n${file}`;
}

/** Origin and file of a {@link sourceKey}. */
export function keyParts(key: string): readonly [string, string] {
  const end = key.indexOf("\n");
  return [key.slice(0, end), key.slice(end + 1)];
}

/** Reads the whole lines; one that a kill cut or the disk changed counts as never written. */
export function readOverlay(text: string, hash: Hash): Overlay {
  const sources = new Map<string, StoredSource | undefined>();
  const at = new Map<string, number>();
  let damaged = 0;
  for (const line of text.split("\n")) {
    if (line === "") continue;
    const body = line.slice(sumLength + 1);
    if (line[sumLength] !== " " || hash.sha256(body).slice(0, sumLength) !== line.slice(0, sumLength)) {
      damaged++;
      continue;
    }
    // Its checksum is ours, so its shape is.
    const change = JSON.parse(body) as StoredChange;
    for (const file of change.gone) sources.set(sourceKey(change.origin, file), undefined);
    for (const source of change.sources) sources.set(sourceKey(change.origin, source.file), source);
    at.set(change.origin, change.at);
  }
  let documents = 0;
  for (const source of sources.values()) documents += source?.documents.length ?? 0;
  return { sources, at, documents, damaged };
}
