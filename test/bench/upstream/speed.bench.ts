import { rmSync } from "node:fs";
import { join } from "node:path";
import type { BenchTable } from "../table";
import { cli, devBranches, git, map, timed, withClone, type Branch, type Spent } from "./corpora";

const rounds = 5;

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

function forget(repo: string): void {
  rmSync(join(repo, "keelson"), { recursive: true, force: true });
}

interface Lap {
  readonly name: string;
  readonly rival: string;
  readonly target: string;
  readonly ours: () => Spent;
  readonly theirs: () => Spent;
}

function laps({ mainline, branch }: Branch, clone: string): readonly Lap[] {
  const cherry = (): Spent => timed("git", ["--git-dir", clone, "cherry", mainline, branch]);
  const ids = (): Spent => timed("sh", ["-c", `git --git-dir "${clone}" log -p ${mainline} ^${branch} | git patch-id --stable`]);
  const older = git(clone, ["rev-parse", `${mainline}~100`]).trim();
  return [
    {
      name: "cold map, all evidence",
      rival: "git cherry",
      target: "≤ 1.0",
      ours: () => {
        forget(clone);
        return map(clone, mainline, branch);
      },
      theirs: cherry,
    },
    { name: "warm map", rival: "git cherry", target: "≤ 0.25", ours: () => map(clone, mainline, branch), theirs: cherry },
    {
      name: "100 new mainline commits",
      rival: "git cherry",
      target: "≤ 1 s",
      ours: () => {
        forget(clone);
        map(clone, older, branch);
        return map(clone, mainline, branch);
      },
      theirs: cherry,
    },
    {
      name: "cold map, diff only",
      rival: "git log -p | git patch-id --stable",
      target: "≤ 0.7",
      ours: () => {
        forget(clone);
        return map(clone, mainline, branch, ["--evidence", "diff"]);
      },
      theirs: ids,
    },
  ];
}

/** Wall time and memory beside the rival's, in turn in one run. */
export function benchUpstreamSpeed({ corpora }: { readonly corpora?: string }): readonly BenchTable[] {
  const branches = corpora === undefined ? [] : devBranches(corpora).filter(({ branch }) => ["20.11", "22.11", "v252-stable"].includes(branch));
  const rows = branches.flatMap((branch) =>
    withClone(branch.repo, (clone) =>
      laps(branch, clone).map(({ name, rival, target, ours, theirs }) => {
        const pairs = Array.from({ length: rounds }, () => ({ one: ours(), other: theirs() }));
        return [
          branch.branch,
          name,
          median(pairs.map(({ one }) => one.wall)).toFixed(2),
          rival,
          median(pairs.map(({ other }) => other.wall)).toFixed(2),
          median(pairs.map(({ one, other }) => one.wall / other.wall)).toFixed(2),
          target,
          Math.round(median(pairs.map(({ one }) => one.memory)) / 1024),
        ];
      }),
    ),
  );
  return [{ title: `the map's speed, medians of ${rounds} interleaved runs (${cli.split("/").at(-1) ?? ""})`, columns: ["branch", "what", "s", "rival", "rival s", "ratio", "target", "MiB"], rows }];
}
