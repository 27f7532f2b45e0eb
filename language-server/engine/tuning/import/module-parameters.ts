import type { ParameterRecord, ValueType } from "../types";
import { closing, inDefine, literalOf, splitCommas } from "./c-text";
import type { Piece } from "./c-text";
import type { FileValues } from "./c-values";
import { clip } from "./passage";
import type { Findings } from "./passage";

/** How the arguments of each macro of include/linux/moduleparam.h are laid out; -1 where there is none. */
interface Layout {
  readonly variable: number;
  readonly type: number;
  readonly list?: true;
  readonly core?: true;
  readonly string?: true;
  readonly ops?: true;
}

const layouts: Readonly<Record<string, Layout>> = {
  module_param: { variable: 0, type: 1 },
  module_param_unsafe: { variable: 0, type: 1 },
  module_param_named: { variable: 1, type: 2 },
  module_param_named_unsafe: { variable: 1, type: 2 },
  module_param_array: { variable: 0, type: 1, list: true },
  module_param_array_named: { variable: 1, type: 2, list: true },
  module_param_string: { variable: 1, type: -1, string: true },
  module_param_cb: { variable: 2, type: 1, ops: true },
  module_param_cb_unsafe: { variable: 2, type: 1, ops: true },
  module_param_call: { variable: 3, type: 2, ops: true },
  module_param_hw: { variable: 0, type: 1 },
  module_param_hw_named: { variable: 1, type: 2 },
  module_param_hw_array: { variable: 0, type: 1, list: true },
  core_param: { variable: 1, type: 2, core: true },
  core_param_cb: { variable: 2, type: 1, core: true, ops: true },
  device_param_cb: { variable: 2, type: 1, ops: true },
  arch_param_cb: { variable: 2, type: 1, ops: true },
};

