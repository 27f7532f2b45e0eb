import { writeFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BenchTable } from "../table";
import { devBranches, git, map, truth, withClone, type Answer, type Branch } from "./corpora";

interface Score {
  readonly labelled: number;
  readonly answered: number;
  readonly right: number;
  readonly unchanged?: boolean;
}

/** Only commits whose twin was a possible answer count. */
function reachable(branch: Branch, tip = branch.branch): ReadonlyMap<string, readonly string[]> {
  const candidates = new Set(git(branch.repo, ["rev-list", branch.mainline, `^${tip}`]).trim().split("\n"));
  return new Map([...truth(branch)].filter(([, upstream]) => upstream.some((sha) => candidates.has(sha))));
}

function score(gold: ReadonlyMap<string, readonly string[]>, answers: readonly Answer[]): Score {
  const told = answers.filter(({ commit, upstream }) => gold.has(commit) && upstream.length > 0);
  return { labelled: gold.size, answered: told.length, right: told.filter(({ commit, upstream }) => upstream.every((sha) => gold.get(commit)?.includes(sha) === true)).length };
}

function rates({ labelled, answered, right }: Score): readonly [string, string] {
  return [(right / Math.max(1, labelled)).toFixed(4), (right / Math.max(1, answered)).toFixed(4)];
}

/** The branch with every title, author and date written anew; the commits' numbers of old and new. */
function rewritten(clone: string, branch: Branch): { readonly tip: string; readonly old: ReadonlyMap<string, string> } {
  const commits = git(clone, ["rev-list", "--reverse", "--topo-order", "--no-merges", branch.branch, `^${branch.mainline}`]).trim().split("\n");
  const trees = git(clone, ["log", "--no-walk=unsorted", "--format=%T %P", "--stdin"], `${commits.join("\n")}\n`).trim().split("\n");
  const stream: string[] = [];
  for (const [i, entry] of trees.entries()) {
    const [tree = "", parent = ""] = entry.split(" ");
    const message = `change ${i + 1}\n`;
    stream.push(`commit refs/heads/rewritten-${i}`, `mark :${i + 1}`, `author Somebody <somebody@example.com> ${1_000_000_000 + i} +0000`, `committer Somebody <somebody@example.com> ${1_000_000_000 + i} +0000`, `data ${message.length}`, message + `from ${parent}`, `M 040000 ${tree} `, "");
  }
  const folder = mkdtempSync(join(tmpdir(), "keelson-marks-"));
  const marks = join(folder, "marks");
  git(clone, ["fast-import", "--quiet", "--force", `--export-marks=${marks}`], stream.join("\n"));
  const listed = git(clone, ["for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/rewritten-*"]).trim().split("\n");
  rmSync(folder, { recursive: true, force: true });
  const old = new Map(listed.map((line) => {
    const [name = "", sha = ""] = line.split(" ");
    return [sha, commits[Number(name.split("-").at(-1))] ?? ""] as const;
  }));
  const identity = { GIT_AUTHOR_NAME: "S", GIT_AUTHOR_EMAIL: "s@example.com", GIT_COMMITTER_NAME: "S", GIT_COMMITTER_EMAIL: "s@example.com" };
  let tip = branch.branch;
  const shas = [...old.keys()];
  for (let i = 0; i < shas.length; i += 400) tip = git(clone, ["commit-tree", `${branch.branch}^{tree}`, ...(i === 0 ? [] : ["-p", tip]), ...shas.slice(i, i + 400).flatMap((sha) => ["-p", sha])], "all\n", identity).trim();
  return { tip, old };
}

/** T1, T1b, T2 and T3 on every dev branch, and `git cherry` beside them. */
export function benchUpstreamQuality({ corpora }: { readonly corpora?: string }): readonly BenchTable[] {
  const branches = corpora === undefined ? [] : devBranches(corpora);
  const rows: (string | number)[][] = [];
  const total = new Map<string, { labelled: number; answered: number; right: number }>();
  const add = (test: string, branch: string, found: Score): void => {
    const sum = total.get(test) ?? { labelled: 0, answered: 0, right: 0 };
    total.set(test, { labelled: sum.labelled + found.labelled, answered: sum.answered + found.answered, right: sum.right + found.right });
    rows.push([test, branch, found.labelled, found.answered, found.right, ...rates(found)]);
  };
  for (const branch of branches) {
    const gold = reachable(branch);
    const answers = (flags: readonly string[]): readonly Answer[] => map(branch.repo, branch.mainline, branch.branch, flags).answers;
    add("T1 all but trailers", branch.branch, score(gold, answers(["--ignore-trailers"])));
    add("T1b headers rewritten", branch.branch, withClone(branch.repo, (clone) => {
      const { tip, old } = rewritten(clone, branch);
      const found = map(clone, branch.mainline, tip).answers.flatMap((answer) => (old.has(answer.commit) ? [{ ...answer, commit: old.get(answer.commit) ?? "" }] : []));
      return score(gold, found);
    }));
    add("T2 diff only", branch.branch, score(gold, answers(["--ignore-trailers", "--evidence", "diff"])));
    const folder = mkdtempSync(join(tmpdir(), "keelson-bench-"));
    const file = join(folder, "excluded");
    writeFileSync(file, [...gold.values()].flat().join("\n"));
    const knocked = (flags: readonly string[]): Score => ({ ...score(gold, answers(["--exclude-upstream", file, "--ignore-trailers", ...flags])), right: 0 });
    add("T3 twin knocked out (answered is false)", branch.branch, knocked([]));
    add("T3 the same, diff only", branch.branch, knocked(["--evidence", "diff"]));
    rmSync(folder, { recursive: true, force: true });
    const same = new Set(git(branch.repo, ["cherry", branch.mainline, branch.branch]).split("\n").flatMap((line) => (line.startsWith("- ") ? [line.slice(2)] : [])));
    const exact = [...gold.keys()].filter((sha) => same.has(sha)).length;
    add("git cherry: it says only that a twin exists", branch.branch, { labelled: gold.size, answered: exact, right: exact });
  }
  for (const [test, found] of total) rows.push([test, "pooled", found.labelled, found.answered, found.right, ...rates(found)]);
  return [{ title: "which commits are mainline's", columns: ["test", "branch", "labelled", "answered", "right", "recall", "precision"], rows }];
}
