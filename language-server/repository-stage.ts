import type { PatchSet } from "./engine/patch/types";
import type { Cancel, GitRepository } from "./engine/ports";
import type { ApplyResult, Finding, History, MaintainerEntry, Tree } from "./engine/review/types";
import type { Message } from "./engine/text/message";
import type { Settings } from "./protocol/settings";
import type { Workbench } from "./workbench";

/** What the repository says of one patch. */
export interface PatchFacts {
  readonly findings: readonly Finding[];
  readonly applies: ApplyResult | undefined;
  readonly maintainers: readonly MaintainerEntry[];
}

/** What the repository says of a document's patches; filled patch by patch. */
export interface SetFacts {
  readonly repository: GitRepository;
  readonly base: { readonly sha: string; readonly reason: Message };
  readonly history: History;
  readonly tree: Tree;
  /** By ordinal. */
  readonly patches: ReadonlyMap<number, PatchFacts>;
}

/** A repository, or a folder that may be one or a source tree without git. */
export type RepositoryPlace = { readonly kind: "repository"; readonly repository: GitRepository } | { readonly kind: "path"; readonly path: string };

export interface StageInput {
  readonly workbench: Workbench;
  readonly place: RepositoryPlace;
  readonly set: PatchSet;
  readonly settings: Settings;
  readonly cancel: Cancel;
  /** Called when another patch is done. */
  readonly onProgress: (facts: SetFacts, done: number, total: number) => void;
}

/** Runs everything that needs a repository on a document's patches, in the order of the series. */
export function repositoryStage(input: StageInput): Promise<SetFacts | undefined> {
  void input;
  return Promise.resolve(undefined);
}
