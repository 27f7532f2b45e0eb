import { Worker } from "node:worker_threads";
import { Cancelled, type Cancel } from "../engine/ports";
import { StoreError, type StoreErrorCode } from "../engine/tuning/store/types";
import type { IndexReport } from "./index-report";
import type { KnowledgeJob, KnowledgeJobAnswer, NotCompared } from "./job-messages";

/** How long a thread may take to end after it was told to stop. The store stays as it was, and its lease runs out. */
const patience = 400;

/** Reads a source in a worker thread, which ends with it. Throws {@link StoreError} and {@link Cancelled}. */
export function runKnowledgeJob(job: KnowledgeJob, cancel: Cancel, onProgress: (done: number, total: number) => void): Promise<{ readonly kind: "report"; readonly report: IndexReport } | NotCompared> {
  return new Promise((resolve, reject) => {
    if (cancel.cancelled) {
      reject(new Cancelled());
      return;
    }
    const worker = new Worker(new URL("./knowledge-job.mjs", import.meta.url), { workerData: job });
    let timer: NodeJS.Timeout | undefined;
    const bond = cancel.onCancel(() => {
      worker.postMessage("cancel");
      timer = setTimeout(() => void worker.terminate(), patience);
    });
    const end = (): void => {
      clearTimeout(timer);
      bond.dispose();
    };
    worker.on("message", (answer: KnowledgeJobAnswer) => {
      if (answer.kind === "progress") onProgress(answer.done, answer.total);
      else {
        end();
        if (answer.kind === "error") reject(errorOf(answer));
        else resolve(answer);
      }
    });
    worker.on("error", (error) => {
      end();
      reject(error);
    });
    worker.on("exit", () => {
      end();
      reject(cancel.cancelled ? new Cancelled() : new Error("the reading ended early"));
    });
  });
}

/** Classes do not survive the way between threads; their names and fields do. */
function errorOf({ name, message, code, detail }: KnowledgeJobAnswer & { readonly kind: "error" }): Error {
  if (name === "Cancelled") return new Cancelled();
  return name === "StoreError" ? new StoreError(code as StoreErrorCode, detail) : new Error(message);
}
