import { nodeDecode } from "../adapters/decode";
import { nodeFiles } from "../adapters/files";
import type { Cancel, GitRepository } from "../engine/ports";
import type { Message } from "../engine/text/message";
import { createBuildOracle } from "../engine/upstream/kbuild/built";
import { parseKernelConfig } from "../engine/upstream/kbuild/config";
import { foldNotBuilt } from "../engine/upstream/kbuild/fold";
import { readMakefiles } from "../engine/upstream/kbuild/tree";
import type { MissingFix, UpstreamMap } from "../engine/upstream/types";

export interface MarkedFixes {
  readonly fixes: readonly MissingFix[];
  /** What the user should know of the configuration. */
  readonly told: readonly Message[];
}

/** Marks fixes of code that a `.config` keeps out of downstream's build. What can't be read leaves them as they are, and is told. */
export async function markNotBuilt(repository: GitRepository, map: UpstreamMap, fixes: readonly MissingFix[], config: string, cancel?: Cancel): Promise<MarkedFixes> {
  const bytes = await nodeFiles.read(config);
  const parsed = bytes === undefined ? undefined : parseKernelConfig(nodeDecode.text(bytes)).value;
  if (parsed === undefined || parsed.size === 0) return { fixes, told: [{ id: "upstream.missing.badConfig", args: { path: config } }] };
  const makefiles = await readMakefiles(repository, nodeDecode, map.downstream, cancel);
  const told = parsed.complete ? [] : [{ id: "upstream.missing.partConfig", args: { path: config } }];
  return { fixes: foldNotBuilt(fixes, map.candidates, createBuildOracle(makefiles, parsed, cancel)), told };
}
