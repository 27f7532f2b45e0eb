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

async function answer({ id, commits }: DiffTask): Promise<DiffAnswer> {
  const source = cancelSource();
  running.set(id, source);
  const records: { sha: string; record: Uint8Array<ArrayBuffer> }[] = [];
  try {
    const opened = await repository;
    if (opened === undefined) return { id, records, error: `${root} is no git repository` };
    await readDiffs(opened, nodeDecode, commits, (sha, record) => records.push({ sha, record }), source.cancel);
    return { id, records, error: undefined };
  } catch (error) {
    if (error instanceof Cancelled) return { id, records: [], error: undefined };
    return { id, records: [], error: error instanceof Error ? error.message : String(error) };
  } finally {
    running.delete(id);
    source.dispose();
  }
}

parentPort?.on("message", (task: DiffTask) => {
  if (task.id < 0) for (const id of task.commits) running.get(Number(id))?.fire();
  else void answer(task).then((result) => parentPort?.postMessage(result, result.records.map(({ record }) => record.buffer)));
});
