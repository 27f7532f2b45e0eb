import type { FileDiff, Patch } from "../../patch/types";
import { checkCancel, type Cancel, type Decode, type GitScratch } from "../../ports";
import type { ApplyResult, ApplyStep, HunkFit } from "../types";
import { diffText, type DiffText } from "./content";
import { listIndex, mustRun, readEntries, touchedPaths, type IndexEntry, type TrialIndex } from "./index-state";
import { fitsOf, type FileState } from "./hunk-fits";

/** What every step of the ladder needs. */
interface Trial {
  readonly scratch: GitScratch;
  readonly diff: DiffText;
  readonly decode: Decode;
  readonly cancel: Cancel | undefined;
}

interface Attempt {
  readonly step: ApplyStep;
  readonly status: number;
}

async function attempt(trial: Trial, how: ApplyStep["how"], options: readonly string[]): Promise<Attempt> {
  const { scratch, diff, cancel } = trial;
  const args = ["apply", "--cached", `-p${diff.strip}`, ...options, "-"];
  const { status, stderr } = await scratch.run(args, cancel === undefined ? { input: diff.bytes } : { input: diff.bytes, cancel });
  return { step: { how, ok: status === 0, error: status === 0 ? "" : tidy(stderr) }, status };
}

/** git's words without the noise that says nothing about why a patch does not go in. */
function tidy(stderr: string): string {
  return stderr
    .split("\n")
    .filter((line) => line !== "" && !/^(?:<stdin>:\d+:|warning: |Checking patch |Falling back|Applied patch to .* cleanly|Context reduced|Performing three-way|Hunk #\d+ succeeded|\s)/u.test(line))
    .join("\n")
    .slice(0, 4000);
}

/** The 3-way step. git quietly falls back to plain application where it lacks a blob; that does not count. */
async function tryThreeWay(trial: Trial): Promise<Attempt & { readonly conflicts: boolean }> {
  const { scratch, diff, cancel } = trial;
  const args = ["apply", "--cached", `-p${diff.strip}`, "--3way", "-"];
  const { status, stderr } = await scratch.run(args, cancel === undefined ? { input: diff.bytes } : { input: diff.bytes, cancel });
  const lacking = stderr.includes("lacks the necessary blob");
  const ok = status === 0 && !lacking;
  return { step: { how: "3way", ok, error: ok ? "" : tidy(stderr) }, status, conflicts: status !== 0 && stderr.includes("with conflicts") };
}

async function writeTree(trial: Trial): Promise<string> {
  const { scratch, decode, cancel } = trial;
  const written = mustRun("write-tree", await scratch.run(["write-tree", "--missing-ok"], cancel === undefined ? {} : { cancel }));
  return decode.text(written.stdout).trim();
}

async function restore(trial: Trial, tree: string): Promise<void> {
  const { scratch, cancel } = trial;
  mustRun("read-tree", await scratch.run(["read-tree", tree], cancel === undefined ? {} : { cancel }));
}

/** Whether the index has anything that the patch's files could be applied to. */
function nothingToApplyTo(files: readonly FileDiff[], state: FileState): boolean {
  const needy = files.filter((file) => file.status !== "added");
  if (needy.some((file) => state.entries.has(file.oldPath) && !state.contents.has(file.oldPath))) return true;
  return needy.length > 0 && needy.every((file) => !state.entries.has(file.oldPath) && !state.entries.has(file.newPath));
}

async function readState(trial: Trial, files: readonly FileDiff[]): Promise<FileState> {
  const all = await listIndex(trial.scratch, trial.decode, trial.cancel);
  const entries = new Map<string, IndexEntry>();
  for (const file of files) {
    for (const path of [file.oldPath, file.newPath]) {
      const entry = all.get(path);
      if (entry !== undefined) entries.set(path, entry);
    }
  }
  return { entries, contents: await readEntries(trial.scratch, entries, trial.decode, trial.cancel) };
}

function isDoubtful(hunk: HunkFit): boolean {
  return hunk.state !== "exact" && hunk.state !== "merged";
}

/** Whether the reverse patch puts every hunk exactly where it says: then the change is there, not only text like it. */
function isWholeReverse(hunks: readonly HunkFit[]): boolean {
  return hunks.length > 0 && hunks.every((hunk) => hunk.state === "applied" && hunk.offset === 0);
}

function asApplied(hunks: readonly HunkFit[]): readonly HunkFit[] {
  return hunks.map((hunk): HunkFit => ({ ...hunk, state: "applied", places: [] }));
}

/**
 * Tries one patch on the private index: 3-way where blobs exist, else strict, then with two context lines, then in
 * reverse. The index ends with the patch in it when it went in, and as it was before when not.
 */
export async function tryPatch(index: TrialIndex, base: string, patch: Patch, decode: Decode, cancel: Cancel | undefined): Promise<ApplyResult> {
  checkCancel(cancel);
  const diff = diffText(patch);
  if (diff === undefined) return { state: "no-tree", base, steps: [], hunks: [] };
  const trial: Trial = { scratch: index.scratch, diff, decode, cancel };
  const files = patch.files.filter((file) => file.status !== "combined");
  await index.load(touchedPaths(files), cancel);
  const state = await readState(trial, files);
  const before = await writeTree(trial);
  const steps: ApplyStep[] = [];
  let unchanged = false;
  let conflicts = false;

  if (files.some((file) => file.oldBlob !== undefined && file.status !== "added")) {
    const merged = await tryThreeWay(trial);
    steps.push(merged.step);
    conflicts = merged.conflicts;
    unchanged = merged.step.ok && (await writeTree(trial)) === before;
    if (merged.step.ok && !unchanged) return { state: "clean", base, steps, hunks: fitsOf(patch, files, state, { mode: "merged" }, diff.unixLines, cancel) };
    // Other failures leave the index alone: git applies all of a patch or nothing.
    if (!unchanged && (merged.status === 0 || conflicts)) await restore(trial, before);
  }

  const reversed = fitsOf(patch, files, state, { mode: "reverse" }, diff.unixLines, cancel);
  if (unchanged) return alreadyApplied(trial, base, steps, reversed);

  const strict = await attempt(trial, "strict", []);
  steps.push(strict.step);
  const hunks = fitsOf(patch, files, state, { mode: "strict" }, diff.unixLines, cancel);
  const exact = !hunks.some(isDoubtful);
  if (strict.step.ok && exact) return { state: "clean", base, steps, hunks };
  if (strict.step.ok && !isWholeReverse(reversed)) return { state: "doubtful", base, steps, hunks };

  if (isWholeReverse(reversed)) {
    await restore(trial, before);
    const already = await alreadyApplied(trial, base, steps, reversed);
    if (already.state === "already-applied") return already;
    if (strict.step.ok) {
      await attempt(trial, "strict", []);
      return { ...already, state: "doubtful", hunks };
    }
  }
  return lastSteps(trial, { base, steps, hunks, patch, files, state, conflicts, reversed, before });
}

async function alreadyApplied(trial: Trial, base: string, steps: ApplyStep[], hunks: readonly HunkFit[]): Promise<ApplyResult> {
  const reverse = await attempt(trial, "reverse", ["-R", "--check"]);
  steps.push(reverse.step);
  // A 3-way merge that changes nothing says the same, even where the reverse patch has lost its context.
  const merged = steps.some((step) => step.how === "3way" && step.ok);
  return { state: reverse.step.ok || merged ? "already-applied" : "fails", base, steps, hunks: asApplied(hunks) };
}

function escapeGlob(path: string): string {
  return path.replace(/[\\*?[\]]/gu, "\\$&");
}

/**
 * A tree that lacks whole files (a partial checkout, a subsystem of its own) still gets the rest of the patch, so that later
 * patches of the series are judged by their own faults. The result stays "fails".
 */
async function keepTheRest(trial: Trial, files: readonly FileDiff[], state: FileState): Promise<void> {
  const absent = files.filter((file) => file.status !== "added" && !state.entries.has(file.oldPath));
  if (absent.length === 0 || absent.length === files.length || absent.length > 500) return;
  const left = [...new Set(absent.flatMap((file) => [file.oldPath, file.newPath]))].map((path) => `--exclude=${escapeGlob(path)}`);
  const strict = await attempt(trial, "strict", left);
  if (!strict.step.ok) await attempt(trial, "C2", ["-C2", ...left]);
}

interface SoFar {
  readonly base: string;
  readonly steps: ApplyStep[];
  readonly hunks: readonly HunkFit[];
  readonly reversed: readonly HunkFit[];
  readonly patch: Patch;
  readonly files: readonly FileDiff[];
  readonly state: FileState;
  readonly conflicts: boolean;
  readonly before: string;
}

async function lastSteps(trial: Trial, soFar: SoFar): Promise<ApplyResult> {
  const { base, steps, patch, files, state, conflicts } = soFar;
  const reduced = await attempt(trial, "C2", ["-C2"]);
  steps.push(reduced.step);
  const hunks = fitsOf(patch, files, state, { mode: "reduced" }, trial.diff.unixLines, trial.cancel);
  if (reduced.step.ok) return { state: "doubtful", base, steps, hunks };
  if (!steps.some((step) => step.how === "reverse")) {
    const reverse = await attempt(trial, "reverse", ["-R", "--check"]);
    steps.push(reverse.step);
    if (reverse.step.ok) return { state: "already-applied", base, steps, hunks: asApplied(soFar.reversed) };
  }
  await keepTheRest(trial, files, state);
  if (nothingToApplyTo(files, state)) return { state: "no-tree", base, steps, hunks };
  const told = hunks.map((hunk, i): HunkFit => (hunk.state === "rejected" && soFar.reversed[i]?.state === "applied" ? { ...hunk, state: "applied" } : hunk));
  return { state: conflicts ? "conflict" : "fails", base, steps, hunks: told };
}
