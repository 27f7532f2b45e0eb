import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { GitError, simpleGit } from "simple-git";
import type { Git, GitRepository, Log, ProcessResult, RunOptions } from "../engine/ports";
import { configEnvironment, gitEnvironment, overrides, parseConfig, pinnedArguments, pinVerb, runsDrivers, steadyMemory, watchedKeys, type ConfigEntry } from "./git-pins";
import { createScratch } from "./git-scratch";
import { untrustedResult } from "./process";
import { runProgram } from "./spawn";

/** Why a folder that has a repository can't be used; told to the user. */
export interface GitProblem {
  /** `unsafe-directory`: it belongs to somebody else and git refuses it. `git-failed`: git said something else. */
  readonly code: "unsafe-directory" | "git-failed";
  readonly path: string;
  /** git's own words. */
  readonly detail: string;
}

export interface GitSettings {
  /** Program to run; `git` unless told. */
  readonly gitPath?: string;
  readonly log?: Log;
  /** Asked at every call: trust can be granted while the server runs. */
  readonly trusted: () => boolean;
  readonly onProblem?: (problem: GitProblem) => void;
  /** Bytes of output of one call; 1 GiB unless told. */
  readonly maxOutput?: number;
}

interface Runner {
  readonly settings: GitSettings;
  readonly program: string;
}

/** Runs git with the pins; `extra` is configuration that takes the programs out of the repository's own. */
async function runGit(runner: Runner, cwd: string, args: readonly string[], extra: readonly ConfigEntry[], options: RunOptions & { readonly onData?: (chunk: Uint8Array) => void }): Promise<ProcessResult> {
  if (!runner.settings.trusted()) return untrustedResult;
  runner.settings.log?.debug(`git ${args.join(" ")}`);
  return runProgram(runner.program, [...pinnedArguments, ...Object.entries(options.config ?? {}).flatMap(([key, value]) => ["-c", `${key}=${value}`]), ...pinVerb(args)], {
    cwd: options.cwd ?? cwd,
    env: { ...gitEnvironment(process.env), ...configEnvironment(extra), ...options.env },
    input: options.input,
    cancel: options.cancel,
    maxOutput: runner.settings.maxOutput ?? 1 << 30,
    ...(options.onData === undefined ? {} : { onData: options.onData }),
  });
}

/**
 * Reads the configuration as git sees it, the user's own files included: who the user is, which directories they called
 * safe, and which filters, drivers and hooks there are to be taken out. Reading runs nothing.
 */
async function readConfig(runner: Runner, cwd: string): Promise<readonly ConfigEntry[]> {
  const user = Object.fromEntries(Object.entries(process.env).filter(([key]) => !key.startsWith("GIT_")));
  const result = await runProgram(runner.program, ["config", "-z", "--includes", "--get-regexp", watchedKeys], {
    cwd,
    env: { ...user, LC_ALL: "C.UTF-8", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_ALLOW_PROTOCOL: "none" },
    input: undefined,
    cancel: undefined,
    maxOutput: 16 << 20,
  });
  return result.status === 0 ? parseConfig(Buffer.from(result.stdout).toString("utf8")) : [];
}

/** What every call in a repository adds to the pins. */
function extraConfig(entries: readonly ConfigEntry[]): readonly ConfigEntry[] {
  const kept = entries.filter(({ key }) => key === "safe.directory" || key === "user.name" || key === "user.email");
  return [...kept, ...overrides(entries)];
}

interface Discovery {
  readonly root: string;
  readonly bare: boolean;
  readonly commonDir: string;
  readonly branch: string | undefined;
}

async function directoryOf(path: string): Promise<string | undefined> {
  for (let at = resolve(path); ; at = dirname(at)) {
    try {
      if ((await stat(at)).isDirectory()) return at;
    } catch (error) {
      // A patch that was never saved may name a folder that is not there yet; its parents tell the repository.
      if (!(error instanceof Error && "code" in error)) throw error;
    }
    if (dirname(at) === at) return undefined;
  }
}

type Ask = (args: readonly string[]) => Promise<{ readonly ok: boolean; readonly text: string }>;

/** One ordinary question with a short text answer, through simple-git with the same pins. */
function makeAsk(runner: Runner, cwd: string, extra: readonly ConfigEntry[]): Ask {
  const env = Object.fromEntries(Object.entries({ ...gitEnvironment(process.env), ...configEnvironment(extra) }).filter(([, value]) => value !== undefined));
  // The names of the pins, not their values, are what simple-git guards; ours switch things off.
  const unsafe = {
    allowUnsafeAskPass: true,
    allowUnsafeCustomBinary: true,
    allowUnsafeConfigEnvCount: true,
    allowUnsafeConfigPaths: true,
    allowUnsafeCredentialHelper: true,
    allowUnsafeDiffExternal: true,
    allowUnsafeDiffTextConv: true,
    allowUnsafeEditor: true,
    allowUnsafeFilter: true,
    allowUnsafeFsMonitor: true,
    allowUnsafeGitProxy: true,
    allowUnsafeGpgProgram: true,
    allowUnsafeHooksPath: true,
    allowUnsafeMergeDriver: true,
    allowUnsafePager: true,
    allowUnsafeProtocolOverride: true,
    allowUnsafeSshCommand: true,
  };
  const git = simpleGit({ baseDir: cwd, binary: runner.program, unsafe, allowEnvironment: Object.keys(env), trimmed: false }).env(env);
  return async (args) => {
    try {
      return { ok: true, text: await git.raw([...pinnedArguments, ...args]) };
    } catch (error) {
      if (error instanceof GitError) return { ok: false, text: error.message };
      throw error;
    }
  };
}

