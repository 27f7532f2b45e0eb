import type { FixReason, MapRow, MissingFix } from "../../engine/upstream/types";
import type { LaterFixView, UpstreamList, UpstreamRow } from "../../protocol/upstream";
import type { Words } from "../../words";
import { factsOfFix, riskOf, type Filtered } from "./filters";
import { hasWrongClaim, type Entry, type MapIndex } from "./map-index";
import type { Comparison } from "./store";
import { pickOf } from "./tried";

/** A row before it is rendered. */
export interface Row extends Filtered {
  readonly entry: Entry | undefined;
  readonly fix: MissingFix | undefined;
}

export function short(sha: string): string {
  return sha.slice(0, 12);
}

/** The rows of a list in its own order; `decided` are the fixes that somebody marked as not for us. */
export function rowsOf(list: UpstreamList, comparison: Comparison, decided: ReadonlySet<string>): readonly Row[] {
  switch (list) {
    case "missing":
    case "not-built":
    case "decided":
      return (comparison.missing ?? []).filter((fix) => listOfFix(fix, decided) === list).map((fix) => fixRow(fix, comparison.index));
    default:
      return comparison.index.lists[list].map((entry) => entryRow(entry));
  }
}

function listOfFix(fix: MissingFix, decided: ReadonlySet<string>): UpstreamList {
  if (decided.has(fix.fix)) return "decided";
  return fix.notBuilt === undefined ? "missing" : "not-built";
}

export function entryRow(entry: Entry): Row {
  return { facts: entry.facts, verdict: entry.row.verdict, risk: riskOf(entry.facts), entry, fix: undefined };
}

export function fixRow(fix: MissingFix, index: MapIndex): Row {
  return { facts: factsOfFix(fix, index.candidates), verdict: undefined, risk: fix.risk, entry: undefined, fix };
}

export function rowView(row: Row, list: UpstreamList | undefined, comparison: Comparison, reasons: ReadonlyMap<string, string>, words: Words): UpstreamRow {
  const { facts, entry, fix, verdict, risk } = row;
  const upstream = entry?.row.upstream ?? [];
  const later = new Set((entry === undefined ? [facts.sha] : upstream).flatMap((sha) => comparison.index.laterFixes(sha).map((by) => by.sha)));
  const missing = [...later].filter((sha) => comparison.missingBySha.has(sha));
  const reason = reasons.get(facts.sha);
  const pick = entry === undefined ? pickOf(comparison.index, facts.sha) : undefined;
  return {
    ...(pick === undefined ? {} : { pick }),
    commit: facts.sha,
    side: entry === undefined ? "mainline" : "downstream",
    subject: facts.subject,
    author: facts.author.name,
    time: facts.authorTime,
    verdict,
    upstream,
    risk,
    laterFixes: later.size,
    missingFixes: missing.length,
    detail: list === "decided" && reason !== undefined ? reason : fix !== undefined ? fixDetail(fix, comparison.index, words) : entry === undefined ? "" : entryDetail(entry.row, list, words),
  };
}

/** What was found of our commit, in one line. */
export function entryDetail(row: MapRow, list: UpstreamList | undefined, words: Words): string {
  if (list === "wrong") return wrongDetail(row, words);
  const verdict = verdictText(row, words);
  return hasWrongClaim(row) ? `${verdict} · ${wrongDetail(row, words)}` : verdict;
}

function wrongDetail(row: MapRow, words: Words): string {
  const claim = row.claims.find(({ state }) => state === "wrong");
  const right = row.upstream[0];
  if (claim === undefined) return "";
  const claimed = claim.claimed.slice(0, 12);
  if (right === undefined) return words.say({ id: "upstream.view.wrongClaim", args: { claimed } });
  return words.say({ id: "upstream.view.wrongClaimRight", args: { claimed, commit: short(right) } });
}

