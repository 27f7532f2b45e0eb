import type { Cancel, GitRepository } from "../engine/ports";
import { readFirstTags } from "../engine/upstream/contains/first-tag";
import { buildPickedSeries, type Picked } from "../engine/upstream/template/build";
import type { InclusionTemplate } from "../engine/upstream/template/types";
import type { MissingFix } from "../engine/upstream/types";
import { identityOf } from "../identity";
import type { Workbench } from "../workbench";
import type { Lookup } from "./shown";

export interface PickAsk {
  /** Full shas of mainline. */
  readonly commits: readonly string[];
  readonly template: InclusionTemplate;
  readonly bug: string;
}

/** More mails than anybody reviews; each costs a call of git. */
const most = 2000;

function usesTag({ subject, fields, body }: InclusionTemplate): boolean {
  return [subject, ...fields, body].some((text) => /\{tag[|}]/u.test(text));
}

/** A series with what the comparison knows of each commit: the first tag that has it, and its CVEs. Writes nothing. */
export async function pickedSeries(repository: GitRepository, lookup: Lookup, missing: ReadonlyMap<string, MissingFix>, ask: PickAsk, workbench: Workbench, cancel: Cancel): Promise<Picked> {
  const { map, candidates } = lookup;
  const { decode } = workbench;
  const wanted = ask.commits.slice(0, most);
  const tags = usesTag(ask.template) ? await readFirstTags(repository, decode, { mainline: map.mainline, exclude: [map.downstream] }, { cache: await workbench.cacheOf(repository), cancel }) : undefined;
  const commits = wanted.map((sha) => {
    const cves = new Set([...(missing.get(sha)?.cves ?? []), ...(candidates.get(sha)?.marks.filter((mark) => mark.startsWith("CVE-")) ?? [])]);
    return { sha, tag: tags?.of(sha), cves: [...cves] };
  });
  return buildPickedSeries(repository, decode, { commits, template: ask.template, bug: ask.bug, signer: await identityOf(repository, decode), base: map.base }, cancel);
}
