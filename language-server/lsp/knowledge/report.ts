import type { IndexReport } from "../../knowledge/index-report";
import type { KnowledgeReport } from "../../protocol/knowledge";
import type { Words } from "../../words";

/** Lines of each list that are shown; the terminal's log has them all. */
const shown = 100;

export function reportView(report: IndexReport, words: Words): KnowledgeReport {
  const { origin, files, changed, gone, records, unread, conflicts, importers, compared } = report;
  const code = (text: string): string => `\`${text.replace(/[`\r\n]/gu, " ")}\``;
  const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines.slice(0, shown).map((line) => `- ${line}`), ...(lines.length > shown ? [`- ${words.say({ id: "knowledge.view.more", args: { count: lines.length - shown } })}`] : [])]);
  const details = [
    `# ${code(origin)}`,
    "",
    ...importers.map((one) => `- ${words.say({ id: "knowledge.view.importer", args: { ...one } })}`),
    ...(compared === undefined ? [] : [`- ${words.say({ id: "knowledge.view.compared", args: { ...compared, versions: compared.versions.map(code).join(", ") } })}`]),
    ...section(words.say({ id: "knowledge.view.unread" }), unread.map(({ file, line, reason }) => `${code(`${file}:${line}`)} ${code(reason)}`)),
    ...section(words.say({ id: "knowledge.view.conflicts" }), conflicts.map(({ name, field, statements }) => `${code(name)} ${field}: ${statements.map(({ value, source }) => `${code(value)} (${code(`${source.file}:${source.line}`)})`).join(", ")}`)),
  ].join("\n");
  return { origin, files, changed, gone, records, unread: unread.length, conflicts: conflicts.length, details };
}
