import { hostname } from "node:os";
import { nodeHash } from "../adapters/hash";
import { checkCancel, type Process } from "../engine/ports";
import { importSysctlValues, importSysfsValues } from "../engine/tuning/import/running/kernel";
import { knownHashes } from "./index-files";
import { importersVersion, IndexRun, type IndexReport, type IndexSettings } from "./index-report";
import { addressName, askDatabase, type DatabaseAddress } from "./running-database";
import { runningSysctls, runningSysfs } from "./running-kernel";

export interface RunningSettings extends IndexSettings {
  /** Servers that the user named; none is looked for. */
  readonly databases: readonly DatabaseAddress[];
  readonly process: Process;
}

/** Looks at this machine and at the servers that the user named, and puts what changed into the store in one step. Nothing is written to either. */
export async function indexRunning(settings: RunningSettings): Promise<IndexReport> {
  const { store, cancel, onProgress, databases, process } = settings;
  const origin = `running system ${hostname()}`;
  const run = new IndexRun(origin, await knownHashes(store, origin));
  const total = 2 + databases.length;
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
  onProgress(2, total);
  for (const [done, address] of databases.entries()) {
    checkCancel(cancel);
    const file = addressName(address);
    const answer = await askDatabase(address, process, cancel);
    if ("reason" in answer) run.miss(file, answer.reason);
    else {
      const hash = nodeHash.sha256(`${importersVersion} ${answer.text}`);
      if (run.changed(file, hash)) run.add(`running-${address.scheme}`, file, hash, answer.imported);
    }
    onProgress(3 + done, total);
  }
  return run.finish(settings);
}
