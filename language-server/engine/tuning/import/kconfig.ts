import type { Imported, ParameterRecord, ValueRange, ValueType } from "../types";
import { clip, Findings, indentOf, isBlank, linesOf, passageOf } from "./passage";

interface Symbol {
  readonly name: string;
  readonly line: number;
  type?: ValueType;
  tristate?: boolean;
  prompt?: string;
  /** Every `default` with its condition, in order. */
  readonly defaults: { value: string; when: string }[];
  readonly ranges: { min: string; max: string; when: string }[];
  readonly depends: string[];
  help: readonly string[];
}

/** What encloses a symbol; an `if` or a menu's `depends on` holds for all within. */
interface Block {
  readonly kind: "if" | "menu" | "choice";
  readonly title: string;
  readonly depends: string[];
}

/** Reads a Kconfig file: each symbol with prompt, help and what it depends on. */
export function importKconfig(path: string, text: string): Imported {
  const lines = linesOf(text);
  const findings = new Findings(path);
  const blocks: Block[] = [];
  let symbol: Symbol | undefined;
  let owner: { depends: string[] } | undefined;
  const finish = (): void => {
    if (symbol) findings.add(recordOf(symbol, blocks, path));
    symbol = undefined;
    owner = undefined;
  };
  for (let index = 0; index < lines.length; index++) {
    const at = index;
    let line = (lines[index] ?? "").trim();
    while (line.endsWith("\\") && index + 1 < lines.length && line.length < 2000) line = `${line.slice(0, -1)} ${(lines[++index] ?? "").trim()}`;
    if (line === "" || line.startsWith("#")) continue;
    const word = /^-*([a-z_]+)-*/u.exec(line)?.[1] ?? "";
    const rest = uncomment(line.slice(word.length)).trim();
    if (word === "help" && /^-*help-*\s*$/u.test(line)) {
      const end = helpEnd(lines, index);
      if (symbol) symbol.help = lines.slice(index + 1, end);
      index = end - 1;
    } else if (word === "config" || word === "menuconfig") {
      finish();
      const name = /^[A-Za-z0-9_]{1,120}$/u.exec(rest)?.[0];
      if (name === undefined) findings.miss(at + 1, "config without the name of a symbol");
      else {
        symbol = { name, line: at + 1, defaults: [], ranges: [], depends: [], help: [] };
        owner = symbol;
      }
    } else if (word === "menu" || word === "choice" || (word === "if" && !/^if\s*$/u.test(line))) {
      finish();
      if (blocks.length < 200) blocks.push({ kind: word, title: word === "menu" ? unquote(rest) : "", depends: word === "if" ? [rest] : [] });
      owner = word === "if" ? undefined : blocks.at(-1);
    } else if (word === "endmenu" || word === "endchoice" || word === "endif") {
      finish();
      const open = blocks.pop();
      if (open !== undefined && `end${open.kind}` !== word) findings.miss(at + 1, `${word} closes ${open.kind}`);
    } else if (word === "source" || word === "comment" || word === "mainmenu") {
      finish();
    } else if (word === "depends") {
      if (owner && owner.depends.length < 50) owner.depends.push(rest.replace(/^on\s+/u, ""));
    } else if (symbol) {
      attribute(symbol, word, rest);
    }
  }
  finish();
  return findings.all;
}

/** Help ends where the indentation falls below that of its first line. */
function helpEnd(lines: readonly string[], help: number): number {
  let first = help + 1;
  while (first < lines.length && isBlank(lines[first])) first++;
  const indent = indentOf(lines[first] ?? "");
  if (indent === 0) return first;
  let end = first;
  while (end < lines.length && (isBlank(lines[end]) || indentOf(lines[end] ?? "") >= indent)) end++;
  return end;
}

