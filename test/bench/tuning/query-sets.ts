import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { foldName, lastPart } from "../../../language-server/engine/tuning/store/terms";

export interface AskedQuery {
  readonly gold: string;
  readonly query: string;
  readonly half: "dev" | "test";
}

export const retrievalSets = ["S1", "S2", "S2sysctl", "S2clean"] as const;
export type RetrievalSet = (typeof retrievalSets)[number];

/** A published profile: what it is for, in its makers' words, and the sysctls that it sets. */
export interface AskedWorkload {
  readonly profile: string;
  readonly query: string;
  readonly gold: readonly string[];
  readonly half: "dev" | "test";
}

function dataFile(): string | undefined {
  const file = join(resolve(process.env["KEELSON_DATA"] ?? "../shared"), "data/knowledge/query-sets.json");
  return existsSync(file) ? file : undefined;
}

/** Undefined where the data is not at hand. */
export function workloadSets(): readonly AskedWorkload[] | undefined {
  const file = dataFile();
  return file === undefined ? undefined : (JSON.parse(readFileSync(file, "utf8")) as { readonly S4: readonly AskedWorkload[] }).S4;
}

/** Other people's words with the name masked; undefined where the data is not at hand. */
export function querySets(): Readonly<Record<RetrievalSet, readonly AskedQuery[]>> | undefined {
  const file = dataFile();
  return file !== undefined ? (JSON.parse(readFileSync(file, "utf8")) as Record<RetrievalSet, readonly AskedQuery[]>) : undefined;
}

export interface Named {
  readonly name: string;
  readonly component: string;
}

/** The gold may lack its prefix (`pid_max`), or have its component's (`redis.loglevel`). */
export function isGold(gold: string, { name, component }: Named): boolean {
  const folded = foldName(name);
  const asked = foldName(gold);
  return folded === asked || `${component}.${folded}` === asked || (!asked.includes(".") && lastPart(folded) === asked);
}

/** Part of the queries whose gold is among the first `depth` answers, with its 95 % interval by resampling. */
export function recall(found: readonly boolean[], random: () => number): { readonly value: number; readonly low: number; readonly high: number } {
  const mean = (list: readonly boolean[]): number => list.filter(Boolean).length / Math.max(1, list.length);
  const samples = Array.from({ length: 2000 }, () => mean(found.map(() => found[Math.floor(random() * found.length)] ?? false))).sort((a, b) => a - b);
  return { value: mean(found), low: samples[50] ?? 0, high: samples[1949] ?? 0 };
}