function line(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}

/** `onFailure` hears of git's words when there is no repository or git does not open it. */
async function discover(runner: Runner, cwd: string, extra: readonly ConfigEntry[], onFailure: (detail: string) => void): Promise<Discovery | undefined> {
  const ask = makeAsk(runner, cwd, extra);
  const [where, branch] = await Promise.all([ask(["rev-parse", "--is-bare-repository", "--is-inside-work-tree", "--absolute-git-dir", "--git-common-dir"]), ask(["symbolic-ref", "-q", "--short", "HEAD"])]);
  if (!where.ok) {
    onFailure(where.text);
    return undefined;
  }
  const [, inWorkTree, gitDir, common] = where.text.split("\n");
  if (gitDir === undefined || common === undefined) return undefined;
  const top = inWorkTree === "true" ? await ask(["rev-parse", "--show-toplevel"]) : undefined;
  return {
    root: top?.ok === true ? line(top.text) : gitDir,
    bare: top?.ok !== true,
    commonDir: resolve(cwd, common),
    branch: branch.ok && branch.text !== "" ? line(branch.text) : undefined,
  };
}

function reportFailure(runner: Runner, path: string, detail: string): void {
  if (/not a git repository/iu.test(detail)) return;
  const unsafe = /dubious ownership|unsafe repository/iu.test(detail);
  runner.settings.log?.warn(unsafe ? `${path}: git does not use this repository because somebody else owns it. If you trust it: git config --global --add safe.directory "${path}"` : `${path}: ${detail}`);
  runner.settings.onProblem?.({ code: unsafe ? "unsafe-directory" : "git-failed", path, detail });
}

function objectFormat(entries: readonly ConfigEntry[]): string {
  return entries.find(({ key }) => key.toLowerCase() === "extensions.objectformat")?.value ?? "sha1";
}

async function openRepository(runner: Runner, cwd: string, entries: readonly ConfigEntry[], early: Discovery | undefined): Promise<GitRepository | undefined> {
  const extra = extraConfig(entries);
  const report = (detail: string): void => {
    reportFailure(runner, cwd, detail);
  };
  const found = early ?? (await discover(runner, cwd, extra, report));
  if (found === undefined) return undefined;
  const run = async (args: readonly string[], options: RunOptions & { readonly onData?: (chunk: Uint8Array) => void }): Promise<ProcessResult> => {
    // A filter may have been configured since; verbs that could run one look again.
    const now = runsDrivers(args) && runner.settings.trusted() ? extraConfig(await readConfig(runner, found.root)) : extra;
    return runGit(runner, found.root, args, now, options);
  };
  return {
    ...found,
    run: (args, options = {}) => run(args, options),
    stream: (args, onData, options = {}) => run(args, { ...options, env: { ...steadyMemory, ...options.env }, onData }),
    scratch: () => Promise.resolve(createScratch(found.commonDir, objectFormat(entries), (args, options) => runGit(runner, found.root, args, [], options))),
  };
}

async function readVersion(runner: Runner): Promise<readonly number[] | undefined> {
  if (!runner.settings.trusted()) return undefined;
  const result = await runGit(runner, process.cwd(), ["version"], [], {});
  const numbers = /(\d+)\.(\d+)(?:\.(\d+))?/u.exec(Buffer.from(result.stdout).toString("utf8"));
  return result.status === 0 && numbers !== null ? [Number(numbers[1]), Number(numbers[2]), Number(numbers[3] ?? 0)] : undefined;
}

/** git of this machine. In an untrusted workspace no git runs: there is no version and no repository. */
export function createGit(settings: GitSettings): Git {
  const runner: Runner = { settings, program: settings.gitPath === undefined || settings.gitPath === "" ? "git" : settings.gitPath };
  let version: Promise<readonly number[] | undefined> | undefined;
  const knownVersion = async (): Promise<readonly number[] | undefined> => {
    version ??= readVersion(runner);
    const known = await version;
    // Not remembered when there is none: trust may be granted, or git installed, while the server runs.
    if (known === undefined) version = undefined;
    return known;
  };
  return {
    version: knownVersion,
    async open(path) {
      if (!settings.trusted()) return undefined;
      const cwd = await directoryOf(path);
      if (cwd === undefined) return undefined;
      // Mostly the repository is found without the user's configuration, which says what else is safe to open.
      const [known, entries, found] = await Promise.all([knownVersion(), readConfig(runner, cwd), discover(runner, cwd, [], () => undefined)]);
      return known === undefined ? undefined : openRepository(runner, cwd, entries, found);
    },
    async empty() {
      if ((await knownVersion()) === undefined) return undefined;
      return createScratch(undefined, "sha1", (args, options) => runGit(runner, process.cwd(), args, [], options));
    },
  };
}
