import type { Cancel, Decode, GitRepository } from "../../../language-server/engine/ports";
import { readFacts } from "../../../language-server/engine/upstream/facts/read";
import { createNames } from "../../../language-server/engine/upstream/follow/names";
import { mergeBase, resolveCommit } from "../../../language-server/engine/upstream/revisions";
import type { MapRow, UpstreamMap } from "../../../language-server/engine/upstream/types";

/** A map that believes every claim: what follow-ups can be measured with where no mapper shall have a part in the figure. */
export async function claimedMap(repository: GitRepository, decode: Decode, mainlineName: string, downstreamName: string, cancel?: Cancel): Promise<UpstreamMap> {
  const mainline = await resolveCommit(repository, decode, mainlineName, cancel);
  const downstream = await resolveCommit(repository, decode, downstreamName, cancel);
  const base = await mergeBase(repository, decode, mainline, downstream, cancel);
  const candidates = await readFacts(repository, decode, { include: [mainline], exclude: [downstream] }, cancel);
  const commits = await readFacts(repository, decode, { include: [downstream], exclude: [mainline] }, cancel);
  const names = createNames(candidates.map(({ sha }) => sha));
  const rows = commits.map(({ sha, claims }): MapRow => {
    const upstream = [...new Set(claims.flatMap((claim) => names.find(claim.sha) ?? []))];
    return { commit: sha, upstream, verdict: upstream.length === 0 ? "downstream-only" : upstream.length === 1 ? "same" : "squash", score: 1, method: "claim", claims: [], alternatives: [], hunks: [] };
  });
  return { mainline, downstream, base, candidates, commits, rows, notices: [] };
}
