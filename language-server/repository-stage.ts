import { checks as allChecks } from "./engine/review/registry";
import { runCheckpatch } from "./engine/review/checkpatch/checkpatch";
import { openFacts, type RepositoryFacts, type SetFacts as EngineFacts } from "./engine/review/facts/facts";
import { atOrdinal } from "./engine/patch/series";
import type { Patch, PatchSet } from "./engine/patch/types";
import { Cancelled, type Cache, type Cancel, type Decode, type GitRepository } from "./engine/ports";
import { inOrder, reviewInRepository } from "./engine/review/run";
import type { ApplyResult, CheckSettings, Finding, History, MaintainerEntry, RepositoryInput, Tree } from "./engine/review/types";
import type { Message } from "./engine/text/message";
import type { Settings } from "./protocol/settings";
import type { RepositoryPlace } from "./repositories";
import type { Workbench } from "./workbench";

/** What the repository says of one patch. */
export interface PatchFacts {
  readonly findings: readonly Finding[];
  readonly applies: ApplyResult | undefined;
  readonly maintainers: readonly MaintainerEntry[];
}

/** What the repository says of a document's patches; filled patch by patch. */
export interface SetFacts {
  /** Undefined for a source tree without git. */
  readonly repository: GitRepository | undefined;
  readonly root: string;
  readonly base: { readonly sha: string; readonly reason: Message };
  /** The base for a person: the branch when it is its newest commit, else twelve digits. */
  readonly baseName: string;
  readonly history: History;
  readonly tree: Tree;
  /** By ordinal. */
  readonly patches: ReadonlyMap<number, PatchFacts>;
}

export interface StageInput {
  readonly workbench: Workbench;
  readonly place: RepositoryPlace;
  readonly set: PatchSet;
  /** Patches of other files that come before this set in its series. */
  readonly earlier?: readonly Patch[];
  /** For a joined set: the set and patch that the joined one at this ordinal was made of, which checks are shown. */
  readonly own?: (ordinal: number) => OwnPatch | undefined;
  readonly decode: Decode;
  readonly settings: Settings;
  readonly cancel: Cancel;
  /** Called when the base is known, and again when another patch is done. */
  readonly onProgress: (facts: SetFacts, done: number, total: number) => void;
}

export interface OwnPatch {
  readonly set: PatchSet;
  readonly patch: Patch;
}

/** The patches of several sources as one series; only what a trial application asks of a set is true of it. */
export function joined(patches: readonly Patch[], like: PatchSet): PatchSet {
  return { ...like, patches: patches.map(atOrdinal) };
}

/** Answers about the set's own patches, judged after the earlier ones of the series where that is what makes them go in. */
async function prepare(facts: RepositoryFacts, input: StageInput): Promise<EngineFacts | undefined> {
  const { set, earlier = [], cancel } = input;
  const alone = await facts.forSet(set, cancel);
  const first = alone?.inputs.find((entry) => entry.patch.kind === "patch");
  if (alone === undefined || first === undefined || earlier.length === 0) return alone;
  const fits = (result: ApplyResult): boolean => result.state === "clean" || result.state === "already-applied";
  if (fits(await first.apply(cancel))) return alone;
  const together = await facts.forSet(joined([...earlier, ...set.patches], set), cancel);
  if (together === undefined) return alone;
  const after = await together.inputs[earlier.length + first.patch.ordinal]?.apply(cancel);
  if (after === undefined || !(fits(after) || after.state === "doubtful")) {
    together.dispose();
    return alone;
  }
  alone.dispose();
  const inputs = set.patches.flatMap((patch, i): RepositoryInput[] => {
    const answer = together.inputs[earlier.length + i];
    return answer === undefined ? [] : [{ ...answer, set, patch }];
  });
  return { ...together, inputs, dispose: () => { together.dispose(); } };
}

/** Indexes of a repository's history are built by one window at a time; the others then find them in the cache. */
function leased(history: History, workbench: Workbench, repository: GitRepository | undefined): History {
  if (repository === undefined) return history;
  const ready = new Set<string>();
  const once = async <T>(name: string, work: () => Promise<T>, cancel: Cancel | undefined): Promise<T> => {
    if (ready.has(name)) return work();
    const lease = await workbench.leaseOf(repository);
    const result = await lease.hold(name, work, cancel);
    ready.add(name);
    return result;
  };
  return {
    ...history,
    carriedAs: (sha, cancel) => once("carried", () => history.carriedAs(sha, cancel), cancel),
    fixesOf: (sha, cancel) => once("fixes", () => history.fixesOf(sha, cancel), cancel),
  };
}

