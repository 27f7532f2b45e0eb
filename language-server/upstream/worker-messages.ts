/** What a worker that reads diffs is told when it starts. */
export interface WorkerSettings {
  /** A path in the repository. */
  readonly root: string;
  readonly gitPath: string;
}

/** Commits to read. An id of -1 cancels the tasks that `commits` numbers. */
export interface DiffTask {
  readonly id: number;
  readonly commits: readonly string[];
}

export interface DiffAnswer {
  readonly id: number;
  readonly records: readonly { readonly sha: string; readonly record: Uint8Array<ArrayBuffer> }[];
  readonly error: string | undefined;
}
