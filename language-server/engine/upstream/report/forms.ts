import { prose, visible } from "../../text/markdown";
import { markdownTable, safeJson } from "./export";
import { countAll, countGroups, directoryOf, fixKey } from "./counts";
import { sayIn, type Say } from "./text";
import type { Cell, Report, ReportInput, Section, Table } from "./types";

export function markdownReport(report: Report): string {
  const say = sayIn(report.locale);
  const sections = report.sections.map(({ title, note, table }) => [`## ${prose(title)}`, ...(note === "" ? [] : [prose(note)]), ...(table === undefined ? [] : [markdownTable(table, say).trimEnd()])].join("\n\n"));
  return `${[`# ${prose(report.title)}`, report.lead.map(prose).join("\\\n"), ...sections].join("\n\n")}\n`;
}

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export function escapeHtml(text: string): string {
  return visible(text).replace(/[&<>"']/gu, (char) => entities[char] ?? char);
}

const style = `
:root{color-scheme:light dark;--fg:#1f2328;--dim:#59636e;--bg:#fff;--line:#d1d9e0;--head:#f6f8fa}
@media (prefers-color-scheme:dark){:root{--fg:#d1d7e0;--dim:#9198a1;--bg:#0d1117;--line:#3d444d;--head:#151b23}}
*{box-sizing:border-box}
body{margin:0 auto;max-width:1200px;padding:24px;background:var(--bg);color:var(--fg);font:14px/1.5 system-ui,"Noto Sans CJK SC",sans-serif}
h1{font-size:22px;margin:0 0 8px}h2{font-size:16px;margin:32px 0 8px}
p{margin:4px 0;color:var(--dim)}
nav ul{display:flex;flex-wrap:wrap;gap:4px 16px;padding:0;list-style:none}a{color:inherit}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{border:1px solid var(--line);padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
th{background:var(--head);white-space:nowrap}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
code{font:12px ui-monospace,"DejaVu Sans Mono",monospace;white-space:nowrap}
@media print{:root{--fg:#000;--dim:#333;--bg:#fff;--line:#999;--head:#eee}body{max-width:none;padding:0;font-size:10px}nav{display:none}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}.wide{overflow:visible}}
`;

function htmlCell(cell: Cell, numeric: boolean): string {
  const open = numeric ? '<td class="n">' : "<td>";
  if (cell.mono !== true || cell.text === "") return `${open}${escapeHtml(cell.text)}</td>`;
  const full = (cell.more ?? cell.text).split(" ");
  const codes = cell.text.split(" ").map((text, i) => `<code title="${escapeHtml(full[i] ?? text)}">${escapeHtml(text)}</code>`);
  return `${open}${codes.join(" ")}</td>`;
}

function htmlTable(table: Table, title: string, say: Say): string {
  const head = table.columns.map(({ title: name, numeric }) => `<th scope="col"${numeric === true ? ' class="n"' : ""}>${escapeHtml(say(name))}</th>`).join("");
  const body = table.rows.map((row) => `<tr>${row.map((cell, i) => htmlCell(cell, table.columns[i]?.numeric === true)).join("")}</tr>`).join("\n");
  // A region that scrolls must be reachable by the keyboard, and have a name.
  return `<div class="wide" tabindex="0" role="region" aria-label="${escapeHtml(title)}"><table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n${body}\n</tbody></table></div>`;
}

function htmlSection({ id, title, note, table }: Section, say: Say): string {
  const parts = [`<h2>${escapeHtml(title)}</h2>`, ...(note === "" ? [] : [`<p>${escapeHtml(note)}</p>`]), ...(table === undefined ? [] : [htmlTable(table, title, say)])];
  return `<section id="${id}">\n${parts.join("\n")}\n</section>`;
}

/** One file without script, image or address of elsewhere; it may be mailed, printed and kept. */
export function htmlReport(report: Report): string {
  const say = sayIn(report.locale);
  const links = report.sections.map(({ id, title }) => `<li><a href="#${id}">${escapeHtml(title)}</a></li>`).join("");
  return `<!DOCTYPE html>
<html lang="${report.locale === "zh-cn" ? "zh-CN" : "en"}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(report.title)}</title>
<style>${style}</style>
</head>
<body>
<header><h1>${escapeHtml(report.title)}</h1>
${report.lead.map((line) => `<p>${escapeHtml(line)}</p>`).join("\n")}
<nav><ul>${links}</ul></nav></header>
<main>
${report.sections.map((section) => htmlSection(section, say)).join("\n")}
</main>
</body>
</html>
`;
}

/** The facts themselves with stable names, in no language. */
export function jsonReport(input: ReportInput): string {
  const { map, missing, decided, mainline, downstream, now, subsystems } = input;
  const counts = countAll(map, missing ?? [], decided);
  return safeJson({
    version: 1,
    made: new Date(now).toISOString(),
    mainline: { revision: mainline, commit: map.mainline, commits: map.candidates.length },
    downstream: { revision: downstream, commit: map.downstream, commits: map.commits.length },
    base: map.base ?? null,
    counts,
    groups: { by: subsystems === undefined ? "directory" : "subsystem", rows: countGroups(map, missing ?? [], decided, subsystems ?? ((path) => [directoryOf(path)])) },
    missing: missing?.map((fix) => ({ ...fix, list: fixKey(fix, decided), reason: decided.get(fix.fix) ?? null })) ?? null,
    commits: map.rows.map((row, i) => ({ ...row, subject: map.commits[i]?.subject ?? "", author: map.commits[i]?.author ?? null, authorTime: map.commits[i]?.authorTime ?? 0 })),
    notices: map.notices,
  });
}
