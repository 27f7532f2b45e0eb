import { appendFile, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { nodeRandom } from "../adapters/clock";
import { nodeHash } from "../adapters/hash";
import type { ApplyOutcome } from "../engine/tuning/apply/run";
import { readRollbackFile } from "../engine/tuning/apply/rollback-file";
import type { ApplyPlan, FileUndo, RollbackFile } from "../engine/tuning/apply/types";

/** Where what was written to machines is remembered. */
export function recordsFolder(environment: Readonly<Record<string, string | undefined>>): string {
  const own = environment["KEELSON_HOME"] ?? "";
  const data = environment["XDG_DATA_HOME"] ?? "";
  return join(own !== "" ? own : join(data !== "" ? data : join(homedir(), ".local", "share"), "keelson"), "tuning");
}

/** Keeps the old values before anything is written; whole or not at all. */
export async function keepRollback(folder: string, plan: ApplyPlan, host: string, root: string, now: number): Promise<{ readonly file: RollbackFile; readonly path: string }> {
  const files = plan.files.map(({ path, before, after, edits }): FileUndo => ({ path, ...(before === undefined ? {} : { oldHash: nodeHash.sha256(before) }), newHash: nodeHash.sha256(after), edits }));
  const file: RollbackFile = { format: 1, id: nodeRandom.hex(8), host, root, at: new Date(now).toISOString(), changes: plan.changes, ...(files.length === 0 ? {} : { files }) };
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `rollback-${file.id}.json`);
  await writeFile(`${path}.new`, `${JSON.stringify(file, undefined, 2)}\n`, { mode: 0o600, flush: true });
  await rename(`${path}.new`, path);
  return { file, path };
}

/** Undefined when it is no rollback file or is not there. */
export async function loadRollback(path: string): Promise<RollbackFile | undefined> {
  try {
    return readRollbackFile(await readFile(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR" || error.code === "EACCES")) return undefined;
    throw error;
  }
}

/** One line for each value and each file that was or was to be written, and for how it ended. Of files it has the SHA-256 of what they hold. */
export async function audit(folder: string, action: "apply" | "confirm" | "rollback", file: RollbackFile, outcome: Pick<ApplyOutcome, "state" | "error" | "reports"> | undefined, now: number): Promise<void> {
  const at = new Date(now).toISOString();
  const user = process.env["SUDO_USER"] ?? process.env["USER"] ?? "";
  const ended = outcome === undefined ? "begun" : (outcome.error?.what ?? outcome.state ?? "unknown");
  const read = new Map((outcome?.reports ?? []).filter(({ what }) => what === "now" || what === "back").map(({ name, value }) => [name, value]));
  const about = { at, user, host: file.host, id: file.id, action };
  const values = file.changes.map(({ name, path, old, value }) => JSON.stringify({ ...about, name, old, new: value, read: read.get(path), ended }));
  const files = (file.files ?? []).map(({ path, oldHash, newHash }) => JSON.stringify({ ...about, file: path, old: oldHash, new: newHash, read: read.get(path), ended }));
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await appendFile(join(folder, "audit.jsonl"), `${[...values, ...files].join("\n")}\n`, { mode: 0o600, flush: true });
}
