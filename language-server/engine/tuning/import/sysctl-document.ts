import type { Imported, ValueType } from "../types";
import { Findings, indentOf, isBlank, linesOf, passageOf } from "./passage";
import { proseFields } from "./prose-fields";
import { sectionsOf } from "./rst";
import type { RstSection } from "./rst";

/** `name - TYPE` at the first column, as the documents in Documentation/networking have it. */
const definition = /^(?:``)?([A-Za-z0-9_][\w./<>*-]{0,120}?)(?:``)?\s+-\s+(\S.{0,200})$/u;
const directory = /(?:^|[\s`(])\/?proc\/sys\/([\w./<>*-]{1,120})/u;
const plainName = /^[A-Za-z][\w.-]{1,63}$/u;

/**
 * Where ip-sysctl.rst lists a name under a heading of another directory, or misspells it; the directory is where the source
 * registers it (net/ipv4/devinet.c, route.c, xfrm4_policy.c, sysctl_net_ipv4.c, cipso_ipv4.c, net/ipv6/sysctl_net_ipv6.c,
 * route.c, xfrm6_policy.c, net/core/neighbour.c, sysctl_net_core.c).
 */
const misplaced: ReadonlyMap<string, string> = new Map([
  ["net.ipv4.force_igmp_version", "net.ipv4.conf.*.force_igmp_version"],
  ["net.ipv4.conf.*.xfrm4_gc_thresh", "net.ipv4.xfrm4_gc_thresh"],
  ["net.ipv4.conf.*.igmp_link_local_mcast_reports", "net.ipv4.igmp_link_local_mcast_reports"],
  ["net.ipv6.conf.*.fwmark_reflect", "net.ipv6.fwmark_reflect"],
  ["net.ipv6.icmp.xfrm6_gc_thresh", "net.ipv6.xfrm6_gc_thresh"],
  ["net.ipv4.bc_forwarding", "net.ipv4.conf.*.bc_forwarding"],
  ["net.ipv4.min_adv_mss", "net.ipv4.route.min_adv_mss"],
  ["net.ipv4.min_pmtu", "net.ipv4.route.min_pmtu"],
  ["net.ipv4.mtu_expires", "net.ipv4.route.mtu_expires"],
  ["net.ipv4.somaxconn", "net.core.somaxconn"],
  ["net.ipv4.conf.*.app_solicit", "net.ipv4.neigh.*.app_solicit"],
  ["net.ipv4.conf.*.mcast_resolicit", "net.ipv4.neigh.*.mcast_resolicit"],
  ["net.ipv4.conf.*.mcast_solicit", "net.ipv4.neigh.*.mcast_solicit"],
  ["net.ipv4.conf.*.ucast_solicit", "net.ipv4.neigh.*.ucast_solicit"],
  ["net.ipv6.conf.*.ip_nonlocal_bind", "net.ipv6.ip_nonlocal_bind"],
  ["net.ipv6.nexthop_compat_mode", "net.ipv4.nexthop_compat_mode"],
  ["net.ipv6.skip_notify_on_dev_down", "net.ipv6.route.skip_notify_on_dev_down"],
  ["net.ipv4.cipso_rbm_structvalid", "net.ipv4.cipso_rbm_strictvalid"],
]);

/** Headings that name a directory and only point at another document; each holds entries of its own (kernel/seccomp.c, fs/devpts/inode.c, drivers/base/firmware_loader/fallback_table.c). */
const directoriesOnly: ReadonlySet<string> = new Set(["kernel.seccomp", "kernel.pty", "kernel.firmware_config"]);

/**
 * Reads a document of sysctls: Documentation/admin-guide/sysctl/*.rst, where each is a section, and
 * Documentation/networking/*sysctl*.rst, where each is a definition `name - TYPE`.
 */
export function importSysctlDocument(path: string, text: string): Imported {
  const lines = linesOf(text);
  const findings = new Findings(path);
  /** The directory of each level of headings; "" where a chapter does not tell it. */
  const where: (string | undefined)[] = [];
  for (const section of sectionsOf(lines)) {
    const sibling = where[section.level];
    where.length = section.level;
    const parent = where.findLast((prefix) => prefix !== undefined);
    const names = section.level === 0 ? [] : namesOf(section.title);
    const own = names.length > 0 ? undefined : directoryOf(section, lines, sibling ?? parent, where.some((prefix) => prefix !== undefined));
    // A heading in words goes on in the directory of the one before it; a numbered chapter does not: its names would get a wrong one.
    const prefix = own ?? (names.length === 0 && isChapter(section) ? "" : (sibling ?? parent));
    where[section.level] = names.length > 0 ? sibling : prefix;
    if (names.length > 0) addSection(findings, section, names, prefix, lines);
    else {
      const defined = addDefinitions(findings, section, prefix ?? "", lines);
      const pathed = addPathed(findings, section, lines);
      if (!defined && !pathed) findings.tell(section.title, lines.slice(section.start, section.end), section.line, section.title);
    }
  }
  return findings.all;
}

/** "4. Something" opens a chapter of its own. */
function isChapter(section: RstSection): boolean {
  return section.level > 0 && /^\d+\.\s/u.test(section.title);
}

/** The sysctls that a heading names: `a & b`, `a, b, and c (x86 only)`, `a:`; empty when it is a heading in words. */
function namesOf(title: string): readonly string[] {
  const bare = title.replaceAll("`", "").replace(/\s*\([^)]*\)\s*$/u, "").replace(/\s*:$/u, "");
  const names = bare.split(/\s*(?:,\s*and\s|,|&|\band\b)\s*/u).map((name) => name.trim());
  return names.length <= 8 && names.every((name) => plainName.test(name)) ? names : [];
}

/** `net.ipv4.conf.*` of `/proc/sys/net/ipv4/conf/<interface>/x_* Variables`. */
function directoryOf(section: RstSection, lines: readonly string[], parent: string | undefined, known: boolean): string | undefined {
  const titled = directory.exec(section.title)?.[1];
  if (titled !== undefined) return prefixOf(titled);
  const relative = /^`*([a-z][\w/<>-]*\/\*)`*:?$/u.exec(section.title)?.[1];
  if (relative !== undefined && parent !== undefined) return `${parent}.${prefixOf(relative)}`;
  if (known && !isChapter(section)) return undefined;
  for (const line of lines.slice(section.start, Math.min(section.end, section.start + 25))) {
    const stated = /\/proc\/sys\/([\w./-]{1,80})\s+(?:directory|and|are)|(?:files|options) in\s+`*\/proc\/sys\/([\w./-]{1,80})/u.exec(line);
    if (stated) return prefixOf(`${stated[1] ?? stated[2] ?? ""}/`);
  }
  return undefined;
}

function prefixOf(path: string): string {
  const parts = path.replace(/\.$/u, "").split("/").filter((part) => part !== "");
  const last = parts.at(-1);
  if (last !== undefined && /\*$/u.test(last)) parts.pop();
  return parts.map((part) => (/^<.*>$|^\*$|^(?:interface|DEV)$/u.test(part) ? "*" : part)).join(".");
}

function addSection(findings: Findings, section: RstSection, names: readonly string[], prefix: string | undefined, lines: readonly string[]): void {
  const body = lines.slice(section.start, section.end);
  for (const name of names) {
    const inBody = bodyDirectory(body, name);
    const directoryName = inBody ?? prefix;
    if (directoryName === undefined || directoryName === "") {
      findings.miss(section.line, `the document does not say in which directory of /proc/sys "${name}" is`);
      continue;
    }
    if (directoriesOnly.has(`${directoryName}.${name}`)) continue;
    if (body.some((line) => /^This is a directory\b/u.test(line))) {
      addBullets(findings, section, `${directoryName}.${name}`, lines);
      continue;
    }
    // What is said of several names at once is true of none of them in particular.
    add(findings, `${directoryName}.${name}`, body, section.line, section.title, undefined, names.length > 1);
  }
}

function bodyDirectory(body: readonly string[], name: string): string | undefined {
  for (const line of body) {
    const stated = directory.exec(line)?.[1];
    if (stated?.endsWith(`/${name}`) === true) return prefixOf(stated.slice(0, -name.length));
  }
  return undefined;
}

/** `* ``entry``: what it is` of a directory's section. */
function addBullets(findings: Findings, section: RstSection, prefix: string, lines: readonly string[]): void {
  for (let index = section.start; index < section.end; index++) {
    const bullet = /^\s*[*-]\s+``([\w.-]{1,64})``:\s*(.*)$/u.exec(lines[index] ?? "");
    if (bullet?.[1] === undefined) continue;
    let end = index + 1;
    while (end < section.end && !isBlank(lines[end]) && !/^\s*[*-]\s/u.test(lines[end] ?? "")) end++;
    add(findings, `${prefix}.${bullet[1]}`, [`${" ".repeat(2)}${bullet[2] ?? ""}`, ...lines.slice(index + 1, end)], index + 1, section.title, undefined, false);
  }
}

/** Paragraphs that begin `/proc/sys/dir/name is …`. */
function addPathed(findings: Findings, section: RstSection, lines: readonly string[]): boolean {
  let found = false;
  for (let index = section.start; index < section.end; index++) {
    const stated = /^\/proc\/sys\/([\w/.-]{1,120})\s+is\s/u.exec(lines[index] ?? "");
    if (stated?.[1] === undefined || !isBlank(lines[index - 1])) continue;
    let end = index + 1;
    while (end < section.end && !isBlank(lines[end])) end++;
    add(findings, stated[1].split("/").join("."), lines.slice(index, end), index + 1, section.title, undefined, false);
    found = true;
  }
  return found;
}

function addDefinitions(findings: Findings, section: RstSection, prefix: string, lines: readonly string[]): boolean {
  let found = false;
  let scope = "";
  for (let index = section.start; index < section.end; index++) {
    const line = lines[index] ?? "";
    if (/^`*conf\/[\w<>]+\/\*`*:?\s*$/u.test(line)) {
      scope = "conf.*";
      continue;
    }
    const match = definition.exec(line);
    if (match?.[1] === undefined || match[2] === undefined) continue;
    let end = index + 1;
    while (end < section.end && (isBlank(lines[end]) || indentOf(lines[end] ?? "") > 0)) end++;
    const body = lines.slice(index + 1, end);
    if (body.every(isBlank)) continue;
    found = true;
    if (prefix === "") {
      findings.miss(index + 1, `the document does not say in which directory of /proc/sys "${match[1]}" is`);
      continue;
    }
    const inner = match[1].replaceAll("/", ".").replace(/<[^>]*>/gu, "*");
    const full = [prefix, inner.startsWith("conf.") ? "" : scope, inner].filter((part) => part !== "").join(".");
    const unit = /\((seconds|milliseconds|bytes)\)/u.exec(match[2])?.[1];
    add(findings, placed(full), body, index + 1, section.title, { words: match[2], ...(unit === undefined ? {} : { unit }) }, false);
    index = end - 1;
  }
  return found;
}

/** The documents of segment routing and IOAM leave the `ipv6` of `net/ipv6/conf` out. */
function placed(name: string): string {
  return misplaced.get(name) ?? name.replace(/^net\.conf\./u, "net.ipv6.conf.");
}

function add(findings: Findings, name: string, body: readonly string[], line: number, title: string, declared: { words: string; unit?: string } | undefined, shared: boolean): void {
  const type = declared === undefined ? undefined : declaredType(declared.words);
  const last = name.slice(name.lastIndexOf(".") + 1);
  const fields = shared ? {} : proseFields(last, body, type, true);
  const description = passageOf(body);
  findings.add({
    name,
    component: "kernel",
    kind: "sysctl",
    ...fields,
    ...(declared?.unit === undefined ? {} : { unit: declared.unit }),
    description: description === "" ? (declared?.words ?? title) : description,
    source: { title, file: findings.file, line },
    confidence: declared === undefined ? (Object.keys(fields).length > 0 ? 0.8 : 0.9) : 0.9,
  });
}

function declaredType(words: string): ValueType | undefined {
  if (/^BOOL(?:EAN)?\b/u.test(words)) return "boolean";
  if (/^(?:vector|list|comma|\d+ INTEGERS?)\b/iu.test(words)) return "list";
  if (/^(?:UNSIGNED |LONG |POSITIVE )*INTEGER\b/u.test(words)) return "integer";
  if (/^STRING\b|^IPv[46] address/u.test(words)) return "string";
  return undefined;
}
