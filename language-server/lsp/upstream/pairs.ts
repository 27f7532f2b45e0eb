import { isAbsolute, join } from "node:path";
import { URI } from "vscode-uri";
import { resolveCommit, UnknownRevision } from "../../engine/upstream/revisions";
import type { Cancel, GitRepository } from "../../engine/ports";
import type { PairRef, PairView } from "../../protocol/upstream";
import type { UpstreamPairSetting } from "../../protocol/upstream-settings";
import { nameOf } from "../../repositories";
import type { UpstreamPair } from "../../upstream/service";
import { Told } from "../guard";
import type { Services } from "../services";

/** One comparison of the settings, in the repository where it is made. */
export interface ResolvedPair extends UpstreamPair {
  readonly repository: GitRepository;
  readonly name: string;
}

type Needs = Pick<Services, "settings" | "repositories" | "workbench" | "words">;

export function refOf(pair: ResolvedPair): PairRef {
  return { folder: pair.repository.root, pair: pair.name };
}

/** What a person calls our side: the branch rather than HEAD. */
export function downstreamName({ downstream, repository }: ResolvedPair): string {
  return downstream === "HEAD" ? (repository.branch ?? downstream) : downstream;
}

export function keyOf(pair: PairRef): string {
  return `${pair.folder}\0${pair.pair}`;
}

/** Every comparison that the settings name for the repositories of the workspace; none without trust. */
export async function resolvePairs(services: Needs, cancel?: Cancel): Promise<readonly ResolvedPair[]> {
  if (!services.workbench.trusted()) return [];
  const found: ResolvedPair[] = [];
  for (const repository of await services.repositories.all()) {
    const { upstream } = await services.settings.for(URI.file(repository.root).toString());
    for (const setting of upstream.pairs) {
      const at = await repositoryOf(setting, repository, services, cancel);
      if (at === undefined || found.some((other) => other.name === setting.name && other.repository.root === at.root)) continue;
      found.push({ repository: at, name: setting.name, mainline: setting.mainline, downstream: setting.downstream });
    }
  }
  return found;
}

/** The repository that a setting is about, seen from one of the workspace's; undefined when it is about another. */
async function repositoryOf(setting: UpstreamPairSetting, repository: GitRepository, services: Needs, cancel: Cancel | undefined): Promise<GitRepository | undefined> {
  if (setting.folder !== undefined && setting.folder !== "") {
    return services.repositories.open(isAbsolute(setting.folder) ? setting.folder : join(repository.root, setting.folder));
  }
  if ((await services.repositories.all()).length === 1) return repository;
  return (await knows(repository, setting.mainline, services, cancel)) && (await knows(repository, setting.downstream, services, cancel)) ? repository : undefined;
}

async function knows(repository: GitRepository, revision: string, services: Needs, cancel: Cancel | undefined): Promise<boolean> {
  return (await tipOf(repository, revision, services, cancel)) !== undefined;
}

/** The commit that a revision names now; undefined when the repository does not know it. */
export async function tipOf(repository: GitRepository, revision: string, services: Pick<Services, "workbench">, cancel?: Cancel): Promise<string | undefined> {
  try {
    return await resolveCommit(repository, services.workbench.decode, revision, cancel);
  } catch (error) {
    if (error instanceof UnknownRevision) return undefined;
    throw error;
  }
}

/** The comparison that a request names. What it names must be in the settings: no path or revision comes from a client alone. */
export function findPair(ref: PairRef, pairs: readonly ResolvedPair[], services: Needs): ResolvedPair {
  if (!services.workbench.trusted()) throw new Told(services.words.say({ id: "server.untrusted" }));
  const found = pairs.find((pair) => pair.name === ref.pair && pair.repository.root === ref.folder);
  if (found === undefined) throw new Told(services.words.say({ id: "upstream.view.noPair", args: { pair: ref.pair } }));
  return found;
}

export async function pairView(pair: ResolvedPair, services: Needs): Promise<PairView> {
  return { ...refOf(pair), repository: nameOf(pair.repository, await services.repositories.all()), mainline: pair.mainline, downstream: pair.downstream };
}
