import { nodeDecode } from "../../../language-server/adapters/decode";
import { readDiffs } from "../../../language-server/engine/upstream/diff/read";
import { claimsOf, factsOf, readFacts, readSides } from "../../../language-server/engine/upstream/facts/read";
import { buildMap } from "../../../language-server/engine/upstream/map";
import { resolveCommit } from "../../../language-server/engine/upstream/revisions";
import type { MapOptions, UpstreamMap } from "../../../language-server/engine/upstream/types";
import type { GitRepository } from "../../../language-server/engine/ports";

/** Compares two branches, without an index and without threads. */
export async function mapOf(repo: GitRepository, options: Partial<MapOptions> = {}, looked: (paths: readonly string[]) => void = () => undefined): Promise<UpstreamMap> {
  const records = new Map<string, Uint8Array>();
  const raws = new Map<string, string>();
  const asked = { mainline: "main", downstream: "ours", ignoreTrailers: false, evidence: "all", excluded: new Set<string>(), ...options } as const;
  const [mainline, downstream] = await Promise.all([resolveCommit(repo, nodeDecode, asked.mainline), resolveCommit(repo, nodeDecode, asked.downstream)]);
  return buildMap({
    repository: repo,
    decode: nodeDecode,
    facts: {
      of: (commits) => factsOf(repo, nodeDecode, commits),
      claims: (commits) => claimsOf(repo, nodeDecode, commits),
      range: (include, exclude, cancel) => readFacts(repo, nodeDecode, { include: [include], exclude: exclude === undefined ? [] : [exclude] }, cancel),
      store: () => Promise.resolve([]),
      sides: async (one, other, cancel, each) => {
        const { left, right } = await readSides(repo, nodeDecode, one, other, cancel, ({ sha }, raw, isLeft) => {
          raws.set(sha, raw);
          if (!isLeft) each?.(sha);
        });
        return { mainline: left, downstream: right };
      },
      sameBlobs: (one, other) => raws.get(one) !== undefined && raws.get(one) === raws.get(other),
    },
    diffs: {
      record: (commit) => records.get(commit),
      need: async (commits, cancel, each) => {
        await readDiffs(repo, nodeDecode, commits.filter((commit) => !records.has(commit)), (commit, record) => records.set(commit, record), cancel);
        each?.();
      },
      store: () => Promise.resolve(),
      glimpse: (commits, paths, sink, cancel) => {
        looked(paths);
        return readDiffs(repo, nodeDecode, commits, sink, cancel);
      },
      adopt: (pairs) => {
        for (const [from, to] of pairs) records.set(to, records.get(from) ?? new Uint8Array(0));
        return Promise.resolve();
      },
    },
    options: { ...asked, mainline, downstream },
    job: { cancel: undefined, breathe: () => Promise.resolve(), onProgress: () => undefined },
  });
}

/** C-like text of `count` numbered functions, some of whose bodies are replaced. */
export function functions(count: number, bodies: Readonly<Record<number, string>> = {}): string {
  return Array.from({ length: count }, (_, i) => `static int helper_${i}(struct device *dev)\n{\n\tstruct state_${i} *state = state_of(dev, ${i});\n\n${bodies[i] ?? `\treturn run_${i}(state);`}\n}\n`).join("\n");
}
