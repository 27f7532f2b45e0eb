import type { ValueRange, ValueType } from "../types";
import type { FileValues } from "./c-values";
import type { Findings } from "./passage";
import { unitOf } from "./prose-fields";
import { registrationsOf, tablesOf } from "./sysctl-tables";
import type { TableEntry } from "./sysctl-tables";

/** The shared bounds of kernel/sysctl.c and include/linux/sysctl.h. */
const sharedBounds: ReadonlyMap<string, string> = new Map([
  ["SYSCTL_NEG_ONE", "-1"],
  ["SYSCTL_ZERO", "0"],
  ["SYSCTL_ONE", "1"],
  ["SYSCTL_TWO", "2"],
  ["SYSCTL_THREE", "3"],
  ["SYSCTL_FOUR", "4"],
  ["SYSCTL_ONE_HUNDRED", "100"],
  ["SYSCTL_TWO_HUNDRED", "200"],
  ["SYSCTL_ONE_THOUSAND", "1000"],
  ["SYSCTL_THREE_THOUSAND", "3000"],
  ["SYSCTL_INT_MAX", "2147483647"],
  ["SYSCTL_MAXOLDUID", "65535"],
  ["SYSCTL_LONG_ZERO", "0"],
  ["SYSCTL_LONG_ONE", "1"],
]);

/** Adds the sysctls that a C file registers itself. Comments are gone from `text`. */
export function addSysctlTables(findings: Findings, text: string, values: FileValues, lineOf: (offset: number) => number): void {
  const tables = tablesOf(text);
  if (tables.length === 0) return;
  const written = writtenIn(text);
  const registrations = registrationsOf(text, tables, values);
  for (const table of tables) {
    const places = registrations.filter((registration) => registration.table === table.name);
    const paths = new Set(places.map((place) => place.path).filter((path) => path !== undefined));
    if (table.entries.length === 0) continue;
    if (paths.size === 0) {
      findings.miss(lineOf(table.at), `the file does not tell in which directory of /proc/sys the table "${table.name}" is`);
      continue;
    }
    for (const entry of table.entries) {
      if (entry.fields.has("child")) continue;
      if (entry.name === undefined) {
        findings.miss(lineOf(entry.at), `an entry of the table "${table.name}" gets its name at run time`);
        continue;
      }
      for (const path of [...paths].slice(0, 8)) {
        const name = [...path.split("/"), entry.name].filter((part) => part !== "").join(".");
        add(findings, name, entry, values, written, lineOf(entry.at), table.name);
      }
    }
  }
}

function add(findings: Findings, name: string, entry: TableEntry, values: FileValues, written: ReadonlySet<string>, line: number, table: string): void {
  const handler = (entry.fields.get("proc_handler") ?? "").replace(/^&/u, "");
  const mode = /^0[0-7]{3}$/u.exec(entry.fields.get("mode") ?? "")?.[0];
  const type = typeOf(entry, handler, values);
  const range = type === "list" || type === "string" ? undefined : rangeOf(entry, handler, values, written);
  const found = type === "integer" || type === "boolean" ? defaultOf(entry, handler, values, written) : undefined;
  const unit = handler.includes("ms_jiffies") ? "milliseconds" : handler.includes("userhz_jiffies") ? "centiseconds" : handler === "proc_dointvec_jiffies" ? "seconds" : unitOf(entry.name ?? "", []);
  findings.add({
    name,
    component: "kernel",
    kind: "sysctl",
    ...(type === undefined ? {} : { type }),
    ...(found === undefined ? {} : { default: found }),
    ...(range === undefined ? {} : { range }),
    ...(unit === undefined ? {} : { unit }),
    ...(mode !== undefined && /[2367]/u.test(mode.charAt(1)) ? { restart: "none" as const } : {}),
    // The table tells what a document may: what it is for stands elsewhere, or nowhere.
    description: "",
    source: { title: `struct ctl_table ${table}`, file: findings.file, line },
    confidence: 0.9,
  });
}

function typeOf(entry: TableEntry, handler: string, values: FileValues): ValueType | undefined {
  if (/^proc_dostring$|_string$/u.test(handler)) return "string";
  if (handler === "proc_dobool") return "boolean";
  if (handler === "proc_do_large_bitmap") return "list";
  if (!/^proc_do(?:int|uint|ulong|u8)vec/u.test(handler)) return undefined;
  const length = (entry.fields.get("maxlen") ?? "").replace(/\s+/gu, " ");
  if (/^\d+ ?\* ?sizeof|^sizeof ?\([^)]*\) ?\* ?\d/u.test(length)) return "list";
  const measured = /^sizeof ?\(([^()]{1,80})\)$/u.exec(length)?.[1]?.trim();
  if (measured === undefined) return undefined;
  const plain = /^(?:unsigned |signed )?(?:int|long|u8|u32|u64|char|size_t|gid_t|unsigned|bool|short)(?: int)?$/u.test(measured);
  if (!plain && (!values.declares(measured) || values.isArray(measured))) return values.isArray(measured) ? "list" : undefined;
  return "integer";
}

/** extra1 and extra2 bind only where the handler looks at them; in jiffies they are in another unit than the file shows. */
function rangeOf(entry: TableEntry, handler: string, values: FileValues, written: ReadonlySet<string>): ValueRange | undefined {
  if (handler === "proc_dobool") return undefined;
  if (!/^proc_do\w*minmax/u.test(handler) || handler.includes("jiffies")) return undefined;
  const min = boundOf(entry.fields.get("extra1"), values, written);
  const max = boundOf(entry.fields.get("extra2"), values, written);
  const byte = handler.startsWith("proc_dou8vec");
  const low = min ?? (byte && !entry.fields.has("extra1") ? "0" : undefined);
  const high = max ?? (byte && !entry.fields.has("extra2") ? "255" : undefined);
  if (low === undefined && high === undefined) return undefined;
  return { ...(low === undefined ? {} : { min: low }), ...(high === undefined ? {} : { max: high }) };
}

function boundOf(source: string | undefined, values: FileValues, written: ReadonlySet<string>): string | undefined {
  const bare = source?.replace(/\s/gu, "").replace(/^\((?:void|int|unsigned|long)\*\)/u, "");
  if (bare === undefined) return undefined;
  const shared = sharedBounds.get(bare);
  if (shared !== undefined) return shared;
  const variable = /^&(\w{1,80})$/u.exec(bare)?.[1];
  const value = variable === undefined || written.has(variable) ? undefined : values.initial(variable);
  return value !== undefined && /^-?\d+$/u.test(value) ? value : undefined;
}

/** The variable's initial value, when nothing in the file sets it anew and the handler shows it as it is. */
function defaultOf(entry: TableEntry, handler: string, values: FileValues, written: ReadonlySet<string>): string | undefined {
  if (handler.includes("jiffies")) return undefined;
  const variable = /^&\s?(\w{1,80})$/u.exec(entry.fields.get("data") ?? "")?.[1];
  if (variable === undefined) return undefined;
  const value = values.initial(variable);
  if (value === undefined || !/^-?\d+$/u.test(value)) return undefined;
  return written.has(variable) ? undefined : value;
}

/** Variables that a function of the file gives another value: a statement begins with them, indented. */
function writtenIn(text: string): ReadonlySet<string> {
  const written = new Set<string>();
  for (const match of text.matchAll(/^[ \t]{1,40}(\w{1,80}) ?(?:[-+|&*/]|<<|>>)?= /gmu)) written.add(match[1] ?? "");
  return written;
}
