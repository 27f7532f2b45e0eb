import type { Cancel, Decode, Remote } from "../../ports";
import { applyScript, compareScript, confirmScript, rollbackScript } from "./scripts";
import type { PlannedChange, RollbackFile, StepReport } from "./types";

export interface ApplyPorts {
  readonly remote: Remote;
  readonly decode: Pick<Decode, "text">;
}

export interface ApplyOutcome {
  readonly reports: readonly StepReport[];
  /** Where it stands: `applied`, `confirmed`, `restored`, `armed`, …; undefined when the machine did not say. */
  readonly state: string | undefined;
  /** What went wrong, and with which name. */
  readonly error: { readonly what: string; readonly name: string } | undefined;
  readonly stderr: string;
}

/** Writes the values behind a timer on the machine that puts the old ones back unless {@link confirmApply} comes in time. */
export function startApply(ports: ApplyPorts, file: RollbackFile, seconds: number, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  return run(ports, applyScript, file, seconds, file.changes.map(({ path, old, value }) => (value === undefined ? `keep\t${path}\t-\t${normal(old)}` : `set\t${path}\t${normal(value)}\t${normal(old)}`)), cancel);
}

export function confirmApply(ports: ApplyPorts, file: RollbackFile, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  return run(ports, confirmScript, file, 0, [], cancel);
}

/** Puts the old values back and reads them again; `restored` means that each reads as before. */
export function rollBack(ports: ApplyPorts, file: RollbackFile, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  return run(ports, rollbackScript, file, 0, oldLines(file.changes), cancel);
}

/** Reads the values and says how the machine stands; writes nothing. */
export function compareNow(ports: ApplyPorts, file: RollbackFile, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  return run(ports, compareScript, file, 0, oldLines(file.changes), cancel);
}

function oldLines(changes: readonly PlannedChange[]): readonly string[] {
  return changes.map(({ path, old, value }) => `${value === undefined ? "keep" : "set"}\t${path}\t${normal(old)}`);
}

/** The kernel prints lists with tabs; they are compared with blanks. No value has a line break. */
export function normal(value: string): string {
  return value.trim().replace(/[\s\u0000-\u001f\u007f]+/gu, " ");
}

async function run({ remote, decode }: ApplyPorts, script: string, { root, id }: RollbackFile, seconds: number, lines: readonly string[], cancel: Cancel | undefined): Promise<ApplyOutcome> {
  const { stdout, stderr, status } = await remote.run(script, `${[root, id, String(seconds), ...lines].join("\n")}\n`, cancel);
  const reports = readReports(decode.text(stdout));
  const failed = reports.find(({ what }) => what === "error");
  const state = reports.findLast(({ what }) => what === "state")?.name;
  const unsaid = failed === undefined && status !== 0 ? { what: "connection", name: remote.name } : undefined;
  return { reports, state, error: failed === undefined ? unsaid : { what: failed.name, name: failed.value }, stderr: stderr.slice(0, 2000) };
}

const kinds = ["old", "now", "back", "error", "state"] as const;

/** The machine's words: lines of any other form are left out. */
export function readReports(text: string): readonly StepReport[] {
  return text
    .slice(0, 1_000_000)
    .split("\n")
    .flatMap((line) => {
      const [kind, name, ...value] = line.replace(/\r$/u, "").split("\t");
      const what = kinds.find((known) => known === kind);
      return what === undefined || name === undefined ? [] : [{ what, name, value: value.join(" ") }];
    });
}
