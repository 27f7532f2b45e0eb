import type { Imported, ParameterRecord, ValueRange, ValueType } from "../../types";
import { integerOf } from "../c-arithmetic";
import { closing, inDefine, lineIndex, literalOf, splitCommas, withoutComments } from "../c-text";
import { fileValues } from "../c-values";
import { Findings } from "../passage";

const component = "redis";
const call = /\bcreate(Bool|String|SDS|Enum|Int|UInt|ULong|Long|LongLong|ULongLong|SizeT|SSizeT|TimeT|OffT|Special)Config\s?\(/gu;

/** Where the default stands, and the bounds, by the macros of src/config.c. */
const places: Readonly<Record<string, { readonly value: number; readonly min?: number; readonly max?: number; readonly options?: number; readonly type?: ValueType }>> = {
  Bool: { value: 4, type: "boolean" },
  String: { value: 5, type: "string" },
  SDS: { value: 5, type: "string" },
  Enum: { value: 5, options: 3, type: "enum" },
  Special: { value: -1 },
};
const numeric = { value: 6, min: 3, max: 4, type: "integer" } as const;

/** Reads src/config.c of redis: the table of its settings, with types, bounds and defaults. It has no descriptions. */
export function importRedisSource(path: string, text: string): Imported {
  const findings = new Findings(path, component);
  const code = withoutComments(text);
  const values = fileValues(code);
  const lineOf = lineIndex(code);
  const enums = enumsOf(code);
  for (const match of code.matchAll(call)) {
    if (inDefine(code, match.index)) continue;
    const open = match.index + match[0].length - 1;
    const close = closing(code, open, 2000);
    if (close < 0) {
      findings.miss(lineOf(match.index), `${match[0].trim()} is not closed`);
      continue;
    }
    const args = splitCommas(code, open + 1, close).map((piece) => piece.text);
    const name = /^"[a-z][\w.-]{0,60}"$/u.test(args[0] ?? "") ? literalOf(args[0] ?? "") : undefined;
    if (name === undefined) {
      findings.miss(lineOf(match.index), `${match[0].trim()}${(args[0] ?? "").slice(0, 30)}…) does not name its setting outright`);
      continue;
    }
    const place = places[match[1] ?? ""] ?? numeric;
    findings.add({ name, component, kind: "setting", ...fieldsOf(place, args, enums, values.macro), ...restartOf(args[2] ?? ""), description: "", source: { title: "configuration table", file: path, line: lineOf(match.index) }, confidence: 0.95 });
  }
  return findings.all;
}

type Enums = ReadonlyMap<string, readonly { readonly name: string; readonly symbol: string }[]>;

/** `configEnum x_enum[] = { {"name", SYMBOL}, … {NULL, 0} };`. */
function enumsOf(code: string): Enums {
  const found = new Map<string, readonly { name: string; symbol: string }[]>();
  for (const match of code.matchAll(/\bconfigEnum\s+(\w{1,60})\[\]\s*=\s*\{/gu)) {
    const close = closing(code, match.index + match[0].length - 1, 5000);
    if (close < 0) continue;
    const body = code.slice(match.index + match[0].length, close);
    found.set(match[1] ?? "", [...body.matchAll(/\{\s*"([\w.-]{1,60})"\s*,\s*([^{},]{1,80}?)\s*\}/gu)].map((row) => ({ name: row[1] ?? "", symbol: row[2] ?? "" })));
  }
  return found;
}

function fieldsOf(place: (typeof places)[string] | typeof numeric, args: readonly string[], enums: Enums, macro: (name: string) => string | undefined): Pick<ParameterRecord, "type" | "default" | "range" | "unit"> {
  const { type } = place;
  if (type === undefined) return {};
  const written = args[place.value] ?? "";
  if (type === "boolean") {
    const value = integerOf(written, macro);
    return { type, range: { values: ["yes", "no"] }, ...(value === undefined ? {} : { default: value === 0n ? "no" : "yes" }) };
  }
  if (type === "string") return { type, ...(/^"[^"]*"$/u.test(written) ? { default: literalOf(written) ?? "" } : {}) };
  if (type === "enum") {
    const options = enums.get(("options" in place ? args[place.options ?? -1] : undefined) ?? "") ?? [];
    const found = options.find((option) => option.symbol === written)?.name;
    return { type, ...(options.length === 0 ? {} : { range: { values: options.map((option) => option.name) } }), ...(found === undefined ? {} : { default: found }) };
  }
  const memory = (args[7] ?? "").includes("MEMORY_CONFIG");
  const value = integerOf(written, macro);
  const range = rangeOf(args, macro);
  return { type: memory ? "bytes" : "integer", ...(value === undefined ? {} : { default: value.toString() }), ...(range === undefined ? {} : { range }), ...(memory ? { unit: "bytes" } : {}) };
}

function rangeOf(args: readonly string[], macro: (name: string) => string | undefined): ValueRange | undefined {
  const min = integerOf(args[numeric.min] ?? "", macro)?.toString();
  const max = integerOf(args[numeric.max] ?? "", macro)?.toString();
  return min === undefined && max === undefined ? undefined : { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
}

function restartOf(flags: string): Pick<ParameterRecord, "restart"> {
  return flags.includes("IMMUTABLE_CONFIG") ? { restart: "service" } : flags.includes("MODIFIABLE_CONFIG") ? { restart: "none" } : {};
}
