import { closing, inDefine, literalOf, splitCommas } from "./c-text";
import type { Piece } from "./c-text";
import type { FileValues } from "./c-values";

/** One initialiser of a `struct ctl_table` array. */
export interface TableEntry {
  /** The literal of `.procname`; undefined when it is made up at run time. */
  readonly name: string | undefined;
  readonly fields: ReadonlyMap<string, string>;
  readonly at: number;
}

export interface SysctlTable {
  readonly name: string;
  readonly entries: readonly TableEntry[];
  readonly at: number;
}

/** A place where a table is registered. `path` is undefined when it is made up at run time. */
export interface Registration {
  readonly table: string;
  readonly path: string | undefined;
}

/** No file of a kernel has nearly as many; a hostile one may. */
const mostTables = 300;
const mostRegistrations = 100;

const definition = /\bstruct\s{1,8}ctl_table\s{1,8}(\w{1,80})\s?\[[^\]\n]{0,80}\]\s{0,8}(?:__\w{1,40}\s{0,8})?=\s{0,8}\{/gu;

/** The tables of a file. Comments are gone from `text`. */
export function tablesOf(text: string): readonly SysctlTable[] {
  const tables: SysctlTable[] = [];
  let until = 0;
  let unclosed = 0;
  for (const match of text.matchAll(definition)) {
    if (tables.length >= mostTables || unclosed > 10) break;
    if (match.index < until || inDefine(text, match.index)) continue;
    const open = match.index + match[0].length - 1;
    const close = closing(text, open);
    if (close < 0) {
      unclosed++;
      continue;
    }
    until = close;
    tables.push({ name: match[1] ?? "", entries: splitCommas(text, open + 1, close).flatMap((piece) => entryOf(text, piece)), at: match.index });
  }
  return tables;
}

function entryOf(text: string, piece: Piece): readonly TableEntry[] {
  const start = text.indexOf("{", piece.at);
  // Preprocessor lines stand before the brace of an entry that they guard.
  const before = start < 0 ? piece.text : text.slice(piece.at, start);
  if (start < 0 || start >= piece.at + piece.text.length || !/^(?:\s|#[^\n]*(?:\n|$)|\[[^\]]{0,60}\]\s*=)*$/u.test(before.slice(0, 2000))) return [];
  const close = closing(text, start);
  if (close < 0) return [];
  const fields = new Map<string, string>();
  for (const field of splitCommas(text, start + 1, close)) {
    const match = /^\.(\w{1,40})\s*=\s*([^]*)$/u.exec(field.text.replace(/^(?:#[^\n]*\n\s*)+/u, ""));
    if (match?.[1] !== undefined) fields.set(match[1], (match[2] ?? "").replace(/[\s;]+$/u, "").replace(/\n[ \t]*#[^\n]*$/u, ""));
  }
  const written = fields.get("procname");
  if (written === undefined) return [];
  return [{ name: /^"[^"\\]*"$/u.test(written) ? literalOf(written) : undefined, fields, at: start }];
}

const call = /\b(?:register_sysctl(?:_init|_sz|_table|_paths)?|register_net_sysctl(?:_sz)?|__register_sysctl_(?:table|init)|register_sysctl_base|DECLARE_SYSCTL_BASE)\s?\(/gu;

/** Where a file registers tables. */
export function registrationsOf(text: string, tables: readonly SysctlTable[], values: FileValues): readonly Registration[] {
  const found: Registration[] = [];
  const names = new Set(tables.map((table) => table.name));
  let count = 0;
  for (const match of text.matchAll(call)) {
    if (++count > mostRegistrations) break;
    const open = match.index + match[0].length - 1;
    const close = closing(text, open, 2000);
    if (close < 0) continue;
    const args = splitCommas(text, open + 1, close).map((arg) => arg.text);
    const before = text.slice(Math.max(0, match.index - 6000), match.index);
    const [path, table] = argumentsOf(match[0].replace(/\W/gu, ""), args, before, text, values);
    const name = table === undefined ? undefined : tableNamed(table, before, names);
    if (name !== undefined) found.push({ table: name, path });
  }
  return [...found, ...childrenOf(tables, found)];
}

function argumentsOf(macro: string, args: readonly string[], before: string, text: string, values: FileValues): readonly [path: string | undefined, table: string | undefined] {
  if (macro === "register_sysctl_table") return ["", args[0]];
  if (macro === "DECLARE_SYSCTL_BASE") return [args[0], args[1]];
  if (macro === "register_sysctl_base") return [undefined, undefined];
  if (macro === "register_sysctl_paths") return [ctlPath(args[0] ?? "", text), args[1]];
  const first = macro.startsWith("register_net_") || macro === "__register_sysctl_table" ? 1 : 0;
  return [pathOf(args[first] ?? "", before, values), args[first + 1]];
}

/** A literal, a macro of the file that is one, or a buffer that was printed into: `%s` becomes `*`. */
function pathOf(written: string, before: string, values: FileValues): string | undefined {
  if (/^"[^"]*"$/u.test(written)) return literalOf(written);
  if (!/^\w{1,60}$/u.test(written)) return undefined;
  const macro = values.macro(written);
  if (macro !== undefined) return literalOf(macro);
  const at = before.lastIndexOf(`snprintf(${written},`);
  if (at < 0) return undefined;
  const format = literalOf(before.slice(at, at + 200).split(";")[0] ?? "");
  return format !== undefined && /^[\w/%-]+$/u.test(format) ? format.replaceAll(/%[sd]/gu, "*") : undefined;
}

/** `struct ctl_path p[] = { { .procname = "kernel", }, { } }`. */
function ctlPath(name: string, text: string): string | undefined {
  if (!/^\w{1,60}$/u.test(name)) return undefined;
  const at = text.search(new RegExp(String.raw`\bstruct ctl_path ${name}\[\]`, "u"));
  const open = at < 0 ? -1 : text.indexOf("{", at);
  const close = open < 0 ? -1 : closing(text, open, 2000);
  if (close < 0) return undefined;
  return [...text.slice(open, close).matchAll(/\.procname\s{0,8}=\s{0,8}"([^"]{1,60})"/gu)].map((match) => match[1]).join("/");
}

/** The table behind an argument: its own name, or what was copied into the variable just before. */
function tableNamed(written: string, before: string, names: ReadonlySet<string>): string | undefined {
  const name = written.replace(/^&/u, "").replace(/\[0\]$/u, "");
  if (names.has(name)) return name;
  if (!/^[\w.>-]{1,80}$/u.test(name)) return undefined;
  let best: { at: number; table: string } | undefined;
  for (const table of names) {
    for (const form of [`${name} = ${table};`, `${name} = kmemdup(${table},`, `${name} = kmemdup(&${table},`]) {
      const at = before.lastIndexOf(form);
      if (at >= 0 && (best === undefined || at > best.at)) best = { at, table };
    }
  }
  return best?.table;
}

/** Tables below a directory entry: `.child = table`. */
function childrenOf(tables: readonly SysctlTable[], roots: readonly Registration[]): readonly Registration[] {
  const byName = new Map(tables.map((table) => [table.name, table]));
  const found: Registration[] = [];
  const queue = [...roots];
  for (let next = queue.shift(), steps = 0; next !== undefined && steps < 500; next = queue.shift(), steps++) {
    for (const entry of byName.get(next.table)?.entries ?? []) {
      const child = entry.fields.get("child");
      if (child === undefined || !byName.has(child) || next.path === undefined || entry.name === undefined) continue;
      const registration = { table: child, path: [next.path, entry.name].filter((part) => part !== "").join("/") };
      if (registration.path.length > 300) continue;
      found.push(registration);
      queue.push(registration);
    }
  }
  return found;
}
