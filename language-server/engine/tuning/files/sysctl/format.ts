import { head, linesOf, pathParts, trimmed, type Line } from "../text/lines";
import type { ConfigFile, FileFormat, FileProblem, Setting } from "../types";
import { sysctlName } from "./names";

/** sysctl.conf(5) and sysctl.d(5). */
export const sysctlFormat: FileFormat = {
  kind: "sysctl",
  detect(path, text) {
    const { folders, name } = pathParts(path);
    if (name === "sysctl.conf" || (folders.at(-1) === "sysctl.d" && name.endsWith(".conf"))) return true;
    return name.endsWith(".conf") && name.includes("sysctl") && looksLikeIt(text);
  },
  parse: parseSysctl,
};

/** At least one setting, and every line that is none of a comment is one. */
function looksLikeIt(text: string): boolean {
  const lines = linesOf(head(text)).map(({ text: line }) => line.trim()).filter((line) => line !== "" && !/^[#;]/u.test(line));
  return lines.length > 0 && lines.every((line) => /^-?[\w*-]+(?:[./][\w*./-]+)+\s*(?:=|$)/u.test(line));
}

function parseSysctl(text: string): ConfigFile {
  const settings: Setting[] = [];
  const problems: FileProblem[] = [];
  for (const line of linesOf(text)) {
    const bare = trimmed(line, 0);
    if (bare.text === "" || /^[#;]/u.test(bare.text)) continue;
    const setting = sysctlLine(line, 0);
    if (setting !== undefined) settings.push(setting);
    // `-name` alone is systemd's way to leave a name out of a pattern.
    else if (!bare.text.startsWith("-")) problems.push({ at: bare.at, message: { id: bare.text.startsWith("=") ? "tuning.file.noName" : "tuning.file.noEquals" } });
  }
  return { settings, includes: [], problems };
}

/** `name = value` from a column on; undefined when it is none. */
export function sysctlLine(line: Line, from: number, to: number = line.text.length): Setting | undefined {
  const equals = line.text.indexOf("=", from);
  if (equals < 0 || equals >= to) return undefined;
  const named = trimmed(line, from, equals);
  const lenient = named.text.startsWith("-");
  const name = lenient ? trimmed(line, named.at.start + 1, equals) : named;
  if (name.text === "") return undefined;
  const value = trimmed(line, equals + 1, to);
  const canonical = sysctlName(name.text);
  return {
    name: canonical,
    written: name.text,
    component: "kernel",
    kind: "sysctl",
    value: value.text,
    at: name.at,
    valueAt: value.at,
    scope: "",
    open: isTemplate(value.text) || isTemplate(name.text),
    ...(/[*?[]/u.test(canonical) ? { several: true } : {}),
    ...(lenient ? { lenient } : {}),
  };
}

/** A variable or a placeholder of whatever makes files of templates. */
export function isTemplate(text: string): boolean {
  return /\$[\w{(]|\{\{|\}\}|\{%|<%|%\(|@[A-Z_]{2,}@|`/u.test(text);
}
