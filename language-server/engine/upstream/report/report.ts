import type { Locale } from "../../text/message";
import type { CommitFacts } from "../types";
import { countAll, countGroups, countKeys, directoryOf, fixKey, hasWrongClaim, type Counts, type GroupCounts } from "./counts";
import { claimsTable, fixesTable, oursTable, rowsTable, type RowEntry } from "./tables";
import { sayIn, short, type Say } from "./text";
import type { Column, Report, ReportInput, Section, Table } from "./types";

function entriesOf({ map }: ReportInput): readonly RowEntry[] {
  return map.rows.flatMap((row, i) => {
    const facts = map.commits[i];
    return facts === undefined ? [] : [{ facts, row }];
  });
}

function section(id: string, table: Table, say: Say, note = ""): Section {
  const empty = table.rows.length === 0;
  return { id, title: say(`upstream.report.${id}`), note: empty ? say("upstream.report.none") : note === "" ? "" : say(`upstream.report.${note}`), table: empty ? undefined : table };
}

function summary(counts: Counts, looked: boolean, say: Say): Section {
  const hidden = new Set(looked ? [] : ["missing", "decided", "notBuilt"]);
  const rows = countKeys.filter((key) => !hidden.has(key)).map((key) => [{ text: say(`upstream.report.count.${key}`) }, { text: String(counts[key]) }]);
  const columns: readonly Column[] = [{ key: "what", title: "upstream.report.what" }, { key: "count", title: "upstream.report.count", numeric: true }];
  return { id: "summary", title: say("upstream.report.summary"), note: looked ? "" : say("upstream.report.notLooked"), table: { columns, rows } };
}

/** Groups that are listed; beyond them are those with a commit or two. */
const mostGroups = 200;

function groupSection(groups: readonly GroupCounts[], bySubsystem: boolean, say: Say): Section {
  const shown = countKeys.filter((key) => groups.some(({ counts }) => counts[key] > 0));
  const columns: readonly Column[] = [{ key: "name", title: "upstream.report.column.name" }, { key: "commits", title: "upstream.report.count", numeric: true }, ...shown.map((key) => ({ key, title: `upstream.report.count.${key}`, numeric: true }))];
  const rows = groups.slice(0, mostGroups).map(({ name, commits, counts }) => [{ text: name === "" ? say("upstream.report.noFiles") : name }, { text: String(commits) }, ...shown.map((key) => ({ text: String(counts[key]) }))]);
  const id = bySubsystem ? "subsystems" : "directories";
  return section(id, { columns, rows }, say, `${id}Note`);
}

function fixSections(input: ReportInput, say: Say): readonly Section[] {
  const { missing, decided, map } = input;
  if (missing === undefined) return [];
  const candidates = new Map<string, CommitFacts>(map.candidates.map((facts) => [facts.sha, facts]));
  const of = (key: ReturnType<typeof fixKey>, reasons?: ReadonlyMap<string, string>): Table => fixesTable(missing.filter((fix) => fixKey(fix, decided) === key), candidates, reasons, say);
  const folded = [section("unbuilt", of("notBuilt"), say), section("decided", of("decided", decided), say, "decidedNote")].filter(({ table }) => table !== undefined);
  return [section("missing", of("missing"), say, "missingNote"), ...folded];
}

function rowSections(input: ReportInput, say: Say): readonly Section[] {
  const entries = entriesOf(input);
  const differing = entries.filter(({ row }) => ["adapted", "partial", "extended"].includes(row.verdict));
  return [
    section("wrong", claimsTable(entries.filter(({ row }) => hasWrongClaim(row)), say), say, "wrongNote"),
    section("differing", rowsTable(differing, say), say),
    section("unsure", rowsTable(entries.filter(({ row }) => row.verdict === "unsure"), say), say, "unsureNote"),
    section("ours", oursTable(entries.filter(({ row }) => row.verdict === "downstream-only")), say),
  ];
}

function noticeSection({ map }: ReportInput, say: Say): readonly Section[] {
  if (map.notices.length === 0) return [];
  return [{ id: "notices", title: say("upstream.report.notices"), note: map.notices.map(({ code, commits }) => say(`upstream.report.notice.${code}`, { count: commits.length })).join(" "), table: undefined }];
}

function lead({ map, mainline, downstream, now }: ReportInput, say: Say): readonly string[] {
  const amounts = { commits: map.commits.length, candidates: map.candidates.length };
  return [
    say("upstream.report.tips", { mainline, downstream, mainlineSha: short(map.mainline), downstreamSha: short(map.downstream) }),
    map.base === undefined ? say("upstream.report.noBase", amounts) : say("upstream.report.base", { ...amounts, base: short(map.base) }),
    say("upstream.report.made", { time: new Date(now).toISOString().slice(0, 16).replace("T", " ") }),
  ];
}

/** A comparison as a report: counts, subsystems, missing fixes with their proof, and the commits that want a look. */
export function buildReport(input: ReportInput, locale: Locale): Report {
  const say = sayIn(locale);
  const { map, missing, decided, subsystems } = input;
  const counts = countAll(map, missing ?? [], decided);
  const groups = countGroups(map, missing ?? [], decided, subsystems ?? ((path) => [directoryOf(path)]));
  return {
    locale,
    title: say("upstream.report.title", { mainline: input.mainline, downstream: input.downstream }),
    lead: lead(input, say),
    sections: [summary(counts, missing !== undefined, say), groupSection(groups, subsystems !== undefined, say), ...fixSections(input, say), ...rowSections(input, say), ...noticeSection(input, say)],
  };
}