interface Contained {
  readonly workbench: Workbench;
  readonly what: string;
}

/** A part that fails leaves the others standing. */
async function contained<T>({ workbench, what }: Contained, work: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Cancelled) throw error;
    workbench.log.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return otherwise;
  }
}

/** The tree's own checkpatch.pl, where it is wanted and the workspace is trusted; severities as the settings say. */
async function checkpatch({ set, patch }: RepositoryInput, settings: CheckSettings, stage: StageInput, root: string, cache: Cache): Promise<readonly Finding[]> {
  const { workbench, cancel, decode } = stage;
  const { process, files, hash } = workbench;
  const severity = settings.checks["checkpatch"];
  if (stage.settings.review.checkpatch === "off" || severity === "off" || !workbench.trusted()) return [];
  const { findings, problem } = await runCheckpatch({ process, files, cache, decode, hash }, root, set, patch, cancel);
  if (problem !== undefined) workbench.log.warn(`${problem.id}: ${JSON.stringify(problem.args ?? {})}`);
  return severity === undefined ? findings : findings.map((finding) => ({ ...finding, severity }));
}

async function onePatch(input: RepositoryInput, settings: CheckSettings, stage: StageInput, root: string, cache: Cache): Promise<PatchFacts> {
  const { workbench, cancel } = stage;
  const findings: Finding[] = [];
  for (const check of allChecks) {
    if (check.needs === "repository") findings.push(...(await contained({ workbench, what: `check ${check.id}` }, () => reviewInRepository(input, settings, cancel, [check]), [])));
  }
  findings.push(...(await contained({ workbench, what: "checkpatch" }, () => checkpatch(input, settings, stage, root, cache), [])));
  const applies = input.patch.files.length === 0 ? undefined : await contained({ workbench, what: "apply" }, () => input.apply(cancel), undefined);
  const maintainers = await contained({ workbench, what: "maintainers" }, () => input.maintainers(cancel), []);
  return { findings: inOrder(findings), applies, maintainers };
}

async function nameBase(facts: RepositoryFacts, sha: string, decode: Decode): Promise<string> {
  const { repository, root } = facts;
  if (repository === undefined) return root.split(/[\\/]/u).at(-1) ?? root;
  const head = await repository.run(["rev-parse", "--verify", "--quiet", "HEAD"]);
  return decode.text(head.stdout).trim() === sha ? (repository.branch ?? sha.slice(0, 12)) : sha.slice(0, 12);
}

/** Runs everything that needs a repository on a document's patches, in the order of the series. */
export async function repositoryStage(stage: StageInput): Promise<SetFacts | undefined> {
  const { workbench, place, set, settings, decode } = stage;
  const where = place.kind === "repository" ? place.repository : place.path;
  const cache = await workbench.cacheOf(place.kind === "repository" ? place.repository : await workbench.git().open(place.path));
  const { base } = settings.review;
  const facts = await openFacts({ git: workbench.git(), files: workbench.files, cache, decode, hash: workbench.hash }, where, base === "" ? {} : { base });
  const prepared = facts === undefined ? undefined : await prepare(facts, stage);
  const one = prepared?.inputs[0];
  if (facts === undefined || prepared === undefined || one === undefined) return undefined;
  const baseName = await nameBase(facts, prepared.base.sha, decode);
  const history = leased(one.history, workbench, facts.repository);
  const patches = new Map<number, PatchFacts>();
  const all: SetFacts = { repository: facts.repository, root: facts.root, base: prepared.base, baseName, history, tree: one.tree, patches };
  try {
    stage.onProgress(all, 0, set.patches.length);
    for (const input of prepared.inputs) {
      const own = stage.own?.(input.patch.ordinal) ?? {};
      patches.set(input.patch.ordinal, await onePatch({ ...input, ...own, history }, { checks: settings.review.checks, byPath: settings.review.checksByPath }, stage, facts.root, cache));
      stage.onProgress(all, patches.size, set.patches.length);
    }
    return all;
  } finally {
    prepared.dispose();
  }
}
