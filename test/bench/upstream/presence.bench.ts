import { existsSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { nodeDecode } from "../../../language-server/adapters/decode";
import { nodeFiles } from "../../../language-server/adapters/files";
import { createGit } from "../../../language-server/adapters/git";
import { nodeHash } from "../../../language-server/adapters/hash";
import { presences } from "../../../language-server/engine/upstream/presence/presence";
import type { PresenceRequest, PresenceState } from "../../../language-server/engine/upstream/presence/types";
import type { BenchTable } from "../table";

export interface PresenceBench {
  /** A repository with mainline and its branches; its name without `.git` names the pairs' file. */
  readonly repo: string;
  /** Folder that holds `pairs/<name>.tsv`: branch, downstream, upstream, ok. */
  readonly corpora: string;
  readonly branches: readonly string[];
  /** Pairs a branch; 300 unless told. */
  readonly pairs?: number;
  readonly seed?: number;
}

interface Pair {
  readonly down: string;
  readonly up: string;
}

/** Numerical Recipes' generator: the same pairs every time. */
export function shuffled<T>(items: readonly T[], seed: number): readonly T[] {
  const out = [...items];
  let state = seed;
  for (let i = out.length - 1; i > 0; i--) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const j = state % (i + 1);
    [out[i], out[j]] = [out[j]!, out[i]!];
  }
  return out;
}

export function labelled(file: string, branch: string): readonly Pair[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .map((line) => line.split("\t"))
    .filter(([own, , up = "", state]) => own === branch && state === "ok" && !up.includes(","))
    .map(([, down = "", up = ""]) => ({ down, up }));
}

/**
 * The upstream change looked for in the tree of the commit that carries it (it is there) and of that commit's parent (it is
 * not). Anything but the right word is wrong.
 */
export async function benchPresence(options: PresenceBench): Promise<BenchTable[]> {
  const repo = await createGit({ trusted: () => true }).open(options.repo);
  if (repo === undefined) throw new Error(`${options.repo} is no repository`);
  const seed = options.seed ?? 1;
  const rows: (string | number)[][] = [];
  for (const branch of options.branches) {
    const pairs = shuffled(labelled(join(options.corpora, "pairs", `${basename(options.repo, ".git")}.tsv`), branch), seed).slice(0, options.pairs ?? 300);
    if (pairs.length === 0) continue;
    const requests = pairs.flatMap(({ down, up }): PresenceRequest[] => [down, `${down}^`].map((name) => ({ commit: up, tree: { kind: "revision", name } })));
    const started = performance.now();
    const states = (await presences(requests, { repo, files: nodeFiles, decode: nodeDecode, hash: nodeHash })).map(({ state }) => state);
    const seconds = (performance.now() - started) / 1000;
    const count = (side: 0 | 1, state: PresenceState): number => states.filter((own, i) => i % 2 === side && own === state).length;
    const right = (count(0, "present") + count(1, "absent")) / states.length;
    rows.push([branch, pairs.length, right.toFixed(4), count(0, "present"), count(1, "absent"), (count(1, "present") / pairs.length).toFixed(4), count(0, "partial") + count(1, "partial"), count(0, "unknown") + count(1, "unknown"), seconds.toFixed(1)]);
  }
  return [{ title: `Presence without history (seed ${seed})`, columns: ["branch", "pairs", "right", "present found", "absent found", "wrongly present", "partial", "unknown", "seconds"], rows }];
}
