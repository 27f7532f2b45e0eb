import { parsePatchSet } from "../engine/patch/parse";
import type { Cancel, Decode, GitRepository } from "../engine/ports";
import type { NoteCommit } from "../engine/upstream/explain/release-notes";
import type { ShownCommit } from "../engine/upstream/explain/types";
import { factsOf } from "../engine/upstream/facts/read";
import { resolveCommit, UnknownRevision } from "../engine/upstream/revisions";
import type { CommitFacts, MapRow, UpstreamMap } from "../engine/upstream/types";

/** What is looked up of a map. */
export interface Lookup {
  readonly map: UpstreamMap;
  readonly entries: ReadonlyMap<string, { readonly facts: CommitFacts; readonly row: MapRow }>;
  readonly candidates: ReadonlyMap<string, CommitFacts>;
}

/** A commit as `git show` prints it, parsed; undefined when git can't. */
export async function shownCommit(repository: GitRepository, decode: Decode, sha: string, cancel: Cancel): Promise<ShownCommit | undefined> {
  if (!/^[0-9a-f]{40,64}$/u.test(sha)) return undefined;
  const shown = await repository.run(["show", "--format=medium", "--no-notes", "--no-mailmap", "--encoding=UTF-8", "-M", sha, "--"], { cancel });
  const patch = shown.status === 0 ? parsePatchSet(shown.stdout, decode, cancel).value.patches[0] : undefined;
  return patch === undefined ? undefined : { sha, patch };
}

/** The two ends of `A..B`; B left out is the map's own tip. Undefined when it is no range of known commits. */
async function endsOf(repository: GitRepository, decode: Decode, map: UpstreamMap, range: string, cancel: Cancel): Promise<readonly [string, string] | undefined> {
  const [from = "", to = "", ...rest] = range.trim().split(/\.\.(?!\.)/u);
  if (from === "" || rest.length > 0 || from.endsWith(".")) return undefined;
  try {
    return [await resolveCommit(repository, decode, from, cancel), to === "" ? map.downstream : await resolveCommit(repository, decode, to, cancel)];
  } catch (error) {
    if (error instanceof UnknownRevision) return undefined;
    throw error;
  }
}

/** More commits than anybody writes notes of. */
const most = 20_000;

/** The commits of a range, newest first, with what the map knows of them; undefined when the range can't be read. */
export async function notesInput(repository: GitRepository, decode: Decode, lookup: Lookup, range: string, cancel: Cancel): Promise<readonly NoteCommit[] | undefined> {
  const known = (facts: CommitFacts): NoteCommit => {
    const row = lookup.entries.get(facts.sha)?.row;
    return { facts, row, twins: (row?.upstream ?? []).flatMap((sha) => lookup.candidates.get(sha) ?? []) };
  };
  if (range.trim() === "") return lookup.map.commits.map(known);
  const ends = await endsOf(repository, decode, lookup.map, range, cancel);
  if (ends === undefined) return undefined;
  const listed = await repository.run(["rev-list", "--no-merges", `--max-count=${most}`, ends[1], `^${ends[0]}`, "--"], { cancel });
  if (listed.status !== 0) return undefined;
  const shas = decode.text(listed.stdout).split("\n").filter((sha) => sha !== "");
  const read = new Map((await factsOf(repository, decode, shas.filter((sha) => !lookup.entries.has(sha)), cancel)).map((facts) => [facts.sha, facts]));
  return shas.flatMap((sha) => lookup.entries.get(sha)?.facts ?? read.get(sha) ?? []).map(known);
}
