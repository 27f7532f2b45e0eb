import type { Imported } from "../../types";
import { Findings, linesOf } from "../passage";
import { currentOf } from "./values";

/** Directories of /proc/sys that hold an entry for each device or domain; one of each says it all. */
const repeated = /^(?:net\.(?:ipv4|ipv6|mpls)\.(?:conf|neigh)\.(?!all\.|default\.)|kernel\.sched_domain\.|dev\.(?:cdrom|parport)\.|fs\.binfmt_misc\.|user\.)/u;

/** Reads what `sysctl -a` prints: `name = value`, on the machine that it was printed on. */
export function importSysctlValues(file: string, text: string): Imported {
  const findings = new Findings(file, "kernel");
  for (const [index, line] of linesOf(text).entries()) {
    const match = /^([a-z][\w./:@*-]{2,160})\s?=\s?(.*)$/u.exec(line);
    if (match?.[1] === undefined) {
      const denied = /^sysctl: (?:permission denied on key|reading key) ['"]?([\w./-]{1,160})/u.exec(line)?.[1];
      if (denied !== undefined) findings.miss(index + 1, `${denied} can't be read by this user`);
      continue;
    }
    const name = match[1].replaceAll("/", ".");
    if (repeated.test(name)) continue;
    const value = (match[2] ?? "").trim().replace(/\t/gu, " ");
    findings.add({ name, component: "kernel", kind: "sysctl", ...currentOf(name, value), description: "", source: { title: "running kernel", file, line: index + 1 }, confidence: 1 });
  }
  return findings.all;
}

/** Reads files below /sys, `path = value` a line; a list with its choice in brackets (`[none] mq-deadline`) gives both. */
export function importSysfsValues(file: string, text: string): Imported {
  const findings = new Findings(file, "kernel");
  for (const [index, line] of linesOf(text).entries()) {
    const match = /^(\/sys\/[\w./:@-]{2,200}) = (.*)$/u.exec(line);
    if (match?.[1] === undefined) continue;
    const value = (match[2] ?? "").trim();
    const chosen = /(?:^|\s)\[([\w.-]{1,40})\](?:\s|$)/u.exec(value)?.[1];
    const values = chosen === undefined ? undefined : value.replace(/[[\]]/gu, "").split(/\s+/u);
    findings.add({
      name: match[1],
      component: "kernel",
      kind: "sysfs",
      ...(values === undefined ? {} : { type: "enum" as const, range: { values } }),
      ...currentOf(match[1], chosen ?? value),
      description: "",
      source: { title: "running kernel", file, line: index + 1 },
      confidence: 1,
    });
  }
  return findings.all;
}
