import type { TuningCase } from "../../pack/types";
import type { Imported, ProseRecord } from "../../types";
import { Findings, linesOf } from "../passage";

/** A profile of tuned or A-Tune: what it is for and what it sets. */
export interface Profile {
  readonly name: string;
  readonly summary: string;
  readonly settings: readonly { readonly name: string; readonly component: string; readonly value: string; readonly line: number }[];
  /** The profile that it builds on. */
  readonly include: string | undefined;
}

/** Sections whose keys are parameters, and what they belong to. */
const owners: ReadonlyMap<string, string> = new Map([
  ["sysctl", "kernel"],
  ["sysfs", "kernel"],
  ["kernel_config", "kernel"],
  ["vm", "kernel"],
  ["cpu", "tuned"],
  ["disk", "tuned"],
]);

/** Plug-ins of tuned write these files below /sys. */
const written: ReadonlyMap<string, string> = new Map([
  ["vm.transparent_hugepages", "/sys/kernel/mm/transparent_hugepage/enabled"],
  ["vm.transparent_hugepage", "/sys/kernel/mm/transparent_hugepage/enabled"],
  ["disk.readahead", "/sys/block/*/queue/read_ahead_kb"],
  ["disk.elevator", "/sys/block/*/queue/scheduler"],
  ["cpu.governor", "/sys/devices/system/cpu/cpu*/cpufreq/scaling_governor"],
]);

/** Reads tuned's tuned.conf and A-Tune's *.conf; both are of sections with `key = value`. Values with variables are left out. */
export function readProfile(path: string, text: string): Profile {
  const parts = path.split("/");
  const file = parts.at(-1) ?? path;
  const name = file === "tuned.conf" ? (parts.at(-2) ?? file) : parts.slice(-3).join("-").replace(/\.conf$/u, "");
  const settings: Profile["settings"][number][] = [];
  let summary = "";
  let include: string | undefined;
  let section = "";
  for (const [index, line] of linesOf(text).entries()) {
    if (/^\s*[#;]/u.test(line)) continue;
    const head = /^\s*\[([\w.-]{1,60})\]\s*$/u.exec(line)?.[1];
    if (head !== undefined) {
      section = head;
      continue;
    }
    const match = /^\s*([\w./*-]{1,120})\s*=\s*(.{0,500}?)\s*$/u.exec(line);
    if (match?.[1] === undefined) continue;
    const [, key, raw = ""] = match;
    if (section === "main" || section === "") {
      if (key === "summary") summary = raw;
      if (key === "include") include = raw;
      continue;
    }
    const setting = settingOf(section, key, raw);
    if (setting !== undefined) settings.push({ ...setting, line: index + 1 });
  }
  return { name, summary, settings, include };
}

function settingOf(section: string, key: string, raw: string): { readonly name: string; readonly component: string; readonly value: string } | undefined {
  // "=>" and "=<" of tuned ask for a least and a greatest value.
  const value = raw.replace(/^[<>]/u, "").replace(/^"(.*)"$/u, "$1").trim();
  if (value === "" || /\$\{|\$\(/u.test(value) || (value.startsWith("<") && value.endsWith(">"))) return undefined;
  const plugged = written.get(`${section}.${key}`);
  if (plugged !== undefined) return { name: plugged, component: "kernel", value };
  const owner = owners.get(section);
  if (owner === "kernel") return { name: key, component: "kernel", value };
  return undefined;
}

/** A profile that was imported, as a case that a suggestion may stand on; undefined for other prose. What it builds on is not followed. */
export function caseOfProfile({ heading, text, component, settings, source }: ProseRecord): TuningCase | undefined {
  if (settings === undefined || settings.length === 0) return undefined;
  const first = text.split("\n", 1)[0] ?? "";
  // A profile without a summary begins with what it sets.
  const summary = first.startsWith("Builds on ") || settings.some(({ name, value }) => first === `${name} = ${value}`) ? "" : first;
  const words = `${heading.replaceAll("-", " ")} ${summary}`.trim();
  return { id: `${component}:${source.file}`, workload: { en: words, zh: words }, settings, origin: "profile", source };
}

/** Reads a profile as prose: its purpose with the settings below it, so that a search finds it and shows its file; the settings also as data. */
export function importProfile(path: string, text: string): Imported {
  const component = /^[ \t]{0,8}\[(?:tip|affinity\.irq|bios|bootloader\.grub2|kernel_config)\]/mu.test(text) ? "atune" : "tuned";
  const findings = new Findings(path, component);
  const profile = readProfile(path, text);
  if (profile.settings.length === 0 && profile.summary === "") findings.miss(1, "the profile sets nothing that can be read without running it");
  const settings = profile.settings.map(({ name, component: owner, value }) => ({ name, component: owner, value }));
  const told = [profile.summary, ...(profile.include === undefined ? [] : [`Builds on ${profile.include}.`]), ...settings.map(({ name, value }) => `${name} = ${value}`)];
  findings.tell(profile.name, told, 1, `${component} profile`, settings.length === 0 ? undefined : settings);
  return findings.all;
}
