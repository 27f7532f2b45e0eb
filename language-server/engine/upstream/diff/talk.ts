import type { Cancel, Decode, GitReads, ProgramInput } from "../../ports";
import { diffParser, mark } from "./parse";

export type DiffSink = (commit: string, record: Uint8Array<ArrayBuffer>) => void;

export interface Attempt {
  /** Commits whose record came, in order. */
  readonly done: number;
  readonly ok: boolean;
  readonly stderr: string;
}

export interface Talk {
  /** Not `ok` when git has ended: it answers nothing more then. */
  ask(commits: readonly string[], sink: DiffSink): Promise<Attempt>;
  end(): Promise<void>;
}

interface Question {
  readonly commits: readonly string[];
  readonly sink: DiffSink;
  done: number;
  readonly resolve: (attempt: Attempt) => void;
  readonly reject: (error: Error) => void;
}

const args = ["diff-tree", "--stdin", "--always", "--root", "-r", "-p", "-U0", "-M", "--full-index"];

/**
 * Files from this size on are data (lists of vendors, register maps): they are compared as a whole, like binary ones. No code that
 * people write is that large, and one such diff takes as long as a hundred others.
 */
const dataSize = "1m";

/** Just this file, whatever its name looks like; where bytes of the name are no text, whatever they may be. */
function pathspec(path: string): string {
  return path.includes("\ufffd") ? `:(glob)${path.replace(/[*?[\]\\]/gu, "\\$&").replace(/\ufffd+/gu, "*")}` : `:(literal)${path}`;
}

/** Starts the git that answers; it is spoken to through its standard input, and a {@link mark} tells where an answer ends. */
export function startTalk(repository: GitReads, decode: Decode, paths: readonly string[], cancel: Cancel | undefined): Talk {
  let open: Question | undefined;
  let to: ProgramInput | undefined;
  /** What git said when it ended. */
  let last: string | undefined;
  let waiting = "";
  const settle = (ok: boolean, stderr: string): void => {
    const question = open;
    open = undefined;
    question?.resolve({ done: question.done, ok, stderr });
  };
  const take = (commit: string, record: Uint8Array<ArrayBuffer>): void => {
    // git answers in the order it was asked; an answer out of turn would name the wrong commit.
    if (open === undefined || commit !== open.commits[open.done]) throw new Error(`git answered ${commit} when it was asked for ${open?.commits[open.done] ?? "nothing"}`);
    open.done++;
    open.sink(commit, record);
  };
  const parser = diffParser(decode, take, () => {
    settle(true, "");
  });
  const write = (input: ProgramInput): void => {
    to = input;
    if (waiting !== "") input.write(waiting);
    waiting = "";
  };
  const ended = repository
    .stream(paths.length === 0 ? args : [...args, "--", ...paths.map(pathspec)], (chunk) => {
      parser.push(chunk);
    }, { input: write, config: { "core.bigFileThreshold": dataSize }, ...(cancel === undefined ? {} : { cancel }) })
    .then(
      ({ stderr }) => {
        parser.end(false);
        last = stderr;
        settle(false, stderr);
      },
      (error: unknown) => {
        last = String(error);
        open?.reject(error instanceof Error ? error : new Error(last));
      },
    );
  return {
    ask: (commits, sink) =>
      new Promise((resolve, reject) => {
        if (last !== undefined) {
          resolve({ done: 0, ok: false, stderr: last });
          return;
        }
        open = { commits, sink, done: 0, resolve, reject };
        const text = `${commits.join("\n")}\n${mark}\n`;
        if (to === undefined) waiting += text;
        else to.write(text);
      }),
    async end() {
      to?.end();
      await ended;
    },
  };
}
