import type { Cancel, GitRepository } from "../../engine/ports";
import type { MissingFix, UpstreamMap } from "../../engine/upstream/types";
import type { Message } from "../../engine/text/message";

/** The two sides of a comparison, as revisions. */
export interface UpstreamPair {
  readonly mainline: string;
  readonly downstream: string;
}

export interface UpstreamJob {
  readonly cancel: Cancel;
  onProgress(text: Message, done: number, total: number): void;
}

export interface UpstreamService {
  map(repository: GitRepository, pair: UpstreamPair, job: UpstreamJob): Promise<UpstreamMap>;
  known(repository: GitRepository, pair: UpstreamPair): Promise<UpstreamMap | undefined>;
  missingFixes(repository: GitRepository, pair: UpstreamPair, job: UpstreamJob): Promise<readonly MissingFix[]>;
}

/** Knows nothing, and says so. */
export const unavailable: UpstreamService = {
  map: () => Promise.reject(new Error("the comparison with mainline is not built in")),
  known: () => Promise.resolve(undefined),
  missingFixes: () => Promise.reject(new Error("the comparison with mainline is not built in")),
};
