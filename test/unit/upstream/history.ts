import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createGit } from "../../../language-server/adapters/git";
import type { Cache, Log } from "../../../language-server/engine/ports";
import type { MapOptions, MapRow } from "../../../language-server/engine/upstream/types";
import { askedMap, computeRows, type ComputeSettings, type KeptMap } from "../../../language-server/upstream/compute";
import { memoryCache } from "../../support/memory-cache";

export const quiet: Log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** One commit of a {@link History}; files that are not named stay as they are on that branch. */
export interface Commit {
  readonly branch: string;
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
  /** Where a new branch starts; without it and without the branch a history of its own begins. */
  readonly from?: string;
  readonly author?: string;
  /** Seconds; a clock of the history's own unless told. */
  readonly time?: number;
}

/** A repository on the disk whose commits are made by `git fast-import`: one process, however many commits. */
export interface History {
  readonly root: string;
  git(...args: readonly string[]): string;
  /** Adds commits and gives their shas, in order. */
  add(commits: readonly Commit[]): readonly string[];
  /** Commits one file whose name is given in Latin-1, by somebody else. */
  addRaw(branch: string, from: string, message: string, path: string, text: string): void;
  remove(): void;
}

const plainEnvironment = { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1", LC_ALL: "C.UTF-8", GIT_AUTHOR_NAME: "Bob Sample", GIT_AUTHOR_EMAIL: "bob@example.org", GIT_COMMITTER_NAME: "Bob Sample", GIT_COMMITTER_EMAIL: "bob@example.org" };

export function runPlainGit(cwd: string, args: readonly string[], input?: string | Uint8Array): string {
  return execFileSync("git", [...args], { cwd, encoding: "utf8", env: plainEnvironment, stdio: ["pipe", "pipe", "pipe"], maxBuffer: 1 << 28, ...(input === undefined ? {} : { input }) });
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** A path as fast-import reads it. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/gu, (char) => `\\${char}`).replaceAll("\n", "\\n")}"`;
}

export function createHistory(format: "sha1" | "sha256" = "sha1"): History {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "keelson-corner-")));
  const git = (...args: readonly string[]): string => runPlainGit(root, args).trim();
  git("init", "-q", "-b", "main", `--object-format=${format}`);
  let clock = 1_700_000_000;
  const tips = new Set<string>();
  return {
    root,
    git,
    add(commits) {
      const lines: string[] = [];
      const here = new Set<string>();
      for (const [i, { branch, message, files, from, author = "Alice Example <alice@example.com>", time }] of commits.entries()) {
        clock += 60;
        lines.push(`commit refs/heads/${branch}\nmark :${i + 1}\nauthor ${author} ${time ?? clock} +0000\ncommitter Bob Sample <bob@example.org> ${clock} +0000\n`, data(message));
        // A branch that this import has begun goes on by itself.
        const start = from ?? (tips.has(branch) && !here.has(branch) ? `refs/heads/${branch}^0` : undefined);
        if (start !== undefined) lines.push(`from ${start}\n`);
        tips.add(branch);
        here.add(branch);
        for (const [path, text] of Object.entries(files)) lines.push(`M 100644 inline ${quoted(path)}\n`, data(text));
        lines.push(`get-mark :${i + 1}\n`);
      }
      const out = runPlainGit(root, ["fast-import", "--quiet", "--force", "--cat-blob-fd=1"], lines.join(""));
      return out.trim().split("\n");
    },
    addRaw(branch, from, message, path, text) {
      clock += 60;
      tips.add(branch);
      const head = `commit refs/heads/${branch}\nauthor ${branch} <${branch}@example.net> ${clock} +0000\ncommitter Bob Sample <bob@example.org> ${clock} +0000\n${data(message)}${from === "" ? "" : `from refs/heads/${from}^0\n`}`;
      runPlainGit(root, ["fast-import", "--quiet"], Buffer.from(`${head}M 100644 inline ${path}\n${data(text)}`, "latin1"));
    },
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

export interface AskSettings {
  /** Kept answers; of this call alone unless told. */
  readonly cache?: Cache;
  readonly gitPath?: string;
  readonly log?: Log;
}

/** What a comparison takes from its surroundings, on the real adapters. */
export async function settingsOf(root: string, { cache = memoryCache(), gitPath = "git", log = quiet }: AskSettings = {}): Promise<ComputeSettings> {
  const repository = await createGit({ gitPath, trusted: () => true }).open(root);
  if (repository === undefined) throw new Error(`${root} is no repository`);
  return { repository, storage: join(root, "storage"), log, cache, cancel: undefined, onProgress: () => undefined };
}

/** Compares two branches the way every door does: with the index beside the repository, and with kept answers. */
export async function rowsOf(root: string, options: Partial<MapOptions> = {}, settings: AskSettings = {}): Promise<KeptMap> {
  const made = await settingsOf(root, settings);
  return computeRows(made, await askedMap(made, { mainline: "main", downstream: "ours", ignoreTrailers: false, evidence: "all", excluded: new Set(), ...options }));
}

/** `verdict upstream…` of every row, by commit. */
export function brief({ rows }: { readonly rows: readonly MapRow[] }): ReadonlyMap<string, string> {
  return new Map(rows.map(({ commit, verdict, upstream }) => [commit, [verdict, ...upstream].join(" ")]));
}

/** Removes what earlier comparisons read. */
export function forget(gitDirectory: string): void {
  rmSync(join(gitDirectory, "keelson"), { recursive: true, force: true });
}

/** Names of the indexes beside a repository. */
export function indexesOf(gitDirectory: string): readonly string[] {
  return readdirSync(join(gitDirectory, "keelson", "upstream")).sort();
}
