import type { Locale } from "../../text/message";
import { prose, visible } from "../../text/markdown";
import { sayIn, type Say } from "./text";
import type { Cell, Table, TableFormat } from "./types";

/**
 * A spreadsheet runs a cell that begins with one of these as a formula (OWASP, "CSV Injection"); full-width forms and what a
 * program may skip in front of them count too. Spreadsheets show a cell behind an apostrophe as text.
 */
const formula = /^[\s\u00a0\u3000]*[=+\-@|%\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/u;

/** Control and direction characters would hide what the cell says. */
function csvCell(text: string): string {
  const safe = formula.test(text) ? `'${visible(text)}` : visible(text);
  return /[",;\r\n\t]|^\s|\s$/u.test(safe) ? `"${safe.replace(/"/gu, '""')}"` : safe;
}

/** The whole of a shortened cell: a table for machines keeps full shas. */
function whole(cell: Cell): string {
  return cell.more ?? cell.text;
}

/** RFC 4180: CRLF, quotes doubled, one header line. Numbers with a minus are none of ours, so every sign is guarded. */
export function csvTable(table: Table): string {
  const lines = [table.columns.map(({ key }) => csvCell(key)), ...table.rows.map((row) => row.map((cell) => csvCell(whole(cell))))];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

function markdownCell(cell: Cell): string {
  if (cell.text.trim() === "") return " ";
  // A span of code that names shas only needs no escape; all else is words.
  return cell.mono === true && /^[0-9a-f ]+$/u.test(cell.text) ? cell.text.split(" ").map((sha) => `\`${sha}\``).join(" ") : prose(cell.text);
}

export function markdownTable(table: Table, say: Say): string {
  const head = table.columns.map(({ title }) => prose(say(title)));
  const rule = table.columns.map(({ numeric }) => (numeric === true ? "--:" : "---"));
  return [head, rule, ...table.rows.map((row) => row.map(markdownCell))].map((cells) => `| ${cells.join(" | ")} |\n`).join("");
}

export function jsonRows(table: Table): readonly Readonly<Record<string, string>>[] {
  return table.rows.map((row) => Object.fromEntries(table.columns.map(({ key }, i) => [key, whole(row[i] ?? { text: "" })])));
}

/** JSON as a terminal and an editor may show it: direction marks and controls are escaped. */
export function safeJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replace(/[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
}

/** A table as text in one of the forms for other programs. */
export function exportTable(table: Table, format: TableFormat, locale: Locale): string {
  switch (format) {
    case "csv":
      return csvTable(table);
    case "markdown":
      return markdownTable(table, sayIn(locale));
    case "json":
      return safeJson(jsonRows(table));
  }
}
