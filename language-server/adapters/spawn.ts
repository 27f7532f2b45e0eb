import { spawn, type ChildProcess, type ChildProcessWithoutNullStreams } from "node:child_process";
import { Cancelled, checkCancel, type Cancel, type ProcessResult, type RunOptions } from "../engine/ports";

export interface SpawnOptions {
  readonly cwd: string | undefined;
  /** The whole environment: nothing is inherited. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly input: RunOptions["input"];
  readonly cancel: Cancel | undefined;
  /** Bytes of stdout after which the program is stopped. */
  readonly maxOutput: number;
  /** Takes stdout as it comes; nothing is kept then and `maxOutput` does not count. */
  readonly onData?: (chunk: Uint8Array) => void;
}

/** What is kept of stderr; more than this is never read by a person. */
const maxErrors = 1 << 20;
/** git removes its lock files on SIGTERM; a program that ignores it is killed after this many milliseconds. */
const patience = 120;

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    // The negative number names the whole process group, so that grandchildren end too.
    if (process.platform === "win32") child.kill(name);
    else process.kill(-child.pid, name);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function stop(child: ChildProcess): void {
  signal(child, "SIGTERM");
  const timer = setTimeout(() => {
    signal(child, "SIGKILL");
  }, patience);
  child.once("close", () => {
    clearTimeout(timer);
    // A grandchild that outlived its parent and ignored SIGTERM.
    signal(child, "SIGKILL");
  });
}

/** Ends every program that still runs, when the server itself ends. */
const running = new Set<ChildProcess>();
let waiting: (() => void)[] = [];
process.once("exit", () => {
  for (const child of running) signal(child, "SIGKILL");
});

/** Settles when no program of this thread runs any more: work that was cancelled is given up before all of its programs are gone. */
export function programsEnded(): Promise<void> {
  return running.size === 0 ? Promise.resolve() : new Promise((resolve) => waiting.push(resolve));
}

function ended(child: ChildProcess): void {
  running.delete(child);
  if (running.size > 0) return;
  for (const resolve of waiting) resolve();
  waiting = [];
}

const signalNumbers: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGABRT: 6, SIGKILL: 9, SIGSEGV: 11, SIGPIPE: 13, SIGTERM: 15 };

/** The process, or why there is none: a path out of a patch may be longer than the system passes on, or hold a NUL. */
function started(program: string, args: readonly string[], options: SpawnOptions): ChildProcessWithoutNullStreams | Error {
  try {
    return spawn(program, [...args], {
      cwd: options.cwd,
      env: options.env,
      stdio: ["pipe", "pipe", "pipe"],
      detached: process.platform !== "win32",
      windowsHide: true,
    });
  } catch (error) {
    if (error instanceof Error && "code" in error) return new Error(error.message.split("\n")[0]?.slice(0, 300), { cause: error });
    throw error;
  }
}

/**
 * Runs a program without a shell, in its own process group. A status other than 0 is a result, not an error.
 * Throws `Cancelled` once the program was told to stop; the group is gone at most 200 ms later.
 */
export function runProgram(program: string, args: readonly string[], options: SpawnOptions): Promise<ProcessResult> {
  return new Promise((resolve, reject) => {
    checkCancel(options.cancel);
    const made = started(program, args, options);
    if (made instanceof Error) {
      resolve({ status: -1, stdout: new Uint8Array(), stderr: made.message });
      return;
    }
    const child = made;
    running.add(child);
    const out: Buffer[] = [];
    const errors: Buffer[] = [];
    const state = { size: 0, errorSize: 0, tooLarge: false, failure: undefined as Error | undefined, thrown: undefined as Error | undefined };
    const bond = options.cancel?.onCancel(() => {
      stop(child);
    });
    const { onData } = options;
    if (onData !== undefined) child.stdout.on("data", take);
    else child.stdout.on("data", (chunk: Buffer) => {
      state.size += chunk.length;
      if (state.size <= options.maxOutput) out.push(chunk);
      else if (!state.tooLarge) {
        state.tooLarge = true;
        stop(child);
      }
    });
    child.stderr.on("data", (chunk: Buffer) => {
      state.errorSize += chunk.length;
      if (state.errorSize <= maxErrors) errors.push(chunk);
    });
    child.on("error", (error) => {
      state.failure = error;
      // No process was made, so there will be no "close".
      if (child.pid === undefined) finish(null, null);
    });
    // A program that ends before it has read its input is no fault of ours.
    child.stdin.on("error", () => undefined);
    if (typeof options.input === "function") options.input({ write: (text) => void child.stdin.write(text), end: () => void child.stdin.end() });
    else child.stdin.end(options.input ?? "");
    child.on("close", finish);

    function take(chunk: Buffer): void {
      // What was read before the stop is no longer wanted.
      if (options.cancel?.cancelled === true || state.thrown !== undefined) return;
      try {
        onData?.(chunk);
      } catch (error) {
        state.thrown = error instanceof Error ? error : new Error(String(error));
        stop(child);
      }
    }

    function finish(code: number | null, name: NodeJS.Signals | null): void {
      ended(child);
      bond?.dispose();
      if (options.cancel?.cancelled === true) {
        reject(new Cancelled());
        return;
      }
      if (state.thrown !== undefined) {
        reject(state.thrown);
        return;
      }
      const stderr = Buffer.concat(errors).toString("utf8");
      if (state.failure !== undefined) resolve({ status: -1, stdout: new Uint8Array(), stderr: state.failure.message });
      else if (state.tooLarge) resolve({ status: -1, stdout: Buffer.concat(out), stderr: `${program}: more than ${options.maxOutput} bytes of output` });
      else resolve({ status: code ?? 128 + (signalNumbers[name ?? ""] ?? 0), stdout: Buffer.concat(out), stderr });
    }
  });
}
