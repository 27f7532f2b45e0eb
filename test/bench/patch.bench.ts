import { execFileSync, spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { nodeDecode } from "../../language-server/adapters/decode";
import { parsePatchSet } from "../../language-server/engine/patch/parse";
import { askGit, git, mailsplit, ourView } from "../unit/patch/git-oracle";
import type { BenchTable } from "./table";

export interface PatchBench {
  /** A git repository, bare or not; its blobs may be incomplete. */
  readonly repo?: string;
  /** Commits that are compared with git; 2,000 unless told. */
  readonly commits?: number;
}

const wanted = 50 * 1024 * 1024;

function manaFolder(): string | undefined {
  const data = process.env["KEELSON_DATA"] ?? resolve(process.cwd(), "../shared");
  return [join(data, "data/patches/mana"), join(data, "patches/mana")].find((folder) => existsSync(folder));
}

function manaMails(): Buffer {
  const folder = manaFolder();
  if (folder === undefined) return Buffer.alloc(0);
  return Buffer.concat(readdirSync(folder).sort().filter((name) => name.endsWith(".patch")).map((name) => readFileSync(join(folder, name))));
}

/** Mails of the newest commits that can be made; a missing blob ends git's run, what came before it is used. */
function mailsOf(repo: string, commits: number, revision: string): Buffer {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_NO_LAZY_FETCH: "1" };
  const result = spawnSync("git", ["-C", repo, "format-patch", "--stdout", "--no-ext-diff", `-${commits}`, revision], { env, maxBuffer: 1 << 30 });
  return result.stdout;
}

function branches(repo: string): readonly string[] {
  return execFileSync("git", ["-C", repo, "for-each-ref", "--format=%(refname)", "--sort=refname", "refs/heads"]).toString().split("\n").filter((name) => name !== "");
}

