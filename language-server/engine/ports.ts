/**
 * What the engine needs from outside. Adapters make these real; tests make them in memory.
 * The engine itself has no node, no DOM, no network and no clock.
 */

/** Something that must be let go. */
export interface Disposable {
  dispose(): void;
}

/** Told to stop by whoever asked for the work. */
export interface Cancel {
  readonly cancelled: boolean;
  /** The listener runs once; it runs at once if the work is already cancelled. */
  onCancel(listener: () => void): Disposable;
}

/** What an engine function throws when its `Cancel` fires; doors turn it into the protocol's own word for it. */
export class Cancelled extends Error {
  readonly code = "cancelled";
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}

/** Throws {@link Cancelled} once the work was cancelled. */
export function checkCancel(cancel: Cancel | undefined): void {
  if (cancel?.cancelled === true) throw new Cancelled();
}

/** Bytes to text and back; the engine knows no TextDecoder. */
export interface Decode {
  /** Decodes with replacement characters, never throws; an unknown charset falls back to UTF-8, then Latin-1. */
  text(bytes: Uint8Array, charset?: string): string;
  /** True when the bytes are well-formed in UTF-8. */
  isUtf8(bytes: Uint8Array): boolean;
  /** UTF-8 bytes of a string. */
  bytes(text: string): Uint8Array;
}

