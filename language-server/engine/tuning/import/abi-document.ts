import type { Imported, ParameterKind } from "../types";
import { Findings, isBlank, linesOf, passageOf } from "./passage";
import { proseFields } from "./prose-fields";

const tag = /^(What|Where|Date|KernelVersion|Kernel Version|Contact|Description|Users|Format|Values|Default|Access|Title)\s?:\s*(.*)$/iu;

interface Entry {
  readonly names: { name: string; line: number }[];
  readonly line: number;
  description: string[];
  since: string | undefined;
  last: string;
}

/** Reads Documentation/ABI/{stable,testing,obsolete,removed}/*: entries of `What:`, `KernelVersion:`, `Description:`. */
export function importAbiDocument(path: string, text: string): Imported {
  const lines = linesOf(text);
  const findings = new Findings(path);
  const stage = /(?:^|\/)ABI\/(\w+)\//u.exec(path)?.[1] ?? "ABI";
  let entry: Entry | undefined;
  for (const [index, line] of lines.entries()) {
    const found = tag.exec(line);
    const key = found?.[1]?.toLowerCase() ?? "";
    const rest = found?.[2] ?? "";
    if (key === "what" || key === "where") {
      if (entry === undefined || entry.last !== "what") {
        finish(findings, entry, stage);
        entry = { names: [], line: index + 1, description: [], since: undefined, last: "what" };
      }
      addNames(entry, rest, index + 1);
    } else if (entry === undefined) {
      continue;
    } else if (found) {
      entry.last = key;
      if (key.startsWith("kernel")) entry.since = versionOf(rest) ?? entry.since;
      if (key === "description") entry.description.push(rest);
      if (/^(?:format|values|default|access)$/u.test(key)) entry.description.push(line);
    } else if (entry.last === "what") {
      addNames(entry, line, index + 1);
    } else if (/^(?:description|format|values|default|access)$/u.test(entry.last)) {
      entry.description.push(line);
    }
  }
  finish(findings, entry, stage);
  if (entry === undefined && lines.some((line) => !isBlank(line))) findings.miss(1, 'no entry: nothing begins with "What:"');
  return findings.all;
}

function addNames(entry: Entry, rest: string, line: number): void {
  const text = rest.trim().replace(/,$/u, "");
  if (text === "" || entry.names.length >= 200) return;
  const parts = text.split(/,\s+|\s+(?:and|or)\s+(?=\/)|,(?=\/)/u).map((part) => part.trim());
  const several = parts.length > 1 && parts.every((part) => part.startsWith("/"));
  for (const part of several ? parts : [text]) entry.names.push({ name: part, line });
}

function versionOf(text: string): string | undefined {
  return /(?:^|\s)v?(\d{1,2}\.\d{1,2}(?:\.\d{1,3})?)/u.exec(text)?.[1];
}

function finish(findings: Findings, entry: Entry | undefined, stage: string): void {
  if (entry === undefined) return;
  const description = passageOf(entry.description);
  if (entry.names.length === 0) findings.miss(entry.line, '"What:" names nothing');
  for (const { name, line } of entry.names) {
    const kind = kindOf(name);
    if (kind === undefined) {
      if (description !== "") findings.tell(name, entry.description, line, `ABI, ${stage}`);
      continue;
    }
    const shown = kind === "sysctl" ? name.replace(/^\/proc\/sys\//u, "").replaceAll("/", ".") : name;
    const last = shown.slice(shown.lastIndexOf("/") + 1);
    const fields = entry.names.length > 1 ? {} : proseFields(last, entry.description);
    findings.add({
      name: shown,
      component: "kernel",
      kind,
      ...fields,
      // The kernel in which it was removed is not the one in which it came.
      ...(entry.since === undefined || stage === "removed" ? {} : { since: entry.since }),
      description: description === "" ? name : description,
      source: { title: `ABI, ${stage}`, file: findings.file, line },
      confidence: Object.keys(fields).length > 0 ? 0.75 : 0.9,
    });
  }
}

/** Undefined for what is no file: a subsystem that is gone, an ioctl. */
function kindOf(name: string): ParameterKind | undefined {
  if (/\s/u.test(name.replace(/<[^>]*>|\[[^\]]*\]/gu, ""))) return undefined;
  if (name.startsWith("/proc/sys/")) return "sysctl";
  return /^(?:\/|<)(?:sys|proc|config|debug|dev|devices)?[\w/.<>$*[\]{}:,()|%@#?+~&=^!;'"\\ -]+$/u.test(name) ? "sysfs" : undefined;
}
