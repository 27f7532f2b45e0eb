import type { Imported, ParameterRecord, ValueRange, ValueType } from "../../types";
import { integerOf } from "../c-arithmetic";
import { closing, inDefine, lineIndex, literalOf, splitCommas, withoutComments } from "../c-text";
import { fileValues } from "../c-values";
import { clip, Findings } from "../passage";

const serverVariable = /\bSys_var_(?:\w{1,60}<\s*Sys_var_)?(\w{2,40})[^;{}()"]{1,200}?\b(Sys_\w{1,80})\s?\(\s*"/gu;
const engineVariable = /\bMYSQL_(?:THD|SYS)VAR_(BOOL|STR|INT|UINT|LONG|ULONG|LONGLONG|ULONGLONG|UINT64_T|SIZE_T|ENUM|SET|DOUBLE)\s?\(\s*(\w{1,80})\s*,/gu;

/** Prefix of an engine's variables by the file's name; the engine's own name otherwise. */
const prefixes: readonly (readonly [RegExp, string])[] = [
  [/ha_innodb\.cc$/u, "innodb_"],
  [/ha_maria\.cc$/u, "aria_"],
  [/ha_myisam\.cc$/u, "myisam_"],
  [/ha_rocksdb\.cc$/u, "rocksdb_"],
];

/** Reads sql/sys_vars.cc of MariaDB and MySQL, and the variables of a storage engine's handler (ha_innodb.cc). */
export function importServerSource(path: string, text: string): Imported {
  const component = text.includes("MariaDB") ? "mariadb" : "mysql";
  const findings = new Findings(path, component);
  const code = withoutComments(text);
  const macro = fileValues(code).macro;
  const lineOf = lineIndex(code);
  const at = (name: string, line: number, description: string, fields: Fields): void => {
    findings.add({ name, component, kind: "setting", ...fields, description: clip(description.replace(/\s+/gu, " ")), source: { title: "system variables", file: path, line }, confidence: 0.9 });
  };
  for (const match of code.matchAll(serverVariable)) {
    const args = argumentsAt(code, match.index + match[0].lastIndexOf("("), findings, lineOf, match[2] ?? "");
    if (args === undefined) continue;
    const name = literalOf(args[0] ?? "") ?? "";
    if (!/^[a-z]\w{1,80}$/u.test(name)) continue;
    at(name, lineOf(match.index), literalOf(args[1] ?? "") ?? "", serverFields(match[1] ?? "", args, macro));
  }
  const prefix = prefixes.find(([file]) => file.test(path))?.[1];
  for (const match of code.matchAll(engineVariable)) {
    if (inDefine(code, match.index)) continue;
    if (prefix === undefined) {
      findings.miss(lineOf(match.index), `the file does not tell the prefix of the engine's variable "${match[2] ?? ""}"`);
      continue;
    }
    const args = argumentsAt(code, match.index + match[0].indexOf("("), findings, lineOf, match[2] ?? "");
    if (args !== undefined) at(`${prefix}${match[2] ?? ""}`, lineOf(match.index), literalOf(args[3] ?? "") ?? "", engineFields(match[1] ?? "", args, macro));
  }
  return findings.all;
}

type Fields = Pick<ParameterRecord, "type" | "default" | "range" | "restart">;

function argumentsAt(code: string, open: number, findings: Findings, lineOf: (at: number) => number, name: string): readonly string[] | undefined {
  const close = closing(code, open, 8000);
  if (close < 0) {
    findings.miss(lineOf(open), `${name}( is not closed`);
    return undefined;
  }
  return splitCommas(code, open + 1, close).map((piece) => piece.text);
}

const serverTypes: readonly (readonly [RegExp, ValueType])[] = [
  [/^(?:mybool|bit)/u, "boolean"],
  [/^(?:keycache|ulong|ulonglong|uint|int|long|max_user_conn|harows|plugin_int)/u, "integer"],
  [/^double/u, "number"],
  [/^enum/u, "enum"],
  [/^(?:set|flagset)/u, "list"],
  [/^(?:charptr|lexstring|struct)/u, "string"],
];

function serverFields(kind: string, args: readonly string[], macro: (name: string) => string | undefined): Fields {
  const type = serverTypes.find(([pattern]) => pattern.test(kind))?.[1];
  const whole = args.slice(2).join(", ");
  const written = bracket(whole, "DEFAULT");
  const bounds = bracket(whole, "VALID_RANGE");
  const restart: Fields["restart"] = /\bREAD_ONLY\b/u.test(whole) ? "service" : "none";
  return { ...typed(type, written, macro), ...(type === "integer" && bounds !== undefined ? spanOf(splitCommas(bounds, 0, bounds.length).map((piece) => piece.text), macro) : {}), restart };
}

/** What stands in the brackets of `NAME(…)`. */
function bracket(text: string, name: string): string | undefined {
  const at = text.search(new RegExp(String.raw`\b${name}\s?\(`, "u"));
  const open = at < 0 ? -1 : text.indexOf("(", at);
  const close = open < 0 ? -1 : closing(text, open, 1000);
  return close < 0 ? undefined : text.slice(open + 1, close);
}

function spanOf(written: readonly string[], macro: (name: string) => string | undefined): { readonly range?: ValueRange } {
  const min = integerOf(written[0] ?? "", macro)?.toString();
  const max = integerOf(written[1] ?? "", macro)?.toString();
  return min === undefined && max === undefined ? {} : { range: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) } };
}

function typed(type: ValueType | undefined, written: string | undefined, macro: (name: string) => string | undefined): Fields {
  if (type === undefined) return {};
  if (type === "boolean") {
    const value = /^(?:TRUE|1|true)$/u.test(written ?? "") ? "ON" : /^(?:FALSE|0|false)$/u.test(written ?? "") ? "OFF" : undefined;
    return { type, range: { values: ["ON", "OFF"] }, ...(value === undefined ? {} : { default: value }) };
  }
  if (type === "integer") {
    const value = integerOf(written ?? "", macro)?.toString();
    return { type, ...(value === undefined ? {} : { default: value }) };
  }
  if (type === "number" && /^\d+(?:\.\d+)?$/u.test(written ?? "")) return { type, default: written ?? "" };
  return { type };
}

const engineTypes: Readonly<Record<string, ValueType>> = { BOOL: "boolean", STR: "string", ENUM: "enum", SET: "list", DOUBLE: "number" };

/** `MYSQL_SYSVAR_x(name, variable, options, comment, check, update, default[, min, max, block])`. */
function engineFields(kind: string, args: readonly string[], macro: (name: string) => string | undefined): Fields {
  const type = engineTypes[kind] ?? "integer";
  const restart: Fields["restart"] = (args[2] ?? "").includes("PLUGIN_VAR_READONLY") ? "service" : "none";
  // A variable of the session has no C variable in its arguments; its comment shows where they begin.
  const shift = /"/u.test(args[3] ?? "") ? 0 : -1;
  if (shift !== 0) return { type, restart };
  return { ...typed(type, args[6], macro), ...(type === "integer" ? spanOf([args[7] ?? "", args[8] ?? ""], macro) : {}), restart };
}
