import assert from "node:assert/strict";
import { formatNamed, formatOf } from "../../../../language-server/engine/tuning/files/formats";
import type { FileKind, Setting } from "../../../../language-server/engine/tuning/files/types";

/** `line:column name = value`, one a setting; each place is checked against the text. */
export function settingsIn(kind: FileKind, text: string, path = ""): readonly string[] {
  const format = formatNamed(kind);
  assert.ok(format);
  const lines = text.split(/\r\n|\n|\r/u);
  return format.parse(text, path).settings.map((setting) => shown(setting, lines));
}

function shown({ name, written, value, at, valueAt, open, component }: Setting, lines: readonly string[]): string {
  const piece = (span: Setting["at"]): string => (lines[span.line - 1] ?? "").slice(span.start, span.end);
  if (!written.startsWith("-") || piece(at).startsWith("-")) assert.ok(piece(at).includes(written), `${written} is not at ${at.line}:${at.start} but ${piece(at)}`);
  if (valueAt !== undefined && value !== undefined && value !== "" && piece(valueAt) !== value) assert.ok(/['"\\]/u.test(lines[valueAt.line - 1] ?? "") || /['"\\]/u.test(value), `${value} is not at ${valueAt.line}:${valueAt.start} but ${piece(valueAt)}`);
  const from = component === "kernel" || component === "postgresql" || component === "mysql" || component === "mariadb" ? "" : `${component}: `;
  return `${at.line}:${at.start} ${from}${name}${value === undefined ? "" : ` = ${value}`}${open ? " (open)" : ""}`;
}

export function kindOf(path: string, text: string): FileKind | undefined {
  return formatOf(path, text)?.kind;
}
