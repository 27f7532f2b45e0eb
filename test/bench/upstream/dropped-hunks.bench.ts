import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { BenchTable } from "../table";
import { devBranches, git, map, random, withClone, type Branch } from "./corpora";

const seed = 20260411;
const wanted = Number(process.env["KEELSON_BENCH_SAMPLES"] ?? 500);

interface Sample {
  readonly commit: string;
  readonly dropped: ReadonlySet<string>;
}

/** Hunks of a patch, each with the header of its file. */
function hunksOf(patch: string): readonly { readonly header: string; readonly text: string; readonly name: string }[] {
  return patch.split(/^(?=diff --git )/mu).slice(1).flatMap((file) => {
    const [header = "", ...hunks] = file.split(/^(?=@@ -)/mu);
    const path = /^\+\+\+ b\/(.*)$/mu.exec(header)?.[1] ?? /^--- a\/(.*)$/mu.exec(header)?.[1] ?? "";
    return hunks.map((text) => ({ header, text, name: `${path}:${/^@@ -\d+(?:,\d+)? \+(\d+)/u.exec(text)?.[1] ?? ""}` }));
  });
}

/** Mainline's commit, less a random third of its hunks, on downstream's parent; undefined when git can't apply it or nothing is left. */
function mutate(clone: string, index: string, down: string, up: string, next: () => number): Sample | undefined {
  const hunks = hunksOf(git(clone, ["diff-tree", "-p", "--no-renames", "--full-index", up]));
  const count = Math.max(1, Math.round(hunks.length / 3));
  if (hunks.length < 2 || hunks.some(({ header }) => /^(?:new|deleted) file mode|^GIT binary|^old mode/mu.test(header))) return undefined;
  const order = hunks.map((_, i) => ({ i, key: next() })).sort((a, b) => a.key - b.key);
  const gone = new Set(order.slice(0, count).map(({ i }) => i));
  const kept = hunks.filter((_, i) => !gone.has(i));
  const patch = kept.map(({ header, text }, i) => (kept[i - 1]?.header === header ? text : header + text)).join("");
  const env = { GIT_INDEX_FILE: index };
  try {
    git(clone, ["read-tree", `${down}^`], undefined, env);
    git(clone, ["apply", "--cached", "--recount", "-"], patch, env);
    const tree = git(clone, ["write-tree"], undefined, env).trim();
    const author = { GIT_AUTHOR_NAME: "Somebody", GIT_AUTHOR_EMAIL: "somebody@example.com", GIT_COMMITTER_NAME: "Somebody", GIT_COMMITTER_EMAIL: "somebody@example.com" };
    const commit = git(clone, ["commit-tree", tree, "-p", `${down}^`], git(clone, ["log", "-1", "--format=%B", up]), author).trim();
    return { commit, dropped: new Set([...gone].map((i) => hunks[i]?.name ?? "")) };
  } catch (error) {
    // A hunk that no longer applies without the dropped one: no clean pair.
    if (error instanceof Error && "status" in error) return undefined;
    throw error;
  }
}

function cleanPairs({ branch }: Branch): readonly (readonly [string, string])[] {
  const file = join(resolve(process.env["KEELSON_DATA"] ?? "../shared"), "corpora/replay", `${branch.startsWith("v") ? "systemd" : "dpdk"}-${branch}.tsv`);
  const rows = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split("\t"));
  return rows.flatMap(([down, up, state]) => (state === "clean-identical" && down !== undefined && up !== undefined ? [[down, up] as const] : []));
}

function measure(branch: Branch): readonly (string | number)[] {
  const next = random(seed);
  return withClone(branch.repo, (clone) => {
    const folder = mkdtempSync(join(tmpdir(), "keelson-index-"));
    const samples: Sample[] = [];
    for (const [down, up] of [...cleanPairs(branch)].sort(() => next() - 0.5)) {
      if (samples.length >= wanted) break;
      const sample = mutate(clone, join(folder, "index"), down, up, next);
      if (sample !== undefined) samples.push(sample);
    }
    rmSync(folder, { recursive: true, force: true });
    const tip = git(clone, ["commit-tree", `${branch.branch}^{tree}`, ...samples.flatMap(({ commit }) => ["-p", commit])], "all of them\n", { GIT_AUTHOR_NAME: "S", GIT_AUTHOR_EMAIL: "s@example.com", GIT_COMMITTER_NAME: "S", GIT_COMMITTER_EMAIL: "s@example.com" }).trim();
    const answers = new Map(map(clone, branch.mainline, tip).answers.map((answer) => [answer.commit, answer]));
    const right = samples.filter(({ commit, dropped }) => {
      const answer = answers.get(commit);
      const named = new Set(answer?.hunks.filter(({ state }) => state === "dropped").map(({ up }) => up));
      return answer?.verdict === "partial" && named.size === dropped.size && [...dropped].every((name) => named.has(name));
    });
    if (process.env["KEELSON_BENCH_VERBOSE"] !== undefined) for (const sample of samples) if (!right.includes(sample)) console.log(sample.commit, [...sample.dropped], answers.get(sample.commit)?.verdict, answers.get(sample.commit)?.upstream, answers.get(sample.commit)?.hunks.filter(({ state }) => state !== "same"));
    return [branch.branch, samples.length, right.length, (right.length / samples.length).toFixed(4), seed];
  });
}

/** T4: whether the verdict says partial and names exactly the hunks that were dropped. */
export function benchDroppedHunks({ corpora }: { readonly corpora?: string }): readonly BenchTable[] {
  const branches = corpora === undefined ? [] : devBranches(corpora).filter(({ branch }) => ["22.11", "v249-stable", "v252-stable"].includes(branch));
  return [{ title: "T4: a random third of the hunks dropped", columns: ["branch", "commits", "right", "share", "seed"], rows: branches.map(measure) }];
}
