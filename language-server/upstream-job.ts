import { parentPort, workerData } from "node:worker_threads";
import { createCache, stateDirectory } from "./adapters/cache";
import { cancelSource } from "./adapters/cancel";
import { createGit } from "./adapters/git";
import { programsEnded } from "./adapters/spawn";
import type { Log } from "./engine/ports";
import { render } from "./engine/text/message";
import { followMessages } from "./engine/upstream/follow/messages";
import { UnknownRevision } from "./engine/upstream/revisions";
import { askedMap, computeMap, type ComputeSettings } from "./upstream/compute";
import { findMissing } from "./upstream/missing";
import { markNotBuilt } from "./upstream/not-built";
import type { JobAnswer, JobRequest } from "./upstream/worker-messages";
import { join } from "node:path";

/** One comparison with mainline, in a thread of its own. Started only for a workspace that is trusted. */
const request = workerData as JobRequest;
const source = cancelSource();

function say(answer: JobAnswer): void {
  parentPort?.postMessage(answer);
}

function line(level: "debug" | "info" | "warn" | "error"): (text: string) => void {
  return (text) => {
    say({ kind: "log", level, text });
  };
}

const log: Log = { debug: line("debug"), info: line("info"), warn: line("warn"), error: line("error") };

async function settings(): Promise<ComputeSettings> {
  const { root, gitPath, storage } = request;
  const repository = await createGit({ gitPath, log, trusted: () => true }).open(root);
  if (repository === undefined) throw new Error(`${root} is no git repository`);
  return {
    repository,
    storage,
    log,
    cache: createCache(join(await stateDirectory(repository.commonDir, storage), "cache")),
    cancel: source.cancel,
    onProgress: (stage, done, total) => {
      say({ kind: "progress", stage, done, total });
    },
  };
}

async function work(): Promise<JobAnswer> {
  const { ask } = request;
  const compute = await settings();
  const map = await computeMap(compute, await askedMap(compute, { mainline: ask.mainline, downstream: ask.downstream, ignoreTrailers: false, evidence: "all", excluded: new Set() }));
  if (ask.kind === "map") return { kind: "map", map };
  const found = await findMissing(compute, map, ask);
  if (ask.config === "") return { kind: "missing", fixes: found };
  const { fixes, told } = await markNotBuilt(compute.repository, map, found, ask.config, compute.cancel);
  for (const message of told) log.warn(render(message, followMessages, "en"));
  return { kind: "missing", fixes };
}

parentPort?.on("message", () => {
  source.fire();
});

function failure(error: unknown): JobAnswer {
  const [name, message] = error instanceof Error ? [error.name, error.message] : ["Error", String(error)];
  return { kind: "error", name, message, revision: error instanceof UnknownRevision ? error.revision : "" };
}

void work()
  .catch(failure)
  .then(async (answer) => {
    if (answer.kind === "error") await programsEnded();
    say(answer);
    parentPort?.close();
  });
