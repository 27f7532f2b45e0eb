import { parentPort, workerData } from "node:worker_threads";
import { cancelSource } from "./adapters/cancel";
import { StoreError } from "./engine/tuning/store/types";
import type { KnowledgeJob, KnowledgeJobAnswer } from "./knowledge/job-messages";
import { readOrigin } from "./knowledge/read-origin";
import { placedStore } from "./knowledge/store";

/** One source, read into the knowledge store in a thread of its own, so that the editor is answered meanwhile. */
const { reading, environment, now } = workerData as KnowledgeJob;
const source = cancelSource();

function say(answer: KnowledgeJobAnswer): void {
  parentPort?.postMessage(answer);
}

async function work(): Promise<KnowledgeJobAnswer> {
  const { store } = placedStore(environment);
  try {
    const onProgress = (done: number, total: number): void => {
      say({ kind: "progress", done, total });
    };
    // No program is run: what the view reads are files.
    return { kind: "report", report: await readOrigin(reading, { store, now, cancel: source.cancel, onProgress }) };
  } finally {
    await store.dispose();
  }
}

parentPort?.on("message", () => {
  source.fire();
});

function failure(error: unknown): KnowledgeJobAnswer {
  const [name, message] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
  return { kind: "error", name, message, ...(error instanceof StoreError ? { code: error.code, detail: error.detail } : { code: "", detail: "" }) };
}

void work()
  .catch(failure)
  .then((answer) => {
    say(answer);
    parentPort?.close();
  });