/** "adapted, 2 hunks differ". */
export function verdictText(row: MapRow, words: Words): string {
  const count = (state: MapRow["hunks"][number]["state"]): number => row.hunks.filter((hunk) => hunk.state === state).length;
  const first = row.upstream[0] ?? "";
  const say = (id: string, args: Readonly<Record<string, string | number>> = {}): string => words.say({ id: `upstream.view.${id}`, args });
  const many = (id: string, n: number): string => (n === 0 ? say(id) : say(n === 1 ? `${id}.one` : `${id}.many`, { count: n }));
  switch (row.verdict) {
    case "same":
      return say("same");
    case "adapted":
      return many("adapted", count("adapted"));
    case "partial":
      return many("partial", count("dropped"));
    case "extended":
      return many("extended", count("extra"));
    case "squash":
      return say("squash", { count: row.upstream.length });
    case "split":
      return say("split", { commit: short(first) });
    case "revert":
      return first === "" ? say("revert") : say("revert.of", { commit: short(first) });
    case "downstream-only":
      return say("ours");
    case "unsure": {
      const near = row.alternatives[0];
      return near === undefined ? say("unsure") : say("unsure.near", { commit: short(near.commit), percent: Math.round(near.score * 100) });
    }
  }
}

/** Marks, then what it fixes and how we have that. */
export function fixDetail(fix: MissingFix, index: MapIndex, words: Words): string {
  const marks = [...fix.cves, ...fix.risk.filter((mark) => mark !== "cve" || fix.cves.length === 0).map((mark) => words.say({ id: `upstream.risk.${mark}` }))];
  const reasons = fix.reasons.slice(0, 1).flatMap((reason) => reasonTexts(reason, index, words));
  const maybe = (fix.maybeCarriedBy ?? []).slice(0, 1).map((sha) => words.say({ id: "upstream.view.maybeCarried", args: { commit: short(sha) } }));
  const reverted = fix.revertedBy === undefined ? [] : [words.say({ id: "upstream.view.pickedAndReverted", args: { commit: short(fix.revertedBy) } })];
  const unbuilt = fix.notBuilt === undefined ? [] : [words.say({ id: "upstream.view.notBuilt", args: { symbol: fix.notBuilt.symbol, place: `${fix.notBuilt.file}:${fix.notBuilt.line}` } })];
  return [...unbuilt, ...marks, ...maybe, ...reverted, ...reasons].join(" · ");
}

function reasonTexts(reason: FixReason, index: MapIndex, words: Words): readonly string[] {
  if (reason.kind === "stable") return [words.say({ id: "upstream.reason.stable" })];
  const { carriedBy, culprit } = reason;
  const args = { culprit: short(culprit), carrier: carriedBy.how === "base" ? "" : short(carriedBy.commit), subject: index.candidates.get(culprit)?.subject ?? "" };
  const text = words.say({ id: `upstream.reason.${reason.kind}.${carriedBy.how}`, args });
  return reason.by === "title" ? [text, words.say({ id: "upstream.view.byTitle" })] : [text];
}

/** Later fixes of a commit of either side, those that we lack first. */
export function laterFixesOf(commit: string, comparison: Comparison, words: Words): readonly LaterFixView[] {
  const { index, missingBySha } = comparison;
  const entry = index.entries.get(commit);
  const found = new Map((entry?.row.upstream ?? [commit]).flatMap((sha) => index.laterFixes(sha)).map((facts) => [facts.sha, facts]));
  const views = [...found.values()].map((facts): LaterFixView => {
    const fix = missingBySha.get(facts.sha);
    const carrier = index.carriers.get(facts.sha)?.[0];
    const state = carrier !== undefined && fix === undefined ? { id: "upstream.view.carriedAs", args: { commit: short(carrier) } } : { id: fix === undefined ? "upstream.view.notListed" : "upstream.view.missing" };
    return { commit: facts.sha, subject: facts.subject, time: facts.authorTime, carriedAs: fix === undefined ? carrier : undefined, risk: fix?.risk ?? riskOf(facts), detail: words.say(state) };
  });
  return views.sort((a, b) => Number(a.carriedAs !== undefined) - Number(b.carriedAs !== undefined) || b.time - a.time);
}
