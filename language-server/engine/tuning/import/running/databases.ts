import type { Imported, ParameterRecord, ValueType } from "../../types";
import { clip, Findings } from "../passage";
import { currentOf, rowsOf } from "./values";

/**
 * Columns in the order in which {@link importPgSettings} reads them. The last one is true for values of the asking session alone:
 * what its client asked for, and what its transaction is.
 */
export const pgSettingsQuery =
  "SELECT name, setting, unit, short_desc, coalesce(extra_desc, ''), context, vartype, coalesce(min_val, ''), coalesce(max_val, ''), coalesce(array_to_string(enumvals, ','), ''), coalesce(boot_val, ''), source IN ('client', 'session', 'interactive') OR name LIKE 'transaction\\_%' FROM pg_settings ORDER BY name";

const pgTypes: Readonly<Record<string, ValueType>> = { bool: "boolean", integer: "integer", real: "number", string: "string", enum: "enum" };

/** Reads the rows of {@link pgSettingsQuery}, fields separated by U+001F. What the server itself computes is left out. */
export function importPgSettings(file: string, text: string): Imported {
  const findings = new Findings(file, "postgresql");
  for (const [index, row] of rowsOf(text).entries()) {
    const [name = "", setting = "", unit = "", short = "", long = "", context = "", kind = "", min = "", max = "", values = "", boot = "", own = ""] = row;
    if (!/^[a-z][\w.]{1,80}$/iu.test(name) || row.length < 12) {
      findings.miss(index + 1, "a row of pg_settings does not have its twelve columns");
      continue;
    }
    if (context === "internal") continue;
    const type: ValueType | undefined = /^(?:B|kB|8kB|MB|GB|16MB)$/u.test(unit) ? "bytes" : unit !== "" ? "duration" : pgTypes[kind];
    const range = values !== "" ? { values: values.split(",") } : min !== "" || max !== "" ? { ...(min === "" ? {} : { min }), ...(max === "" ? {} : { max }) } : undefined;
    findings.add({
      name,
      component: "postgresql",
      kind: "setting",
      ...(type === undefined ? {} : { type }),
      ...(boot === "" ? {} : { default: boot }),
      ...(range === undefined ? {} : { range }),
      ...(unit === "" ? {} : { unit }),
      restart: context === "postmaster" ? "service" : "none",
      ...(own === "t" ? {} : currentOf(name, setting)),
      description: clip(`${short} ${long}`.trim()),
      source: { title: "pg_settings", file, line: index + 1 },
      confidence: 1,
    });
  }
  return findings.all;
}

/** What MariaDB (10.1 and later) tells of its variables, in the order in which {@link importSystemVariables} reads it. MySQL has no such table. */
export const systemVariablesQuery =
  "SELECT LOWER(VARIABLE_NAME), GLOBAL_VALUE, IFNULL(DEFAULT_VALUE, ''), VARIABLE_TYPE, IFNULL(NUMERIC_MIN_VALUE, ''), IFNULL(NUMERIC_MAX_VALUE, ''), IFNULL(ENUM_VALUE_LIST, ''), READ_ONLY, GLOBAL_VALUE_ORIGIN, VARIABLE_COMMENT FROM information_schema.SYSTEM_VARIABLES WHERE GLOBAL_VALUE IS NOT NULL ORDER BY 1";

const mariadbTypes: Readonly<Record<string, ValueType>> = { BOOLEAN: "boolean", DOUBLE: "number", ENUM: "enum", SET: "list", FLAGSET: "list", VARCHAR: "string" };

/** Reads the rows of {@link systemVariablesQuery} as the client prints them: separated by tabs, with escapes. */
export function importSystemVariables(file: string, text: string): Imported {
  const findings = new Findings(file, "mariadb");
  for (const [index, line] of text.split("\n").entries()) {
    if (line === "") continue;
    const row = line.replace(/\r$/u, "").split("\t").map(unescaped);
    const [name = "", value = "", usual = "", kind = "", min = "", max = "", values = "", readOnly = "", origin = "", comment = ""] = row;
    if (row.length !== 10 || !/^[a-z]\w{1,80}$/u.test(name)) {
      findings.miss(index + 1, "a row of SYSTEM_VARIABLES does not have its ten columns");
      continue;
    }
    const type = /^(?:BIG)?INT/u.test(kind) ? "integer" : mariadbTypes[kind];
    const range = kind === "ENUM" && values !== "" ? { values: values.split(",") } : min !== "" && max !== "" ? { min, max } : undefined;
    // Paths and what the server works out at its start are this machine's.
    const own = kind === "VARCHAR" || origin === "AUTO";
    findings.add({
      name,
      component: "mariadb",
      kind: "setting",
      ...(type === undefined ? {} : { type }),
      ...(own ? {} : { default: usual }),
      ...(range === undefined ? {} : { range }),
      restart: readOnly === "YES" ? "service" : "none",
      ...currentOf(name, value),
      description: clip(comment),
      source: { title: "information_schema.SYSTEM_VARIABLES", file, line: index + 1 },
      confidence: 1,
    });
  }
  return findings.all;
}

/** The client's escapes in its lines. */
function unescaped(text: string): string {
  const plain: Readonly<Record<string, string>> = { n: "\n", t: "\t", "0": "\0", "\\": "\\" };
  return text.replace(/\\([nt0\\])/gu, (whole, char: string) => plain[char] ?? whole);
}

/** Reads `SHOW GLOBAL VARIABLES` of MariaDB or MySQL: name and value a line, separated by a tab. The server itself tells which of them it is. */
export function importServerVariables(file: string, text: string, asked: "mariadb" | "mysql"): Imported {
  const version = /^version\t(.*)$/mu.exec(text)?.[1];
  const component = version === undefined ? asked : /mariadb/iu.test(version) ? "mariadb" : "mysql";
  const findings = new Findings(file, component);
  for (const [index, line] of text.split("\n").entries()) {
    const match = /^([a-z]\w{1,80})\t([^\r]*)\r?$/u.exec(line);
    if (match?.[1] === undefined || match[1] === "Variable_name") continue;
    const value = match[2] ?? "";
    const type: Pick<ParameterRecord, "type"> = value === "ON" || value === "OFF" ? { type: "boolean" } : {};
    findings.add({ name: match[1], component, kind: "setting", ...type, ...currentOf(match[1], value), description: "", source: { title: "SHOW GLOBAL VARIABLES", file, line: index + 1 }, confidence: 1 });
  }
  return findings.all;
}

/** Reads `CONFIG GET *` of redis as redis-cli prints it without a terminal: name and value on lines of their own. */
export function importRedisValues(file: string, text: string): Imported {
  const findings = new Findings(file, "redis");
  const lines = text.split("\n").map((line) => line.replace(/\r$/u, ""));
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const name = lines[index] ?? "";
    if (!/^[a-z][\w.-]{1,80}$/u.test(name)) {
      findings.miss(index + 1, `"${name.slice(0, 40)}" is no name of a setting`);
      break;
    }
    findings.add({ name, component: "redis", kind: "setting", ...currentOf(name, lines[index + 1] ?? ""), description: "", source: { title: "CONFIG GET", file, line: index + 1 }, confidence: 1 });
  }
  return findings.all;
}