function atLeast(mails: Buffer): Buffer {
  if (mails.length === 0) return mails;
  return Buffer.concat(Array.from({ length: Math.ceil(wanted / mails.length) }, () => mails));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

interface Child {
  readonly ms: number;
  readonly peak: number;
  readonly bytes: number;
  readonly patches: number;
}

/** Our side runs bundled in a fresh process each time, as the command line does; node's own start isn't counted. */
function ourRun(bundle: string, mbox: string): Child {
  return JSON.parse(execFileSync(process.execPath, [bundle, mbox]).toString()) as Child;
}

/** A file system in memory, where the machine has one: a slow disk under git's many files would flatter us. */
function fastFolder(): string | undefined {
  try {
    accessSync("/dev/shm", constants.W_OK);
    const { bavail, bsize } = statfsSync("/dev/shm");
    return bavail * bsize > 10 * wanted ? "/dev/shm" : undefined;
  } catch {
    return undefined;
  }
}

function speedRow(name: string, mails: Buffer, folder: string, bundle: string): readonly (string | number)[] {
  const mbox = join(folder, "bench.mbox");
  writeFileSync(mbox, mails);
  const theirs: number[] = [];
  const ours: Child[] = [];
  for (let round = 0; round < 5; round++) {
    const split = join(folder, `split-${round}`);
    mkdirSync(split);
    const ms = timed(() => {
      git(folder, ["mailsplit", "-d7", `-o${split}`, mbox]);
      git(split, ["apply", "--numstat", ...readdirSync(split)]);
    });
    rmSync(split, { recursive: true });
    theirs.push(ms);
    ours.push(ourRun(bundle, mbox));
  }
  const ms = median(ours.map((run) => run.ms));
  const peak = Math.max(...ours.map((run) => run.peak));
  return [name, (mails.length / 1e6).toFixed(1), ours[0]?.patches ?? 0, ms.toFixed(0), median(theirs).toFixed(0), (ms / median(theirs)).toFixed(2), (peak / mails.length).toFixed(1)];
}

/** A patch of about `count` lines with hunks of twenty. */
function longPatch(count: number): string {
  const hunks = Array.from({ length: Math.floor(count / 20) }, (_, i) => `@@ -${i * 40 + 1},12 +${i * 40 + 1},12 @@ static int function_${i}(void)\n${" \tcontext line of some length;\n".repeat(5)}${"-\told line;\n".repeat(7)}${"+\tnew line;\n".repeat(7)}`);
  return `From: Alice Example <alice@example.com>\nSubject: [PATCH] x: long\n\nText.\n\nSigned-off-by: Alice Example <alice@example.com>\n---\ndiff --git a/x.c b/x.c\n--- a/x.c\n+++ b/x.c\n${hunks.join("")}-- \n2.39.5\n`;
}

function editRow(): readonly (string | number)[] {
  const lines = longPatch(10_000).split("\n");
  const times: number[] = [];
  for (let round = 0; round < 200; round++) {
    const edited = 20 + ((round * 37) % 9000);
    lines[edited] = `${lines[edited] ?? ""}x`;
    const text = lines.join("\n");
    times.push(timed(() => parsePatchSet(nodeDecode.bytes(text), nodeDecode)));
  }
  times.sort((a, b) => a - b);
  return [lines.length, times[100]?.toFixed(2) ?? "", times[190]?.toFixed(2) ?? "", times[199]?.toFixed(2) ?? ""];
}

/** Every mail against git; what differs is named. */
function oracleRows(name: string, mails: Buffer, folder: string): readonly (readonly (string | number)[])[] {
  const at = mkdtempSync(join(folder, "oracle-"));
  const files = mailsplit(at, mails);
  const { value } = parsePatchSet(mails, nodeDecode);
  const different = new Map<string, number>();
  let equal = 0;
  let unasked = 0;
  for (const [i, file] of files.entries()) {
    const patch = value.patches[i];
    let theirs;
    try {
      theirs = askGit(at, file);
    } catch {
      unasked++;
      continue;
    }
    const ours = patch === undefined ? undefined : ourView(patch);
    const fields = (Object.keys(theirs) as (keyof typeof theirs)[]).filter((key) => JSON.stringify(theirs[key]) !== JSON.stringify(ours?.[key]));
    if (theirs.hasHunks && theirs.numstat.length === 0) fields.push("numstat");
    if (fields.length === 0) equal++;
    for (const field of fields) different.set(`${field} ${i + 1}`, i);
  }
  return [[name, files.length, equal, files.length - equal - unasked, unasked, [...different.keys()].slice(0, 5).join(", ")]];
}

/** Speed, memory and equality with git; figures of git are of the same run. */
export function benchPatch(options: PatchBench): Promise<readonly BenchTable[]> {
  const memory = fastFolder();
  const folder = mkdtempSync(join(memory ?? tmpdir(), "keelson-bench-"));
  try {
    const bundle = join(folder, "child.mjs");
    buildSync({ entryPoints: [resolve(__dirname, "patch-child.ts")], bundle: true, platform: "node", format: "esm", outfile: bundle, logLevel: "error" });
    const { repo } = options;
    const commits = options.commits ?? 2000;
    const newest = repo === undefined ? [] : branches(repo).slice(-1).map((branch) => mailsOf(repo, commits, branch));
    const main = repo === undefined ? Buffer.alloc(0) : mailsOf(repo, commits, "HEAD");
    const sources: readonly (readonly [string, Buffer])[] = [["mana, repeated", manaMails()], ["repository, repeated", main]];
    const speed = sources.filter(([, mails]) => mails.length > 0).map(([name, mails]) => speedRow(name, atLeast(mails), folder, bundle));
    const oracle = [["mana", manaMails()] as const, ["repository, HEAD", main] as const, ...newest.map((mails) => ["repository, last branch", mails] as const)].filter(([, mails]) => mails.length > 0).flatMap(([name, mails]) => oracleRows(name, mails, folder));
    return Promise.resolve([
      { title: `Parsing a mailbox, against git mailsplit and one git apply --numstat (fresh processes, median of five; files ${memory === undefined ? "on disk, which slows git" : "in memory"})`, columns: ["mails", "MB", "patches", "keelson ms", "git ms", "ratio", "memory × input"], rows: speed },
      { title: "One edited line in a long patch, parsed again (ms)", columns: ["lines", "p50", "p95", "worst"], rows: [editRow()] },
      { title: "Equal to git (mailinfo, apply --numstat and --summary, interpret-trailers)", columns: ["mails", "patches", "equal", "different", "git could not", "first differences"], rows: oracle },
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
