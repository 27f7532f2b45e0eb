import { loadDiffs } from "../../engine/upstream/diff/read";
import type { CommitDiff, CommitFacts } from "../../engine/upstream/types";
import { checkCancel, type Cancel } from "../../engine/ports";
import type { ClaimView, CommitCard, TwinFile, TwinFix, TwinNote, TwinParams, TwinView } from "../../protocol/upstream-panels";
import { Told } from "../guard";
import type { Services } from "../services";
import { riskOf } from "./filters";
import type { Entry } from "./map-index";
import type { Comparison } from "./store";
import { pathsOnly, twinFiles } from "./twin-files";

type Needs = Pick<Services, "words" | "workbench">;

const shas = /^[0-9a-f]{40,64}$/u;

function cardOf(facts: CommitFacts): CommitCard {
  return { sha: facts.sha, subject: facts.subject, author: `${facts.author.name} <${facts.author.email}>`, time: facts.authorTime };
}

function upstreamCard(sha: string, { index }: Comparison): CommitCard {
  const facts = index.candidates.get(sha);
  return facts === undefined ? { sha, subject: "", author: "", time: 0 } : cardOf(facts);
}

/** Our commit that is meant; one of mainline's stands for the commit of ours that carries it. */
function entryOf(commit: string, { index }: Comparison, { words }: Needs): Entry {
  const entry = index.entries.get(commit) ?? index.entries.get(index.carriers.get(commit)?.[0] ?? "");
  if (entry === undefined) throw new Told(words.say({ id: "upstream.view.unknownRevision", args: { revision: commit.slice(0, 80) } }));
  return entry;
}

/** The commit of mainline to compare with: the one that was asked for, else the map's answer. */
function upstreamOf({ upstream }: Pick<TwinParams, "upstream">, entry: Entry, comparison: Comparison, { words }: Needs): string | undefined {
  if (upstream === undefined) return entry.row.upstream[0];
  const known = shas.test(upstream) && (entry.row.upstream.includes(upstream) || entry.row.alternatives.some(({ commit }) => commit === upstream) || comparison.index.candidates.has(upstream));
  if (!known) throw new Told(words.say({ id: "upstream.view.unknownRevision", args: { revision: upstream.slice(0, 80) } }));
  return upstream;
}

/** All that stands above the two texts, and the files with their hunks. */
export async function twinOf(params: TwinParams, comparison: Comparison, needs: Needs, cancel: Cancel): Promise<TwinView> {
  const entry = entryOf(params.commit, comparison, needs);
  const upstream = upstreamOf(params, entry, comparison, needs);
  const { facts, row } = entry;
  const { pair } = comparison;
  const diffs = await loadDiffs(pair.repository, needs.workbench.decode, upstream === undefined ? [facts.sha] : [facts.sha, upstream], cancel);
  checkCancel(cancel);
  return {
    sides: { mainline: pair.mainline, downstream: pair.downstream },
    commit: cardOf(facts),
    upstream: upstream === undefined ? undefined : upstreamCard(upstream, comparison),
    answer: row.upstream.map((sha) => upstreamCard(sha, comparison)),
    alternatives: row.alternatives.map(({ commit, score }) => ({ card: upstreamCard(commit, comparison), score })),
    verdict: row.verdict,
    score: row.score,
    method: row.method,
    claims: await claimsOf(entry, comparison, needs, cancel),
    files: filesOf(entry, upstream, comparison, diffs),
    notes: [...diffs.values()].flatMap(noteOf),
  };
}

function noteOf({ sha, state }: CommitDiff): readonly TwinNote[] {
  if (state === "known") return [];
  return [{ code: state, commit: sha }];
}

function filesOf({ facts, row }: Entry, upstream: string | undefined, comparison: Comparison, diffs: ReadonlyMap<string, CommitDiff>): readonly TwinFile[] {
  const down = diffs.get(facts.sha);
  const up = upstream === undefined ? undefined : diffs.get(upstream);
  const readable = (diff: CommitDiff | undefined): diff is CommitDiff => diff !== undefined && (diff.state === "known" || diff.state === "too-large");
  if (upstream === undefined && readable(down)) return twinFiles({ ...down, files: [] }, down, undefined);
  if (readable(up) && readable(down)) return twinFiles(up, down, row.upstream.length > 1 && row.upstream.includes(up.sha) ? row.hunks : undefined);
  const sides: TwinFile["missing"] = [...(upstream === undefined || readable(up) ? [] : ["mainline" as const]), ...(readable(down) ? [] : ["ours" as const])];
  return pathsOnly(upstream === undefined ? [] : (comparison.index.candidates.get(upstream)?.paths ?? []), facts.paths, sides);
}

/** Each claim with the line of the message that makes it. */
async function claimsOf({ facts, row }: Entry, comparison: Comparison, { workbench }: Needs, cancel: Cancel): Promise<readonly ClaimView[]> {
  if (row.claims.length === 0) return [];
  const raw = await comparison.pair.repository.run(["cat-file", "commit", facts.sha], { cancel });
  const { decode } = workbench;
  const message = raw.status === 0 ? decode.text(raw.stdout, decode.isUtf8(raw.stdout) ? "utf-8" : "latin1") : "";
  const lines = message.slice(message.indexOf("\n\n") + 2).split("\n");
  return row.claims.map((check): ClaimView => {
    const claim = facts.claims.find(({ sha }) => sha === check.claimed);
    const right = row.upstream[0];
    return {
      claimed: check.claimed,
      line: lines.find((line) => line.toLowerCase().includes(check.claimed))?.trim().slice(0, 400) ?? "",
      dialect: claim?.dialect ?? "",
      origin: claim?.origin ?? "other",
      state: check.state,
      commit: check.commit,
      via: check.via,
      likely: check.state === "wrong" && right !== undefined && right !== check.commit ? upstreamCard(right, comparison) : undefined,
    };
  });
}

/** What mainline did later to the twin. `comparison.missing` must be known. */
export function twinFixes(params: TwinParams, comparison: Comparison, needs: Needs): readonly TwinFix[] {
  const entry = entryOf(params.commit, comparison, needs);
  const { index, missingBySha } = comparison;
  const asked = upstreamOf(params, entry, comparison, needs);
  const of = params.upstream === undefined ? entry.row.upstream : asked === undefined ? [] : [asked];
  const later = new Map(of.flatMap((sha) => index.laterFixes(sha)).map((facts) => [facts.sha, facts]));
  return [...later.values()].map((facts): TwinFix => {
    const missing = missingBySha.get(facts.sha);
    const carrier = index.entries.get(index.carriers.get(facts.sha)?.[0] ?? "");
    const reverts = facts.reverts.some(({ sha }) => of.some((twin) => twin.startsWith(sha)));
    return {
      card: cardOf(facts),
      state: missing !== undefined ? "missing" : carrier !== undefined ? "present" : "other",
      relation: missing?.reasons[0]?.kind ?? (reverts ? "reverts" : "fixes"),
      risk: missing?.risk ?? riskOf(facts),
      cves: missing?.cves ?? [],
      carriedBy: missing === undefined && carrier !== undefined ? cardOf(carrier.facts) : undefined,
    };
  });
}

