import { nodeDecode } from "../adapters/decode";
import { nodeFiles } from "../adapters/files";
import type { Cancel, Remote } from "../engine/ports";
import { parseFacts } from "../engine/tuning/facts/parse";
import { readSavedFacts } from "../engine/tuning/facts/saved";
import { factScript } from "../engine/tuning/facts/script";
import type { FactProblem, MachineFacts } from "../engine/tuning/facts/types";

/** A machine or a file that tells no facts; `detail` is in its own words. */
export class NoFacts extends Error {
  constructor(
    readonly from: string,
    readonly detail: string,
  ) {
    super(`${from}: ${detail}`);
    this.name = "NoFacts";
  }
}

/** Looks at a machine, reading only. Throws {@link NoFacts} or `Cancelled`. */
export async function collectFacts(remote: Remote, cancel: Cancel | undefined): Promise<{ readonly facts: MachineFacts; readonly problems: readonly FactProblem[] }> {
  const { stdout, stderr, status } = await remote.run(factScript, "", cancel);
  const { value, problems } = parseFacts(nodeDecode.text(stdout));
  if (value === undefined) throw new NoFacts(remote.name, stderr.trim() === "" ? `exit status ${status}` : stderr.trim().slice(0, 500));
  return { facts: value, problems };
}

/** Throws {@link NoFacts}. */
export async function savedFacts(path: string): Promise<MachineFacts> {
  const bytes = await nodeFiles.read(path);
  if (bytes === undefined) throw new NoFacts(path, "no such file");
  const { value, problem } = readSavedFacts(nodeDecode.text(bytes));
  if (value === undefined) throw new NoFacts(path, problem ?? "no facts");
  return value;
}
