import { factual } from "../import/measured";
import { holdsFor } from "./answer";
import type { KnowledgeStore, SearchHit } from "./types";

/**
 * Hits whose names the given versions have, by component: all records of a name have a say, for what tells of a name's history
 * is seldom what describes it. What no record rules out stays.
 */
export async function heldBy(hits: readonly SearchHit[], store: Pick<KnowledgeStore, "get" | "getMany">, versions: ReadonlyMap<string, string>): Promise<readonly SearchHit[]> {
  const asked = hits.filter(({ kind, component }) => kind !== "prose" && versions.has(component));
  const names = [...new Set(asked.map(({ name }) => name))];
  const known = store.getMany === undefined ? new Map(await Promise.all(names.map(async (name) => [name, await store.get(name)] as const))) : await store.getMany(names);
  return hits.filter(({ name, kind, component }) => {
    const version = versions.get(component);
    if (version === undefined || kind === "prose") return true;
    return factual(known.get(name) ?? []).every((record) => record.kind !== kind || record.component !== component || holdsFor(record, { component, version }));
  });
}
