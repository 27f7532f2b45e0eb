import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** A branch with ground truth: `repo` is a bare repository that scripts of the corpora made usable. */
export interface Branch {
  readonly repo: string;
  readonly mainline: string;
  readonly branch: string;
  readonly pairs: string;
}

const corpora = (): string => join(resolve(process.env["KEELSON_DATA"] ?? "../shared"), "corpora");

/** The seven branches that figures are given for, as far as `folder` has dpdk.git and systemd.git. */
export function devBranches(folder: string): readonly Branch[] {
  const of = (name: string, branches: readonly string[]): readonly Branch[] => {
    const repo = join(folder, `${name}.git`);
    const pairs = join(corpora(), "pairs", `${name}.tsv`);
    return existsSync(repo) && existsSync(pairs) ? branches.map((branch) => ({ repo, mainline: "main", branch, pairs })) : [];
  };
  return [...of("dpdk", ["20.11", "22.11", "24.11"]), ...of("systemd", ["v249-stable", "v250-stable", "v251-stable", "v252-stable"])];
}

/** Downstream's commit to mainline's, as its keepers wrote it; dangling ones left out. */
export function truth({ pairs, branch }: Branch): ReadonlyMap<string, readonly string[]> {
  const rows = readFileSync(pairs, "utf8").trim().split("\n").map((line) => line.split("\t"));
  return new Map(rows.flatMap(([name, down, up, state]) => (name === branch && state === "ok" && down !== undefined && up !== undefined ? [[down, up.split(",")] as const] : [])));
}

export function git(repo: string, args: readonly string[], input?: string, env: Readonly<Record<string, string>> = {}): string {
  return execFileSync("git", ["--git-dir", repo, ...args], { encoding: "utf8", maxBuffer: 1 << 30, ...(input === undefined ? {} : { input }), env: { ...process.env, ...env }, stdio: ["pipe", "pipe", "ignore"] });
}

/** Runs a function in a repository of its own that borrows `repo`'s objects and refs; what is made in it is gone afterwards. */
export function withClone<T>(repo: string, work: (clone: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "keelson-bench-"));
  try {
    const clone = join(folder, "clone.git");
    execFileSync("git", ["init", "-q", "--bare", clone]);
    writeFileSync(join(clone, "objects/info/alternates"), `${join(repo, "objects")}\n`);
    const refs = git(repo, ["for-each-ref", "--format=create %(refname) %(objectname)"]);
    git(clone, ["update-ref", "--stdin"], refs);
    return work(clone);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Spent {
  readonly stdout: string;
  /** Seconds. */
  readonly wall: number;
  /** Kilobytes of the largest process. */
  readonly memory: number;
}

/** Runs a command line under GNU time. */
export function timed(program: string, args: readonly string[]): Spent {
  const result = spawnSync("/usr/bin/time", ["-f", "\n%e %M", program, ...args], { encoding: "utf8", maxBuffer: 1 << 30 });
  if (result.status !== 0) throw new Error(result.stderr);
  const [wall = 0, memory = 0] = (result.stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  return { stdout: result.stdout, wall, memory };
}

export const cli = resolve("dist/server/cli.mjs");

export interface Answer {
  readonly commit: string;
  readonly upstream: readonly string[];
  readonly verdict: string;
  readonly hunks: readonly { readonly state: string; readonly up: string | null; readonly down: string | null }[];
}

/** `keelson upstream map` as a process. */
export function map(repo: string, mainline: string, downstream: string, flags: readonly string[] = []): Spent & { readonly answers: readonly Answer[] } {
  const spent = timed(process.execPath, [cli, "upstream", "map", "--repo", repo, "--mainline", mainline, "--downstream", downstream, "--format", "jsonl", ...flags]);
  return { ...spent, answers: spent.stdout.trim().split("\n").map((line) => JSON.parse(line) as Answer) };
}

/** Numbers below 1 from a seed (mulberry32), so that a run can be repeated. */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