export interface Hash {
  /** Lower-case hex. */
  sha256(data: Uint8Array | string): string;
  /** Lower-case hex; git's object names. */
  sha1(data: Uint8Array | string): string;
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

export interface Random {
  /** Lower-case hex of `bytes` random bytes. */
  hex(bytes: number): string;
}

export interface Log {
  debug(text: string): void;
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/** Read access to files; paths are absolute and in the machine's own form. */
export interface Files {
  /** Undefined when there is no such file or it can't be read. */
  read(path: string): Promise<Uint8Array | undefined>;
  /** Names in a directory, sorted; empty when there is none. */
  list(path: string): Promise<readonly { readonly name: string; readonly directory: boolean }[]>;
  stat(path: string): Promise<{ readonly directory: boolean; readonly size: number; readonly mtimeMs: number } | undefined>;
}

export interface ProcessResult {
  /** Exit status; 128 + n for a signal n; -1 when the program could not be started. */
  readonly status: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
}

/** Standard input of a program that is written while the program runs; `end` closes it. */
export interface ProgramInput {
  write(text: string): void;
  end(): void;
}

export interface RunOptions {
  readonly cwd?: string;
  /** All of the input, or who writes it: called once, when the program has started. */
  readonly input?: Uint8Array | string | ((input: ProgramInput) => void);
  readonly env?: Readonly<Record<string, string>>;
  /** git's configuration for this call, beside the pins. */
  readonly config?: Readonly<Record<string, string>>;
  readonly cancel?: Cancel;
}

/** Runs a program of the machine, no shell; never in an untrusted workspace (the adapter refuses). */
export interface Process {
  run(program: string, args: readonly string[], options?: RunOptions): Promise<ProcessResult>;
}

/** A machine to run on: this one, or another over ssh. */
export interface Remote {
  /** As people call it. */
  readonly name: string;
  /** Runs a constant text in a POSIX shell. Data goes in through `input` alone and never becomes a part of the text. */
  run(script: string, input: string, cancel: Cancel | undefined): Promise<ProcessResult>;
}

/** One repository, or one worktree of it, opened. Every call pins git's configuration (no hooks, no fsmonitor, no textconv, …). */
export interface GitRepository {
  /** Absolute path of the work tree, or of the git directory when bare. */
  readonly root: string;
  readonly bare: boolean;
  /** Absolute git common directory: worktrees share it. */
  readonly commonDir: string;
  /** Branch name, or undefined when detached. */
  readonly branch: string | undefined;
  /**
   * Runs git in this repository. Never throws for a non-zero status.
   * `isolated` gives the call a private index and object directory, so that nothing of the user's is written.
   */
  run(args: readonly string[], options?: RunOptions): Promise<ProcessResult>;
  /**
   * Like {@link run}, but hands stdout over as it comes; `stdout` of the result is empty. git waits while `onData` has more than
   * it can take only as far as the pipe does: keep the work in it short.
   */
  stream(args: readonly string[], onData: (chunk: Uint8Array) => void, options?: RunOptions): Promise<ProcessResult>;
  /** A private index and object directory for merges and trial applications; disposing removes them. */
  scratch(): Promise<GitScratch>;
}

/** The part of a repository that reads its history. */
export type GitReads = Pick<GitRepository, "run" | "stream">;

export interface GitScratch extends Disposable {
  /**
   * Like {@link GitRepository.run}, in a private bare git directory with its own index, objects and configuration; the
   * repository's objects can be read. It has no refs: name commits and trees by their full sha.
   */
  run(args: readonly string[], options?: RunOptions): Promise<ProcessResult>;
  /** Like {@link GitRepository.stream}, in the same place. */
  stream(args: readonly string[], onData: (chunk: Uint8Array) => void, options?: RunOptions): Promise<ProcessResult>;
}

export interface Git {
  /** `[2, 39, 5]`, or undefined when there is no git. */
  version(): Promise<readonly number[] | undefined>;
  /** Opens the repository that holds `path` (a file or a directory), undefined when there is none. */
  open(path: string): Promise<GitRepository | undefined>;
  /** An empty private repository outside of everybody's tree, for source trees without git. Undefined when there is no git. */
  empty(): Promise<GitScratch | undefined>;
}

/** A small persistent key-value cache; losing it costs time only. */
export interface Cache {
  get(space: string, key: string): Promise<string | undefined>;
  put(space: string, key: string, value: string): Promise<void>;
}

export interface ModelMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
}

export interface ModelRequest {
  readonly role: "explain" | "review" | "skeptic" | "supervisor";
  readonly messages: readonly ModelMessage[];
  /** JSON schema that the answer must obey; used natively where the endpoint can, else stated in the prompt. */
  readonly schema?: { readonly name: string; readonly schema: Readonly<Record<string, unknown>> };
  readonly maxOutputTokens?: number;
  /** Whose budgets the answer is counted against: any stable names of the patch and of its series. */
  readonly budget?: { readonly patch?: string; readonly series?: string };
}

export type ModelFinish = "stop" | "length" | "refusal" | "truncated";

export type ModelEvent =
  /** A piece of the answer's text, reasoning removed. */
  | { readonly type: "text"; readonly text: string }
  /** The endpoint asked us to wait; shown to the user. */
  | { readonly type: "waiting"; readonly reason: string; readonly ms: number }
  | {
      readonly type: "done";
      readonly finish: ModelFinish;
      readonly usage: { readonly promptTokens: number; readonly completionTokens: number } | undefined;
      /** Things the user should know, e.g. that the server cut the prompt. */
      readonly warnings: readonly ModelWarning[];
    };

export interface ModelWarning {
  readonly code: string;
  readonly detail: string;
}

/** Thrown by a {@link Model}; told to the user in one sentence that says what to do. */
export class ModelError extends Error {
  constructor(
    readonly code:
      | "not-configured"
      | "no-key"
      | "unauthorized"
      | "not-found"
      | "bad-request"
      | "too-large"
      | "context-exceeded"
      | "rate-limited"
      | "payment"
      | "unavailable"
      | "timeout"
      | "tls"
      | "bad-envelope"
      | "stream-error"
      | "budget",
    readonly detail: string,
    readonly status?: number,
  ) {
    super(`${code}: ${detail}`);
    this.name = "ModelError";
  }
}

export interface Model {
  /** Who would answer; undefined when the role has no endpoint. `key` identifies model and parameters for caches. */
  describe(role: ModelRequest["role"]): { readonly id: string; readonly model: string; readonly key: string; readonly contextTokens: number; readonly maxOutputTokens?: number } | undefined;
  /** Streams the answer. Throws {@link ModelError} or {@link Cancelled}. */
  stream(request: ModelRequest, cancel: Cancel): AsyncIterable<ModelEvent>;
  /** The exact request that would be sent, secrets redacted; for `Show What Would Be Sent`. */
  preview(request: ModelRequest): Promise<{ readonly method: string; readonly url: string; readonly headers: Readonly<Record<string, string>>; readonly body: string }>;
}

/** The endpoint of the `embed` role. */
export interface Embedder {
  /** The model's name; vectors of another one are not comparable. */
  readonly model: string;
  /** One vector a text, all of one length, finite and not zero. Throws {@link ModelError} or {@link Cancelled}. */
  embed(texts: readonly string[], cancel: Cancel | undefined): Promise<readonly (readonly number[])[]>;
}

/** The words of a PDF file. */
export interface PdfText {
  /** Pages in order, a form feed before each but the first; lines as they are drawn. */
  readonly text: string;
  /** Pages that were read. */
  readonly pages: number;
  /** Why there is less than one may expect; with `too-slow` and `too-large` the pages before are there. */
  readonly problem: "encrypted" | "damaged" | "no-text" | "too-slow" | "too-large" | undefined;
}

/** Reads one file after the other. Whatever the bytes are, an answer comes, within bounds of time and memory. */
export interface PdfReader {
  /** Throws {@link Cancelled} alone. */
  read(bytes: Uint8Array, cancel: Cancel | undefined): Promise<PdfText>;
  dispose(): Promise<void>;
}