const call = /\b(module_param\w*|core_param\w*|device_param_cb|arch_param_cb|MODULE_PARM_DESC|__setup|__setup_param|early_param)\s*\(/gu;

const types: ReadonlyMap<string, ValueType> = new Map([
  ["bool", "boolean"],
  ["invbool", "boolean"],
  ["bint", "boolean"],
  ["charp", "string"],
  ...["byte", "short", "ushort", "int", "uint", "long", "ulong", "ullong", "hexint"].map((name): [string, ValueType] => [name, "integer"]),
]);

interface Declared {
  readonly macro: string;
  readonly layout: Layout;
  readonly args: readonly Piece[];
  readonly at: number;
}

/**
 * Adds the parameters that a C file declares. `modules` are the modules that the file is linked into, by the Makefile; the
 * prefix that the file defines itself (MODULE_PARAM_PREFIX) goes before them. Comments are gone from `text`.
 */
export function addModuleParameters(findings: Findings, text: string, values: FileValues, lineOf: (offset: number) => number, modules: readonly string[], sure: boolean): void {
  const declared: Declared[] = [];
  const told = new Map<string, string>();
  let until = 0;
  let unclosed = 0;
  for (const match of text.matchAll(call)) {
    const macro = match[1] ?? "";
    const open = match.index + match[0].length - 1;
    if (match.index < until || inDefine(text, match.index)) continue;
    const close = closing(text, open, 6000);
    if (close < 0) {
      findings.miss(lineOf(match.index), `${macro}( is not closed`);
      if (++unclosed > 50) break;
      continue;
    }
    until = close;
    const args = splitCommas(text, open + 1, close);
    if (macro === "MODULE_PARM_DESC") told.set(args[0]?.text ?? "", clip((literalOf(text.slice((args[0]?.at ?? open) + (args[0]?.text.length ?? 0), close)) ?? "").replace(/\s+/gu, " ")));
    else if (macro.startsWith("__setup") || macro === "early_param") addBoot(findings, macro, args, lineOf(match.index));
    else {
      const layout = Object.hasOwn(layouts, macro) ? layouts[macro] : undefined;
      if (layout) declared.push({ macro, layout, args, at: match.index });
    }
  }
  const prefix = prefixAt(text, values);
  for (const one of declared) add(findings, one, told, values, lineOf(one.at), prefix(one.at), modules, sure);
}

/** What MODULE_PARAM_PREFIX is at a place: undefined for the module's own name. */
function prefixAt(text: string, values: FileValues): (offset: number) => string | undefined {
  const marks: { at: number; prefix: string | undefined }[] = [];
  for (const match of text.matchAll(/^[ \t]*#[ \t]*(define|undef)[ \t]+MODULE_PARAM_PREFIX\b[ \t]*([^\n]{0,120})$/gmu)) {
    const body = (match[2] ?? "").trim();
    if (match[1] !== "define" || body.startsWith("KBUILD_MODNAME")) continue;
    const named = /^\w+$/u.test(body) ? values.macro(body) : body;
    if (marks.length < 200) marks.push({ at: match.index, prefix: body === "" || body.startsWith("/") ? "" : (literalOf(named ?? "") ?? undefined) });
  }
  return (offset) => marks.findLast((mark) => mark.at < offset)?.prefix;
}

function add(findings: Findings, one: Declared, told: ReadonlyMap<string, string>, values: FileValues, line: number, prefix: string | undefined, modules: readonly string[], sure: boolean): void {
  const { macro, layout, args } = one;
  const name = args[0]?.text ?? "";
  if (!/^\w[\w.]{0,80}$/u.test(name)) {
    findings.miss(line, `${macro}(${name.slice(0, 30)}…) does not name its parameter outright`);
    return;
  }
  if (layout.core !== true && prefix === undefined && modules.length === 0) {
    findings.miss(line, `no Makefile tells which module the parameter "${name}" belongs to`);
    return;
  }
  const prefixes = layout.core === true ? [""] : prefix !== undefined ? [prefix] : modules.map((module) => `${module}.`);
  const variable = /^&?\s*([A-Za-z_]\w*)$/u.exec(args[layout.variable]?.text ?? "")?.[1];
  const declaredType = typeOf(layout, args);
  const type = layout.list === true ? "list" : layout.string === true ? "string" : declaredType;
  const found = defaultOf(layout, type, args[layout.type]?.text ?? "", variable, values);
  const text = told.get(name) ?? "";
  for (const before of prefixes) {
    findings.add({
      name: `${before}${name}`,
      component: "kernel",
      kind: layout.core === true || before === "" ? "kernel-parameter" : "module-parameter",
      ...(type === undefined ? {} : { type }),
      ...(found === undefined ? {} : { default: found }),
      description: text,
      source: { title: macro, file: findings.file, line },
      confidence: prefix !== undefined || layout.core === true || sure ? 0.9 : 0.5,
    });
  }
}

function typeOf(layout: Layout, args: readonly Piece[]): ValueType | undefined {
  const written = args[layout.type]?.text ?? "";
  return types.get(layout.ops === true ? (/^&?\s*param_(?:ops|get)_(\w+)$/u.exec(written)?.[1] ?? "") : written);
}

function defaultOf(layout: Layout, type: ValueType | undefined, written: string, variable: string | undefined, values: FileValues): string | undefined {
  if (variable === undefined || layout.list === true || layout.string === true || type === undefined) return undefined;
  if (/invbool/u.test(written)) return undefined;
  const value = values.initial(variable);
  if (value === undefined) return undefined;
  if (type === "boolean") return value === "0" ? "N" : /^-?\d+$/u.test(value) ? "Y" : undefined;
  if (type === "integer") return /^-?(?:\d+|0[xX][0-9a-fA-F]+)$/u.test(value) ? value : undefined;
  return value === "0" ? undefined : value;
}

/** `__setup("name=", f)` and `early_param("name", f)`. */
function addBoot(findings: Findings, macro: string, args: readonly Piece[], line: number): void {
  const written = args[0]?.text ?? "";
  const literal = /^"[^"]*"$/u.test(written) ? literalOf(written) : undefined;
  const name = literal === undefined ? undefined : /^([A-Za-z_][\w.-]{0,80})(?:[=:,][\w=:,.-]{0,40})?$/u.exec(literal.trim())?.[1];
  if (name === undefined) {
    findings.miss(line, `${macro}(${written.slice(0, 30)}…) does not name its parameter outright`);
    return;
  }
  const record: ParameterRecord = {
    name,
    component: "kernel",
    kind: "kernel-parameter",
    restart: "reboot",
    description: "",
    source: { title: macro, file: findings.file, line },
    confidence: 0.9,
  };
  findings.add(record);
}
