import { join } from "node:path";
import { stateDirectory } from "./adapters/cache";
import { nodeDecode } from "./adapters/decode";
import { createDecisionLog, type Decision, type DecisionLog } from "./adapters/decisions";
import { createSharedLog } from "./adapters/shared-decisions";
import type { PatchSet } from "./engine/patch/types";
import type { GitRepository, Log } from "./engine/ports";
import type { Finding } from "./engine/review/types";
import { identityOf } from "./identity";

export interface Decisions {
  /** The log of a repository, or the user's own for a document that has none. */
  of(repository: GitRepository | undefined): Promise<DecisionLog>;
}

export function createDecisions(userState: string, log: Log): Decisions {
  const logs = new Map<string, Promise<DecisionLog>>();
  const privateLog = (repository: GitRepository | undefined): Promise<DecisionLog> => {
    const key = repository?.commonDir ?? "";
    let made = logs.get(key);
    if (made === undefined) {
      made = (repository === undefined ? Promise.resolve(userState) : stateDirectory(repository.commonDir, userState)).then((folder) => createDecisionLog(join(folder, "decisions.jsonl"), log));
      logs.set(key, made);
    }
    return made;
  };
  return {
    async of(repository) {
      const own = await privateLog(repository);
      if (repository === undefined || repository.bare) return own;
      return createSharedLog(repository.root, own, () => identityOf(repository, nodeDecode), log);
    },
  };
}

/** What stays the same about a finding when its patch is rebased: the touched path, or the subject of its message. */
export function placeOf(set: PatchSet, finding: Pick<Finding, "file" | "patch">): string {
  return finding.file ?? set.patches[finding.patch]?.subject ?? "";
}

const folded = (text: string): string => text.trim().replace(/\s+/gu, " ");

/** The findings that nobody has suppressed. */
export function undecided(findings: readonly Finding[], decisions: readonly Decision[], set: PatchSet): readonly Finding[] {
  if (decisions.length === 0) return findings;
  const suppressed = new Set<string>();
  for (const { action, check, quote, where } of decisions) {
    const key = `${check}\0${folded(quote)}\0${where}`;
    if (action === "suppress") suppressed.add(key);
    else suppressed.delete(key);
  }
  return findings.filter((finding) => !suppressed.has(`${finding.check}\0${folded(finding.quote)}\0${placeOf(set, finding)}`));
}

/** The name under which "not for us" stands in the log of decisions. */
export const notForUsCheck = "upstream/missing-fix";

/** Missing fixes that somebody marked as not for us in the comparison of this name: mainline's sha → reason. */
export function notForUs(decisions: readonly Decision[], pair: string): ReadonlyMap<string, string> {
  const reasons = new Map<string, string>();
  for (const { check, where, action, quote, reason } of decisions) {
    if (check !== notForUsCheck || where !== pair) continue;
    if (action === "suppress") reasons.set(quote, reason);
    else reasons.delete(quote);
  }
  return reasons;
}
