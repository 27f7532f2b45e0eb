import { notForUs, notForUsCheck } from "../../decisions";
import type { Services } from "../services";
import type { ResolvedPair } from "./pairs";

/** Missing fixes of a comparison that somebody marked as not for us: mainline's sha → reason. */
export async function decidedIn(pair: ResolvedPair, services: Pick<Services, "decisions">): Promise<ReadonlyMap<string, string>> {
  return notForUs(await (await services.decisions.of(pair.repository)).all(), pair.name);
}

/** Remembers a reason, or with an empty one takes it back. */
export async function decide(pair: ResolvedPair, commit: string, reason: string, services: Pick<Services, "decisions" | "workbench">): Promise<void> {
  const log = await services.decisions.of(pair.repository);
  await log.add({ at: new Date(services.workbench.clock.now()).toISOString(), action: reason === "" ? "restore" : "suppress", check: notForUsCheck, quote: commit, where: pair.name, reason });
}
