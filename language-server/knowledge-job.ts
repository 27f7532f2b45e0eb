import { parentPort, workerData } from "node:worker_threads";
import { cancelSource } from "./adapters/cancel";
import { createGit } from "./adapters/git";
import { createProcess } from "./adapters/process";
import { StoreError } from "./engine/tuning/store/types";
import type { KnowledgeStore } from "./engine/tuning/store/types";
import type { IndexSettings } from "./knowledge/index-report";
import type { KnowledgeJob, KnowledgeJobAnswer, VersionsReading } from "./knowledge/job-messages";
import { readOrigin } from "./knowledge/read-origin";
import { placedStore } from "./knowledge/store";
import { comparedAgain, indexVersions } from "./knowledge/versions/index-versions";

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
    const settings = { store, now, cancel: source.cancel, onProgress };
    if (reading.kind === "versions") return await compareAgain(reading, settings, store);
    // No program is run: what the view reads are files.
    return { kind: "report", report: await readOrigin(reading, settings, createProcess({ trusted: () => false })) };
  } finally {
    await store.dispose();
  }
}

/** The same tags or folders once more. */
async function compareAgain({ origin, gitPath, trusted }: VersionsReading, settings: IndexSettings, store: KnowledgeStore): Promise<KnowledgeJobAnswer> {
  const compared = await comparedAgain(origin, await store.hashes(origin), createGit({ gitPath, trusted: () => trusted }), settings.cancel);
  if (compared === undefined) return { kind: "gone", label: origin };
  const report = await indexVersions({ ...settings, ...compared });
  return "problem" in report ? { kind: "no-kernel", label: report.label } : { kind: "report", report };
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
