import { linesOf } from "../files/text/lines";
import type { ConfigFile, FileFormat, FileKind, Setting, Span } from "../files/types";
import type { PackSetting } from "../pack/types";
import type { Words } from "../suggest/types";
import { placesFor } from "./insert";
import { applyEdits, offsetOf } from "./text-edit";
import type { TextEdit } from "./types";
import { writtenValue } from "./written-value";

/** What a file needs for a setting to have a value: nothing, one edit, or a person. */
export type EditResult = { readonly edit: TextEdit } | { readonly same: true } | { readonly cannot: Words };

/** The MySQL family shares its options. */
const families: Readonly<Partial<Record<string, string>>> = { mysql: "mariadb" };

export function familyOf(component: string): string {
  return families[component] ?? component;
}

/**
 * Sets one value in a configuration file: where it stands already, else where its kind of file wants it. Everything else of the file,
 * comments and line ends, stays as it is. The result is read again by the same parser, and stands only when it says what was meant.
 */
export function setInFile(text: string, format: FileFormat, path: string, setting: PackSetting, value: string): EditResult {
  const read = format.parse(text, path);
  const found = read.settings.filter((entry) => isMeant(entry, setting));
  const last = found.at(-1);
  if (last !== undefined && saysSo(last, setting, value)) return { same: true };
  if (!isPlain(format.kind, writtenValue(setting, value) ?? "")) return { cannot: { en: `${value} cannot be written into such a file as it is`, zh: `${value} 无法原样写入此类文件` } };
  const edit = last === undefined ? insertion(text, format.kind, read, setting, value) : replacement(text, format.kind, found, last, setting, value);
  if (!("edit" in edit)) return edit;
  const after = applyEdits(text, [edit.edit]);
  const again = after === undefined ? [] : format.parse(after, path).settings.filter((entry) => isMeant(entry, setting));
  const now = again.at(-1);
  return now !== undefined && again.length === Math.max(1, found.length) && saysSo(now, setting, value) ? edit : cannotPlace;
}

export function isMeant({ name, component, open }: Setting, setting: PackSetting): boolean {
  return !open && familyOf(component) === familyOf(setting.component) && name === setting.name.replace(/^--/u, "");
}

function saysSo({ value, kind, component }: Setting, setting: PackSetting, wanted: string): boolean {
  const written = writtenValue(setting, wanted);
  // A switch that stands alone is on.
  if (kind === "engine-argument" && written === undefined) return value === undefined;
  const plain = (text: string): string => text.replace(/\s+/gu, " ").trim();
  return plain(value ?? "") === plain(written ?? "") && component !== "";
}

const cannotPlace: { readonly cannot: Words } = { cannot: { en: "has no place in this file that is sure to be right", zh: "在该文件中没有确定无误的位置" } };

function replacement(text: string, kind: FileKind, found: readonly Setting[], last: Setting, setting: PackSetting, value: string): EditResult {
  // Where each one counts, or each belongs to another server or command, nobody but the user knows which is meant.
  if (found.length > 1 && (last.several === true || new Set(found.map(({ scope }) => scope)).size > 1)) return { cannot: { en: `stands ${String(found.length)} times in this file`, zh: `在该文件中出现 ${String(found.length)} 次` } };
  const written = writtenValue(setting, value);
  if (last.valueAt === undefined || written === undefined) return { cannot: { en: "is a switch without a value in this file", zh: "在该文件中是不带值的开关" } };
  const line = linesOf(text)[last.valueAt.line - 1]?.text ?? "";
  const quote = line.charAt(last.valueAt.start - 1);
  const isQuoted = (quote === "'" || quote === '"') && line.charAt(last.valueAt.end) === quote;
  if (isQuoted && written.includes(quote)) return cannotPlace;
  return { edit: replaced(text, last.valueAt, isQuoted ? written : quotedFor(kind, written)) };
}

function insertion(text: string, kind: FileKind, read: ConfigFile, setting: PackSetting, value: string): EditResult {
  const written = writtenValue(setting, value);
  const place = placesFor(text, kind, read, setting, written === undefined ? undefined : quotedFor(kind, written));
  return place === undefined ? cannotPlace : { edit: place };
}

/** What a file's program or a shell would take for more than a value is never written. */
function isPlain(kind: FileKind, value: string): boolean {
  switch (kind) {
    case "sysctl":
    case "postgresql":
      return true;
    case "mysql":
    case "redis":
    case "nginx":
      return /^[^#;{}"'\\$]*$/u.test(value);
    default:
      return /^[\w.:/+-]*$/u.test(value);
  }
}

/** PostgreSQL takes words with other characters between quotes only. */
function quotedFor(kind: FileKind, value: string): string {
  return kind === "postgresql" && !/^[\w.+-]+$/u.test(value) ? `'${value.replaceAll("'", "''")}'` : value;
}

function replaced(text: string, at: Span, value: string): TextEdit {
  const start = offsetOf(text, at.line, at.start);
  return { at: start, old: text.slice(start, start + at.end - at.start), new: value };
}
