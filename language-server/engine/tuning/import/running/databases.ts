import type { Imported, ParameterRecord, ValueType } from "../../types";
import { clip, Findings } from "../passage";
import { currentOf, rowsOf } from "./values";

/** Columns in the order in which {@link importPgSettings} reads them. */
export const pgSettingsQuery =
  "SELECT name, setting, unit, short_desc, coalesce(extra_desc, ''), context, vartype, coalesce(min_val, ''), coalesce(max_val, ''), coalesce(array_to_string(enumvals, ','), ''), coalesce(boot_val, '') FROM pg_settings ORDER BY name";

const pgTypes: Readonly<Record<string, ValueType>> = { bool: "boolean", integer: "integer", real: "number", string: "string", enum: "enum" };

/** Reads the rows of {@link pgSettingsQuery}, fields separated by U+001F. What the server itself computes is left out. */
export function importPgSettings(file: string, text: string): Imported {
  const findings = new Findings(file, "postgresql");
  for (const [index, row] of rowsOf(text).entries()) {
    const [name = "", setting = "", unit = "", short = "", long = "", context = "", kind = "", min = "", max = "", values = "", boot = ""] = row;
    if (!/^[a-z][\w.]{1,80}$/iu.test(name) || row.length < 11) {
      findings.miss(index + 1, "a row of pg_settings does not have its eleven columns");
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
      ...currentOf(name, setting),
      description: clip(`${short} ${long}`.trim()),
      source: { title: "pg_settings", file, line: index + 1 },
      confidence: 1,
    });
  }
  return findings.all;
}

/** Reads `SHOW GLOBAL VARIABLES` of MariaDB or MySQL: name and value a line, separated by a tab. */
export function importServerVariables(file: string, text: string, component: "mariadb" | "mysql"): Imported {
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
