import type { Imported, ParameterRecord, ValueType } from "../../types";
import { integerOf } from "../c-arithmetic";
import { closing, lineIndex, literalOf, splitCommas, withoutComments } from "../c-text";
import { fileValues } from "../c-values";
import { clip, Findings, linesOf } from "../passage";
import { importKeyedTable } from "./postgresql-table";

const component = "postgresql";

/** Units of src/include/utils/guc.h, as pg_settings prints them; blocks are of 8 kB unless the server was built otherwise. */
const units: readonly (readonly [RegExp, string, ValueType])[] = [
  [/GUC_UNIT_KB\b/u, "kB", "bytes"],
  [/GUC_UNIT_X?BLOCKS\b/u, "8kB", "bytes"],
  [/GUC_UNIT_MB\b/u, "MB", "bytes"],
  [/GUC_UNIT_BYTE\b/u, "B", "bytes"],
  [/GUC_UNIT_MS\b/u, "ms", "duration"],
  [/GUC_UNIT_S\b/u, "s", "duration"],
  [/GUC_UNIT_MIN\b/u, "min", "duration"],
];

/** One setting of the server's table, in its own words. */
export interface GucEntry {
  readonly name: string;
  readonly kind: string;
  readonly context: string;
  readonly short: string;
  readonly long: string;
  readonly flags: string;
  readonly value: string;
  readonly min: string | undefined;
  readonly max: string | undefined;
  readonly options: readonly { readonly name: string; readonly symbol: string }[];
  readonly line: number;
}

/** Reads src/backend/utils/misc/guc.c (to 15), guc_tables.c (16 and 17) and guc_parameters.dat (18) of PostgreSQL. */
export function importGucSource(path: string, text: string): Imported {
  const findings = new Findings(path, component);
  if (path.endsWith(".dat")) {
    for (const entry of importKeyedTable(linesOf(text))) addGuc(findings, entry, () => undefined);
    return findings.all;
  }
  const code = withoutComments(text);
  const macro = fileValues(code).macro;
  const lineOf = lineIndex(code);
  const options = optionsOf(code);
  for (const match of code.matchAll(/\bstruct\s+config_(bool|int|real|string|enum)\s+ConfigureNames\w+\[\]\s*=\s*\{/gu)) {
    const open = match.index + match[0].length - 1;
    const close = closing(code, open, 1_500_000);
    if (close < 0) {
      findings.miss(lineOf(open), `the table of ${match[1] ?? ""} settings is not closed`);
      continue;
    }
    for (const piece of splitCommas(code, open + 1, close)) {
      const entry = entryOf(code, piece.at, match[1] ?? "", options, lineOf);
      if (entry !== undefined) addGuc(findings, entry, macro);
    }
  }
  return findings.all;
}

function optionsOf(code: string): ReadonlyMap<string, GucEntry["options"]> {
  const found = new Map<string, GucEntry["options"]>();
  for (const match of code.matchAll(/\bstruct\s+config_enum_entry\s+(\w{1,80})\[\]\s*=\s*\{/gu)) {
    const close = closing(code, match.index + match[0].length - 1, 10_000);
    if (close < 0) continue;
    const body = code.slice(match.index + match[0].length, close);
    found.set(match[1] ?? "", [...body.matchAll(/\{\s*"([^"\n]{1,60})"\s*,\s*(\w{1,80})\s*,\s*(true|false)\s*\}/gu)].filter((row) => row[3] === "false").map((row) => ({ name: row[1] ?? "", symbol: row[2] ?? "" })));
  }
  return found;
}

/** `{ {"name", CONTEXT, GROUP, short, long, flags}, &variable, default, min, max, … }`. */
function entryOf(code: string, at: number, kind: string, options: ReadonlyMap<string, GucEntry["options"]>, lineOf: (at: number) => number): GucEntry | undefined {
  const open = code.indexOf("{", at);
  const close = open < 0 ? -1 : closing(code, open, 8000);
  const inner = open < 0 ? -1 : code.indexOf("{", open + 1);
  const innerClose = inner < 0 || inner > close ? -1 : closing(code, inner, 6000);
  if (close < 0 || innerClose < 0 || code.slice(at, open).trim().replace(/^#[^\n]*$/gmu, "").trim() !== "") return undefined;
  const head = splitCommas(code, inner + 1, innerClose).map((piece) => piece.text);
  const rest = splitCommas(code, innerClose + 1, close).map((piece) => piece.text);
  const name = /^"\w[\w.]{0,80}"$/u.test(head[0] ?? "") ? literalOf(head[0] ?? "") : undefined;
  if (name === undefined) return undefined;
  const [, , value = "", min, max] = rest;
  return { name, kind, context: head[1] ?? "", short: literalOf(head[3] ?? "") ?? "", long: literalOf(head[4] ?? "") ?? "", flags: head.slice(5).join(" "), value, min, max, options: options.get(min ?? "") ?? [], line: lineOf(inner) };
}

const restarts: Readonly<Record<string, ParameterRecord["restart"]>> = { PGC_POSTMASTER: "service", PGC_SIGHUP: "none", PGC_SUSET: "none", PGC_USERSET: "none" };

export function addGuc(findings: Findings, entry: GucEntry, macro: (name: string) => string | undefined): void {
  // What nobody sets: values that the server computes and shows.
  if (entry.context === "PGC_INTERNAL") return;
  const unit = units.find(([pattern]) => pattern.test(entry.flags));
  const restart = restarts[entry.context];
  findings.add({
    name: entry.name,
    component,
    kind: "setting",
    ...valuesOf(entry, unit?.[2], macro),
    ...(unit === undefined ? {} : { unit: unit[1] }),
    ...(restart === undefined ? {} : { restart }),
    description: clip(`${entry.short} ${entry.long}`.replace(/\s+/gu, " ")),
    source: { title: "table of settings", file: findings.file, line: entry.line },
    confidence: 0.95,
  });
}

function valuesOf(entry: GucEntry, measured: ValueType | undefined, macro: (name: string) => string | undefined): Pick<ParameterRecord, "type" | "default" | "range"> {
  const { kind, value } = entry;
  switch (kind) {
    case "bool":
      return { type: "boolean", range: { values: ["on", "off"] }, ...(value === "true" || value === "false" ? { default: value === "true" ? "on" : "off" } : {}) };
    case "int":
    case "real": {
      const number = (text: string | undefined): string | undefined => (text === undefined ? undefined : kind === "real" && /^-?\d+(?:\.\d+)?$/u.test(text) ? text.replace(/\.0$/u, "") : integerOf(text, macro)?.toString());
      const [found, min, max] = [number(value), number(entry.min), number(entry.max)];
      return { type: measured ?? (kind === "int" ? "integer" : "number"), ...(found === undefined ? {} : { default: found }), ...(min === undefined && max === undefined ? {} : { range: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) } }) };
    }
    case "enum": {
      const found = entry.options.find((option) => option.symbol === value)?.name;
      return { type: "enum", ...(entry.options.length === 0 ? {} : { range: { values: entry.options.map((option) => option.name) } }), ...(found === undefined ? {} : { default: found }) };
    }
    default:
      return { type: "string", ...(/^"[^"]*"$/u.test(value) ? { default: literalOf(value) ?? "" } : {}) };
  }
}
