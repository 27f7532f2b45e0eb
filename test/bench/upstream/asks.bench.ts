import { join, resolve } from "node:path";
import type { BenchTable } from "../table";
import { benchConflicts } from "./conflicts.bench";
import { devBranches, git } from "./corpora";
import { measureMissingFixes, missingFixesTable } from "./missing-fixes.bench";
import { benchPresence } from "./presence.bench";

/** T5, T6 and T7: presence, replay classes and missing fixes. */
export async function benchUpstreamAsks({ corpora: folder }: { readonly corpora?: string }): Promise<readonly BenchTable[]> {
  if (folder === undefined) return [];
  const truth = join(resolve(process.env["KEELSON_DATA"] ?? "../shared"), "corpora");
  const tables: BenchTable[] = [];
  const branches = devBranches(folder);
  for (const repo of new Set(branches.map((branch) => branch.repo))) tables.push(...(await benchPresence({ repo, corpora: truth, branches: branches.filter((branch) => branch.repo === repo).map(({ branch }) => branch) })));
  for (const [name, replay] of [["dpdk", "dpdk-22.11"], ["systemd", "systemd-v249-stable"], ["systemd", "systemd-v252-stable"]] as const) tables.push(...(await benchConflicts({ repo: join(folder, `${name}.git`), replay: join(truth, "replay", `${replay}.tsv`) })));
  const dpdk = branches.find(({ branch }) => branch === "22.11");
  if (dpdk === undefined) return tables;
  const releases = ["20.11", "22.11", "24.11"].flatMap((branch) => git(dpdk.repo, ["tag", "--list", `v${branch}.*`, "--sort=v:refname"]).trim().split("\n").filter((tag) => /^v\d+\.\d+\.\d+$/u.test(tag)).map((tag) => ({ branch, tag })));
  const results = await measureMissingFixes({ repository: dpdk.repo, pairs: dpdk.pairs, mainline: dpdk.mainline, releases, kinds: new Set(["fixes", "reverts", "cve"]) });
  return [...tables, missingFixesTable(results)];
}
