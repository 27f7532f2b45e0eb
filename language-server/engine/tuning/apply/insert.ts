import { linesOf } from "../files/text/lines";
import type { ConfigFile, FileKind, Setting } from "../files/types";
import type { PackSetting } from "../pack/types";
import { offsetOf } from "./text-edit";
import type { TextEdit } from "./types";

/** Where a setting goes that a file does not have yet; undefined where that is not sure. `value` is as it is written. */
export function placesFor(text: string, kind: FileKind, read: ConfigFile, setting: PackSetting, value: string | undefined): TextEdit | undefined {
  const { name } = setting;
  switch (kind) {
    case "sysctl":
      return lineAfter(text, undefined, `${name} = ${value ?? ""}`);
    case "postgresql":
      return lineAfter(text, commentedDefault(text, name, 1, Infinity), `${name} = ${value ?? ""}`);
    case "redis":
      return lineAfter(text, commentedDefault(text, name, 1, Infinity), `${name} ${value ?? ""}`);
    case "mysql":
      return inSection(text, name, value ?? "");
    case "nginx":
      return nginxPlace(text, read, setting, value ?? "");
    case "yaml":
    case "shell":
      return argumentPlace(text, read, setting, value);
    default:
      return undefined;
  }
}

/** The line of the default that a sample file shows as a comment: people look for the setting there. */
function commentedDefault(text: string, name: string, from: number, to: number): number | undefined {
  const shown = new RegExp(`^\\s*#\\s?${name.replaceAll(".", "\\.").replaceAll("_", "[-_]")}(?:\\s*=|\\s+[^\\s=]+\\s*(?:#|$))`, "u");
  return linesOf(text).find(({ number, text: line }) => number >= from && number <= to && shown.test(line))?.number;
}

function lineEnd(text: string): string {
  return /\r\n|\n|\r/u.exec(text)?.[0] ?? "\n";
}

/** A line of its own behind a line, or at the end. */
function lineAfter(text: string, line: number | undefined, added: string): TextEdit {
  const end = lineEnd(text);
  const at = line === undefined ? text.length : offsetOf(text, line + 1, 0);
  const isClosed = at === 0 || /[\r\n]/u.test(text.charAt(at - 1)) || text === "\uFEFF";
  return { at, old: "", new: isClosed ? `${added}${end}` : `${end}${added}${end}` };
}

const serverSections = ["mysqld", "mariadbd", "mariadb", "server"] as const;

/** At the end of the server's section; blank lines that end it stay behind. */
function inSection(text: string, name: string, value: string): TextEdit {
  const lines = linesOf(text);
  const heads = lines.flatMap(({ number, text: line }) => {
    const section = /^\s*\[([^\]]+)\]/u.exec(line)?.[1]?.trim();
    return section === undefined ? [] : [{ section, number }];
  });
  const own = serverSections.flatMap((section) => heads.filter((head) => head.section === section)).at(0);
  if (own === undefined) return lineAfter(text, undefined, `[mysqld]${lineEnd(text)}${name} = ${value}`);
  const next = heads.find(({ number }) => number > own.number)?.number ?? lines.length + 1;
  const last = lines.findLast(({ number, text: line }) => number > own.number && number < next && line.trim() !== "" && !line.trim().startsWith("#"))?.number ?? own.number;
  return lineAfter(text, commentedDefault(text, name, own.number, next - 1) ?? last, `${name} = ${value}`);
}

const mainDirectives = new Set(["worker_processes", "worker_rlimit_nofile", "worker_cpu_affinity"]);
const eventsDirectives = new Set(["worker_connections", "multi_accept", "accept_mutex", "worker_aio_requests"]);
/** They belong to one upstream, one location or one log: nobody but the user knows which. */
const ownBlock = new Set(["keepalive", "access_log", "proxy_http_version", "proxy_read_timeout", "directio", "aio"]);

function nginxPlace(text: string, { settings }: ConfigFile, { name }: PackSetting, value: string): TextEdit | undefined {
  if (ownBlock.has(name)) return undefined;
  if (mainDirectives.has(name)) {
    const before = settings.filter(({ scope, name: of }) => scope === "" && of !== "include").at(0);
    const block = linesOf(text).find(({ text: line }) => /^\s*(?:events|http|stream)\s*\{/u.test(line))?.number;
    const line = before?.at.line ?? (block === undefined ? undefined : block - 1);
    return line === undefined ? undefined : lineAfter(text, line, `${name} ${value};`);
  }
  const wanted = eventsDirectives.has(name) ? /^(\s*)events\s*\{\s*(?:#.*)?$/u : /^(\s*)http\s*\{\s*(?:#.*)?$/u;
  const heads = linesOf(text).filter(({ text: line }) => wanted.test(line));
  const [head] = heads;
  if (head === undefined || heads.length > 1) return undefined;
  const inner = /^\s+(?=[a-z])/u.exec(linesOf(text)[head.number]?.text ?? "")?.[0] ?? `${/^\s*/u.exec(head.text)?.[0] ?? ""}    `;
  return lineAfter(text, head.number, `${inner}${name} ${value};`);
}

/** Behind the last argument of the one command that starts the engine: as an item of its list, or as words of its line. */
function argumentPlace(text: string, { settings }: ConfigFile, { name, component }: PackSetting, value: string | undefined): TextEdit | undefined {
  const own = settings.filter((entry) => entry.component === component && entry.kind === "engine-argument");
  const last = own.at(-1);
  if (last === undefined || new Set(own.map(({ scope }) => scope)).size > 1) return undefined;
  const at = last.valueAt ?? last.at;
  const line = linesOf(text)[at.line - 1]?.text ?? "";
  const item = /^(\s*-\s+)(["']?)/u.exec(line);
  const inItem = item !== null && !/\s/u.test(line.slice(item[0].length).replace(/["']?\s*(?:#.*)?$/u, ""));
  if (inItem) return lineAfter(text, at.line, `${item[1] ?? ""}${item[2] ?? ""}${name}${value === undefined ? "" : `=${value}`}${item[2] ?? ""}`);
  return inLine(text, line, last, at, `${name}${value === undefined ? "" : ` ${value}`}`);
}

function inLine(text: string, line: string, { at: named }: Setting, at: Setting["at"], words: string): TextEdit | undefined {
  const quote = line.charAt(at.end);
  // Items of a flow list, and values between quotes, are not extended by a word.
  if (quote === '"' || quote === "'" || quote === "," || quote === "]" || named.end < named.start) return undefined;
  return { at: offsetOf(text, at.line, at.end), old: "", new: ` ${words}` };
}
