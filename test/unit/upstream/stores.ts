import { nodeDecode } from "../../../language-server/adapters/decode";
import { readDiffs } from "../../../language-server/engine/upstream/diff/read";
import { factsOf, readFacts } from "../../../language-server/engine/upstream/facts/read";
import { buildMap } from "../../../language-server/engine/upstream/map";
import type { MapOptions, UpstreamMap } from "../../../language-server/engine/upstream/types";
import type { GitRepository } from "../../../language-server/engine/ports";

/** Compares two branches, without an index and without threads. */
export async function mapOf(repo: GitRepository, options: Partial<MapOptions> = {}): Promise<UpstreamMap> {
  const records = new Map<string, Uint8Array>();
  return buildMap({
    repository: repo,
    decode: nodeDecode,
    facts: {
      of: (commits) => factsOf(repo, nodeDecode, commits),
      range: (include, exclude) => readFacts(repo, nodeDecode, { include: [include], exclude: exclude === undefined ? [] : [exclude] }),
    },
    diffs: {
      record: (commit) => records.get(commit),
      need: (commits) => readDiffs(repo, nodeDecode, commits.filter((commit) => !records.has(commit)), (commit, record) => records.set(commit, record)),
    },
    options: { mainline: "main", downstream: "ours", ignoreTrailers: false, evidence: "all", excluded: new Set(), ...options },
    job: { cancel: undefined, breathe: () => Promise.resolve(), onProgress: () => undefined },
  });
}

/** C-like text of `count` numbered functions, some of whose bodies are replaced. */
export function functions(count: number, bodies: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: count }, (_, i) => `static int helper_${i}(struct device *dev)\n{\n\tstruct state_${i} *state = state_of(dev, ${i});\n\n${bodies[i] ?? `\treturn run_${i}(state);`}\n}\n`).join("\n");
}
