import type { Cancel, Decode, Hash, Remote } from "../../ports";
import { toBase64 } from "../../text/base64";
import { lookAtFiles } from "./look";
import { applyScript, compareScript, confirmScript, rollbackScript } from "./scripts";
import { undoEdits } from "./text-edit";
import type { FileUndo, PlannedChange, PlannedFile, RollbackFile, StepReport } from "./types";

export interface ApplyPorts {
  readonly remote: Remote;
  readonly decode: Decode;
  readonly hash: Pick<Hash, "sha256">;
}

export interface ApplyOutcome {
  readonly reports: readonly StepReport[];
  /** Where it stands: `applied`, `confirmed`, `restored`, `armed`, …; undefined when the machine did not say. */
  readonly state: string | undefined;
  /** What went wrong, and with which name. */
  readonly error: { readonly what: string; readonly name: string } | undefined;
  readonly stderr: string;
}

/** Writes the values and the files behind a timer on the machine that puts the old ones back unless {@link confirmApply} comes in time. */
export function startApply(ports: ApplyPorts, file: RollbackFile, files: readonly Pick<PlannedFile, "path" | "before" | "after">[], seconds: number, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  const values = file.changes.map(({ path, old, value }) => (value === undefined ? `keep\t${path}\t-\t${normal(old)}` : `set\t${path}\t${normal(value)}\t${normal(old)}`));
  const texts = files.map(({ path, before, after }) => `file\t${path}\t${packed(ports, after)}\t${packed(ports, before)}`);
  return run(ports, applyScript, file, seconds, [...values, ...texts], cancel);
}

export function confirmApply(ports: ApplyPorts, file: RollbackFile, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  return run(ports, confirmScript, file, 0, [], cancel);
}

/** Puts old values and files back and reads them again; `restored` means that each is as before. A file that somebody edited since stays. */
export async function rollBack(ports: ApplyPorts, file: RollbackFile, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  const undone = await undoFiles(ports, file, cancel);
  const outcome = await run(ports, rollbackScript, file, 0, [...oldLines(file.changes), ...undone.lines], cancel);
  return undone.edited === undefined || outcome.error !== undefined ? outcome : { ...outcome, error: { what: "edited", name: undone.edited } };
}

/** Reads the values and says how the machine stands; writes nothing. */
export function compareNow(ports: ApplyPorts, file: RollbackFile, cancel: Cancel | undefined): Promise<ApplyOutcome> {
  return run(ports, compareScript, file, 0, [...oldLines(file.changes), ...(file.files ?? []).map(({ path }) => `file\t${path}\t=`)], cancel);
}

/** What a value or the SHA-256 of a file was before, by the name that reports have. */
export function beforeOf({ changes, files = [] }: RollbackFile): ReadonlyMap<string, string> {
  return new Map([...changes.map(({ path, old }) => [path, normal(old)] as const), ...files.map(({ path, oldHash }) => [path, oldHash ?? "-"] as const)]);
}

async function undoFiles(ports: ApplyPorts, { root, files = [] }: RollbackFile, cancel: Cancel | undefined): Promise<{ readonly lines: readonly string[]; readonly edited: string | undefined }> {
  if (files.length === 0) return { lines: [], edited: undefined };
  const looked = await lookAtFiles(ports, root, { components: [], named: files.map(({ path }) => path), boot: false }, cancel);
  const lines: string[] = [];
  let edited: string | undefined;
  for (const undo of files) {
    const now = looked.find(({ path, given }) => path === undo.path && given === undo.path)?.text;
    const line = undoLine(ports, undo, now);
    if (line === undefined) edited ??= undo.path;
    lines.push(line ?? `file\t${undo.path}\t=`);
  }
  return { lines, edited };
}

/** Undefined when the file is neither as it was made nor as it was before. */
function undoLine(ports: ApplyPorts, { path, oldHash, newHash, edits }: FileUndo, now: string | undefined): string | undefined {
  const hashOf = (text: string | undefined): string | undefined => (text === undefined ? undefined : ports.hash.sha256(ports.decode.bytes(text)));
  if (hashOf(now) === oldHash) return `file\t${path}\t=`;
  if (now === undefined || hashOf(now) !== newHash) return undefined;
  const before = oldHash === undefined ? undefined : undoEdits(now, edits);
  return hashOf(before) === oldHash ? `file\t${path}\t${packed(ports, before)}\t${packed(ports, now)}` : undefined;
}

function packed({ decode }: ApplyPorts, text: string | undefined): string {
  return text === undefined ? "-" : `b${toBase64(decode.bytes(text))}`;
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
