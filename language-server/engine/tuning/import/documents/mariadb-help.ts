import type { Imported, ParameterRecord } from "../../types";
import { Findings, isBlank, linesOf, passageOf } from "../passage";

interface Option {
  readonly name: string;
  /** `#`, `name` or nothing. */
  readonly form: string;
  readonly optional: boolean;
  readonly line: number;
  readonly words: string[];
}

const option = /^\s{2}(?:-\S,\s)?\s*--([a-z][a-z0-9-]{1,80})(\[?=(#|name|[\w.-]+)\]?)?(?:\s+(\S.*))?\s*$/u;

/** Reads what `mariadbd --help --verbose` or `mysqld --help --verbose` prints: the options, then a table of their values. */
export function importServerHelp(path: string, text: string): Imported {
  const lines = linesOf(text);
  const component = /mariadb/iu.test(lines.slice(0, 3).join(" ")) ? "mariadb" : "mysql";
  const findings = new Findings(path, component);
  const table = lines.findIndex((line) => /^and boolean options \{FALSE\|TRUE\}\s+Value/u.test(line));
  const values = valuesOf(lines, table);
  const options: Option[] = [];
  for (const [index, line] of lines.slice(0, table < 0 ? lines.length : table).entries()) {
    const match = option.exec(line);
    if (match?.[1] !== undefined) options.push({ name: match[1], form: match[3] ?? "", optional: (match[2] ?? "").startsWith("["), line: index + 1, words: match[4] === undefined ? [] : [match[4]] });
    else if (options.length > 0 && /^\s{18,}\S/u.test(line)) options.at(-1)?.words.push(line.trim());
  }
  for (const one of options) add(findings, one, values.get(one.name), component);
  if (options.length === 0) findings.miss(1, "no option of the server: print it with --help --verbose");
  return findings.all;
}

function valuesOf(lines: readonly string[], table: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  if (table < 0) return found;
  for (const line of lines.slice(table + 2)) {
    if (isBlank(line)) break;
    const match = /^([a-z][a-z0-9-]{1,80})\s+(\S.*)?$/u.exec(line);
    if (match?.[1] !== undefined) found.set(match[1], (match[2] ?? "").trim());
  }
  return found;
}

function add(findings: Findings, one: Option, value: string | undefined, component: string): void {
  const words = one.words.join(" ");
  const description = passageOf([words.replace(/\s*\(Defaults to on; use --skip-[\w-]+ to disable\.\)/u, "").trim()]);
  findings.add({ name: one.name.replaceAll("-", "_"), component, kind: "setting", ...fieldsOf(one, words, value), description, source: { title: "options of the server", file: findings.file, line: one.line }, confidence: 0.9 });
}

/** The table shows what a start without configuration gives on that machine; paths and sizes computed there are no defaults. */
function fieldsOf(one: Option, words: string, value: string | undefined): Pick<ParameterRecord, "type" | "default" | "range"> {
  const given = value === undefined || value.startsWith("(No default") ? undefined : value;
  // A number with a fraction is printed without it when it has none.
  const whole = !/(?:pct|percentage|_time|-time|ratio|factor|days|lwm)/u.test(one.name);
  if (one.form === "#") return { ...(whole ? { type: "integer" as const } : {}), ...(given !== undefined && /^-?\d+(?:\.\d+)?$/u.test(given) && !/autosiz|automatic/iu.test(words) ? { default: given } : {}) };
  if (given === "TRUE" || given === "FALSE") return { type: "boolean", range: { values: ["ON", "OFF"] }, default: given === "TRUE" ? "ON" : "OFF" };
  const listed = /One of: ([A-Za-z0-9_, -]+?)(?:\.|$|\()/u.exec(words)?.[1]?.split(/,\s*(?:or\s+)?/u).map((entry) => entry.trim());
  if (listed !== undefined && listed.length > 1 && listed.every((entry) => /^[\w-]+$/u.test(entry))) return { type: "enum", range: { values: listed }, ...(given !== undefined && listed.includes(given) ? { default: given } : {}) };
  if (given === undefined || one.form === "" || given.includes("/") || /\.(?:pid|sock|log|cnf|err)\b/u.test(given)) return {};
  return { default: given };
}
