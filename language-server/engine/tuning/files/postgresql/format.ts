import { isTemplate } from "../sysctl/format";
import { linesOf, pathParts, span, trimmed, type Line } from "../text/lines";
import type { ConfigFile, FileFormat, FileProblem, Include, Setting } from "../types";

/** postgresql.conf and what it includes. Names are taken in any case, the `=` may be left out. */
export const postgresqlFormat: FileFormat = {
  kind: "postgresql",
  detect(path, text) {
    const { folders, name } = pathParts(path);
    if (/^postgresql(?:\.auto)?\.conf(?:\.sample)?$/u.test(name)) return true;
    return name.endsWith(".conf") && folders.some((folder) => folder === "postgresql" || folder === "pgsql") && folders.at(-1) === "conf.d" && !/^\s*[[<]|[{;]\s*$/mu.test(text);
  },
  parse(text) {
    const settings: Setting[] = [];
    const includes: Include[] = [];
    const problems: FileProblem[] = [];
    for (const line of linesOf(text)) {
      const read = readLine(line);
      if (read === undefined) continue;
      if (read.unclosed !== undefined) problems.push({ at: read.unclosed, message: { id: "tuning.file.unclosedQuote" } });
      if (/^include(?:_dir|_if_exists)?$/u.test(read.setting.name)) includes.push({ path: read.setting.value ?? "", at: read.setting.valueAt ?? read.setting.at, ...(read.setting.name === "include_dir" ? { folder: true } : {}) });
      else settings.push(read.setting);
    }
    return { settings, includes, problems } satisfies ConfigFile;
  },
};

const head = /^(\s*)([A-Za-z_][\w$]*(?:\.[A-Za-z_][\w$]*)?)\s*(?:=\s*|\s+|$)/u;

function readLine(line: Line): { readonly setting: Setting; readonly unclosed: Setting["at"] | undefined } | undefined {
  const match = head.exec(line.text);
  if (match?.[2] === undefined) return undefined;
  const written = match[2];
  const start = match[1]?.length ?? 0;
  const from = match[0].length;
  const rest = line.text.slice(from);
  const quoted = rest.startsWith("'");
  const length = quoted ? quotedLength(rest) : trimmed({ number: 1, text: rest }, 0, /#/u.exec(rest)?.index).at.end;
  const closed = !quoted || (length > 1 && rest.charAt(length - 1) === "'");
  const inner = quoted ? span(line.number, from + 1, from + length - (closed ? 1 : 0)) : span(line.number, from, from + length);
  const value = line.text.slice(inner.start, inner.end).replaceAll("''", "'");
  const setting: Setting = {
    name: written.toLowerCase(),
    written,
    component: "postgresql",
    kind: "setting",
    value,
    at: span(line.number, start, start + written.length),
    valueAt: inner,
    scope: "",
    open: isTemplate(value),
    // An extension brings its own, and anybody may make one up.
    ...(written.includes(".") ? { lenient: true } : {}),
  };
  return { setting, unclosed: closed ? undefined : span(line.number, from, from + 1) };
}

/** Up to and with the closing quote; two quotes are one of the value, a backslash keeps the next. */
function quotedLength(text: string): number {
  for (let i = 1; i < text.length; i++) {
    if (text.charAt(i) === "\\") i++;
    else if (text.charAt(i) === "'") {
      if (text.charAt(i + 1) !== "'") return i + 1;
      i++;
    }
  }
  return text.length;
}
