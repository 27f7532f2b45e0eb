import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Cancelled, checkCancel, type Cancel } from "../engine/ports";
import type { DiffAnswer, DiffTask, WorkerSettings } from "./worker-messages";

export interface DiffPool {
  /** Hands over records as they are read, in no promised order. Throws `Cancelled`. */
  read(commits: readonly string[], sink: (records: readonly { readonly sha: string; readonly record: Uint8Array }[]) => Promise<void>, cancel: Cancel | undefined): Promise<void>;
  dispose(): Promise<void>;
}

/** Commits a task reads at most. A git process needs about a second before it is fast, so tasks are as long as the balance allows. */
const taskSize = 8192;
const smallestTask = 32;
const maxWorkers = 4;

interface Running {
  readonly worker: Worker;
  /** Settles when the task is done; its records are handed over before that. */
  readonly ask: (task: DiffTask, each: (answer: DiffAnswer) => void) => Promise<void>;
}

function start(settings: WorkerSettings): Running {
  const worker = new Worker(new URL("./upstream-worker.mjs", import.meta.url), { workerData: settings, resourceLimits: { maxYoungGenerationSizeMb: 64 } });
  const open = new Map<number, { readonly each: (answer: DiffAnswer) => void; readonly resolve: () => void; readonly reject: (error: Error) => void }>();
  worker.on("message", (answer: DiffAnswer) => {
    const task = open.get(answer.id);
    task?.each(answer);
    if (!answer.last) return;
    open.delete(answer.id);
    if (answer.error === undefined) task?.resolve();
    else task?.reject(new Error(answer.error));
  });
  let dead: Error | undefined;
  const fail = (error: Error): void => {
    dead ??= error;
    for (const { reject } of open.values()) reject(error);
    open.clear();
  };
  worker.on("error", fail);
  worker.on("exit", () => {
    fail(new Error("a worker that reads diffs ended early"));
  });
  return {
    worker,
    ask: (task, each) =>
      new Promise((resolve, reject) => {
        if (dead !== undefined) {
          reject(dead);
          return;
        }
        open.set(task.id, { each, resolve, reject });
        worker.postMessage(task);
      }),
  };
}

/** Worker threads, each with a git of its own; they start at once, so that they are ready when the first diffs are wanted. */
export function createDiffPool(settings: WorkerSettings): DiffPool {
  const pool = Array.from({ length: Math.min(maxWorkers, availableParallelism()) }, () => start(settings));
  let next = 0;
  return {
    async read(commits, sink, cancel) {
      const size = Math.min(taskSize, Math.max(smallestTask, Math.ceil(commits.length / pool.length)));
      const queue: (readonly string[])[] = [];
      for (let i = 0; i < commits.length; i += size) queue.push(commits.slice(i, i + size));
      const ids = new Set<number>();
      const bond = cancel?.onCancel(() => {
        for (const { worker } of pool) worker.postMessage({ id: -1, commits: [...ids].map(String) } satisfies DiffTask);
      });
      try {
        await Promise.all(
          pool.map(async ({ ask }) => {
            for (let part = queue.shift(); part !== undefined; part = queue.shift()) {
              checkCancel(cancel);
              const id = next++;
              ids.add(id);
              let written = Promise.resolve();
              await ask({ id, commits: part }, ({ records }) => {
                written = written.then(() => sink(records));
              });
              await written;
              ids.delete(id);
              checkCancel(cancel);
            }
          }),
        );
      } finally {
        bond?.dispose();
      }
      if (cancel?.cancelled === true) throw new Cancelled();
    },
    async dispose() {
      await Promise.all(pool.map(({ worker }) => worker.terminate()));
    },
  };
}
