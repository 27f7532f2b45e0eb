import type { GucEntry } from "./postgresql-source";

/** Rows of guc_parameters.dat (PostgreSQL 18): Perl hashes, one setting each, `{ name => 'x', type => 'int', … },`. */
export function importKeyedTable(lines: readonly string[]): readonly GucEntry[] {
  const found: GucEntry[] = [];
  let row: { fields: Map<string, string>; line: number } | undefined;
  for (const [index, line] of lines.entries()) {
    if (/^\s*#/u.test(line)) continue;
    if (/^\s*\{/u.test(line)) row = { fields: new Map(), line: index + 1 };
    if (row === undefined) continue;
    for (const match of line.matchAll(/(\w{1,40})\s*=>\s*'((?:[^'\\]|\\.){0,600})'/gu)) row.fields.set(match[1] ?? "", (match[2] ?? "").replace(/\\(.)/gu, "$1"));
    if (!/\}\s*,?\s*$/u.test(line)) continue;
    const { fields } = row;
    const name = fields.get("name");
    if (name !== undefined && /^\w[\w.]{0,80}$/u.test(name)) {
      found.push({ name, kind: fields.get("type") ?? "", context: fields.get("context") ?? "", short: fields.get("short_desc") ?? "", long: fields.get("long_desc") ?? "", flags: fields.get("flags") ?? "", value: fields.get("boot_val") ?? "", min: fields.get("min"), max: fields.get("max"), options: [], line: row.line });
    }
    row = undefined;
  }
  return found;
}
