import { checkCancel, type Decode, type GitRepository } from "../../ports";
import type { DiffStore, FactsStore, Job } from "../sources";
import type { CommitFacts, MapOptions } from "../types";
import type { EarlierMap } from "./carry";
import type { Scale } from "./candidates";
import type { ResolvedClaim } from "./claims";
import type { Thresholds } from "./decide";
import type { HunkStore } from "./verdicts";

export interface MapInput {
  readonly repository: GitRepository;
  readonly decode: Decode;
  readonly facts: FactsStore;
  readonly diffs: DiffStore;
  readonly options: MapOptions;
  readonly job: Job;
  /** An answer to the same question, some commits ago. */
  readonly earlier?: EarlierMap | undefined;
}

/** All that the steps of a comparison share. */
export interface Ground extends MapInput, Scale {
  readonly commits: readonly CommitFacts[];
  readonly numbers: ReadonlyMap<string, number>;
  readonly claims: ReadonlyMap<string, readonly ResolvedClaim[]>;
  readonly hunks: HunkStore;
  readonly limit: Thresholds;
  /** Where both sides parted, as far as it is known. */
  readonly base: string | undefined;
}

/** Rows computed before others get a turn. */
export const turn = 64;

export async function pause(job: Job, done: number, total: number): Promise<void> {
  job.onProgress("matching", done, total);
  await job.breathe();
  checkCancel(job.cancel);
}
