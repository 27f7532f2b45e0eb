import type { Patch, PatchSet } from "../patch/types";
import { checkCancel, type Cancel, type Decode } from "../ports";
import { matchesGlob } from "../text/glob";
import { checks as allChecks } from "./registry";
import type { Check, CheckSettings, Draft, Finding, RepositoryInput, Severity, SeveritySetting } from "./types";

export const defaultCheckSettings: CheckSettings = { checks: {}, byPath: {} };

/** The severity that settings leave to a check on a file; undefined when it is off. */
export function effectiveSeverity(check: Check, draft: Draft, settings: CheckSettings): Severity | undefined {
  let setting: SeveritySetting | undefined = settings.checks[check.id];
  if (draft.file !== undefined) {
    for (const [glob, overrides] of Object.entries(settings.byPath)) {
      const override = overrides[check.id];
      if (override !== undefined && matchesGlob(glob, draft.file)) setting = override;
    }
  }
  if (setting === "off") return undefined;
  return setting ?? draft.severity ?? check.severity;
}

function finish(check: Check, patch: Patch, drafts: readonly Draft[], settings: CheckSettings): Finding[] {
  const findings: Finding[] = [];
  for (const draft of drafts) {
    const severity = effectiveSeverity(check, draft, settings);
    if (severity === undefined) continue;
    const { fix, ...rest } = draft;
    // Edits are positions in the document; they mean nothing in a text that a mail's encoding hides.
    const usable = fix !== undefined && !patch.encoded ? { fix } : {};
    findings.push({ ...rest, ...usable, check: check.id, severity, patch: patch.ordinal });
  }
  return findings;
}

function isOff(check: Check, settings: CheckSettings): boolean {
  if (settings.checks[check.id] !== "off") return false;
  return !Object.values(settings.byPath).some((overrides) => (overrides[check.id] ?? "off") !== "off");
}

/** Findings of all checks that need only the text, in document order. */
export function reviewText(set: PatchSet, decode: Decode, settings: CheckSettings, cancel?: Cancel, checks: readonly Check[] = allChecks): readonly Finding[] {
  return inOrder(set.patches.flatMap((patch) => checks.flatMap((check) => reviewOne(set, patch, check, decode, settings, cancel))));
}

/** What one text check says of one patch: the smallest step, for doors that let other work in between or contain a failure. */
export function reviewOne(set: PatchSet, patch: Patch, check: Check, decode: Decode, settings: CheckSettings, cancel?: Cancel): readonly Finding[] {
  if (check.needs !== "text" || isOff(check, settings)) return [];
  checkCancel(cancel);
  return finish(check, patch, check.run({ set, patch, decode }, cancel), settings);
}

/**
 * True when the repository's past has nothing to say of the patch: a source tree without git, or a repository that holds
 * none of the patch's files. A patch that merely lies in somebody's mail folder is not judged by that folder's history.
 */
async function isForeign(input: RepositoryInput, cancel: Cancel | undefined): Promise<boolean> {
  if (input.history.base === "") return true;
  if (input.patch.files.length === 0) return false;
  const { state, steps } = await input.apply(cancel);
  return state === "no-tree" && steps.length > 0;
}

/** Findings of the checks that ask a repository about one patch, in document order. */
export async function reviewInRepository(input: RepositoryInput, settings: CheckSettings, cancel?: Cancel, checks: readonly Check[] = allChecks): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of checks) {
    if (check.needs !== "repository" || isOff(check, settings)) continue;
    checkCancel(cancel);
    if (check.worksWithoutHistory !== true && (await isForeign(input, cancel))) continue;
    findings.push(...finish(check, input.patch, await check.run(input, cancel), settings));
  }
  return inOrder(findings);
}

/** Document order. */
export function inOrder(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) => a.line - b.line || (a.startColumn ?? 0) - (b.startColumn ?? 0));
}
