import { nodeDecode } from "../adapters/decode";
import { nodeFiles } from "../adapters/files";
import { readCveRecords } from "../engine/upstream/cve/read";
import { followReferences, missingFixes } from "../engine/upstream/follow/missing";
import { readNamed } from "../engine/upstream/follow/read-named";
import type { FixReason, MissingFix, UpstreamMap } from "../engine/upstream/types";
import type { ComputeSettings } from "./compute";
import type { FollowSettings } from "./service";

/** Reasons that prove their culprit; `stable` alone does not, and is listed when it is asked for. */
export const provenKinds: ReadonlySet<FixReason["kind"]> = new Set(["fixes", "reverts", "cve"]);

/** Mainline's fixes that downstream lacks, with what the user set taken into account. */
export async function findMissing({ repository, log, cancel }: ComputeSettings, map: UpstreamMap, follow: FollowSettings, kinds: ReadonlySet<FixReason["kind"]> = provenKinds): Promise<readonly MissingFix[]> {
  const records = follow.vulns === "" ? { value: [], problems: [] } : await readCveRecords(nodeFiles, nodeDecode, follow.vulns, cancel);
  for (const { path, code, detail } of records.problems.slice(0, 20)) log.warn(`${follow.vulns}/${path}: ${code} ${detail}`);
  const references = followReferences(map, records.value);
  const named = await readNamed(repository, nodeDecode, map, references, cancel);
  return missingFixes(map, { named, cves: records.value }, { kinds, subsystems: follow.subsystems }, cancel);
}