function uncomment(text: string): string {
  let quote = "";
  for (let index = 0; index < text.length; index++) {
    const char = text.charAt(index);
    if (quote !== "") {
      if (char === "\\") index++;
      else if (char === quote) quote = "";
    } else if (char === '"' || char === "'") quote = char;
    else if (char === "#") return text.slice(0, index);
  }
  return text;
}

function attribute(symbol: Symbol, word: string, rest: string): void {
  const types: Readonly<Record<string, ValueType>> = { bool: "boolean", def_bool: "boolean", tristate: "enum", def_tristate: "enum", int: "integer", hex: "integer", string: "string" };
  const type = Object.hasOwn(types, word) ? types[word] : undefined;
  const [value, when] = conditionOf(rest);
  if (type !== undefined) {
    symbol.type = type;
    symbol.tristate = type === "enum";
    if (word.startsWith("def_")) symbol.defaults.push({ value, when });
    else if (value !== "") symbol.prompt = unquote(value);
  } else if (word === "prompt") symbol.prompt = unquote(value);
  else if (word === "default") symbol.defaults.push({ value, when });
  else if (word === "range") {
    const [min, max] = value.split(/\s+/u);
    if (min !== undefined && max !== undefined) symbol.ranges.push({ min, max, when });
  }
}

function conditionOf(text: string): readonly [value: string, when: string] {
  const quoted = /^"(?:[^"\\]|\\.)*"/u.exec(text)?.[0] ?? "";
  const place = text.slice(quoted.length).search(/(?:^|\s)if\s/u);
  return place < 0 ? [text.trim(), ""] : [text.slice(0, quoted.length + place).trim(), text.slice(quoted.length + place).trim().slice(2).trim()];
}

function unquote(text: string): string {
  const match = /^(["'])(.*)\1/u.exec(text);
  return (match?.[2] ?? text).replace(/\\(.)/gu, "$1");
}

function recordOf(symbol: Symbol, blocks: readonly Block[], file: string): ParameterRecord {
  const depends = [...blocks.flatMap((block) => block.depends), ...symbol.depends];
  const help = passageOf(symbol.help);
  const description = [symbol.prompt, help, depends.length > 0 ? `Depends on: ${depends.map((one) => (depends.length > 1 && one.includes("||") ? `(${one})` : one)).join(" && ").slice(0, 400)}` : undefined]
    .filter((part) => part !== undefined && part !== "")
    .join("\n\n");
  const range = rangeOf(symbol);
  const found = defaultOf(symbol);
  const menu = blocks.findLast((block) => block.title !== "")?.title;
  return {
    name: `CONFIG_${symbol.name}`,
    component: "kernel",
    kind: "kconfig",
    ...(symbol.type === undefined ? {} : { type: symbol.type }),
    ...(found === undefined ? {} : { default: found }),
    ...(range === undefined ? {} : { range }),
    description: description === "" ? `config ${symbol.name}` : clip(description),
    source: { title: menu ?? symbol.prompt ?? "Kconfig", file, line: symbol.line },
    confidence: 0.95,
  };
}

/** Only a default that holds whatever else is set: the first without a condition, when nothing conditional stands before it. */
function defaultOf(symbol: Symbol): string | undefined {
  const [first] = symbol.defaults;
  if (first === undefined || first.when !== "") return undefined;
  if (first.value.startsWith('"')) {
    const text = unquote(first.value);
    return text.includes("$(") ? undefined : text;
  }
  return /^(?:[ynm]|-?\d+|0x[0-9a-fA-F]+)$/u.test(first.value) ? first.value : undefined;
}

function rangeOf(symbol: Symbol): ValueRange | undefined {
  if (symbol.tristate === true) return { values: ["y", "m", "n"] };
  const [only] = symbol.ranges;
  if (only === undefined || symbol.ranges.length > 1 || only.when !== "") return undefined;
  const literal = (text: string): boolean => /^(?:-?\d+|0x[0-9a-fA-F]+)$/u.test(text);
  return literal(only.min) && literal(only.max) ? { min: only.min, max: only.max } : undefined;
}
