import { parentPort, workerData } from "node:worker_threads";
import { cancelSource } from "./adapters/cancel";
import { nodeDecode } from "./adapters/decode";
import { createGit } from "./adapters/git";
import { Cancelled } from "./engine/ports";
import { readDiffs } from "./engine/upstream/diff/read";
import type { DiffAnswer, DiffTask, WorkerSettings } from "./upstream/worker-messages";

/** Reads diffs of commits in a thread of its own: git prints, this hashes. Started only for a workspace that is trusted. */
const { root, gitPath } = workerData as WorkerSettings;
const repository = createGit({ gitPath, trusted: () => true }).open(root);
const running = new Map<number, ReturnType<typeof cancelSource>>();

/** Records handed over at once: few enough to be kept soon, many enough not to keep the other side busy. */
const batch = 256;

function say(answer: DiffAnswer): void {
  parentPort?.postMessage(answer, answer.records.map(({ record }) => record.buffer));
}

async function answer({ id, commits }: DiffTask): Promise<DiffAnswer> {
  const source = cancelSource();
  running.set(id, source);
  let records: { sha: string; record: Uint8Array<ArrayBuffer> }[] = [];
  const take = (sha: string, record: Uint8Array<ArrayBuffer>): void => {
    records.push({ sha, record });
    if (records.length < batch) return;
    say({ id, last: false, records, error: undefined });
    records = [];
  };
  try {
    const opened = await repository;
    if (opened === undefined) return { id, last: true, records, error: `${root} is no git repository` };
    await readDiffs(opened, nodeDecode, commits, take, source.cancel);
    return { id, last: true, records, error: undefined };
  } catch (error) {
    return { id, last: true, records: [], error: error instanceof Cancelled ? undefined : error instanceof Error ? error.message : String(error) };
  } finally {
    running.delete(id);
    source.dispose();
  }
}

parentPort?.on("message", (task: DiffTask) => {
  if (task.id < 0) for (const id of task.commits) running.get(Number(id))?.fire();
  else void answer(task).then(say);
});
