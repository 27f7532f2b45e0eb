import type { OriginStats, StoreStats } from "../types";
import type { Snapshot } from "./snapshot";

/** Content hashes of an origin's files. */
export function snapshotHashes({ base, overlay }: Snapshot, origin: string): ReadonlyMap<string, string> {
  const hashes = new Map((base?.sources(origin) ?? []).map(({ file, hash }) => [file, hash]));
  for (const [key, source] of overlay.sources) {
    if (!key.startsWith(`${origin}\n`)) continue;
    const file = key.slice(origin.length + 1);
    if (source === undefined) hashes.delete(file);
    else hashes.set(file, source.hash);
  }
  return hashes;
}

export function snapshotStats({ base, overlay, hidden, fresh }: Snapshot): StoreStats {
  const kinds = new Map<string, number>();
  const components = new Map<string, number>();
  const add = (table: Map<string, number>, key: string, count: number): void => void table.set(key, (table.get(key) ?? 0) + count);
  for (const { source, kind, component, count } of base?.tallies() ?? []) {
    if (hidden.has(source)) continue;
    add(kinds, kind, count);
    add(components, component, count);
  }
  for (const { kind, component } of fresh) {
    add(kinds, kind, 1);
    add(components, component, 1);
  }
  const origins = new Map<string, OriginStats>();
  const at = new Map([...(base?.at ?? []), ...overlay.at]);
  const count = (origin: string, records: number, unread: number): void => {
    const before = origins.get(origin) ?? { origin, files: 0, records: 0, unread: 0, at: at.get(origin) ?? 0 };
    origins.set(origin, { ...before, files: before.files + 1, records: before.records + records, unread: before.unread + unread });
  };
  for (const { id, origin, records, unread } of base?.sources() ?? []) if (!hidden.has(id)) count(origin, records, unread);
  for (const source of overlay.sources.values()) if (source !== undefined) count(source.origin, source.documents.length, source.unread);
  const sorted = (table: ReadonlyMap<string, number>): Readonly<Record<string, number>> => Object.fromEntries([...table].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));
  return { records: [...kinds.values()].reduce((sum, each) => sum + each, 0), kinds: sorted(kinds), components: sorted(components), origins: [...origins.values()].sort((a, b) => (a.origin < b.origin ? -1 : 1)), damaged: overlay.damaged };
}
