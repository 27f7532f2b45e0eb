import type { CommitFacts, MapRow, MissingFix } from "../types";
import { day, fixEvidence, riskText, rowEvidence, short, type Say } from "./text";
import type { Cell, Column, Table } from "./types";

/** A row with the facts of its commit. */
export interface RowEntry {
  readonly facts: CommitFacts;
  readonly row: MapRow;
}

function columns(...keys: readonly string[]): readonly Column[] {
  return keys.map((key) => ({ key, title: `upstream.report.column.${key}`, ...(key === "score" ? { numeric: true } : {}) }));
}

function shas(names: readonly string[]): Cell {
  return { text: names.map(short).join(" "), mono: true, more: names.join(" ") };
}

const plain = (text: string): Cell => ({ text });

function authorOf(facts: CommitFacts | undefined): string {
  return facts === undefined ? "" : facts.author.name === "" ? facts.author.email : facts.author.name;
}

/** Downstream's commits and what was found of them. */
export function rowsTable(entries: readonly RowEntry[], say: Say): Table {
  return {
    columns: columns("commit", "subject", "author", "date", "verdict", "upstream", "score", "method", "evidence"),
    rows: entries.map(({ facts, row }) => [
      shas([facts.sha]),
      plain(facts.subject),
      plain(authorOf(facts)),
      plain(day(facts.authorTime)),
      plain(say(`upstream.report.verdict.${row.verdict}`)),
      shas(row.upstream),
      plain(row.score.toFixed(2)),
      plain(row.method),
      plain(rowEvidence(row, say)),
    ]),
  };
}

/** Missing fixes with their proof; `reasons` adds why some are not for us. */
export function fixesTable(fixes: readonly MissingFix[], candidates: ReadonlyMap<string, CommitFacts>, reasons: ReadonlyMap<string, string> | undefined, say: Say): Table {
  return {
    columns: columns("commit", "subject", "author", "date", "risk", "fixes", "evidence", ...(reasons === undefined ? [] : ["reason"])),
    rows: fixes.map((fix) => [
      shas([fix.fix]),
      plain(fix.subject),
      plain(authorOf(candidates.get(fix.fix))),
      plain(day(fix.time)),
      plain(riskText(fix, say)),
      shas([...new Set(fix.reasons.map(({ culprit }) => culprit).filter((culprit) => culprit !== ""))]),
      plain(fixEvidence(fix, say)),
      ...(reasons === undefined ? [] : [plain(reasons.get(fix.fix) ?? "")]),
    ]),
  };
}

/** Commits whose message names another one than the diff tells. */
export function claimsTable(entries: readonly RowEntry[], say: Say): Table {
  return {
    columns: columns("commit", "subject", "claimed", "upstream", "evidence"),
    rows: entries.map(({ facts, row }) => [shas([facts.sha]), plain(facts.subject), shas(row.claims.filter(({ state }) => state === "wrong").map(({ claimed }) => claimed)), shas(row.upstream), plain(rowEvidence(row, say))]),
  };
}

/** Commits without a twin. */
export function oursTable(entries: readonly RowEntry[]): Table {
  return {
    columns: columns("commit", "subject", "author", "date"),
    rows: entries.map(({ facts }) => [shas([facts.sha]), plain(facts.subject), plain(authorOf(facts)), plain(day(facts.authorTime))]),
  };
}
