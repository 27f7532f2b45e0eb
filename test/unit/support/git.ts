import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { Cancelled, type GitRepository, type ProcessResult, type RunOptions } from "../../../language-server/engine/ports";

const environment = {
  PATH: process.env["PATH"] ?? "",
  HOME: "/nonexistent",
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_NO_LAZY_FETCH: "1",
  GIT_TERMINAL_PROMPT: "0",
};

/** Runs git for a test and collects what it prints. */
export function runGit(cwd: string, args: readonly string[], options: { readonly input?: RunOptions["input"]; readonly env?: Readonly<Record<string, string>>; readonly onData?: (chunk: Uint8Array) => void } = {}): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", args, { cwd, env: { ...environment, ...options.env } });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (chunk: Buffer) => {
      if (options.onData === undefined) out.push(chunk);
      else options.onData(chunk);
    });
    child.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", reject);
    child.stdin.on("error", () => undefined);
    child.on("close", (status) => {
      resolve({ status: status ?? -1, stdout: Buffer.concat(out), stderr: Buffer.concat(err).toString("utf8") });
    });
    if (typeof options.input === "function") options.input({ write: (text) => void child.stdin.write(text), end: () => void child.stdin.end() });
    else child.stdin.end(options.input ?? "");
  });
}

/** A repository made by a test. Commits carry a clock of their own, so that shas and order are the same every time. */
export interface TestRepository extends GitRepository {
  /** Every call of {@link GitRepository.run}, for tests of what is not asked twice. */
  readonly calls: readonly string[][];
  git(...args: string[]): Promise<string>;
  /** Commits (empty unless `files` are given) and returns the sha. */
  commit(message: string, files?: Readonly<Record<string, string>>): Promise<string>;
  /** Commits on a branch that is not checked out, in one process, and returns the sha. */
  commitOn(branch: string, message: string, files: Readonly<Record<string, string>>): Promise<string>;
  remove(): void;
}

export async function makeRepository(): Promise<TestRepository> {
  const root = mkdtempSync(join(tmpdir(), "keelson-history-"));
  const calls: string[][] = [];
  let seconds = 1_700_000_000;
  const text = async (args: readonly string[], input?: string): Promise<string> => {
    const date = `${seconds} +0000`;
    const env = {
      GIT_AUTHOR_NAME: "Alice Example",
      GIT_AUTHOR_EMAIL: "alice@example.com",
      GIT_COMMITTER_NAME: "Bob Sample",
      GIT_COMMITTER_EMAIL: "bob@example.org",
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    };
    const result = await runGit(root, args, { env, ...(input === undefined ? {} : { input }) });
    if (result.status !== 0) throw new Error(`git ${args.join(" ")}: ${result.stderr}`);
    return Buffer.from(result.stdout).toString("utf8").trim();
  };
  await text(["init", "-q", "-b", "main"]);
  return {
    root,
    bare: false,
    commonDir: join(root, ".git"),
    branch: "main",
    calls,
    git: (...args) => text(args),
    async commit(message, files = {}) {
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), content);
      }
      seconds += 60;
      await text(["add", "-A"]);
      await text(["commit", "-q", "--allow-empty", "-F", "-"], message);
      return text(["rev-parse", "HEAD"]);
    },
    commitOn(branch, message, files) {
      seconds += 60;
      const data = (content: string): string => `data ${Buffer.byteLength(content)}\n${content}\n`;
      const head = `commit refs/heads/${branch}\nmark :1\nauthor Alice Example <alice@example.com> ${seconds} +0000\ncommitter Bob Sample <bob@example.org> ${seconds} +0000\n${data(message)}from refs/heads/${branch}^0\n`;
      const changes = Object.entries(files).map(([path, content]) => `M 100644 inline ${path}\n${data(content)}`);
      return text(["fast-import", "--quiet", "--cat-blob-fd=1"], `${head}${changes.join("")}get-mark :1\n`);
    },
    async run(args, options = {}) {
      if (options.cancel?.cancelled === true) throw new Cancelled();
      calls.push([...args]);
      return runGit(root, args, { ...(options.input === undefined ? {} : { input: options.input }) });
    },
    async stream(args, onData, options = {}) {
      if (options.cancel?.cancelled === true) throw new Cancelled();
      calls.push([...args]);
      return runGit(root, args, { onData, ...(options.input === undefined ? {} : { input: options.input }) });
    },
    scratch: () => Promise.reject(new Error("this repository has no scratch space")),
    remove: () => {
      rmSync(root, { recursive: true, force: true });
    },
  };
}

