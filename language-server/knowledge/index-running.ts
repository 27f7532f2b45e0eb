import { hostname } from "node:os";
import { nodeHash } from "../adapters/hash";
import type { Process } from "../engine/ports";
import { importSysctlValues, importSysfsValues } from "../engine/tuning/import/running/kernel";
import { knownHashes } from "./index-files";
import { importersVersion, IndexRun, type IndexReport, type IndexSettings } from "./index-report";
import { addressName, askDatabase, type DatabaseAddress } from "./running-database";
import { runningSysctls, runningSysfs } from "./running-kernel";

export interface DatabaseSettings extends IndexSettings {
  /** A server that the user named; none is looked for. */
  readonly address: DatabaseAddress;
  readonly process: Process;
}

/** Looks at this machine, and puts what changed into the store in one step. Nothing is written to it. */
export async function indexRunning(settings: IndexSettings): Promise<IndexReport> {
  const { store, cancel, onProgress } = settings;
  const origin = `running system ${hostname()}`;
  const run = new IndexRun(origin, await knownHashes(store, origin));
  const kernel = [
    { importer: "running-sysctl", file: "/proc/sys", text: await runningSysctls("/proc/sys", cancel), read: importSysctlValues },
    { importer: "running-sysfs", file: "/sys", text: await runningSysfs("/sys", cancel), read: importSysfsValues },
  ];
  for (const { importer, file, text, read } of kernel) {
    if (text === "") run.miss(file, "nothing there that this user may read");
    else {
      const hash = nodeHash.sha256(`${importersVersion} ${text}`);
      if (run.changed(file, hash)) run.add(importer, file, hash, read(file, text));
    }
  }
  onProgress(kernel.length, kernel.length);
  return run.finish(settings);
}

/** Asks a server for its settings, and puts them into the store as an origin of their own when they changed. What could not be asked is in `unread`; what the store has of it stays. */
export async function indexDatabase(settings: DatabaseSettings): Promise<IndexReport> {
  const { store, cancel, onProgress, address, process } = settings;
  const name = addressName(address);
  const run = new IndexRun(name, await knownHashes(store, name));
  const answer = await askDatabase(address, process, cancel);
  if ("reason" in answer) run.miss(name, answer.reason);
  else {
    const hash = nodeHash.sha256(`${importersVersion} ${answer.text}`);
    if (run.changed(name, hash)) run.add(`running-${address.scheme}`, name, hash, answer.imported);
  }
  onProgress(1, 1);
  return run.finish(settings);
}
