import type { Services } from "../services";
import type { ResolvedPair } from "./pairs";

/** The name under which "not for us" stands in the log of decisions. */
const check = "upstream/missing-fix";

/** Missing fixes of a comparison that somebody marked as not for us: mainline's sha → reason. */
export async function decidedIn(pair: ResolvedPair, services: Pick<Services, "decisions">): Promise<ReadonlyMap<string, string>> {
  const log = await services.decisions.of(pair.repository);
  const reasons = new Map<string, string>();
  for (const decision of await log.all()) {
    if (decision.check !== check || decision.where !== pair.name) continue;
    if (decision.action === "suppress") reasons.set(decision.quote, decision.reason);
    else reasons.delete(decision.quote);
  }
  return reasons;
}

/** Remembers a reason, or with an empty one takes it back. */
export async function decide(pair: ResolvedPair, commit: string, reason: string, services: Pick<Services, "decisions" | "workbench">): Promise<void> {
  const log = await services.decisions.of(pair.repository);
  await log.add({ at: new Date(services.workbench.clock.now()).toISOString(), action: reason === "" ? "restore" : "suppress", check, quote: commit, where: pair.name, reason });
}
